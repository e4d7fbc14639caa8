import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { startTimeOf, stopProcess } from './process-identity.js';
import { PortTaken } from './ports.js';
import type { ProcessId, StopHow } from './process-identity.js';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process that One Door started and has to end. */
export interface ServerProcess extends ProcessId {
  readonly name: string;
  readonly logFile: string;
  /** Where in the file this process begins to write, in bytes. */
  readonly logFrom: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, kills it after the grace, returns once it is gone. May be called again. */
  stop(): Promise<void>;
}

export interface SpawnOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Runs as another user; root only. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Standard output and error are appended here; the file is created with mode 0600. */
  readonly logFile: string;
  readonly stopHow?: StopHow;
  /** Opens a message channel to a Node child. */
  readonly ipc?: boolean;
}

/**
 * Starts a child in a process group of its own: Ctrl-C in a terminal reaches the parent only, which then ends its
 * children in order.
 * @throws {DependencyUnavailable} when the program cannot be started.
 */
export async function spawnServer(
  options: SpawnOptions,
): Promise<{ server: ServerProcess; child: ChildProcess }> {
  const { name, command, args, env, cwd, user, logFile, stopHow, ipc = false } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const logFrom = fstatSync(log).size;
  const child = spawn(command, args, {
    env,
    detached: true,
    stdio: ipc ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    ...(cwd === undefined ? {} : { cwd }),
    ...user,
  });
  closeSync(log);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const spawned = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      reject(new DependencyUnavailable(`${name} cannot be started: ${error.message}`));
    });
    child.once('spawn', () => {
      resolve(child.pid ?? 0);
    });
  });
  const pid = await spawned;
  // A child that ended within the same millisecond is reported by `exited`; this id then matches no process.
  const id = { pid, startedAt: startTimeOf(pid) ?? 'ended' };
  const server: ServerProcess = {
    ...id,
    name,
    logFile,
    logFrom,
    exited,
    stop: async () => {
      await stopProcess(id, stopHow);
      await exited;
    },
  };
  return { server, child };
}

export type OnSpawned = (server: ServerProcess) => Promise<void>;

export interface ReadyOptions {
  /** Called first, while the process is not ready yet, so that it can be recorded. */
  readonly onSpawned?: OnSpawned | undefined;
  /** Milliseconds. */
  readonly withinMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly everyMs?: number;
}

/**
 * Repeats `check` until it gives something else than `null`. On any failure the server is stopped first, so that
 * whoever is told of the failure has nothing to clean up.
 * @throws {DependencyUnavailable} when the server ends or is not ready in time; the reason of an abort when aborted.
 */
export async function untilReady<T>(
  server: ServerProcess,
  check: () => Promise<T | null>,
  { withinMs, signal, everyMs = 30, onSpawned }: ReadyOptions,
): Promise<T> {
  let exit: Exit | null = null;
  void server.exited.then((value) => {
    exit = value;
  });
  try {
    await onSpawned?.(server);
    const until = performance.now() + withinMs;
    for (;;) {
      signal?.throwIfAborted();
      const ready = await check();
      if (ready !== null) return ready;
      if (exit !== null) {
        const Ended = ADDRESS_IN_USE.test(logOf(server)) ? PortTaken : DependencyUnavailable;
        throw new Ended(`${server.name} ended ${describeExit(exit)}${logTail(server)}`);
      }
      if (performance.now() > until)
        throw new DependencyUnavailable(
          `${server.name} was not ready in ${withinMs / 1000} s${logTail(server)}`,
        );
      await sleep(everyMs);
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export const describeExit = ({ code, signal }: Exit): string =>
  signal === null ? `with code ${code}` : `by ${signal}`;

const ADDRESS_IN_USE = /address already in use/i;

/** What this process has written, not those before it. */
const logOf = ({ logFile, logFrom }: ServerProcess): string =>
  readFileSync(logFile).subarray(logFrom).toString('utf8');

function logTail(server: ServerProcess): string {
  const lines = logOf(server).trimEnd().split('\n').slice(-5);
  return `; the end of ${server.logFile}:\n  ${lines.join('\n  ')}`;
}

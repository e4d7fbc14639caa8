import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { onFreePort } from './ports.js';
import { spawnServer, untilReady } from './server-process.js';
import type { OnSpawned, ServerProcess } from './server-process.js';
import { inspectTemporal, requireTimeSkipping } from './temporal-inspect.js';

export interface TemporalServerOptions {
  /** Path of the `temporal` program. */
  readonly cli: string;
  /**
   * Where executions are kept, best in a directory of its own, which is made for the owner only; null keeps them in
   * memory, for tests.
   */
  readonly dbFile: string | null;
  readonly logFile: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Created at start besides `default`. */
  readonly namespace?: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with the process before it serves, so that it can be recorded. */
  readonly onSpawned?: OnSpawned | undefined;
}

export interface TemporalServer extends ServerProcess {
  /** `127.0.0.1:port` */
  readonly address: string;
}

/**
 * Starts a development server that can skip time, on 127.0.0.1, and returns once it serves.
 * @throws {DependencyUnavailable} when it ends or does not serve within 30 s; it is then stopped.
 */
export const startTemporalServer = (options: TemporalServerOptions): Promise<TemporalServer> =>
  options.port === undefined ? onFreePort((port) => startOn(port, options)) : startOn(options.port, options);

async function startOn(port: number, options: TemporalServerOptions): Promise<TemporalServer> {
  const { cli, dbFile, logFile, namespace = 'default', signal, onSpawned } = options;
  const address = `127.0.0.1:${port}`;
  // The file is created readable for all; its directory is not.
  if (dbFile !== null) await mkdir(dirname(dbFile), { recursive: true, mode: 0o700 });
  const flags = `--headless --ip 127.0.0.1 --port ${port} --log-level error --log-format json`.split(' ');
  const { server } = await spawnServer({
    name: 'temporal',
    command: cli,
    args: ['server', 'start-dev', ...flags, ...CONFIG, '--namespace', namespace, ...storage(dbFile)],
    env: environment(),
    logFile,
  });
  await untilReady(server, () => serving(address, namespace), { withinMs: 30_000, signal, onSpawned });
  return { ...server, address };
}

/**
 * Time can be skipped; and a case that passes from stage to stage within a second, as on a simulated calendar, is not
 * held back until its second is over, as the server does to keep a workflow from spinning. What falls due by a skip is
 * due now: the seconds and the rates by which the server spares a cluster with clocks of its own are none of one host's.
 */
const CONFIG = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'history.workflowIdReuseMinimalInterval="0s"',
  'history.timerProcessorMaxTimeShift="1ms"',
  'history.timerProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxPollHostRPS=1000',
  'history.transferProcessorMaxPollRPS=1000',
].flatMap((value) => ['--dynamic-config-value', value]);
const storage = (dbFile: string | null): readonly string[] =>
  dbFile === null ? [] : ['--db-filename', dbFile];

/** Our keys are none of the server's business, and TEMPORAL_… variables would change what the program does. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
  );

/** Connecting asks for the system info; the namespace is there a moment after the port answers. */
async function serving(address: string, namespace: string): Promise<true | null> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 500 });
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    // Not yet. Whether it ever will is for the time limit to say.
    return null;
  }
}

/** Starts this program for a moment. Null when it can skip time, else one sentence that says why not. */
export async function tryTimeSkipping(options: {
  readonly cli: string;
  readonly signal?: AbortSignal | undefined;
}): Promise<string | null> {
  const dir = await mkdtemp(join(tmpdir(), 'onedoor-temporal-'));
  try {
    const server = await startTemporalServer({ ...options, dbFile: null, logFile: join(dir, 'log') });
    try {
      requireTimeSkipping(await inspectTemporal(server.address));
      return null;
    } finally {
      await server.stop();
    }
  } catch (error) {
    if (error instanceof DependencyUnavailable) return error.message;
    throw error;
  } finally {
    await rm(dir, { recursive: true });
  }
}

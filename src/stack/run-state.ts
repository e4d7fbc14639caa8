import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writePrivate } from './private-file.js';
import { isRunning, stopProcess } from './process-identity.js';
import type { ProcessId, StopHow } from './process-identity.js';
import type { Say } from './progress.js';

const role = z.object({ pid: z.int().positive(), startedAt: z.string(), logFile: z.string() });

/** `run.json`: what runs on this state directory. An address is null until its role serves. */
const runState = z.object({
  apiUrl: z.string().nullable(),
  metricsUrl: z.string().nullable(),
  databaseUrl: z.string().nullable(),
  temporalAddress: z.string().nullable(),
  departmentsUrl: z.string().nullable(),
  roles: z.record(z.string(), role),
});

export type RoleRecord = Readonly<z.output<typeof role>>;
export type RunState = Readonly<z.output<typeof runState>>;

const NOTHING_RUNS: RunState = {
  apiUrl: null,
  metricsUrl: null,
  databaseUrl: null,
  temporalAddress: null,
  departmentsUrl: null,
  roles: {},
};

const pathOf = (stateDir: string): string => join(stateDir, 'run.json');

/** Null when nothing was started here, or all of it was stopped properly. */
export async function readRunState(stateDir: string): Promise<RunState | null> {
  const text = await readIfThere(pathOf(stateDir));
  return text === null ? null : runState.parse(JSON.parse(text));
}

export interface RunStateFile {
  /** Adds addresses. */
  update(addresses: Partial<Omit<RunState, 'roles'>>): Promise<void>;
  /** Adds a process; call it right after its spawn, before it is ready, so that a crash in between leaves a trace. */
  addRole(name: string, process: RoleRecord): Promise<void>;
  /** Takes the file away: everything has been stopped. */
  remove(): Promise<void>;
}

/** The writer of `run.json` (mode 0600: the database URL holds a password). One at a time, under `lockState`. */
export function openRunState(stateDir: string): RunStateFile {
  let state = NOTHING_RUNS;
  let written = Promise.resolve();
  const write = (next: RunState): Promise<void> => {
    state = next;
    const text = `${JSON.stringify(next, null, 2)}\n`;
    // One after the other, so that the newest is what stays.
    written = written.then(() => writePrivate(pathOf(stateDir), text));
    return written;
  };
  return {
    update: (addresses) => write({ ...state, ...addresses }),
    addRole: (name, { pid, startedAt, logFile }) =>
      write({ ...state, roles: { ...state.roles, [name]: { pid, startedAt, logFile } } }),
    remove: () => rm(pathOf(stateDir), { force: true }),
  };
}

/** The servers end last, so that roles can still finish what they do. Postgres: SIGINT is its fast shutdown. */
const SERVERS: readonly { readonly name: string; readonly how: StopHow }[] = [
  { name: 'temporal', how: { signal: 'SIGTERM' } },
  { name: 'postgres', how: { signal: 'SIGINT' } },
];

/**
 * Ends what an earlier start left running after it was killed: exactly the processes whose pid and start time both
 * match, roles first. Returns the names of those it ended.
 */
export async function stopLeftovers(state: RunState, say: Say): Promise<readonly string[]> {
  const servers = SERVERS.filter(({ name }) => name in state.roles);
  const roles = Object.keys(state.roles)
    .filter((name) => !SERVERS.some((server) => server.name === name))
    .map((name) => ({ name, how: {} }));
  const stopped: string[] = [];
  const end = async ({ name, how }: { name: string; how: StopHow }): Promise<void> => {
    const process: ProcessId | undefined = state.roles[name];
    if (process === undefined || !isRunning(process)) return;
    say(`stopping ${name} (process ${process.pid}), left over from an earlier start`);
    await stopProcess(process, how);
    stopped.push(name);
  };
  await Promise.all(roles.map(end));
  for (const server of servers) await end(server);
  return stopped;
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process that cannot be mistaken for a later one with the same number. `startedAt` is opaque: the kernel's start
 * tick on Linux, the start time that `ps` prints elsewhere.
 */
export interface ProcessId {
  readonly pid: number;
  readonly startedAt: string;
}

/** When the process started, or `null` when there is none. One that has ended but was not collected counts as none. */
export function startTimeOf(pid: number): string | null {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
  // The command name is in parentheses and may hold spaces and parentheses itself; fields count from behind it.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
}

function fromPs(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [state = 'Z', ...started] = line.trim().split(/\s+/);
    return state.startsWith('Z') ? null : started.join(' ');
  } catch (error) {
    // ps exits 1 when there is no such process.
    if (error instanceof Error && 'status' in error && error.status === 1) return null;
    throw error;
  }
}

/** @throws {Error} when there is no such process (any more). */
export function identify(pid: number): ProcessId {
  const startedAt = startTimeOf(pid);
  if (startedAt === null) throw new Error(`process ${pid} has ended`);
  return { pid, startedAt };
}

export const isRunning = ({ pid, startedAt }: ProcessId): boolean => startTimeOf(pid) === startedAt;

export interface StopHow {
  /** Asks the process to end. Default SIGTERM; Postgres wants SIGINT (fast shutdown). */
  readonly signal?: NodeJS.Signals;
  /** Milliseconds until SIGKILL. Default 10 000. */
  readonly graceMs?: number;
}

/**
 * Ends exactly this process, never a later one with the same pid, and returns once it is gone.
 * @throws {Error} when it survives SIGKILL for 5 s or may not be signalled.
 */
export async function stopProcess(
  id: ProcessId,
  { signal = 'SIGTERM', graceMs = 10_000 }: StopHow = {},
): Promise<void> {
  if (!send(id, signal) || (await endsWithin(id, graceMs))) return;
  if (!send(id, 'SIGKILL') || (await endsWithin(id, 5_000))) return;
  throw new Error(`process ${id.pid} does not end`);
}

function send(id: ProcessId, signal: NodeJS.Signals): boolean {
  if (!isRunning(id)) return false;
  try {
    process.kill(id.pid, signal);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

async function endsWithin(id: ProcessId, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    if (!isRunning(id)) return true;
    await sleep(25);
  }
  return !isRunning(id);
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');

import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { converse, exitOf, runProgram, startProgram } from './onedoor.js';

/** A One Door of its own for one demo. */
export interface Stack {
  readonly apiUrl: string;
  readonly departmentsUrl: string;
  /** Aborted when the demo is interrupted, and when the stack ends by itself. */
  readonly signal: AbortSignal;
  /** Runs `onedoor …` on this stack and reads what it prints as JSON. */
  json<T>(args: readonly string[], accept?: readonly number[]): Promise<T>;
  /** The same for a command that prints a line for each of several. */
  lines<T>(args: readonly string[]): Promise<T[]>;
  /** Moves business time to the morning of a day. */
  advanceTo(day: string): Promise<void>;
  stop(): Promise<void>;
}

interface RunFile {
  readonly apiUrl: string | null;
  readonly departmentsUrl: string | null;
}

const READY_WITHIN_MS = 900_000;
const ENDS_WITHIN_MS = 30_000;

/**
 * Starts everything on a fresh state directory, on the simulated day, and waits until it serves.
 * `stop` ends every process of it and takes the directory away; it is also done when the start fails.
 */
export async function startStack(options: {
  day: string;
  profile?: string;
  signal: AbortSignal;
}): Promise<Stack> {
  const dir = await mkdtemp(join(tmpdir(), 'onedoor-demo-'));
  // The database may run as another user, who has to pass through here.
  await chmod(dir, 0o711);
  const env = { ...process.env, ONEDOOR_STATE_DIR: dir };
  const args = ['start', '--state', dir, '--at', options.day];
  const child = startProgram(
    options.profile === undefined ? args : [...args, '--profile', options.profile],
    env,
  );
  const ended = exitOf(child);
  const lost = new AbortController();
  ended.then(
    (code) => lost.abort(new StackEnded(code)),
    (error: unknown) => lost.abort(error),
  );
  const signal = AbortSignal.any([options.signal, lost.signal]);

  const clock = converse(['clock', 'advance', '--to', '-', '--state', dir], { env, signal });
  async function stop(): Promise<void> {
    await clock.end();
    const kill = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), ENDS_WITHIN_MS);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended.finally(() => clearTimeout(kill));
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }

  const onStack = (args: readonly string[], accept?: readonly number[]): Promise<string> =>
    runProgram([...args, '--state', dir], { env, signal, ...(accept && { accept }) });
  try {
    const { apiUrl, departmentsUrl } = await ready(dir, signal);
    return {
      apiUrl,
      departmentsUrl,
      signal,
      json: async <T>(args: readonly string[], accept?: readonly number[]) =>
        JSON.parse(await onStack([...args, '--json'], accept)) as T,
      lines: async <T>(args: readonly string[]) =>
        (await onStack([...args, '--json']))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as T),
      advanceTo: async (day) => void (await clock.ask(day)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The stack ended before the demo did: it said why on stderr. */
export class StackEnded extends Error {
  override readonly name = 'StackEnded';
  constructor(readonly exitCode: number) {
    super(`onedoor start ended with ${exitCode} before the demo did`);
  }
}

async function ready(dir: string, signal: AbortSignal): Promise<{ apiUrl: string; departmentsUrl: string }> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    signal.throwIfAborted();
    const { apiUrl, departmentsUrl } = await runFile(dir);
    if (apiUrl && departmentsUrl && (await isReady(apiUrl))) return { apiUrl, departmentsUrl };
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('One Door did not become ready within 15 minutes');
}

async function runFile(dir: string): Promise<RunFile> {
  const text = await readFile(join(dir, 'run.json'), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? { apiUrl: null, departmentsUrl: null } : (JSON.parse(text) as RunFile);
}

const isReady = (apiUrl: string): Promise<boolean> =>
  fetch(`${apiUrl}/readyz`).then(
    (response) => response.ok,
    () => false,
  );

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: all of it has ended in the meantime, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

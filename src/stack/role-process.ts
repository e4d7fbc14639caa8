import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ReadyInfo } from './role-child.js';
import { spawnServer, untilReady } from './server-process.js';
import type { OnSpawned, ServerProcess } from './server-process.js';

const ONEDOOR = fileURLToPath(new URL('../../bin/onedoor.js', import.meta.url));

const readyMessage = z.object({
  ready: z.literal(true),
  info: z.record(z.string(), z.union([z.string(), z.number()])),
});

export interface RoleOptions {
  /** Such as `api`. */
  readonly name: string;
  /** Arguments of `onedoor`, such as `['serve', 'api']`. */
  readonly args: readonly string[];
  /** The whole environment of the child, its configuration included. */
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Default: `bin/onedoor.js`. */
  readonly program?: string;
  /** Milliseconds. Default 60 000: a worker bundles its workflows first. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the process before it serves, so that it can be recorded. */
  readonly onSpawned?: OnSpawned | undefined;
}

export interface RoleProcess extends ServerProcess {
  /** What the role said when it began to serve. */
  readonly info: ReadyInfo;
}

/**
 * Starts `onedoor …` as a child and returns once it has called `reportReady`. The channel that carries this message
 * is also how the child learns that its parent is gone.
 * @throws {DependencyUnavailable} when it ends or is not ready in time; it is then stopped.
 */
export async function spawnRole(options: RoleOptions): Promise<RoleProcess> {
  const { name, args, env, logFile, program = ONEDOOR, withinMs = 60_000, signal, onSpawned } = options;
  const { server, child } = await spawnServer({
    name,
    command: process.execPath,
    args: [program, ...args],
    env,
    logFile,
    ipc: true,
    stopHow: { graceMs: 20_000 },
  });
  let info: ReadyInfo | null = null;
  child.on('message', (message) => {
    const parsed = readyMessage.safeParse(message);
    if (parsed.success) info = parsed.data.info;
  });
  return { ...server, info: await untilReady(server, async () => info, { withinMs, signal, onSpawned }) };
}

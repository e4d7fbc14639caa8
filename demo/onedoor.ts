import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../bin/onedoor.js', import.meta.url));

/** `onedoor …` ended with a code that the caller did not expect. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  constructor(
    readonly args: readonly string[],
    readonly exitCode: number,
    readonly stderr: string,
  ) {
    super(`onedoor ${args.join(' ')} ended with ${exitCode}\n${stderr.trim()}`);
  }
}

/** Starts `onedoor …` in a process group of its own, so that Ctrl-C reaches us first and we end it in order. */
export function startProgram(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  return spawn(process.execPath, [PROGRAM, ...args], { env, stdio: [...stdio], detached: true });
}

/** Runs `onedoor …` to its end. @returns what it printed @throws {ProgramFailed} */
export async function runProgram(
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; signal: AbortSignal; accept?: readonly number[] },
): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal,
  });
  const [out, err, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
  if (!(options.accept ?? [0]).includes(code)) throw new ProgramFailed(args, code, err);
  return out;
}

export const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

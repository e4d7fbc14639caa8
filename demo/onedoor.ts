import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
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

export interface Conversation {
  /** @returns the line that it answers @throws {ProgramFailed} when it ends instead */
  ask(line: string): Promise<string>;
  end(): Promise<void>;
}

/** `onedoor …` that answers each line with a line; started with the first. */
export function converse(
  args: readonly string[],
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal },
): Conversation {
  const start = () => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { env, signal, stdio: 'pipe' });
    const ended = exitOf(child);
    // Whoever asks hears of it; when nobody does, it is nothing.
    ended.catch(() => undefined);
    child.stdin.on('error', () => undefined);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, ended, answers, complaint: textOf(child.stderr) };
  };
  let begun: ReturnType<typeof start> | undefined;
  return {
    async ask(line) {
      begun ??= start();
      begun.child.stdin.write(`${line}\n`);
      const answer = await begun.answers.next();
      if (!answer.done) return answer.value;
      throw new ProgramFailed(args, await begun.ended, await begun.complaint);
    },
    async end() {
      begun?.child.stdin.end();
      await begun?.ended.catch(() => undefined);
    },
  };
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

import { spawn } from 'node:child_process';

export interface ToolOptions {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Milliseconds; then the tool and all it started are killed. */
  readonly withinMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onLine?: (line: string) => void;
}

/** How a tool ended; `code` is null when it was killed or could not be started, and `output` then ends with why. */
export interface ToolResult {
  readonly code: number | null;
  /** Standard output and error, mixed as they came; at most the last 20 000 characters. */
  readonly output: string;
}

/** Runs a program to its end, in a process group of its own that is killed as a whole. Never rejects. */
export function runTool(command: string, options: ToolOptions): Promise<ToolResult> {
  const { args, env = process.env, cwd, user, withinMs, signal, onLine } = options;
  return new Promise((resolve) => {
    let output = '';
    let unfinished = '';
    const child = spawn(command, args, {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
      ...user,
    });
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000);
      const lines = (unfinished + chunk.toString()).split('\n');
      unfinished = lines.pop() ?? '';
      if (onLine !== undefined) for (const line of lines) onLine(line);
    };
    const kill = (why: string): void => {
      output += `\n${why}`;
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const onAbort = (): void => {
      kill('interrupted');
    };
    const timer = setTimeout(() => {
      kill(`gave no result in ${withinMs / 1000} s`);
    }, withinMs);
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve({ code, output: output.trim() });
    };
    signal?.addEventListener('abort', onAbort);
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => {
      output += `\n${error.message}`;
      finish(null);
    });
    child.once('close', finish);
  });
}

/** The last line that says something, for a sentence about what went wrong. */
export const lastLine = ({ code, output }: ToolResult): string =>
  output.trimEnd().split('\n').at(-1)?.trim() || `ended with code ${code}`;

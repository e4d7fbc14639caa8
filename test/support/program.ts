import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/onedoor.js', import.meta.url));
/** What an office would set; a test decides for itself. */
const OURS =
  /^(ONEDOOR_|OIDC_|DATABASE_|TEMPORAL_|TEST_|API_PORT|METRICS_PORT|DEPARTMENTS_URL|LOG_LEVEL|VITEST|NODE_ENV)/;

export const cleanEnv = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name))),
  ...more,
});

/** Starts `onedoor …`; whoever starts it ends it. */
export const startOnedoor = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawn(process.execPath, [PROGRAM, ...args], { env: cleanEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });

/** Runs `onedoor …` to its end. */
export async function onedoor(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  const child = startOnedoor(args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exit = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done(code));
  });
  return { exit, stdout, stderr };
}

import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `onedoor demo …` as anybody would. The settings of the test's own servers are not its own. */
export function demo(...args: string[]): Promise<Ended> {
  const own =
    /^(ONEDOOR_|DATABASE_|TEMPORAL_ADDRESS|TEMPORAL_NAMESPACE|OIDC_|DEPARTMENTS_URL|API_PORT|METRICS_PORT)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
  const child = spawn(process.execPath, ['bin/onedoor.js', 'demo', ...args], { cwd: REPOSITORY, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (exit) => done({ exit, stdout, stderr }));
  });
}

/** State directories that a demo has not taken away. */
export const leftBehind = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('onedoor-demo-'));

export const ALL_HOLD = { I1: 0, I2: 0, I6: 0, I7: 0, I8: 0, I10: 0, I11: 0, I12: 0, I13: 0, I14: 0 };

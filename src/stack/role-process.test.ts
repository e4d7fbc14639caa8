import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRunning } from './process-identity.js';
import { spawnRole } from './role-process.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-role-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

const tsxHome = dirname(createRequire(import.meta.url).resolve('tsx/package.json'));
const tsx = pathToFileURL(join(tsxHome, 'dist', 'esm', 'api', 'index.mjs')).href;
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A program that is started as `bin/onedoor.js` is: plain JavaScript that registers the loader first. */
function program(name: string, body: string): string {
  const path = join(dir, `${name}.mjs`);
  const load = `import { register } from '${tsx}'; register();
    const { reportReady, stopWithParent } = await import('${here('./role-child.ts')}');
    const { spawnRole } = await import('${here('./role-process.ts')}');
    setInterval(() => {}, 1000);`;
  writeFileSync(path, `${load}\n${body}`);
  return path;
}
const start = (path: string, more: { withinMs?: number } = {}) =>
  spawnRole({
    name: 'api',
    args: ['serve', 'api'],
    env: process.env,
    logFile: join(dir, 'api.log'),
    program: path,
    ...more,
  });
const log = (): string => readFileSync(join(dir, 'api.log'), 'utf8');

describe('spawnRole', () => {
  test('waits for the role, hands over what it says, and lets it finish', async () => {
    const role = await start(
      program(
        'role',
        `stopWithParent(async () => { console.log('finished'); });
         reportReady({ url: 'http://127.0.0.1:1', args: process.argv.slice(2).join(' ') });`,
      ),
    );
    expect(role.info).toEqual({ url: 'http://127.0.0.1:1', args: 'serve api' });
    await role.stop();
    expect(await role.exited).toEqual({ code: 0, signal: null });
    expect(log()).toBe('finished\n');
  });

  test('a role that ends first is reported with what it said', async () => {
    const path = program('role', `console.error('DATABASE_APP_URL is missing'); process.exit(2);`);
    await expect(start(path)).rejects.toThrow(/api ended with code 2[^]*DATABASE_APP_URL is missing/);
  });

  test('a role whose stop fails exits 1', async () => {
    const role = await start(
      program('role', `stopWithParent(() => Promise.reject(new Error('busy'))); reportReady({});`),
    );
    await role.stop();
    expect(await role.exited).toEqual({ code: 1, signal: null });
    expect(log()).toBe('stopping failed: Error: busy\n');
  });

  test('a role whose stop takes too long exits 1', async () => {
    const role = await start(
      program('role', `stopWithParent(() => new Promise(() => {}), 100); reportReady({});`),
    );
    await role.stop();
    expect(await role.exited).toEqual({ code: 1, signal: null });
  });
});

test('a role ends when its parent is killed', async () => {
  const role = program('role', `stopWithParent(async () => { console.log('finished'); }); reportReady({});`);
  const parent = program(
    'parent',
    `const role = await spawnRole({ name: 'api', args: [], env: process.env,
       logFile: '${join(dir, 'api.log')}', program: '${role}' });
     console.log(JSON.stringify({ pid: role.pid, startedAt: role.startedAt }));`,
  );
  const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const started = JSON.parse(line.toString()) as { pid: number; startedAt: string };
  expect(isRunning(started)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isRunning(started), { timeout: 5_000 }).toBe(false);
  expect(log()).toBe('finished\n');
});

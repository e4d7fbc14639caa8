import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRunning } from './process-identity.js';
import { spawnServer, untilReady } from './server-process.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-server-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

const start = (script: string) =>
  spawnServer({
    name: 'sample',
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    logFile: join(dir, 'logs', 'sample.log'),
    stopHow: { graceMs: 2_000 },
  });
const forever = 'setInterval(() => {}, 1000)';
const never = async (): Promise<null> => null;

test('runs in a group of its own and logs to a file for the owner only', async () => {
  const { server } = await start(`console.log('hello'); ${forever}`);
  await untilReady(server, async () => (readFileSync(server.logFile, 'utf8') === 'hello\n' ? true : null), {
    withinMs: 5_000,
  });
  expect(statSync(server.logFile).mode & 0o777).toBe(0o600);
  process.kill(-server.pid, 0);
  await server.stop();
  await server.stop();
  expect(isRunning(server)).toBe(false);
});

test('a server that ends is reported with the end of its log', async () => {
  const { server } = await start(`console.error('no room'); process.exit(4)`);
  await expect(untilReady(server, never, { withinMs: 5_000 })).rejects.toThrow(
    /sample ended with code 4.*\n {2}no room/,
  );
});

test('a server that is not ready in time is stopped', async () => {
  const { server } = await start(forever);
  await expect(untilReady(server, never, { withinMs: 100 })).rejects.toThrow('sample was not ready in 0.1 s');
  expect(isRunning(server)).toBe(false);
});

test('a failing check stops the server', async () => {
  const { server } = await start(forever);
  const check = () => Promise.reject(new Error('wrong server'));
  await expect(untilReady(server, check, { withinMs: 5_000 })).rejects.toThrow('wrong server');
  expect(isRunning(server)).toBe(false);
});

test('an abort while waiting stops the server', async () => {
  const { server } = await start(forever);
  const stopping = new AbortController();
  setTimeout(() => {
    stopping.abort(new Error('interrupted'));
  }, 50);
  await expect(untilReady(server, never, { withinMs: 5_000, signal: stopping.signal })).rejects.toThrow(
    'interrupted',
  );
  expect(isRunning(server)).toBe(false);
});

test('a program that does not exist is named', async () => {
  const missing = spawnServer({
    name: 'sample',
    command: join(dir, 'nothing'),
    args: [],
    env: {},
    logFile: join(dir, 'log'),
  });
  await expect(missing).rejects.toThrow(/^sample cannot be started: .*ENOENT/);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StateInUse } from './dependency-unavailable.js';
import { startTimeOf } from './process-identity.js';
import { lockState } from './run-lock.js';

let stateDir = '';
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'onedoor-lock-'));
});
afterEach(() => {
  rmSync(stateDir, { recursive: true });
});
const path = (): string => join(stateDir, 'run.lock');

test('a second start is told who holds the state, and exits 3', async () => {
  const lock = await lockState(stateDir);
  const second = await lockState(stateDir).catch((error: unknown) => error);
  expect(second).toBeInstanceOf(StateInUse);
  expect(second).toMatchObject({ exitCode: 3, pid: process.pid });
  expect(String(second)).toContain(`${stateDir} is in use by process ${process.pid}`);
  await lock.release();
  await (await lockState(stateDir)).release();
  expect(readdirSync(stateDir)).toEqual([]);
});

test('the lock is for the owner only', async () => {
  await lockState(stateDir);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

test.each([
  ['of a process that has ended', async () => ({ pid: await endedPid(), startedAt: '1' })],
  [
    'of an earlier process with a pid that is in use again',
    async () => ({ pid: process.pid, startedAt: 'earlier' }),
  ],
  ['that is not whole', async () => 'x'],
])('a lock %s is taken over', async (_, stale) => {
  writeFileSync(path(), JSON.stringify(await stale()));
  await lockState(stateDir);
  expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual({
    pid: process.pid,
    startedAt: startTimeOf(process.pid),
  });
  expect(readdirSync(stateDir)).toEqual(['run.lock']);
});

test('of many starts on a stale lock exactly one gets it, also where one died while it took over', async () => {
  for (const left of [['run.lock'], ['run.lock', 'run.lock.stale']]) {
    for (const name of left) writeFileSync(join(stateDir, name), '{}');
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => lockState(stateDir)));
    expect(all.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(stateDir)).toEqual(['run.lock']);
  }
});

test('releasing leaves the lock of another alone', async () => {
  const lock = await lockState(stateDir);
  writeFileSync(path(), '{"pid":1,"startedAt":"1"}');
  await lock.release();
  expect(readFileSync(path(), 'utf8')).toBe('{"pid":1,"startedAt":"1"}');
});

async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

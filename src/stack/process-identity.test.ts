import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { identify, isRunning, startTimeOf, stopProcess } from './process-identity.js';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function running(script: string): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('up'); setInterval(() => {}, 1000)`]);
  children.push(child);
  await once(child.stdout, 'data');
  return { child, pid: child.pid ?? 0 };
}

describe('startTimeOf', () => {
  test('is the same each time for one process', () => {
    expect(startTimeOf(process.pid)).toBe(startTimeOf(process.pid));
    expect(startTimeOf(process.pid)).toMatch(/\d/);
  });

  test('is null where there is no process', async () => {
    const { child, pid } = await running('');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(startTimeOf(pid)).toBeNull();
    expect(() => identify(pid)).toThrow(`process ${pid} has ended`);
  });

  test.runIf(process.platform === 'linux')('counts a process that nobody collected as gone', async () => {
    const shell = spawn('/bin/sh', ['-c', '/bin/true & echo $!; exec sleep 30']);
    children.push(shell);
    const [chunk] = (await once(shell.stdout, 'data')) as [Buffer];
    await expect.poll(() => startTimeOf(Number(String(chunk)))).toBeNull();
  });
});

describe('stopProcess', () => {
  test('ends a process that listens to the signal', async () => {
    const { child, pid } = await running(`process.on('SIGINT', () => process.exit(7))`);
    const exited = once(child, 'exit');
    await stopProcess(identify(pid), { signal: 'SIGINT' });
    expect(await exited).toEqual([7, null]);
  });

  test('kills one that does not, after the grace', async () => {
    const { child, pid } = await running(`process.on('SIGTERM', () => {})`);
    const exited = once(child, 'exit');
    await stopProcess(identify(pid), { graceMs: 100 });
    expect(await exited).toEqual([null, 'SIGKILL']);
  });

  test('leaves a later process with the same pid alone', async () => {
    const { pid } = await running('');
    const earlier = { pid, startedAt: 'before' };
    expect(isRunning(earlier)).toBe(false);
    await stopProcess(earlier);
    expect(isRunning(identify(pid))).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { lastLine, runTool } from './run-tool.js';

const node = (
  script: string,
  more: { withinMs?: number; signal?: AbortSignal; onLine?: (line: string) => void } = {},
) => runTool(process.execPath, { args: ['-e', script], withinMs: 10_000, ...more });

test('gives the code and everything that was printed', async () => {
  const result = await node(`console.log('out'); console.error('err'); process.exitCode = 3`);
  expect(result.code).toBe(3);
  expect(result.output.split('\n').toSorted()).toEqual(['err', 'out']);
});

test('passes lines on as they come, whole', async () => {
  const lines: string[] = [];
  await node(`process.stdout.write('on'); setTimeout(() => console.log('e\\ntwo'), 50)`, {
    onLine: (line) => lines.push(line),
  });
  expect(lines).toEqual(['one', 'two']);
});

test('kills what takes too long, with its children', async () => {
  const grandchild = `require('node:child_process').spawn('sleep', ['30'], { stdio: 'inherit' })`;
  const result = await node(`${grandchild}; setInterval(() => {}, 1000)`, { withinMs: 300 });
  expect(result).toEqual({ code: null, output: 'gave no result in 0.3 s' });
});

test('stops when told to', async () => {
  const result = await node('setInterval(() => {}, 1000)', { signal: AbortSignal.timeout(50) });
  expect(result).toEqual({ code: null, output: 'interrupted' });
});

test('a program that is not there is a result', async () => {
  const result = await runTool('/nowhere/tool', { args: [], withinMs: 1_000 });
  expect(result.code).toBeNull();
  expect(lastLine(result)).toBe('spawn /nowhere/tool ENOENT');
});

test.each([
  [{ code: 1, output: 'first\n  why  \n' }, 'why'],
  [{ code: 1, output: '' }, 'ended with code 1'],
])('the last line of %j', (result, line) => {
  expect(lastLine(result)).toBe(line);
});

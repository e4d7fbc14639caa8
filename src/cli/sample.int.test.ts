import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onedoor } from '../../test/support/program.js';

const NUMBERS = Array.from(
  { length: 10 },
  (_, index) => `AP-441625103-2026-${String(index + 1).padStart(5, '0')}`,
);
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'onedoor-sample-'));
  await writeFile(join(dir, 'numbers'), `${NUMBERS.join('\n')}\n`);
  await writeFile(join(dir, 'reversed'), NUMBERS.toReversed().join('\r\n'));
  await writeFile(join(dir, 'wrong'), `${NUMBERS[0]}\n张三\n`);
  await writeFile(join(dir, 'empty'), '\n');
});
afterAll(() => rm(dir, { recursive: true }));

const redraw = (cases: string, seed: string, percent: string, ...more: string[]) =>
  onedoor(['sample', 'redraw', '--cases', join(dir, cases), '--seed', seed, '--percent', percent, ...more]);

describe('onedoor sample redraw', () => {
  it('draws the same from the same seed, in whatever order the numbers come; and not from another seed', async () => {
    const [first, again, other] = await Promise.all([
      redraw('numbers', 'drawn-in-public-2026', '30', '--json'),
      redraw('reversed', 'drawn-in-public-2026', '30', '--json'),
      redraw('numbers', 'another-lot-please', '30', '--json'),
    ]);
    expect([first.exit, again.exit, other.exit]).toEqual([0, 0, 0]);
    expect(JSON.parse(first.stdout)).toEqual({
      population: 10,
      // Of this way of drawing, for good: sha256-rank/1.
      drawn: ['AP-441625103-2026-00001', 'AP-441625103-2026-00004', 'AP-441625103-2026-00006'],
    });
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });

  it.each([
    ['a share that is none', ['numbers', 'seed', '0'], '--percent must be a whole number from 1 to 100'],
    ['a line that is no case number', ['wrong', 'seed', '30'], '--cases line 2 is not a case number'],
    ['a list without a number', ['empty', 'seed', '30'], '--cases holds no case number'],
    ['a list that is not there', ['nowhere', 'seed', '30'], '--cases cannot be read'],
  ] as const)('answers %s with a sentence and 2', async (_, [cases, seed, percent], sentence) => {
    const { exit, stdout, stderr } = await redraw(cases, seed, percent);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('张三');
  });

  it('wants an id, or all three of the others', async () => {
    expect(await onedoor(['sample', 'redraw'])).toMatchObject({ exit: 2 });
    expect(await onedoor(['sample', 'redraw', 'not-an-id'])).toMatchObject({ exit: 2 });
  });
});

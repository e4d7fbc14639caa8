import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { createPrivate, readIfThere, writePrivate } from './private-file.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-file-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

test('writes for the owner only, and replaces', async () => {
  const path = join(dir, 'deep', 'file');
  await writePrivate(path, 'one');
  await writePrivate(path, 'two');
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dir, 'deep'))).toEqual(['file']);
});

test('of several creators exactly one succeeds, and its text stays', async () => {
  const path = join(dir, 'file');
  const created = await Promise.all(['a', 'b', 'c', 'd'].map((text) => createPrivate(path, text)));
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).toBe(['a', 'b', 'c', 'd'][created.indexOf(true)]);
  expect(readdirSync(dir)).toEqual(['file']);
});

test('a file that is not there reads as null, one that cannot be read is an error', async () => {
  expect(await readIfThere(join(dir, 'nothing'))).toBeNull();
  await expect(readIfThere(dir)).rejects.toThrow('EISDIR');
});

test('a place that cannot be written, or read, is named', async () => {
  await writePrivate(join(dir, 'file'), 'x');
  const below = join(dir, 'file', 'below');
  await expect(writePrivate(below, 'y')).rejects.toThrow(
    new DependencyUnavailable(`${below} cannot be written (EEXIST)`),
  );
  await expect(readIfThere(below)).rejects.toThrow(
    new DependencyUnavailable(`${below} cannot be read (ENOTDIR)`),
  );
});

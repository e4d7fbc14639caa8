import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canEnter, databaseUser, tryAs } from './database-user.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-user-'));
});
afterEach(() => {
  chmodSync(dir, 0o755);
  rmSync(dir, { recursive: true });
});

test('root hands Postgres to an unprivileged user, everybody else runs it', async () => {
  const user = await databaseUser();
  if (process.getuid?.() === 0) expect(user?.uid).toBeGreaterThan(0);
  else expect(user).toBeNull();
});

test('a directory below one that only its owner enters cannot be entered by another', async () => {
  const user = await databaseUser();
  const inner = join(dir, 'inner');
  mkdirSync(inner);
  chmodSync(dir, 0o755);
  expect(await canEnter(user, inner)).toBe(true);
  chmodSync(dir, user === null ? 0o000 : 0o700);
  expect(await canEnter(user, inner)).toBe(false);
});

test('a condition that does not hold says why; paths are not read as shell', async () => {
  expect(await tryAs(null, 'test -d "$1"', dir)).toBeNull();
  expect(await tryAs(null, 'echo "no $1"; false', '$(id) "x"')).toBe('no $(id) "x"');
});

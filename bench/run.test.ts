import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...args], { cwd: ROOT, encoding: 'utf8' });

// A program of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

it('lists the benches when none is named', () => {
  const { status, stdout } = bench();
  expect(status).toBe(0);
  expect(stdout).toContain('orchestration');
});

it('says that a name is unknown', () => {
  const { status, stderr } = bench('toString');
  expect(status).toBe(2);
  expect(stderr).toContain('There is no bench "toString"');
});

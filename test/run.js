#!/usr/bin/env node
// Runs the tests, prints seconds per suite, and ends with one line that a machine can read.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const long = process.argv.includes('--long');
const filters = process.argv.slice(2).filter((arg) => arg !== '--long');
const projects = long ? ['long'] : ['unit', 'int'];
const folder = mkdtempSync(join(tmpdir(), 'onedoor-report-'));
const report = join(folder, 'report.json');

const args = [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  ...projects.flatMap((name) => ['--project', name]),
  '--reporter=dot',
  `--reporter=${join(root, 'test/report.js')}`,
  ...filters,
];
const env = { ...process.env, ONEDOOR_TEST_REPORT: report };
const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

child.on('exit', (code) => {
  let suites;
  try {
    suites = JSON.parse(readFileSync(report, 'utf8')).sort((a, b) => b.seconds - a.seconds);
  } catch {
    console.log('the test runner ended without a report');
    console.log('0 passed, 1 failed');
    process.exit(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log('\nseconds per suite');
  for (const { seconds, name, outcomes } of suites)
    console.log(`${seconds.toFixed(1).padStart(7)}  ${name} (${outcomes.length})`);
  const outcomes = suites.flatMap((suite) => suite.outcomes);
  const passed = outcomes.filter((outcome) => outcome === 'passed').length;
  // A skipped test proves nothing, and a suite that could not be loaded, or whose hooks failed, proves less.
  const broken = suites.filter((suite) => suite.failed && !suite.outcomes.includes('failed')).length;
  let failed = outcomes.length - passed + broken;
  if (failed === 0 && code !== 0) failed = 1;
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
});

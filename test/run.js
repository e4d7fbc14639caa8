#!/usr/bin/env node
// Runs the tests, prints seconds per suite, and ends with one line that a machine can read.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...filters,
];
const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

child.on('exit', (code) => {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    console.log('the test runner ended without a report');
    console.log('0 passed, 1 failed');
    process.exit(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const suites = result.testResults
    .map((suite) => ({
      name: relative(root, suite.name),
      seconds: (suite.endTime - suite.startTime) / 1000,
      tests: suite.assertionResults,
    }))
    .sort((a, b) => b.seconds - a.seconds);
  console.log('\nseconds per suite');
  for (const suite of suites)
    console.log(`${suite.seconds.toFixed(1).padStart(7)}  ${suite.name} (${suite.tests.length})`);
  const outcomes = suites.flatMap((suite) => suite.tests.map((test) => test.status));
  const passed = outcomes.filter((status) => status === 'passed').length;
  // A skipped test proves nothing, and a suite that could not be loaded proves less.
  const broken = result.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  let failed = outcomes.length - passed + broken;
  if (failed === 0 && code !== 0) failed = 1;
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
});

import { describe, expect, it } from 'vitest';
import { together, type Check, type Invariant } from '../casefile/invariants/check.js';
import { desksUp } from '../casefile/invariants/i13-next-step.js';
import { exitCodeOf, INVARIANTS, reportOf } from './verify.js';
import { renderReport } from './verify-report.js';

const clean = (invariant: Invariant, checked = 1): Check => ({ invariant, checked, findings: [] });
const all = INVARIANTS.map((invariant) => clean(invariant));
const finding = { record: 'AP-441625103-2026-00001', problem: 'is not there' };

describe('the report', () => {
  it.each<[string, Check[], number]>([
    ['clean', all, 0],
    ['a finding', [...all, { ...clean('I8'), findings: [finding] }], 1],
    ['something unknown', [...all, { ...clean('I2'), unknown: 'no worker' }], 3],
    [
      'both: what was found outranks what is unknown',
      [{ ...clean('I2'), unknown: 'no worker', findings: [finding] }],
      1,
    ],
    ['a check that is missing altogether', all.slice(1), 3],
  ])('%s', (_, parts, exitCode) => {
    expect(reportOf(parts).exitCode).toBe(exitCode);
    expect(exitCodeOf(reportOf(parts).checks)).toBe(exitCode);
  });

  it('has every invariant once, in order, with its parts together', () => {
    const report = reportOf([...all, { ...clean('I11', 5), findings: [finding], unknown: 'a log' }]);
    expect(report.checks.map(({ invariant }) => invariant)).toEqual(INVARIANTS);
    expect(report.checks.find(({ invariant }) => invariant === 'I11')).toEqual({
      invariant: 'I11',
      checked: 6,
      findings: [finding],
      unknown: 'a log',
    });
  });

  it('keeps both reasons when two halves are unknown', () => {
    expect(together({ ...clean('I1'), unknown: 'a' }, { ...clean('I1'), unknown: 'b' }).unknown).toBe('a; b');
  });

  it('is a table that names invariant, record and problem, and says how much it left out', () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ record: `r${index}`, problem: 'p' }));
    const text = renderReport(
      reportOf([...all, { ...clean('I7'), findings: many }, { ...clean('I2'), unknown: 'no worker' }]),
    );
    expect(text).toMatch(/^I7 +23 found +2 checked {2}every lookup/m);
    expect(text).toContain('      r0: p');
    expect(text).toContain('and 3 more');
    expect(text).toMatch(/^I2 +unknown/m);
    expect(text).toContain('unknown: no worker');
    expect(text).toMatch(/23 findings, 1 unknown$/);
  });
});

describe('desks that cannot get up', () => {
  const run = (taskAttempts: number, status = 'RUNNING') => ({
    workflowId: 'application/x',
    runId: 'r',
    status,
    taskAttempts,
  });
  it.each([
    [run(10), 0],
    [run(11), 1],
    [run(99, 'TERMINATED'), 0],
  ])('%o', (execution, findings) => {
    expect(desksUp([execution]).findings).toHaveLength(findings);
  });
});

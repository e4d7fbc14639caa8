import { describe, expect, it } from 'vitest';
import { measureOf, roundOf } from './measure.js';
import { report } from './report.js';
import { resultOf, type Findings } from './result.js';

const HERE = { commit: 'c0ffee', changed: false, at: '2026-03-02T09:00:00Z' };
const chief = measureOf('work', 'per second', [roundOf('ours', 9, 10)], { atLeast: 0.85 });
const result = (more: Partial<Findings>) => resultOf('sample', { chief, notes: [], ...more }, HERE);

describe('a result', () => {
  it('says what was compared, where and at which commit', () => {
    expect(result({})).toMatchObject({
      name: 'sample',
      rounds: [{ first: 'ours', ours: 9, bare: 10, ratio: 0.9 }],
      median: { ours: 9, bare: 10 },
      ratio: 0.9,
      goal: { atLeast: 0.85 },
      met: true,
      commit: 'c0ffee',
      node: process.version,
    });
  });

  it('is not met when a measure beside the chief one is not', () => {
    const beside = [measureOf('tail', 'ms', [roundOf('bare', 20, 10)], { atMost: 1.5 })];
    expect(result({ beside })).toMatchObject({ met: false, chiefMet: true });
  });

  it('is not met when a demand is not', () => {
    const demands = [{ what: 'scans', value: 1, unit: 'plans', goal: { atMost: 0 }, met: false }];
    expect(result({ demands }).met).toBe(false);
  });

  it('is met when what has no goal is bad', () => {
    expect(result({ beside: [measureOf('told', 'ms', [roundOf('bare', 20, 10)])] }).met).toBe(true);
  });
});

it('a report names the goal that was missed and what it was measured against', () => {
  const beside = [measureOf('tail', 'ms', [roundOf('bare', 20, 10)], { atMost: 1.5 })];
  const text = report(result({ beside, notes: ['measured in a test'] }));
  expect(text).toContain('sample: goal missed');
  expect(text).toContain('work: ours 9, bare 10 per second; ratio 0.9 (goal ≥ 0.85: met)');
  expect(text).toContain('tail: ours 20, bare 10 ms; ratio 2 (goal ≤ 1.5: MISSED)');
  expect(text).toContain('– measured in a test');
});

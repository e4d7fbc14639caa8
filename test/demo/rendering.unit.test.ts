import { describe, expect, it } from 'vitest';
import { table, widthOf } from '../../demo/columns.js';
import { addDays, daysBetween, nextWeekday } from '../../demo/days.js';
import { article } from '../../demo/labels.js';
import { subjectOf } from '../../demo/people.js';
import { demoResult } from '../../demo/result.js';
import { exitOf, problemsOf, renderVerification, verificationOf } from '../../demo/verification.js';

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['低保', 4],
    ['×2', 2],
    ['𠮷', 2],
    ['《法》', 6],
  ])('%s is %d wide', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
  it('aligns columns and leaves no blanks at the end', () => {
    expect(
      table([
        ['低保', '1'],
        ['a', ''],
      ]),
    ).toEqual(['低保  1', 'a']);
  });
});

describe('days', () => {
  it.each([
    ['2026-03-05', '2026-03-06'],
    ['2026-03-06', '2026-03-09'],
    ['2026-03-07', '2026-03-09'],
    ['2026-12-31', '2027-01-01'],
  ])('after %s somebody is at their desk on %s', (day, next) => {
    expect(nextWeekday(day)).toBe(next);
  });
  it('counts days', () => {
    expect(daysBetween('2026-03-02', addDays('2026-03-02', 24))).toBe(24);
  });
});

describe('article', () => {
  it.each([
    ['DIBAO-2021 art. 10–11', '《最低生活保障审核确认办法》第10–11条'],
    ['LAW-2026 art. 44', '《社会救助法》第44条'],
    ['OTHER art. 1', 'OTHER art. 1'],
  ])('%s → %s', (citation, zh) => {
    expect(article(citation, 'zh')).toBe(zh);
    expect(article(citation, 'en')).toBe(citation);
  });
});

describe('subjectOf', () => {
  it.each([
    ['window_clerk', '', 'clerk-1'],
    ['window_clerk', 'linkou-', 'linkou-clerk-1'],
    ['second_county_confirmer', 'linkou-', 'linkou-confirmer-2'],
    ['clerk-21', 'linkou-', 'clerk-21'],
  ])('%s with %j is %s', (name, prefix, subject) => {
    expect(subjectOf(name, prefix)).toBe(subject);
  });
});

describe('verification', () => {
  const checks = [
    { invariant: 'I1', checked: 1, findings: [] },
    {
      invariant: 'I2',
      checked: 1,
      findings: [
        { record: 'AP-1', problem: 'no workflow' },
        { record: 'AP-2', problem: 'two' },
      ],
    },
    { invariant: 'I11', checked: 0, findings: [], unknown: 'no logs' },
  ];
  it('counts findings; what could not be looked at is null, not 0', () => {
    expect(verificationOf({ checks })).toEqual({ I1: 0, I2: 2, I11: null });
  });
  it('names every problem and what could not be looked at', () => {
    expect(problemsOf({ checks })).toEqual([
      'I2  AP-1: no workflow',
      'I2  AP-2: two',
      'I11  unknown: no logs',
    ]);
  });
  it.each([
    [{ I1: 0 }, 0],
    [{ I1: 0, I2: 1, I8: null }, 1],
    [{ I1: 0, I8: null }, 3],
  ] as const)('%j ends with %d', (counts, exit) => {
    expect(exitOf(counts)).toBe(exit);
  });
  it('is a table', () => {
    expect(renderVerification({ I1: 0, I2: 2, I11: null }, 'en')).toEqual([
      'invariant  findings  verdict',
      'I1         0         holds',
      'I2         2         BROKEN',
      'I11        ?         unknown',
    ]);
    expect(renderVerification({ I1: 0 }, 'zh')).toEqual(['校验  问题  结论', 'I1    0     通过']);
  });
});

describe('demoResult', () => {
  const clock = {
    code: 'total',
    article: 'DIBAO-2021 art. 22',
    from: '2026-03-05',
    due: '2026-04-17',
    done: null,
    late: false,
  };
  const found = {
    caseNo: 'AP-441625103-2026-00001',
    from: '2026-03-02',
    to: '2026-03-26',
    report: { clocks: [{ ...clock, provisional: false }], history: { runs: 3, events: 200, bytes: 9_000 } },
    verification: { I1: 0 },
  };
  const requests = ['tax', 'bank', 'tax'].map((source, index) => ({
    id: String(index),
    personId: 'p',
    source,
    standing: 'none' as const,
    proofAdopted: false,
  }));
  it('is exactly what the schema of the answer names', () => {
    const view = { outcome: 'confirmed', decision: { monthlyBenefitFen: 6_000 }, requests };
    expect(demoResult({ ...found, view })).toEqual({
      caseNo: 'AP-441625103-2026-00001',
      outcome: 'confirmed',
      monthlyBenefitFen: 6_000,
      simulatedDays: 24,
      departments: ['bank', 'tax'],
      deadlines: [clock],
      history: { events: 200, bytes: 9_000 },
      verify: { I1: 0 },
    });
  });
  it('pays nothing unless confirmed', () => {
    const view = { outcome: 'refused', decision: { monthlyBenefitFen: 0 }, requests: [] };
    expect(demoResult({ ...found, view })).toMatchObject({ outcome: 'refused', monthlyBenefitFen: 0 });
  });
});

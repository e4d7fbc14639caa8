import { describe, expect, it } from 'vitest';
import { plainDate, type Month } from '../terms/dates.js';
import { fen } from '../terms/fen.js';
import { householdIncome, incomeWindow, straddling } from './income.js';
import { fact } from './test-support.js';

const window = incomeWindow(plainDate('2026-03-02'), 12);

describe('the income window', () => {
  it.each([
    ['2026-03-02', 12, '2025-03', '2026-02'],
    ['2026-03-31', 12, '2025-03', '2026-02'],
    ['2026-01-01', 12, '2025-01', '2025-12'],
    ['2026-12-31', 1, '2026-11', '2026-11'],
    ['2026-01-15', 1, '2025-12', '2025-12'],
    ['2026-03-02', 6, '2025-09', '2026-02'],
    ['2026-03-02', 27, '2023-12', '2026-02'],
  ])('applied on %s, %i months: %s to %s', (appliedOn, months, from, to) => {
    expect(incomeWindow(plainDate(appliedOn), months)).toEqual({ from, to, months });
  });
});

describe('what a household earned', () => {
  it('nothing, without facts', () => {
    expect(householdIncome([], window)).toEqual({
      byCategory: {},
      countedFen: 0,
      exemptFen: 0,
      deductedFen: 0,
      outsideFen: 0,
      countableFen: 0,
    });
  });

  it('each kind apart: counted, left out, deducted, owned', () => {
    const facts = [
      fact({ yuan: '1200', from: '2025-06' }),
      fact({ yuan: '800', from: '2025-07' }),
      fact({ yuan: '3000.50', from: '2025-03', to: '2026-02', category: 'business_net' }),
      fact({ yuan: '500', from: '2025-09', kind: 'exempt_income', category: 'transfer_net' }),
      fact({ yuan: '100', from: '2025-06', kind: 'deduction', category: 'employment_cost' }),
      fact({ yuan: '20000', from: '2026-03', kind: 'property', category: 'deposit' }),
    ];
    expect(householdIncome(facts, window)).toEqual({
      byCategory: { wage: 200_000, business_net: 300_050 },
      countedFen: 500_050,
      exemptFen: 50_000,
      deductedFen: 10_000,
      outsideFen: 0,
      countableFen: 490_050,
    });
  });

  it('money of other months is seen and not counted', () => {
    const facts = [
      fact({ yuan: '700', from: '2025-02' }),
      fact({ yuan: '900', from: '2026-03' }),
      fact({ yuan: '1', from: '2025-03' }),
      fact({ yuan: '1', from: '2026-02' }),
    ];
    expect(householdIncome(facts, window)).toMatchObject({ countedFen: 200, outsideFen: 160_000 });
  });

  it('deductions do not make income negative', () => {
    const facts = [
      fact({ yuan: '100', from: '2025-06' }),
      fact({ yuan: '150', from: '2025-06', kind: 'deduction', category: 'illness_cost' }),
    ];
    expect(householdIncome(facts, window).countableFen).toBe(0);
  });

  it.each([
    ['2025-01', '2025-12', 'a calendar year'],
    ['2025-02', '2025-03', 'one month before'],
    ['2026-02', '2026-03', 'one month behind'],
    ['2025-02', '2026-03', 'around the window'],
    ['2025-06', '2025-05', 'an end before the beginning'],
  ])('an amount for %s to %s is not averaged: a person splits it (%s)', (from, to) => {
    const astride = fact({ yuan: '1200', from, to });
    expect(straddling([astride], window)).toEqual([astride]);
    expect(() => householdIncome([astride], window)).toThrow(
      expect.objectContaining({
        code: 'guard_not_met',
        params: { guard: 'income_period', fact: astride.id, from: '2025-03', to: '2026-02' },
      }),
    );
  });

  it('the period of property does not matter', () => {
    const car = fact({
      yuan: '30000',
      from: '2019-01',
      to: '2026-03',
      kind: 'property',
      category: 'vehicle',
    });
    expect(straddling([car], window)).toEqual([]);
    expect(householdIncome([car], window).countedFen).toBe(0);
  });

  it('a negative amount is refused', () => {
    const negative = { ...fact({ yuan: '1', from: '2025-06' as Month }), amountFen: fen(-100) };
    expect(() => householdIncome([negative], window)).toThrow('amount_not_whole_fen');
  });
});

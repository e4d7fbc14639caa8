import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../terms/dates.js';
import { fen } from '../terms/fen.js';
import { inputsText, type MeansTestInput } from './determination.js';
import type { AdoptedFact } from './income.js';
import { meansTest } from './means-test.js';
import { fact, household, inventedPlace } from './test-support.js';

const rounding = '{ stage: household_month, mode: half_up, to: fen }';
const place = inventedPlace({ standardYuan: 500, windowMonths: 12, rounding });
const byMonth = inventedPlace({ standardYuan: 500, windowMonths: 1, rounding });

const yearOf = (yuan: string, part: Partial<AdoptedFact> = {}) =>
  fact({ yuan, from: '2025-03', to: '2026-02', ...part });

describe('the boundary of income, standard 500 for 3 persons: 18,000 yuan a year', () => {
  it.each([
    ['17999.99', true, 'one fen below is below'],
    ['18000.00', false, 'equal is not below'],
    ['18000.01', false, 'one fen over is not'],
  ])('%s yuan: eligible = %s, %s', (yuan, eligible) => {
    const result = meansTest(place, household({ facts: [yearOf(yuan)] }));
    expect(result.eligible).toBe(eligible);
    expect(result.category).toBe(eligible ? 'dibao' : 'none');
  });

  it('a refusal has no amount and no step about one', () => {
    const result = meansTest(place, household({ facts: [yearOf('18000')] }));
    expect(result.monthlyBenefitFen).toBe(0);
    expect(result.steps.map((step) => step.code)).toEqual([
      'income_window',
      'income_counted',
      'monthly_income',
      'per_capita_income',
      'income_test',
      'property_test',
    ]);
  });

  it('without any income the benefit is the standard for all', () => {
    expect(meansTest(place, household())).toMatchObject({ eligible: true, monthlyBenefitFen: 150_000 });
  });
});

describe('property', () => {
  it('where the place has no figures, a person has to have stated a finding', () => {
    expect(() => meansTest(place, household({ propertyFinding: null }))).toThrow(
      expect.objectContaining({ code: 'guard_not_met', params: { guard: 'property_finding' } }),
    );
  });

  it('over the limit: not eligible, although the income is below', () => {
    const result = meansTest(place, household({ propertyFinding: 'over' }));
    expect(result).toMatchObject({ eligible: false, category: 'none', monthlyBenefitFen: 0 });
  });

  it.each([
    ['36000.00', true, 'equal is not over'],
    ['36000.01', false, 'one fen over'],
  ])('24 months of the standard per person, deposits %s: eligible = %s (%s)', (yuan, eligible) => {
    const figures = inventedPlace({
      standardYuan: 500,
      windowMonths: 12,
      rounding,
      propertyLimit: '{ rule: deposits_per_person, monthsOfStandard: 24 }',
    });
    const deposit = fact({ yuan, from: '2026-03', kind: 'property', category: 'deposit' });
    const home = fact({ yuan: '90000', from: '2026-03', kind: 'property', category: 'home' });
    const result = meansTest(figures, household({ facts: [deposit, home], propertyFinding: null }));
    expect(result.eligible).toBe(eligible);
  });
});

describe('what is counted', () => {
  it('exempt income is listed and not counted; deductions are', () => {
    const facts = [
      yearOf('12000'),
      yearOf('2400', { kind: 'exempt_income', category: 'transfer_net' }),
      yearOf('600', { kind: 'deduction', category: 'employment_cost' }),
    ];
    const result = meansTest(place, household({ facts }));
    expect(result.monthlyBenefitFen).toBe(150_000 - 95_000);
    expect(result.steps.find((step) => step.code === 'income_exempt')?.result).toBe(240_000);
    expect(result.steps.find((step) => step.code === 'income_deducted')?.result).toBe(1_140_000);
  });

  it('the window is of the day of application, also when the parameters are of another', () => {
    const facts = [fact({ yuan: '300', from: '2026-02' })];
    const result = meansTest(byMonth, household({ facts, parametersOn: plainDate('2010-01-01') }));
    expect(result.monthlyBenefitFen).toBe(120_000);
  });

  it('a household has members', () => {
    for (const memberCount of [0, -1, 1.5]) {
      expect(() => meansTest(place, household({ memberCount }))).toThrow(
        expect.objectContaining({ code: 'guard_not_met', params: { guard: 'household_members' } }),
      );
    }
  });
});

describe('for every household', () => {
  const months = [...Array(12).keys()].map(
    (n) => `${n < 10 ? 2025 : 2026}-${String(((n + 2) % 12) + 1).padStart(2, '0')}`,
  );
  const earned = fc.array(
    fc.record({ amount: fc.integer({ min: 0, max: 2_000_000 }), month: fc.constantFrom(...months) }),
    { maxLength: 15 },
  );
  const toFacts = (entries: readonly { amount: number; month: string }[]): AdoptedFact[] =>
    entries.map(({ amount, month }, index) => ({
      ...fact({ yuan: '0', from: month }),
      id: `f${String(index).padStart(2, '0')}`,
      amountFen: fen(amount),
    }));
  const members = fc.integer({ min: 1, max: 12 });
  const outcome = (inputs: MeansTestInput) => {
    const { eligible, category, monthlyBenefitFen, perCapita } = meansTest(place, inputs);
    return { eligible, category, monthlyBenefitFen, perCapita };
  };

  it('it does not matter in which month of the window money came', () => {
    const moved = earned.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(months, { minLength: 12, maxLength: 12 }), members),
    );
    fc.assert(
      fc.property(moved, ([entries, permuted, memberCount]) => {
        const elsewhere = entries.map((entry) => ({
          ...entry,
          month: permuted[months.indexOf(entry.month)] ?? '',
        }));
        const before = outcome(household({ memberCount, facts: toFacts(entries) }));
        expect(outcome(household({ memberCount, facts: toFacts(elsewhere) }))).toEqual(before);
      }),
    );
  });

  it('nor in which order facts were adopted: the whole determination is the same', () => {
    const shuffled = earned.chain((entries) => {
      const facts = toFacts(entries);
      return fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }));
    });
    fc.assert(
      fc.property(shuffled, ([facts, mixed]) => {
        expect(meansTest(place, household({ facts: mixed }))).toEqual(meansTest(place, household({ facts })));
        expect(inputsText(household({ facts: mixed }))).toBe(inputsText(household({ facts })));
      }),
    );
  });

  it('the benefit is at most half a fen from the exact difference, and eligible means a positive one', () => {
    fc.assert(
      fc.property(earned, members, (entries, memberCount) => {
        const income = entries.reduce((sum, entry) => sum + entry.amount, 0);
        const yearlyGap = 50_000 * memberCount * 12 - income;
        const { eligible, monthlyBenefitFen } = outcome(household({ memberCount, facts: toFacts(entries) }));
        expect(eligible).toBe(yearlyGap > 0);
        if (eligible) expect(Math.abs(monthlyBenefitFen * 12 - yearlyGap)).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('a determination survives JSON and gives itself again from its own inputs', () => {
    fc.assert(
      fc.property(earned, members, (entries, memberCount) => {
        const first = meansTest(place, household({ memberCount, facts: toFacts(entries) }));
        expect(JSON.parse(JSON.stringify(first))).toEqual(first);
        expect(meansTest(place, first.inputs)).toEqual(first);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';
import { chineseNumber, citationText } from './law.js';
import { meansTest } from './means-test.js';
import { exactMoney, money } from './money-text.js';
import { fen } from '../terms/fen.js';
import { fact, household, inventedPlace } from './test-support.js';

const withLimit = inventedPlace({
  standardYuan: 700,
  windowMonths: 1,
  rounding: '{ stage: per_capita_month, mode: half_up, to: yuan }',
  propertyLimit: '{ rule: deposits_per_person, monthsOfStandard: 12 }',
});
const february = { from: '2026-02' };
const result = meansTest(
  withLimit,
  household({
    facts: [
      fact({ yuan: '1100', ...february }),
      fact({ yuan: '100', ...february, category: 'transfer_net' }),
      fact({ yuan: '60', ...february, kind: 'exempt_income', category: 'transfer_net' }),
      fact({ yuan: '200', ...february, kind: 'deduction', category: 'illness_cost' }),
      fact({ yuan: '333', from: '2025-11' }),
      fact({ yuan: '5000', from: '2026-03', kind: 'property', category: 'deposit' }),
    ],
  }),
);

describe('an explanation', () => {
  it('shows every kind of step in English', () => {
    expect(explain(result, 'en').map((line) => line.replace(/ \[.*/, ''))).toEqual([
      'Income counts for the 1 month before the application: 2026-02 to 2026-02.',
      'Household income in these months: 1,200 yuan (net transfers 100, wages 1,100). 333 yuan of other months are not counted.',
      'Another 60 yuan are left out of income by law.',
      'Less deductions: 1,200 − 200, which counts as 1,000 yuan.',
      'Household income a month: 1,000 ÷ 1 = 1,000 yuan.',
      'Per person and month: 1,000 ÷ 1 ÷ 3 = 333.33… yuan.',
      '333.33… yuan is below the rural standard of 700 yuan.',
      'Deposits 5,000 yuan, limit 25,200 yuan: property within the rules.',
      'Standard for all: 700 × 3 = 2,100 yuan.',
      'Difference: 2,100 − 1,000 = 1,100 yuan.',
      'Rounding the monthly gap per person once, to the nearest yuan: 1,101 yuan a month.',
      'Result: eligible for dibao, 1,101 yuan a month.',
    ]);
  });

  it('has as many lines in Chinese', () => {
    const text = explain(result, 'zh');
    expect(text).toHaveLength(12);
    expect(text[1]).toContain('核算期外收入 333 元不计');
    expect(text[2]).toContain('另有 60 元依规定不计入家庭收入');
    expect(text[3]).toContain('1,200 − 200，计 1,000 元');
    expect(text[7]).toContain('存款 5,000 元，限额 25,200 元，家庭财产符合规定');
    expect(text[10]).toContain('按人均月差额四舍五入到元（仅此一次）：每月 1,101 元');
  });

  it('says what a refusal rests on', () => {
    const refused = meansTest(withLimit, household({ facts: [fact({ yuan: '2100', ...february })] }));
    expect(explain(refused, 'en').at(-1)).toBe('Result: not eligible for dibao.');
    expect(explain(refused, 'en')[4]).toContain('700 yuan is not below the rural standard of 700 yuan');
    expect(explain(refused, 'zh')[4]).toContain('不低于当地农村低保标准');
    expect(explain(refused, 'zh').at(-1)).toBe('结论：不符合低保条件。');
  });

  it('marks every value that was assumed', () => {
    const assumed = explain(result, 'zh').filter((line) => line.includes('演示用假定值，非公布值'));
    expect(assumed).toHaveLength(result.steps.filter((step) => step.parameter).length);
  });
});

describe('amounts in text', () => {
  it.each([
    [0, '0'],
    [6_000, '60'],
    [648_000, '6,480'],
    [123_456_789, '1,234,567.89'],
    [100_050, '1,000.50'],
    [-648_000, '-6,480'],
  ])('%i fen: %s', (amount, text) => {
    expect(money(fen(amount))).toBe(text);
  });

  it.each([
    [100_000, 3, '333.33…'],
    [100_000, 4, '250'],
    [100_010, 100_000, '0.01…'],
    [100, 3, '0.33…'],
    [10_001, 2, '50.00…'],
  ])('%i/%i fen: %s', (numerator, denominator, text) => {
    expect(exactMoney({ numerator, denominator })).toBe(text);
  });
});

describe('citations', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [13, '十三'],
    [20, '二十'],
    [23, '二十三'],
    [78, '七十八'],
  ])('%i is %s', (n, text) => {
    expect(chineseNumber(n)).toBe(text);
  });

  it('name the law and its part', () => {
    const section = { law: 'NOTICE-2022', article: 4 } as const;
    expect(citationText({ law: 'LAW-2026', article: 18 }, 'zh')).toBe('《社会救助法》第十八条');
    expect(citationText({ law: 'LAW-2026', article: 18 }, 'en')).toBe(
      'Social Assistance Law (2026), art. 18',
    );
    expect(citationText(section, 'zh')).toMatch(/第四部分$/);
    expect(citationText(section, 'en')).toMatch(/section 4$/);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import { fenFromYuan } from '../terms/fen.js';
import { divisionCode } from '../terms/ids.js';
import { explain } from './explain.js';
import { meansTest } from './means-test.js';
import { fact, household, inventedPlace, realRulebook } from './test-support.js';

/** Households whose inputs and answer were published; the sources stand in the fixture. */
const published = z
  .array(
    z.object({
      id: z.string(),
      source: z.string(),
      inputs: z.record(z.string(), z.union([z.string(), z.number()])),
      expected: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('../../test/fixtures/worked-cases.json', import.meta.url), 'utf8')));

function workedCase(id: string) {
  const found = published.find((entry) => entry.id === id);
  if (!found) throw new Error(`no worked case ${id}`);
  const input = (name: string): string => String(found.inputs[name]);
  return {
    memberCount: Number(found.inputs['household_size']),
    standardYuan: Number(found.inputs['standard_monthly']),
    input,
    expectedFen: (name: string) => fenFromYuan(String(found.expected[name])),
  };
}

const wholeYuanOnce = '{ stage: household_month, mode: half_up, to: yuan }';
const rulebook = realRulebook();

describe('published cases of places without a file', () => {
  it('DB01: (400 − 300) × 3 = 300', () => {
    const db01 = workedCase('DB01');
    const place = inventedPlace({
      standardYuan: db01.standardYuan,
      windowMonths: 1,
      rounding: wholeYuanOnce,
    });
    const each = db01.input('per_capita_monthly_income');
    const facts = [1, 2, 3].map((member) => fact({ yuan: each, from: '2026-02', memberRef: `m${member}` }));
    const result = meansTest(place, household({ memberCount: db01.memberCount, facts }));
    expect(result).toMatchObject({
      eligible: true,
      category: 'dibao',
      monthlyBenefitFen: db01.expectedFen('monthly_household_benefit'),
      perCapita: { numerator: 30_000, denominator: 1 },
    });
  });

  it('DB05: 600 × 3 − 1,000 = 800, although the income per person is no whole number', () => {
    const db05 = workedCase('DB05');
    const place = inventedPlace({
      standardYuan: db05.standardYuan,
      windowMonths: 1,
      rounding: wholeYuanOnce,
    });
    const facts = [fact({ yuan: db05.input('total_monthly_income'), from: '2026-02' })];
    const result = meansTest(place, household({ memberCount: db05.memberCount, facts }));
    expect(result).toMatchObject({
      eligible: true,
      monthlyBenefitFen: db05.expectedFen('monthly_household_benefit'),
      perCapita: { numerator: 100_000, denominator: 3 },
    });
  });

  it.each([
    ['per_capita_month', 'monthly_household_benefit_published'],
    ['household_month', 'monthly_household_benefit_exact'],
  ])('DB07: rounded at %s', (stage, expected) => {
    const db07 = workedCase('DB07');
    const place = inventedPlace({
      standardYuan: db07.standardYuan,
      windowMonths: 1,
      rounding: `{ stage: ${stage}, mode: half_up, to: yuan }`,
    });
    const facts = [fact({ yuan: db07.input('total_monthly_income'), from: '2026-02' })];
    const result = meansTest(place, household({ memberCount: db07.memberCount, facts }));
    expect(result.monthlyBenefitFen).toBe(db07.expectedFen(expected));
  });
});

describe('DB09, the household of Dongyuan', () => {
  const db09 = workedCase('DB09');
  const dongyuan = household({
    place: divisionCode('441625103'),
    memberCount: db09.memberCount,
    parametersOn: plainDate('2009-07-15'),
    facts: [fact({ yuan: db09.input('annual_household_income'), from: '2025-03', to: '2026-02' })],
  });
  const result = meansTest(rulebook, dongyuan);

  it('gets the 60 yuan that the bureau confirmed', () => {
    expect(result).toMatchObject({
      format: 1,
      eligible: true,
      category: 'dibao',
      monthlyBenefitFen: db09.expectedFen('monthly_household_benefit'),
      perCapita: { numerator: db09.expectedFen('per_capita_monthly_income'), denominator: 1 },
    });
    expect(Object.keys(result.parameterVersions).sort()).toEqual(['national.yaml', 'places/dongyuan.yaml']);
  });

  it('is explained in English, with article and source', () => {
    const text = explain(result, 'en');
    expect(text.map((line) => line.replace(/ \[.*/, ''))).toEqual([
      'Income counts for the 12 months before the application: 2025-03 to 2026-02.',
      'Household income in these months: 6,480 yuan (wages 6,480).',
      'Household income a month: 6,480 ÷ 12 = 540 yuan.',
      'Per person and month: 6,480 ÷ 12 ÷ 6 = 90 yuan.',
      '90 yuan is below the rural standard of 100 yuan.',
      "A person found the household's property within the rules.",
      'Standard for all: 100 × 6 = 600 yuan.',
      'Difference: 600 − 540 = 60 yuan.',
      "Rounding the household's monthly amount once, to the nearest fen: 60 yuan a month.",
      'Result: eligible for dibao, 60 yuan a month.',
    ]);
    expect(text[6]).toContain('Measures for Review and Confirmation of Dibao (2021), art. 23');
    expect(text[6]).toContain('http://www.heyuanxw.com/2009/sh_0715/4967.html');
    expect(text[8]).toContain('assumed for demonstration, not published');
  });

  it('is explained in Chinese, with article and source', () => {
    const text = explain(result, 'zh');
    expect(text.map((line) => line.replace(/〔.*/, ''))).toEqual([
      '收入核算期为申请之月前 12 个月：2025-03 至 2026-02。',
      '核算期内家庭收入合计 6,480 元（工资性收入 6,480 元）。',
      '家庭月收入：6,480 ÷ 12 = 540 元。',
      '人均月收入：6,480 ÷ 12 ÷ 6 = 90 元。',
      '人均月收入 90 元低于当地农村低保标准 100 元。',
      '家庭财产经工作人员认定符合规定。',
      '标准合计：100 × 6 = 600 元。',
      '差额：600 − 540 = 60 元。',
      '按户月金额四舍五入到分（仅此一次）：每月 60 元。',
      '结论：符合低保条件，每月 60 元。',
    ]);
    expect(text[4]).toContain('《社会救助暂行办法》第九条');
    expect(text[6]).toContain('《最低生活保障审核确认办法》第二十三条');
    expect(text[6]).toContain('河源市民政局答复');
  });
});

describe('DB11, the household of Linkou', () => {
  const db11 = workedCase('DB11');
  const months = ['05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2025-${month}`);
  const linkou = household({
    place: divisionCode('231025'),
    memberCount: db11.memberCount,
    appliedOn: plainDate('2026-05-06'),
    parametersOn: plainDate('2026-05-06'),
    facts: [...months, '2026-01', '2026-02', '2026-03', '2026-04'].map((from) =>
      fact({ yuan: db11.input('total_monthly_income'), from }),
    ),
  });

  it('gets 2 yuan: 632 × 3 − 1,894, not the 3 that binary fractions give', () => {
    expect(meansTest(rulebook, linkou)).toMatchObject({
      eligible: true,
      monthlyBenefitFen: db11.expectedFen('monthly_household_benefit'),
      perCapita: { numerator: 189_400, denominator: 3 },
    });
  });

  it('a fen more of income in one month rounds up to the same 2 yuan; a fen less to 3', () => {
    const [first, ...rest] = linkou.facts;
    if (!first) throw new Error('no fact');
    const withFirst = (yuan: string) =>
      meansTest(rulebook, { ...linkou, facts: [{ ...first, amountFen: fenFromYuan(yuan) }, ...rest] });
    expect(withFirst('1894.01').monthlyBenefitFen).toBe(200);
    expect(withFirst('1893.99').monthlyBenefitFen).toBe(300);
  });

  it('on 2026-02-15 nobody knows the standard: the calculation stops and names it', () => {
    const inGap = { ...linkou, parametersOn: plainDate('2026-02-15') };
    let refusal: unknown;
    try {
      meansTest(rulebook, inGap);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({
      code: 'parameter_missing',
      params: { parameter: 'dibao_standard', place: '231025', date: '2026-02-15', area: 'rural' },
    });
  });
});

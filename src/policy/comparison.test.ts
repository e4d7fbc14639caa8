import { describe, expect, it } from 'vitest';
import { fen, instant, plainDate, type FactCategory, type Month } from '../terms/index.js';
import type { StandingFact, WeighedFact } from './adoptable.js';
import { benefitOn } from './benefit-on.js';
import { compare, type ComparedSource, type ComparisonInput, type ComparisonLine } from './comparison.js';
import { household, inventedPlace } from './test-support.js';

const place = inventedPlace({
  standardYuan: 500,
  windowMonths: 12,
  rounding: '{ stage: household_month, mode: half_up, to: fen }',
  propertyLimit: '{ rule: deposits_per_person, monthsOfStandard: 1 }',
});
const { facts: _, ...family } = household();

const COVERS: Readonly<Record<string, readonly FactCategory[]>> = {
  social_insurance: ['wage', 'transfer_net'],
  bank: ['deposit'],
  second_bank: ['deposit'],
};
const asked = (source: string, part: Partial<ComparedSource> = {}): ComparedSource => ({
  requestId: `r-${source}`,
  personId: 'li',
  source,
  covers: COVERS[source] ?? [],
  mayState: COVERS[source] ?? ['wage'],
  standing: 'found',
  correctedAt: null,
  saidOtherwise: false,
  valuedOn: plainDate('2026-03-03'),
  receivedAt: instant(1),
  proofAdopted: false,
  ...part,
});
/** A year's income in yuan, or what is there. */
const fact = (id: string, yuan: number, part: Partial<WeighedFact> = {}): WeighedFact => ({
  id,
  personId: 'li',
  kind: 'income',
  category: 'transfer_net',
  amountFen: fen(yuan * 100),
  periodFrom: '2025-03' as Month,
  periodTo: '2026-02' as Month,
  ...part,
});
const stated = (id: string, source: string, yuan: number, part: Partial<WeighedFact> = {}) =>
  fact(id, yuan, { source, ...part });
const adopted = (id: string, yuan: number, part: Partial<StandingFact> = {}): StandingFact => ({
  ...fact(id, yuan),
  declaredFactId: 'd',
  answerFactId: null,
  documentId: null,
  by: 'person',
  at: instant(5),
  ...part,
});
const compared = (part: Partial<ComparisonInput>) =>
  compare({
    declared: [],
    answered: [],
    adopted: [],
    asked: [asked('social_insurance')],
    benefitOn: benefitOn(place, family),
    ...part,
  });
function lineOf(part: Partial<ComparisonInput>): ComparisonLine {
  const { lines } = compared(part);
  const [line] = lines;
  if (!line || lines.length > 1) throw new Error(`${lines.length} lines`);
  return line;
}
/** Origin, benefit and effect in yuan, and the rule that lays it on top. */
const options = ({ options: all }: ComparisonLine) =>
  all.map(({ origin, source, outlook, effectFenPerMonth, preChosen }) => [
    source ?? origin,
    'monthlyBenefitFen' in outlook ? outlook.monthlyBenefitFen / 100 : outlook.undetermined.params,
    effectFenPerMonth === null ? null : effectFenPerMonth / 100,
    preChosen,
  ]);

describe('a clean line', () => {
  it('has nothing to touch', () => {
    const line = lineOf({
      declared: [fact('d', 1200)],
      answered: [stated('a', 'social_insurance', 1200)],
      adopted: [adopted('x', 1200, { by: 'rule', answerFactId: 'a' })],
    });
    expect(line).toMatchObject({ standing: 'clean', open: false });
    expect(options(line)).toEqual([
      ['declared', 1400, 0, null],
      ['social_insurance', 1400, 0, null],
      ['none', 1500, 100, null],
    ]);
    expect(line.options.map(({ stands }) => stands)).toEqual([true, true, false]);
  });

  it('waits while an answer may still come, and offers nothing to rest on before', () => {
    const line = lineOf({
      declared: [fact('d', 1200)],
      asked: [asked('social_insurance', { standing: 'pending', receivedAt: null })],
    });
    expect(line).toMatchObject({ standing: 'pending', open: false, options: [] });
  });
});

describe('a contradiction', () => {
  it('shows both sides with what each would do to the benefit, in fen of the engine', () => {
    const line = lineOf({
      declared: [fact('d', 1200)],
      answered: [stated('a', 'social_insurance', 2401)],
    });
    expect(line).toMatchObject({ standing: 'contradiction', open: true });
    expect(options(line)).toEqual([
      ['declared', 1400, -100, null],
      // 18,000 − 2,401 is 15,599 a year: 1299.9166… a month, rounded by the place's rule.
      ['social_insurance', 1299.92, -200.08, null],
      ['none', 1500, 0, null],
    ]);
  });

  it('has the complete register on top where nobody gets poorer by it', () => {
    const line = lineOf({
      declared: [fact('d', 2400)],
      answered: [stated('a', 'social_insurance', 1200)],
    });
    expect(options(line)).toEqual([
      ['declared', 1300, -200, null],
      ['social_insurance', 1400, -100, 'register_complete'],
      ['none', 1500, 0, null],
    ]);
  });

  it('has nothing on top where one register would cost the household money, or where it knows of nothing', () => {
    const poorer = lineOf({ declared: [], answered: [stated('a', 'social_insurance', 1200)] });
    const unknown = lineOf({
      declared: [fact('d', 1200)],
      asked: [asked('social_insurance', { standing: 'none' })],
    });
    for (const line of [poorer, unknown]) {
      expect(line.open).toBe(true);
      expect(line.options.map(({ preChosen }) => preChosen)).toEqual(line.options.map(() => null));
    }
  });

  it('is confirmed where two sources say the same', () => {
    const wage = { category: 'wage' } as const;
    const sides = {
      declared: [fact('d', 1200, wage)],
      asked: [asked('social_insurance'), asked('tax', { covers: [], mayState: ['wage'] })],
    };
    const agreeing = lineOf({
      ...sides,
      answered: [stated('a', 'social_insurance', 2400, wage), stated('b', 'tax', 2400, wage)],
    });
    expect(agreeing.options.map(({ preChosen }) => preChosen)).toEqual([null, 'sources_agree', null, null]);
    const apart = lineOf({
      ...sides,
      answered: [stated('a', 'social_insurance', 2400, wage), stated('b', 'tax', 3600, wage)],
    });
    expect(apart.options.map(({ preChosen }) => preChosen)).toEqual([null, null, null, null]);
  });

  it('of property has the later valuation on top', () => {
    const deposit = (month: string) =>
      ({
        kind: 'property',
        category: 'deposit',
        periodFrom: month as Month,
        periodTo: month as Month,
      }) as const;
    const line = lineOf({
      declared: [fact('d', 900, deposit('2026-02'))],
      answered: [
        stated('a', 'bank', 1000, deposit('2026-01')),
        stated('b', 'second_bank', 950, deposit('2026-03')),
      ],
      asked: [asked('bank'), asked('second_bank')],
    });
    expect(line.options.map(({ source, preChosen }) => [source, preChosen])).toEqual([
      [null, null],
      ['bank', null],
      ['second_bank', 'later_valuation'],
      [null, null],
    ]);
  });

  it('says why it cannot be weighed yet, and lays nothing on top', () => {
    const line = lineOf({
      declared: [fact('d', 2400)],
      answered: [stated('a', 'social_insurance', 1200, { periodTo: '2026-03' as Month })],
    });
    expect(options(line)[1]).toEqual([
      'social_insurance',
      { guard: 'income_period', fact: 'a', from: '2025-03', to: '2026-02' },
      null,
      null,
    ]);
  });

  it('offers each of several declared facts alone', () => {
    const line = lineOf({
      declared: [fact('d1', 1200), fact('d2', 600)],
      answered: [stated('a', 'social_insurance', 1200)],
    });
    expect(line.options.map(({ facts }) => facts.map(({ id }) => id))).toEqual([
      ['d1', 'd2'],
      ['d1'],
      ['d2'],
      ['a'],
      [],
    ]);
  });
});

describe('silence', () => {
  it('is a standing of its own, and no rule lays anything in its place', () => {
    const line = lineOf({
      declared: [fact('d', 1200)],
      asked: [asked('social_insurance', { standing: 'unanswered', receivedAt: null })],
    });
    expect(line).toMatchObject({ standing: 'unanswered', open: true });
    expect(line.options.map(({ preChosen }) => preChosen)).toEqual([null, null]);
  });
});

describe('a corrected answer', () => {
  const corrected = {
    declared: [fact('d', 2400)],
    answered: [stated('a2', 'social_insurance', 1200)],
    asked: [asked('social_insurance', { correctedAt: instant(10), saidOtherwise: true })],
  };

  it('is a line again, also where a person chose before it came', () => {
    const before = lineOf({ ...corrected, adopted: [adopted('x', 2400)] });
    expect(before).toMatchObject({ standing: 'corrected', open: true });
    expect(options(before)).toEqual([
      ['declared', 1300, 0, null],
      ['social_insurance', 1400, 100, 'register_complete'],
      ['none', 1500, 200, null],
    ]);
  });

  it('is none any more once a person chose after it', () => {
    const after = lineOf({ ...corrected, adopted: [adopted('x', 2400, { at: instant(11) })] });
    expect(after).toMatchObject({ standing: 'corrected', open: false });
    expect(after.options.map(({ preChosen }) => preChosen)).toEqual([null, null, null]);
  });
});

describe('what a rule had adopted', () => {
  it('settles no contradiction that came later, and is replaced by the choice', () => {
    const line = lineOf({
      declared: [fact('d', 1200)],
      answered: [stated('a', 'social_insurance', 2400)],
      adopted: [adopted('x', 1200, { by: 'rule' })],
    });
    expect(line).toMatchObject({ standing: 'contradiction', open: true });
    expect(line.options.map(({ entries }) => entries.map(({ supersedes }) => supersedes))).toEqual([
      ['x'],
      ['x'],
      ['x'],
    ]);
    expect(options(line).map(([, benefit]) => benefit)).toEqual([1400, 1300, 1500]);
  });
});

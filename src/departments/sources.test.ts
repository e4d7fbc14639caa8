import { describe, expect, it } from 'vitest';
import { RESTS_ON_THE_HOUSEHOLD, RULE_INPUTS } from '../policy/rule-inputs.js';
import { fen, type Month } from '../terms/index.js';
import type { Fact } from './contract.js';
import { isAmount } from './source.js';
import {
  coveredBy,
  implausible,
  itemsFor,
  itemsOf,
  meaningOf,
  SOURCE_BOOK,
  SOURCES,
  valued,
} from './sources.js';

const fact = (item: string, category: string, yuan: number, part: Partial<Fact> = {}): Fact => ({
  item,
  category,
  amountFen: fen(yuan * 100),
  ...part,
});
const year = { periodFrom: '2025-03' as Month, periodTo: '2026-02' as Month };

describe('the sources', () => {
  it('are those of DIBAO-2021 art. 17 and LAW-2026 art. 41', () => {
    expect(SOURCES).toEqual([
      'bank',
      'civil_affairs',
      'disabled_federation',
      'household_register',
      'housing_fund',
      'insurance',
      'market_supervision',
      'payment_institution',
      'real_estate',
      'securities',
      'social_insurance',
      'tax',
    ]);
  });

  it.each(SOURCE_BOOK)('$code says in both languages what it is, and why it may be asked', (source) => {
    expect(source.name.zh).toMatch(/\p{Script=Han}/u);
    expect(source.article).toMatch(/art\.|section/);
    for (const { name } of Object.values(source.items)) {
      expect(name.zh).toMatch(/\p{Script=Han}/u);
      expect(name.en).toMatch(/^[a-z]/);
    }
  });

  it('are asked what a rule needs and nothing else', () => {
    const settled = SOURCE_BOOK.flatMap(({ code, items }) =>
      itemsFor(code, RULE_INPUTS.dibao).flatMap((item) => items[item]?.settles ?? []),
    );
    expect([...new Set([...settled, ...RESTS_ON_THE_HOUSEHOLD])].toSorted()).toEqual(
      [...RULE_INPUTS.dibao].toSorted(),
    );
    for (const { items } of SOURCE_BOOK)
      for (const [item, { settles }] of Object.entries(items))
        for (const input of settles) expect(RULE_INPUTS.dibao, item).toContain(input);
  });

  it('are not asked for an item that the rule does not need', () => {
    expect(itemsFor('household_register', ['vehicle'])).toEqual(['vehicles']);
    expect(itemsFor('household_register', ['deposit'])).toEqual([]);
  });

  it('weigh every amount as what its item was asked for', () => {
    for (const { items } of SOURCE_BOOK)
      for (const [item, { settles, answers }] of Object.entries(items))
        for (const meaning of Object.values(answers).filter(isAmount))
          expect(settles, item).toContain(meaning.category);
  });
});

describe('what a source learns all of', () => {
  it.each([
    ['social_insurance', ['wage', 'transfer_net']],
    ['bank', ['deposit']],
    ['payment_institution', ['wallet']],
    ['securities', ['security']],
    // Whoever earns too little is not taxed.
    ['tax', []],
    ['household_register', []],
  ])('%s: %j', (source, categories) => {
    expect(coveredBy(itemsOf(source))).toEqual(categories);
  });
});

describe('valuation', () => {
  it('takes deposits for the sum of the balances', () => {
    expect(valued('bank', [fact('deposits', 'deposit', 100), fact('deposits', 'deposit', 20.5)])).toEqual([
      fact('deposits', 'deposit', 120.5),
    ]);
  });
  it('takes a securities account for market value, cash and the net value of funds', () => {
    const parts = ['market_value', 'cash_balance', 'fund_net_value'].map((category, n) =>
      fact('holdings', category, 10 ** n),
    );
    expect(valued('securities', parts)).toEqual([fact('holdings', 'market_value', 111)]);
  });
  it('leaves a policy that cannot be surrendered out', () => {
    const noted: Fact = { item: 'policies', category: 'policy_without_value' };
    expect(valued('insurance', [noted, fact('policies', 'cash_value', 300)])).toEqual([
      noted,
      fact('policies', 'cash_value', 300),
    ]);
    expect(meaningOf(noted)).toBe('noted');
  });
  it('does not add wages of one period to those of another', () => {
    const wages = [fact('contributions', 'wage', 1, year), fact('contributions', 'wage', 2, year)];
    expect(valued('social_insurance', wages)).toEqual(wages);
  });
});

describe('plausibility', () => {
  it.each([
    ['a wage of 100,000 yuan a month', fact('contributions', 'wage', 1_200_000, year), false],
    ['a fen more', fact('contributions', 'wage', 1_200_000.01, year), true],
    ['yuan for ten thousand yuan: a pension', fact('pension', 'transfer_net', 2_400 * 10_000, year), true],
    ['a sum for one month', fact('pension', 'transfer_net', 30_000), false],
    ['a housing fund of five million', fact('fund_balance', 'fund_balance', 5_000_000), false],
    ['and more', fact('fund_balance', 'fund_balance', 5_000_001), true],
    ['what is no amount', { item: 'death', category: 'death' } as Fact, false],
  ])('%s', (_, given, doubted) => {
    expect(implausible(given)).toBe(doubted);
  });
});

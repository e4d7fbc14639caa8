import { describe, expect, it } from 'vitest';
import { fen, type FactCategory, type Month } from '../terms/index.js';
import { adoptions, type AskedSource, type StatedFact } from './adoption.js';

const month = (text: string): Month => text as Month;
const fact = (
  id: string,
  category: FactCategory,
  amount: number,
  part: Partial<StatedFact> = {},
): StatedFact => ({
  id,
  personId: 'li',
  // What begins with d was declared.
  ...(!id.startsWith('d') && { source: category === 'deposit' ? 'bank' : 'social_insurance' }),
  category,
  amountFen: fen(amount),
  periodFrom: month('2025-03'),
  periodTo: month('2026-02'),
  ...part,
});
const COVERS: Readonly<Record<string, readonly FactCategory[]>> = {
  social_insurance: ['wage', 'transfer_net'],
  bank: ['deposit'],
};
const asked = (
  source: AskedSource['source'],
  standing: AskedSource['standing'],
  personId = 'li',
): AskedSource => ({
  personId,
  source,
  covers: COVERS[source] ?? [],
  mayState: source === 'tax' ? ['wage', 'business_net'] : (COVERS[source] ?? []),
  standing,
  correctedAt: null,
  saidOtherwise: false,
});

describe('what a rule may adopt (art. 13–17)', () => {
  it('rests on the declaration where no source can speak', () => {
    expect(
      adoptions({
        declared: [fact('d', 'business_net', 480000)],
        answered: [],
        asked: [asked('bank', 'none')],
      }),
    ).toEqual({
      adopt: [{ declaredFactId: 'd', answerFactId: null, rule: 'declared_no_source' }],
      open: [],
    });
  });

  it('adopts what declaration and register both say', () => {
    const { adopt, open } = adoptions({
      declared: [fact('d', 'transfer_net', 168000)],
      answered: [fact('a', 'transfer_net', 168000)],
      asked: [asked('social_insurance', 'found')],
    });
    expect(adopt).toEqual([{ declaredFactId: 'd', answerFactId: 'a', rule: 'declared_matches_register' }]);
    expect(open).toEqual([]);
  });

  it('pairs several facts one to one, in any order', () => {
    const declared = [fact('d1', 'transfer_net', 100), fact('d2', 'transfer_net', 200)];
    const answered = [fact('a2', 'transfer_net', 200), fact('a1', 'transfer_net', 100)];
    const { adopt } = adoptions({ declared, answered, asked: [asked('social_insurance', 'found')] });
    expect(adopt.map((each) => [each.declaredFactId, each.answerFactId])).toEqual([
      ['d1', 'a1'],
      ['d2', 'a2'],
    ]);
  });

  it('compares a deposit by its balance, not by the month in which it was looked at', () => {
    const found = fact('a', 'deposit', 5000, { periodFrom: month('2026-03'), periodTo: month('2026-03') });
    expect(
      adoptions({
        declared: [fact('d', 'deposit', 5000)],
        answered: [found],
        asked: [asked('bank', 'found')],
      }).open,
    ).toEqual([]);
  });

  it.each([
    ['another amount', [fact('d', 'transfer_net', 1)], [fact('a', 'transfer_net', 2)], 'found'],
    [
      'another period',
      [fact('d', 'transfer_net', 1)],
      [fact('a', 'transfer_net', 1, { periodTo: month('2026-01') })],
      'found',
    ],
    ['found and not declared', [], [fact('a', 'transfer_net', 2)], 'found'],
    ['declared and not found', [fact('d', 'transfer_net', 1)], [], 'none'],
    [
      'one declared, two found',
      [fact('d', 'transfer_net', 1)],
      [fact('a', 'transfer_net', 1), fact('b', 'transfer_net', 1)],
      'found',
    ],
  ] as const)('leaves to a person: %s', (_, declared, answered, standing) => {
    expect(adoptions({ declared, answered, asked: [asked('social_insurance', standing)] })).toEqual({
      adopt: [],
      open: [{ personId: 'li', category: 'transfer_net', why: 'contradiction' }],
    });
  });

  it('hears two sources that state one wage as one wage', () => {
    const both = [fact('a', 'wage', 100), fact('b', 'wage', 100, { source: 'tax' })];
    const question = {
      declared: [fact('d', 'wage', 100)],
      asked: [asked('social_insurance', 'found'), asked('tax', 'found')],
    };
    expect(adoptions({ ...question, answered: both })).toEqual({
      adopt: [{ declaredFactId: 'd', answerFactId: 'a', rule: 'declared_matches_register' }],
      open: [],
    });
    const apart = [both[0]!, fact('b', 'wage', 200, { source: 'tax' })];
    expect(adoptions({ ...question, answered: apart }).open).toEqual([
      { personId: 'li', category: 'wage', why: 'contradiction' },
    ]);
  });

  it('takes the “none” of a source that does not know all for nothing', () => {
    const question = { declared: [fact('d', 'wage', 100)], answered: [fact('a', 'wage', 100)] };
    expect(
      adoptions({ ...question, asked: [asked('social_insurance', 'found'), asked('tax', 'none')] }).open,
    ).toEqual([]);
    // Nor does its silence hold anything up.
    expect(
      adoptions({ ...question, asked: [asked('social_insurance', 'found'), asked('tax', 'unanswered')] })
        .open,
    ).toEqual([]);
  });

  it('rests on nothing while a source that may say otherwise is awaited', () => {
    const declared = [fact('d', 'business_net', 480000)];
    expect(adoptions({ declared, answered: [], asked: [asked('tax', 'pending')] })).toEqual({
      adopt: [],
      open: [],
    });
    expect(adoptions({ declared, answered: [], asked: [asked('tax', 'none')] }).adopt).toHaveLength(1);
  });

  it('never takes silence for nothing found', () => {
    const input = { declared: [fact('d', 'deposit', 5000)], answered: [] };
    expect(adoptions({ ...input, asked: [asked('bank', 'unanswered')] }).open).toEqual([
      { personId: 'li', category: 'deposit', why: 'unanswered' },
    ]);
    expect(adoptions({ ...input, asked: [asked('bank', 'pending')] })).toEqual({ adopt: [], open: [] });
  });

  it('keeps people apart', () => {
    const { adopt, open } = adoptions({
      declared: [fact('d', 'deposit', 100, { personId: 'wang' })],
      answered: [fact('a', 'deposit', 100)],
      asked: [asked('bank', 'found'), asked('bank', 'none', 'wang')],
    });
    expect(adopt).toEqual([]);
    expect(open).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { MAX_ANSWER_BYTES, parseAnswer } from './answer-schema.js';
import { LIN } from './test-support.js';

const deposit = { item: 'deposits', category: 'deposit', amountFen: 123_456 };
const answer = {
  answerId: '0195552e-7a00-7000-8000-00000000000a',
  requestId: '0195552e-7a00-7000-8000-000000000001',
  source: 'bank',
  answeredAt: '2026-03-02T10:00:00+08:00',
  subject: LIN,
  outcome: 'found',
  facts: [deposit],
};
const parse = (value: unknown) => parseAnswer(Buffer.from(JSON.stringify(value)));
const withFact = (fact: object) => ({ ...answer, facts: [{ ...deposit, ...fact }] });
const register = (...facts: object[]) => ({ ...answer, source: 'household_register', facts });
const insurance = (...facts: object[]) => ({ ...answer, source: 'social_insurance', facts });
const pension = { item: 'pension', category: 'transfer_net', amountFen: 120_000 };

describe('parseAnswer reads', () => {
  it.each([
    ['a deposit', answer],
    ['a balance of nothing, which is a fact', withFact({ amountFen: 0 })],
    ['nothing found', { ...answer, outcome: 'none', facts: [] }],
    ['a pension by months', insurance({ ...pension, periodFrom: '2025-03', periodTo: '2026-02' })],
    [
      'a wage behind contributions',
      insurance({ item: 'contributions', category: 'wage', amountFen: 2_000_00 }),
    ],
    ['a contract that runs on', insurance({ ...pension, periodFrom: '2026-01', periodTo: '2027-12' })],
    [
      'hukou and death in words',
      register({ item: 'hukou', category: 'hukou', text: '农业户口' }, { item: 'death', category: 'death' }),
    ],
    ['a name with a middle dot', { ...answer, subject: { ...LIN, name: '阿依古丽·买买提' } }],
    ['a name beyond the BMP', { ...answer, subject: { ...LIN, name: '𠮷𡋾' } }],
    ['UTC', { ...answer, answeredAt: '2026-03-02T02:00:00Z' }],
  ])('%s', (_, value) => {
    expect(parse(value)).toEqual({ ok: true, value });
  });
});

describe('parseAnswer refuses, by place,', () => {
  it.each([
    ['a negative amount', withFact({ amountFen: -1 }), '/facts/0/amountFen'],
    ['a fraction of a fen', withFact({ amountFen: 0.5 }), '/facts/0/amountFen'],
    ['an amount beyond safe integers', withFact({ amountFen: 2 ** 53 }), '/facts/0/amountFen'],
    ['an amount no household has', withFact({ amountFen: 1_000_000_000_001 }), '/facts/0/amountFen'],
    ['an amount in text', withFact({ amountFen: '100' }), '/facts/0/amountFen'],
    ['money without an amount', withFact({ amountFen: undefined }), '/facts/0/amountFen'],
    ['a field in another unit', withFact({ amountWan: 12 }), '/facts/0'],
    ['month 13', withFact({ periodFrom: '2025-13' }), '/facts/0/periodFrom'],
    ['the year 1900', withFact({ periodFrom: '1900-01' }), '/facts/0/periodFrom'],
    ['a day for a month', withFact({ periodFrom: '2025-01-01' }), '/facts/0/periodFrom'],
    [
      'a period that ends before it begins',
      withFact({ periodFrom: '2025-02', periodTo: '2025-01' }),
      '/facts/0/periodTo',
    ],
    ['a period with an end only', withFact({ periodTo: '2025-01' }), '/facts/0/periodTo'],
    ['a period that begins after the answer', withFact({ periodFrom: '2026-04' }), '/facts/0/periodFrom'],
    [
      'a category that does not answer the item',
      insurance({ ...pension, category: 'wage' }),
      '/facts/0/category',
    ],
    ['an unknown category', withFact({ category: 'gift' }), '/facts/0/category'],
    ['another source’s item', { ...answer, facts: [pension] }, '/facts/0/item'],
    ['an unknown source', { ...answer, source: 'police' }, '/source'],
    ['text without end', withFact({ text: '长'.repeat(201) }), '/facts/0/text'],
    ['found without a fact', { ...answer, facts: [] }, '/outcome'],
    ['none with a fact', { ...answer, outcome: 'none' }, '/outcome'],
    ['an error page’s outcome', { ...answer, outcome: 'error' }, '/outcome'],
    ['too many facts', { ...answer, facts: Array.from({ length: 201 }, () => deposit) }, '/facts'],
    ['no subject', { ...answer, subject: undefined }, '/subject'],
    [
      'a short ID number',
      { ...answer, subject: { ...LIN, idNumber: '441625700101001' } },
      '/subject/idNumber',
    ],
    ['an empty name', { ...answer, subject: { ...LIN, name: ' ' } }, '/subject/name'],
    [
      'a control character in a name',
      { ...answer, subject: { ...LIN, name: '林\u0000桂香' } },
      '/subject/name',
    ],
    ['a local time without an offset', { ...answer, answeredAt: '2026-03-02T10:00:00' }, '/answeredAt'],
    ['an id that is none', { ...answer, requestId: '1' }, '/requestId'],
    ['a field nobody announced', { ...answer, note: 'see attachment' }, ''],
    ['a list', [answer], ''],
    ['null', null, ''],
  ])('%s', (_, value, pointer) => {
    expect(parse(value)).toEqual({
      ok: false,
      error: { code: 'schema', pointer, reason: expect.any(String) as string },
    });
  });

  it.each([
    ['GBK labelled as UTF-8', Buffer.from([0x7b, 0xc1, 0xd6, 0x7d]), 'not_utf8'],
    ['HTML', Buffer.from('<html>系统繁忙</html>'), 'not_json'],
    ['JSON cut short', Buffer.from(JSON.stringify(answer).slice(0, -5)), 'not_json'],
    ['nothing', Buffer.alloc(0), 'not_json'],
    ['one byte too many', Buffer.alloc(MAX_ANSWER_BYTES + 1, ' '), 'too_large'],
    ['ten thousand brackets', Buffer.from('['.repeat(10_000) + ']'.repeat(10_000)), 'schema'],
  ])('%s', (_, body, code) => {
    expect(parseAnswer(body)).toEqual({
      ok: false,
      error: { code, pointer: '', reason: expect.any(String) as string },
    });
  });

  it('never repeats what the sender wrote', () => {
    const canary = '机密金丝雀';
    for (const value of [
      { ...answer, [canary]: 1 },
      { ...answer, source: canary },
      { ...answer, subject: { ...LIN, idNumber: canary } },
      withFact({ category: canary, item: canary }),
    ])
      expect(JSON.stringify(parse(value))).not.toContain(canary);
  });
});

import { describe, expect, it } from 'vitest';
import { checkAnswer } from './answer-check.js';
import { parseAnswer } from './answer-schema.js';
import { instant } from '../terms/dates.js';
import { LIN, NOW, lookupOf } from './test-support.js';
import type { DepartmentAnswer, LookupRequest } from './contract.js';

const hour = 3_600_000;
const answerOf = (changes: object = {}): DepartmentAnswer => {
  const parsed = parseAnswer(
    Buffer.from(
      JSON.stringify({
        answerId: '0195552e-7a00-7000-8000-00000000000a',
        requestId: lookupOf().requestId,
        source: 'bank',
        answeredAt: '2026-03-02T10:00:00+08:00',
        subject: LIN,
        outcome: 'found',
        facts: [{ item: 'deposits', category: 'deposit', amountFen: 100 }],
        ...changes,
      }),
    ),
  );
  if (!parsed.ok) throw new Error(`${parsed.error.pointer} ${parsed.error.reason}`);
  return parsed.value;
};
const check = (answer: DepartmentAnswer, request: LookupRequest = lookupOf()) =>
  checkAnswer({ answer, request, askedAt: instant(NOW), now: instant(NOW + 2 * hour) });

describe('checkAnswer', () => {
  it('takes the answer to the question that was asked', () => {
    const { answerId, facts } = answerOf();
    const answeredAt = NOW + hour;
    expect(check(answerOf())).toEqual({ ok: true, value: { kind: 'found', answerId, answeredAt, facts } });
    const none = answerOf({ outcome: 'none', facts: [] });
    expect(check(none)).toEqual({ ok: true, value: { kind: 'none', answerId, answeredAt } });
  });

  it.each([
    ['another way to type the dot', '阿依古丽•买买提', '阿依古丽·买买提'],
    ['spaces at the end', '林桂香 ', '林桂香'],
    ['a composed letter', 'Jose\u0301', 'José'],
  ])('takes %s as the same name', (_, said, asked) => {
    const subject = { ...LIN, name: asked };
    expect(check(answerOf({ subject: { ...LIN, name: said } }), lookupOf({ subject })).ok).toBe(true);
  });

  it.each([
    ['another question’s answer', { requestId: '0195552e-7a00-7000-8000-000000000002' }, 'other_request'],
    ['a namesake', { subject: { ...LIN, idNumber: '441625198001010011' } }, 'other_person'],
    ['the number of one with the name of another', { subject: { ...LIN, name: '林桂花' } }, 'other_person'],
    [
      'an answer older than the question',
      { answeredAt: '2026-03-02T08:54:59+08:00' },
      'answered_before_asked',
    ],
    ['an answer from the future', { answeredAt: '2026-03-02T11:05:01+08:00' }, 'answered_in_future'],
    ['the year 1900', { answeredAt: '1900-01-01T00:00:00Z' }, 'answered_before_asked'],
    [
      'another source',
      { source: 'household_register', facts: [{ item: 'death', category: 'death' }] },
      'other_source',
    ],
  ])('refuses %s', (_, changes, error) => {
    expect(check(answerOf(changes))).toEqual({ ok: false, error });
  });

  it('refuses facts that nobody asked for', () => {
    const request = lookupOf({ source: 'household_register', items: ['hukou'] });
    const answer = answerOf({ source: 'household_register', facts: [{ item: 'death', category: 'death' }] });
    expect(check(answer, request)).toEqual({ ok: false, error: 'item_not_asked' });
  });
});

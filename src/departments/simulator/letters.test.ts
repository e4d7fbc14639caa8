import { describe, expect, it } from 'vitest';
import { instant } from '../../terms/dates.js';
import { LIN, NOW, lookupOf } from '../test-support.js';
import { writeLetters, type Writing } from './letters.js';
import type { DepartmentAnswer, Fact } from '../contract.js';

const deposit = { item: 'deposits', category: 'deposit', amountFen: 100 } as Fact;
const letters = (finding: Partial<Writing['finding']>, part: Partial<Writing> = {}) =>
  writeLetters({
    request: lookupOf(),
    finding: { kind: 'found', subject: LIN, facts: [deposit], ...finding } as Writing['finding'],
    fault: undefined,
    usual: { delayMs: 3_600_000, copies: 1 },
    seed: 1,
    question: ['bank', 'x', 0],
    anotherId: undefined,
    now: instant(NOW),
    ...part,
  }).map(({ dueAt, body, webhookId }) => ({
    webhookId,
    afterHours: (dueAt - NOW) / 3_600_000,
    says: JSON.parse(Buffer.from(body()).toString()) as DepartmentAnswer,
  }));

describe('a register with a correction', () => {
  it('answers first, and takes it back so many days later in a letter of its own', () => {
    const [first, second, ...more] = letters({ correction: { afterDays: 5, facts: [] } });
    expect(more).toEqual([]);
    expect(first?.says).toMatchObject({ outcome: 'found', facts: [deposit] });
    expect(second?.says).toMatchObject({ outcome: 'none', facts: [] });
    expect([first?.afterHours, second?.afterHours]).toEqual([1, 121]);
    expect(first?.says.answerId).not.toBe(second?.says.answerId);
    expect(Date.parse(second?.says.answeredAt ?? '')).toBe(NOW + 121 * 3_600_000);
  });

  it('writes once without one, and a fault is left to itself', () => {
    expect(letters({})).toHaveLength(1);
    expect(letters({ correction: { afterDays: 5, facts: [] } }, { fault: 'silence' })).toEqual([]);
  });
});

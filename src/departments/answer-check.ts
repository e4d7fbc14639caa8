import { instant } from '../terms/dates.js';
import type { Instant } from '../terms/dates.js';
import type { Answer, DepartmentAnswer, LookupRequest, Result, Subject } from './contract.js';

/** Why a well-formed answer may not be used for the question it claims to answer. */
export type AnswerMismatch =
  | 'other_request'
  | 'other_source'
  | 'other_person'
  | 'item_not_asked'
  | 'answered_before_asked'
  | 'answered_in_future';

export interface AnswerCheck {
  answer: DepartmentAnswer;
  /** The question as it left the house. */
  request: Pick<LookupRequest, 'requestId' | 'source' | 'items' | 'subject'>;
  /** Business time at which the question left. */
  askedAt: Instant;
  /** Business time now. */
  now: Instant;
}

/** Clocks of two offices differ. */
const SKEW_MS = 5 * 60_000;

/** Same name in another keyboard: composed forms and the dots used in minority names. */
const sameName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[•・‧∙⋅]/gu, '·')
    .replace(/\s+/gu, ' ')
    .trim();

/** Both the ID number and the name agree. */
export const samePerson = (one: Subject, other: Subject): boolean =>
  one.idNumber === other.idNumber && sameName(one.name) === sameName(other.name);

/**
 * Is this the answer to that question about that person? Both the ID number and the name must agree
 * (a namesake's deposits have made families poor before). The signature's source must be compared by the caller.
 */
export function checkAnswer(check: AnswerCheck): Result<Answer, AnswerMismatch> {
  const mismatch = mismatchOf(check);
  if (mismatch !== undefined) return { ok: false, error: mismatch };
  const { answerId, outcome, facts, answeredAt: text } = check.answer;
  const answeredAt = instant(Date.parse(text));
  switch (outcome) {
    case 'found':
      return { ok: true, value: { kind: 'found', answerId, answeredAt, facts } };
    case 'none':
      return { ok: true, value: { kind: 'none', answerId, answeredAt } };
  }
}

function mismatchOf({ answer, request, askedAt, now }: AnswerCheck): AnswerMismatch | undefined {
  if (answer.requestId !== request.requestId) return 'other_request';
  if (answer.source !== request.source) return 'other_source';
  if (!samePerson(answer.subject, request.subject)) return 'other_person';
  if (answer.facts.some((fact) => !request.items.includes(fact.item))) return 'item_not_asked';
  const answeredAt = Date.parse(answer.answeredAt);
  if (answeredAt < askedAt - SKEW_MS) return 'answered_before_asked';
  if (answeredAt > now + SKEW_MS) return 'answered_in_future';
  return undefined;
}

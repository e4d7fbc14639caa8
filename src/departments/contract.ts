import type { Fen } from '../terms/fen.js';
import type { Source, VerificationPurpose } from '../terms/codes.js';
import type { Id, IdNumber } from '../terms/ids.js';
import type { Instant, Month, PlainDate } from '../terms/dates.js';

export type { Source } from '../terms/codes.js';
/** An item of a source, and the category of a fact that answers it: as its file in `sources/` names them. */
export type LookupItem = string;
export type AnswerCategory = string;

/** Whom a lookup is about. Only ever in memory and on the wire. */
export interface Subject {
  idNumber: IdNumber;
  name: string;
}

/** All that leaves the house for one lookup: a purpose and pseudonyms, no narrative and no case number. */
export interface LookupRequest {
  /** UUID, made before the first attempt: a repetition is the same question. */
  requestId: Id;
  source: Source;
  purpose: VerificationPurpose;
  /** Opaque to the department and different for every lookup that must not be linked. */
  caseRef: string;
  /** SHA-256 of the consent that covers the lookup, 64 hex digits. */
  consentHash: string;
  items: readonly LookupItem[];
  subject: Subject;
  callbackUrl: string;
  /** The day the facts are wanted for. */
  asOf: PlainDate;
  /** RFC 3339, business time: after it the house stops waiting. */
  dueAt: string;
}

export interface Fact {
  item: LookupItem;
  category: AnswerCategory;
  /** Total over `periodFrom`–`periodTo` for income; the balance on `asOf` for a deposit. Never negative. */
  amountFen?: Fen;
  /** First month covered. */
  periodFrom?: Month;
  /** Last month covered, inclusive. */
  periodTo?: Month;
  /** The department's own words, at most 200 characters. */
  text?: string;
}

/** The JSON body a department sends to `callbackUrl`. */
export interface DepartmentAnswer {
  answerId: Id;
  requestId: Id;
  source: Source;
  /** RFC 3339, business time. */
  answeredAt: string;
  subject: Subject;
  outcome: 'found' | 'none';
  /** Empty exactly when the outcome is `none`. */
  facts: readonly Fact[];
}

/** What the house knows after asking. Silence is its own value: neither "nothing found" nor zero. */
export type Answer =
  | { kind: 'found'; answerId: Id; answeredAt: Instant; facts: readonly Fact[] }
  | { kind: 'none'; answerId: Id; answeredAt: Instant }
  | { kind: 'unanswered'; since: Instant };

/** For checks whose caller has to choose what happens next. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

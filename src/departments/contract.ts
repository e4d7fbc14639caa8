import type { Fen } from '../terms/fen.js';
import type { Id, IdNumber } from '../terms/ids.js';
import type { Instant, Month, PlainDate } from '../terms/dates.js';

/** What each source can be asked for, and nothing else. A new department is a new line here. */
export const ITEMS = {
  household_register: ['hukou', 'members', 'death'],
  social_insurance: ['contributions', 'pension', 'unemployment_benefit'],
  bank: ['deposits'],
} as const;

/** A department or institution that can be asked (DIBAO-2021 art. 17; 社会救助法 art. 41). */
export type Source = keyof typeof ITEMS;
export type LookupItem = (typeof ITEMS)[Source][number];
export const SOURCES = [
  'household_register',
  'social_insurance',
  'bank',
] as const satisfies readonly Source[];

/** The kinds of fact that may answer an item. Income kinds are those of DIBAO-2021 art. 15. */
export const CATEGORIES = {
  hukou: ['hukou'],
  members: ['member'],
  death: ['death'],
  contributions: ['wage', 'contribution'],
  pension: ['transfer_net'],
  unemployment_benefit: ['transfer_net'],
  deposits: ['deposit'],
} as const satisfies Record<LookupItem, readonly string[]>;
export type FactCategory = (typeof CATEGORIES)[LookupItem][number];
/** Categories that say nothing without an amount. */
export const MONEY_CATEGORIES: readonly FactCategory[] = ['wage', 'transfer_net', 'deposit'];

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
  purpose: 'dibao_means_verification';
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
  category: FactCategory;
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

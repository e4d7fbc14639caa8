import { monthOf, nextMonth, type PlainDate, type VerificationPurpose } from '../terms/index.js';

/** What an earlier report says that one source answered about one person, whoever made the report. */
export interface EarlierAnswer {
  readonly purpose: VerificationPurpose;
  readonly items: readonly string[];
  /** First and last day on which it may be rested on. */
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
  /** Whom the two files know by one number: found by a person to be two people. */
  readonly toldApart: boolean;
  /** The day from which the signature under which it was asked is taken back; null while it stands. */
  readonly withdrawnOn: PlainDate | null;
  /** The department has said something since that the report does not have. */
  readonly heardSince: boolean;
  /** The household objected to what that verification found. */
  readonly disputed: boolean;
}

/** The question that would otherwise be put to the source. */
export interface WantedAnswer {
  readonly purpose: VerificationPurpose;
  readonly items: readonly string[];
  readonly on: PlainDate;
  /** Whether the person lets this source be asked for this purpose today. */
  readonly consented: boolean;
}

/** Why a department is asked although a report has its answer. */
export type AskedAnew =
  | 'other_purpose'
  | 'no_consent'
  | 'not_valid'
  | 'fewer_items'
  | 'consent_withdrawn'
  | 'told_apart'
  | 'heard_since'
  | 'disputed';

/**
 * Whether an earlier report answers a question, so that nobody is asked twice (LAW-2026 art. 42): for the same purpose
 * and no other, within its days, for everything that is asked, on signatures that stand.
 * @returns why not, or null where it does
 */
export function whyAskedAnew(earlier: EarlierAnswer, wanted: WantedAnswer): AskedAnew | null {
  if (earlier.purpose !== wanted.purpose) return 'other_purpose';
  if (!wanted.consented) return 'no_consent';
  if (wanted.on < earlier.validFrom || wanted.on > earlier.validTo) return 'not_valid';
  if (!wanted.items.every((item) => earlier.items.includes(item))) return 'fewer_items';
  if (earlier.withdrawnOn !== null && earlier.withdrawnOn <= wanted.on) return 'consent_withdrawn';
  if (earlier.toldApart) return 'told_apart';
  if (earlier.heardSince) return 'heard_since';
  if (earlier.disputed) return 'disputed';
  return null;
}

/** The same day so many months later; the last day of a shorter month. */
export function monthsLater(day: PlainDate, months: number): PlainDate {
  let month = monthOf(day);
  for (let n = 0; n < months; n += 1) month = nextMonth(month);
  const [year = 0, index = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, index, 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}` as PlainDate;
}

/** Of several days the first; of none the one given. */
export const earliest = (days: readonly PlainDate[], otherwise: PlainDate): PlainDate =>
  days.toSorted()[0] ?? otherwise;

import type { AccessKind, AccessMark, Instant, SignalKind } from '../../terms/index.js';
import type { WorkingCalendar } from '../calendar.js';
import type { OfficeHours, SignalRule } from '../rulebook-types.js';

/** One look at a file, or one question that somebody's act caused. */
export interface Access {
  readonly kind: AccessKind;
  readonly at: Instant;
  /** As it was asked for; null for lists. */
  readonly caseNo: string | null;
  readonly personId: string | null;
  readonly found: boolean;
  readonly marks: readonly AccessMark[];
  /** They did something in this case about then. */
  readonly acted: boolean;
  /** A task for a role of theirs waited in this case then. */
  readonly tasked: boolean;
}

/** What an auditor is told: `to` is the access with which it came true. */
export interface Signal {
  readonly kind: SignalKind;
  /** The same kind and key of one member of staff is said once. */
  readonly key: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface SignalContext {
  readonly rule: SignalRule;
  readonly hours: OfficeHours;
  readonly calendar: WorkingCalendar;
}

/** Accesses of one member of staff, oldest first. */
export type Pattern = (accesses: readonly Access[], context: SignalContext) => Signal[];

const MINUTE_MS = 60_000;
export const windowMs = ({ windowMinutes }: SignalRule): number => windowMinutes * MINUTE_MS;

export const isQuestion = ({ kind }: Access): boolean => kind.startsWith('question_');
/** A look at one file. */
export const isLook = (access: Access): access is Access & { readonly caseNo: string } =>
  access.caseNo !== null && !isQuestion(access);

/** Keeps the first signal of each key. */
export function firstOfEach(signals: readonly Signal[]): Signal[] {
  const seen = new Set<string>();
  return signals.filter(({ kind, key }) => {
    const name = `${kind} ${key}`;
    return !seen.has(name) && seen.add(name);
  });
}

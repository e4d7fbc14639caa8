import { and, asc, eq, inArray } from 'drizzle-orm';
import { dateAt, instant } from '../../terms/index.js';
import { clocksOf, type ClockRow } from '../clocks.js';
import { requestsOf } from '../evidence.js';
import { answerReadings, departmentRequests, lookupAttempts, transitions } from '../schema/index.js';
import type { Tx } from '../tx.js';
import { staffNames } from '../staff-names.js';

export interface TimelineEntry {
  readonly on: string;
  readonly seq: number | null;
  readonly actor: { readonly kind: 'staff' | 'system'; readonly name: string };
  readonly code: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly article: string | null;
  readonly turn: string | null;
  readonly enteredLate: boolean;
  readonly params: Readonly<Record<string, string | number>>;
  /** Clocks this step started, and those it ended. */
  readonly started: readonly { readonly code: string; readonly due: string }[];
  readonly ended: readonly { readonly code: string; readonly due: string; readonly late: boolean }[];
}

/**
 * Everything that happened to a case in order: steps with their clocks, every lookup that left the house, every one that did
 * not need to, and every answer that was not simply one: unusable, about somebody else, or taking back an earlier one.
 */
export async function timeline(tx: Tx, caseNo: string): Promise<TimelineEntry[]> {
  const steps = await tx.q
    .select()
    .from(transitions)
    .where(eq(transitions.caseNo, caseNo))
    .orderBy(asc(transitions.seq));
  const clocks = await clocksOf(tx, caseNo);
  const names = await staffNames(tx, [
    ...new Set(steps.flatMap((step) => (step.actor.startsWith('staff:') ? [step.actor.slice(6)] : []))),
  ]);
  const entries = steps.map((step): TimelineEntry & { at: number } => ({
    at: step.at,
    on: step.occurredOn,
    seq: step.seq,
    actor: step.actor.startsWith('staff:')
      ? { kind: 'staff', name: names.get(step.actor.slice(6)) ?? '' }
      : { kind: 'system', name: step.actor.slice(7) },
    code: step.name,
    from: step.fromState,
    to: step.toState,
    article: step.article,
    turn: step.turn,
    enteredLate: step.enteredLate,
    params: {},
    started: clocks
      .filter((clock) => clock.startedBySeq === step.seq)
      .map((clock) => ({ code: clock.code, due: clock.dueOn })),
    ended: clocks
      .filter((clock) => endedBy(step, clock))
      .map((clock) => ({ code: clock.code, due: clock.dueOn, late: clock.late })),
  }));
  return [
    ...entries,
    ...(await lookups(tx, caseNo)),
    ...(await earlierReports(tx, caseNo)),
    ...(await exceptional(tx, caseNo)),
  ]
    .toSorted((a, b) => a.at - b.at || (a.seq ?? 0) - (b.seq ?? 0))
    .map(({ at: _, ...entry }) => entry);
}

type StepRow = typeof transitions.$inferSelect;
/** A clock ends with a step of the record, or with its own expiry where that is a step. */
const endedBy = (step: StepRow, clock: ClockRow): boolean =>
  clock.endedBySeq === null
    ? clock.doneOn !== null &&
      step.onKind === 'due' &&
      step.name === clock.code &&
      clock.startedBySeq < step.seq
    : clock.endedBySeq === step.seq;

async function lookups(tx: Tx, caseNo: string): Promise<(TimelineEntry & { at: number })[]> {
  const rows = await tx.q
    .select({ attempt: lookupAttempts, source: departmentRequests.source })
    .from(lookupAttempts)
    .innerJoin(departmentRequests, eq(departmentRequests.id, lookupAttempts.requestId))
    .where(eq(lookupAttempts.caseNo, caseNo))
    .orderBy(asc(lookupAttempts.at));
  return rows
    .filter(({ attempt }) => attempt.phase !== 'leaving')
    .map(({ attempt, source }) => ({
      ...beside(attempt.at, 'verification'),
      code: `lookup_${attempt.phase}`,
      article: 'LAW-2026 art. 41',
      turn: 'departments',
      params: { source, attempt: attempt.attempt },
    }));
}

/** Questions that an earlier report answered: nobody was asked. */
async function earlierReports(tx: Tx, caseNo: string): Promise<(TimelineEntry & { at: number })[]> {
  return (await requestsOf(tx, caseNo)).flatMap(({ origin, source }) => {
    if (!origin) return [];
    const { kind, at, valuedOn, validTo, fromVersion } = origin;
    return [
      {
        ...beside(at, 'verification'),
        code: kind === 'reused_report' ? 'report_reused' : 'report_recognised',
        article: 'LAW-2026 art. 42',
        turn: null,
        params: { source, valuedOn, validTo, ...(fromVersion !== null && { version: fromVersion }) },
      },
    ];
  });
}
const TOLD = {
  corrected_found: 'answer_corrected',
  corrected_none: 'answer_corrected',
  outdated: 'answer_outdated',
  unreadable: 'answer_unreadable',
  implausible: 'answer_implausible',
  wrong_person: 'answer_wrong_person',
  consent_withdrawn: 'answer_consent_withdrawn',
} as const;
const TELLING = Object.keys(TOLD) as (keyof typeof TOLD)[];

async function exceptional(tx: Tx, caseNo: string): Promise<(TimelineEntry & { at: number })[]> {
  const rows = await tx.q
    .select({ at: answerReadings.at, verdict: answerReadings.verdict, source: departmentRequests.source })
    .from(answerReadings)
    .innerJoin(departmentRequests, eq(departmentRequests.id, answerReadings.requestId))
    .where(and(eq(answerReadings.caseNo, caseNo), inArray(answerReadings.verdict, TELLING)))
    .orderBy(asc(answerReadings.at));
  return rows.map(({ at, verdict, source }) => ({
    ...beside(at, 'answers'),
    code: TOLD[verdict as keyof typeof TOLD],
    article: 'DIBAO-2021 art. 17',
    turn: null,
    params: { source },
  }));
}

/** What happened beside the steps of the procedure. */
const beside = (at: number, name: string) => ({
  at,
  on: dateAt(instant(at)),
  seq: null,
  actor: { kind: 'system' as const, name },
  from: null,
  to: null,
  enteredLate: false,
  started: [],
  ended: [],
});

import { dateAt, endOf, instant, type Instant, type PlainDate } from '../../terms/index.js';
import type { Check, Finding, Read } from './check.js';

/** A step of the procedure's table, as far as clocks depend on it. */
export interface ClockStep {
  readonly from: readonly string[];
  readonly on: string;
  readonly name: string;
  readonly to: string;
  /** Clocks that start with this step. */
  readonly due?: readonly string[];
}

export interface ClockRules {
  readonly rows: readonly ClockStep[];
  readonly clocks: Readonly<Record<string, ClockOfTable>>;
  /** When a clock that starts on a day runs out, by the rulebook; null where the place had no such clock on `flagOn`. */
  due(
    code: string,
    place: string,
    days: { readonly start: PlainDate; readonly flagOn: PlainDate },
    excluded: readonly WaitingPeriod[],
  ): { readonly date: PlainDate; readonly provisional: boolean } | null;
}

interface ClockOfTable {
  readonly runsIn: readonly string[];
  readonly length: { readonly unit: string };
  readonly endedBy?: readonly string[];
  readonly countsFrom?: string;
  readonly flagOf?: string;
  readonly excludable?: true;
  readonly perRef?: true;
}

/** A period that a place's rule may leave out: days after one day up to and with another. */
export interface WaitingPeriod {
  readonly kind: 'public_notice' | 'appraisal';
  readonly after: PlainDate;
  readonly through: PlainDate;
}

interface Transition {
  case_no: string;
  seq: number;
  from_state: string;
  to_state: string;
  on_kind: string;
  name: string;
  ref_id: string | null;
  occurred_on: PlainDate;
  at_ms: number;
  recorded_ms: number;
}

interface StoredClock {
  case_no: string;
  id: string;
  code: string;
  ref_id: string | null;
  started_by_seq: number;
  from_date: PlainDate;
  due_on: PlainDate;
  due_ms: number;
  provisional: boolean;
  done_on: PlainDate | null;
  expired_ms: number | null;
  late: boolean;
}

interface Question {
  readonly due_on: PlainDate;
  readonly ended_on: PlainDate | null;
  /** Put once more, by a person's wish or because silence was met: none of those the investigation began with. */
  readonly anew: boolean;
}

interface History {
  readonly caseNo: string;
  readonly place: string;
  readonly steps: readonly Transition[];
  /** The day the first department took a question, or one was answered: the end of `verification_start`. */
  readonly askedOn: PlainDate | null;
  /** Days on which reports were answered, by report. */
  readonly reportsAnswered: Readonly<Record<string, PlainDate>>;
  readonly periods: readonly WaitingPeriod[];
  /** From which step on which place's parameters apply. */
  readonly moves: readonly { readonly place: string; readonly since: number }[];
  /** Every question to a department: by when it was to be answered, and on which day it had come to something. */
  readonly questions: readonly Question[];
}

/** I12: every clock, computed again from transitions and rulebook, is the one that is stored. */
export async function clocksRecomputed(read: Read, rules: ClockRules): Promise<Check> {
  const histories = await readHistories(read);
  const stored = await read<StoredClock[]>`
    SELECT case_no, id, code, ref_id, started_by_seq, from_date, due_on, (extract(epoch FROM due_at) * 1000)::float8 AS due_ms, provisional,
      done_on, (extract(epoch FROM expired_at) * 1000)::float8 AS expired_ms, late FROM clocks ORDER BY case_no, started_by_seq, code`;
  const byCase = new Map<string, StoredClock[]>();
  for (const clock of stored) byCase.set(clock.case_no, [...(byCase.get(clock.case_no) ?? []), clock]);
  const findings = histories.flatMap((history) => compare(history, byCase.get(history.caseNo) ?? [], rules));
  return { invariant: 'I12', checked: stored.length, findings };
}

async function readHistories(read: Read): Promise<History[]> {
  const cases = await read<{ case_no: string; place: string; asked_on: PlainDate | null }[]>`
    SELECT a.case_no, a.place_code AS place, least(
      (SELECT min((l.at AT TIME ZONE 'Asia/Shanghai')::date) FROM lookup_attempts l WHERE l.case_no = a.case_no AND l.phase = 'accepted'),
      (SELECT min((o.at AT TIME ZONE 'Asia/Shanghai')::date) FROM request_outcomes o WHERE o.case_no = a.case_no AND o.answer_id IS NOT NULL)) AS asked_on
    FROM applications a ORDER BY 1`;
  const questions = await read<({ case_no: string } & Question)[]>`
    SELECT r.case_no, r.due_on, r.supersedes IS NOT NULL AS anew, (o.at AT TIME ZONE 'Asia/Shanghai')::date AS ended_on
    FROM department_requests r LEFT JOIN request_outcomes o ON o.request_id = r.id`;
  const steps = await read<Transition[]>`
    SELECT case_no, seq, from_state, to_state, on_kind, name, ref_id, occurred_on, (extract(epoch FROM at) * 1000)::float8 AS at_ms,
      (extract(epoch FROM recorded_at) * 1000)::float8 AS recorded_ms
    FROM transitions ORDER BY case_no, seq`;
  const answered = await read<{ case_no: string; report_id: string; day: PlainDate }[]>`
    SELECT case_no, report_id, occurred_on AS day FROM report_answers`;
  const periods = await read<({ case_no: string } & WaitingPeriod)[]>`
    SELECT n.case_no, 'public_notice' AS kind, n.posted_on AS after, coalesce(r.removed_on, n.ends_on) AS through
      FROM public_notices n LEFT JOIN public_notice_removals r ON r.notice_id = n.id
    UNION ALL SELECT case_no, 'appraisal', called_on, occurred_on FROM appraisals`;
  const moves = await read<{ case_no: string; place: string; since_ms: number }[]>`
    SELECT a.case_no, a.place_code AS place, (extract(epoch FROM a.recorded_at) * 1000)::float8 AS since_ms FROM case_assignments a ORDER BY a.id`;
  const byCase = new Map<string, Transition[]>();
  for (const step of steps) {
    const own = byCase.get(step.case_no);
    if (own) own.push(step);
    else byCase.set(step.case_no, [step]);
  }
  const of = <T extends { case_no: string }>(rows: readonly T[], caseNo: string): T[] =>
    rows.filter((row) => row.case_no === caseNo);
  return cases.map(({ case_no, place, asked_on }) => ({
    caseNo: case_no,
    place,
    steps: byCase.get(case_no) ?? [],
    askedOn: asked_on,
    questions: of(questions, case_no),
    periods: of(periods, case_no),
    moves: of(moves, case_no).map((move) => ({ place: move.place, since: move.since_ms })),
    reportsAnswered: Object.fromEntries(of(answered, case_no).map(({ report_id, day }) => [report_id, day])),
  }));
}

function compare(history: History, stored: readonly StoredClock[], rules: ClockRules): Finding[] {
  const expected = history.steps.flatMap((step) =>
    startedBy(step, rules)
      .filter((code) => dueOf(history, step, code, rules) !== null)
      .map((code) => ({ step, code })),
  );
  const keys = new Set(expected.map(({ step, code }) => `${code}#${step.seq}`));
  return [
    ...stored
      .filter((clock) => !keys.has(`${clock.code}#${clock.started_by_seq}`))
      .map((clock) => ({ record: nameOf(history, clock.code), problem: 'runs, and no step started it' })),
    ...expected.flatMap(({ step, code }): Finding[] => {
      const own = stored.filter((clock) => clock.code === code && clock.started_by_seq === step.seq);
      const [clock] = own;
      const record = nameOf(history, code);
      if (!clock || own.length > 1)
        return [{ record, problem: `step #${step.seq} starts it once, and it is there ${own.length} times` }];
      return differences(history, step, clock, rules).map((problem) => ({ record, problem }));
    }),
  ];
}

const startedBy = (step: Transition, { rows }: ClockRules): readonly string[] =>
  rows.find(
    (row) =>
      row.on === step.on_kind &&
      row.name === step.name &&
      (row.to === 'same' ? step.from_state : row.to) === step.to_state &&
      row.from.includes(step.from_state),
  )?.due ?? [];

/** From which day a clock counts, and when it runs out; null where it does not start. */
function dueOf(history: History, step: Transition, code: string, rules: ClockRules) {
  const rule = rules.clocks[code];
  if (rule?.perRef && step.ref_id === null) return null;
  const from = rule?.countsFrom
    ? (history.steps.findLast((each) => each.name === rule.countsFrom && each.seq <= step.seq)?.occurred_on ??
      step.occurred_on)
    : step.occurred_on;
  const place = history.moves.findLast(({ since }) => since <= step.recorded_ms)?.place ?? history.place;
  const flagOn = history.steps.find(({ name }) => name === rule?.flagOf)?.occurred_on ?? step.occurred_on;
  const days = { start: from, flagOn: rule?.flagOf ? flagOn : from };
  const due = rules.due(code, place, days, rule?.excludable ? history.periods : []);
  return due && { from, due };
}

function differences(history: History, step: Transition, clock: StoredClock, rules: ClockRules): string[] {
  const length = dueOf(history, step, clock.code, rules);
  if (!length) return [];
  const { from, due } = length;
  const dueAt = rules.clocks[clock.code]?.length.unit === 'at_once' ? step.at_ms : endOf(due.date);
  const end = endOfClock(history, step, clock, rules);
  const late = end.by === 'expiry' ? false : end.on === null ? clock.expired_ms !== null : end.on > due.date;
  const problems: (string | false)[] = [
    clock.from_date !== from && `starts on ${from}, says ${clock.from_date}`,
    clock.due_on !== due.date && `is due on ${due.date}, says ${clock.due_on}`,
    clock.due_on === due.date && clock.due_ms !== dueAt && 'is due at another instant than its day says',
    clock.provisional !== due.provisional &&
      (clock.provisional ? 'is still provisional, and the calendar is there' : 'should be provisional'),
    clock.done_on !== end.on && `ended on ${end.on ?? 'no day'}, says ${clock.done_on ?? 'no day'}`,
    clock.expired_ms !== null && clock.expired_ms < clock.due_ms && 'expired before it was due',
    clock.done_on === end.on &&
      clock.due_on === due.date &&
      clock.late !== late &&
      (late ? 'was late, and does not say so' : 'says late, and was not'),
  ];
  return problems.filter((problem) => problem !== false);
}

/** A clock ends by its own expiry where that moves the case, by the act it waits for, or when the case leaves its states. */
function endOfClock(
  history: History,
  step: Transition,
  clock: StoredClock,
  rules: ClockRules,
): { on: PlainDate | null; by: 'expiry' | 'act' } {
  const rule = rules.clocks[clock.code];
  if (rule?.length.unit === 'at_once' && clock.expired_ms !== null)
    return { on: expiryDay(clock, instant(clock.expired_ms)), by: 'expiry' };
  const ends = (next: Transition): boolean =>
    !rule?.runsIn.includes(next.to_state) ||
    (rule.endedBy?.includes(next.name) === true && (!rule.perRef || next.ref_id === clock.ref_id));
  const left = history.steps.find((next) => next.seq > step.seq && ends(next));
  const moved = left?.on_kind === 'due' && left.name === clock.code;
  if (left && moved) return { on: expiryDay(clock, instant(left.at_ms)), by: 'expiry' };
  const leftOn = left?.occurred_on ?? null;
  const actOn = actThatEnds(history, clock);
  return { on: actOn !== null && (leftOn === null || actOn <= leftOn) ? actOn : leftOn, by: 'act' };
}

/** What some clocks wait for is no step of the case: a department took a question or answered it, a report was answered. */
function actThatEnds(history: History, clock: StoredClock): PlainDate | null {
  switch (clock.code.replace(/_escalated$/, '')) {
    case 'verification_start':
      return history.askedOn;
    case 'verification_answer':
    case 'first_answer':
    case 'later_answer': {
      const own = history.questions.filter(
        ({ due_on, anew }) => due_on <= clock.due_on && !(anew && clock.code === 'verification_answer'),
      );
      const days = own.flatMap(({ ended_on }) => ended_on ?? []);
      return days.length === own.length ? (days.toSorted().at(-1) ?? null) : null;
    }
    case 'report_answer':
      return history.reportsAnswered[clock.ref_id ?? ''] ?? null;
    default:
      return null;
  }
}

/** A day's deadline ends with its day, however long after midnight the timer was heard. */
const expiryDay = (clock: StoredClock, at: Instant): PlainDate =>
  dateAt(instant(clock.due_ms)) > clock.due_on ? clock.due_on : dateAt(at);

const nameOf = ({ caseNo }: History, code: string): string => `${caseNo} clock ${code}`;

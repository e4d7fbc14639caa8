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
  readonly clocks: Readonly<
    Record<string, { readonly runsIn: readonly string[]; readonly length: { readonly unit: string } }>
  >;
  /** When a clock that starts on a day runs out, by the rulebook. */
  due(
    code: string,
    place: string,
    start: PlainDate,
  ): { readonly date: PlainDate; readonly provisional: boolean };
}

interface Transition {
  case_no: string;
  seq: number;
  from_state: string;
  to_state: string;
  on_kind: string;
  name: string;
  occurred_on: PlainDate;
  at_ms: number;
}

interface StoredClock {
  case_no: string;
  id: string;
  code: string;
  started_by_seq: number;
  from_date: PlainDate;
  due_on: PlainDate;
  due_ms: number;
  provisional: boolean;
  done_on: PlainDate | null;
  expired_ms: number | null;
  late: boolean;
}

interface History {
  readonly caseNo: string;
  readonly place: string;
  readonly steps: readonly Transition[];
  /** The day the first department took a question: the end of `verification_start`. */
  readonly askedOn: PlainDate | null;
  /** The day on which the last question had come to something: the end of `verification_answer`. */
  readonly answeredOn: PlainDate | null;
}

/** I12: every clock, computed again from transitions and rulebook, is the one that is stored. */
export async function clocksRecomputed(read: Read, rules: ClockRules): Promise<Check> {
  const histories = await readHistories(read);
  const stored = await read<StoredClock[]>`
    SELECT case_no, id, code, started_by_seq, from_date, due_on, (extract(epoch FROM due_at) * 1000)::float8 AS due_ms, provisional,
      done_on, (extract(epoch FROM expired_at) * 1000)::float8 AS expired_ms, late FROM clocks ORDER BY case_no, started_by_seq, code`;
  const byCase = new Map<string, StoredClock[]>();
  for (const clock of stored) byCase.set(clock.case_no, [...(byCase.get(clock.case_no) ?? []), clock]);
  const findings = histories.flatMap((history) => compare(history, byCase.get(history.caseNo) ?? [], rules));
  return { invariant: 'I12', checked: stored.length, findings };
}

async function readHistories(read: Read): Promise<History[]> {
  const cases = await read<
    { case_no: string; place: string; asked_on: PlainDate | null; answered_on: PlainDate | null }[]
  >`
    SELECT a.case_no, a.place_code AS place, (SELECT min((l.at AT TIME ZONE 'Asia/Shanghai')::date) FROM lookup_attempts l
      WHERE l.case_no = a.case_no AND l.phase = 'accepted') AS asked_on,
      (SELECT CASE WHEN count(*) = count(o.request_id) THEN max((o.at AT TIME ZONE 'Asia/Shanghai')::date) END
        FROM department_requests r LEFT JOIN request_outcomes o ON o.request_id = r.id WHERE r.case_no = a.case_no) AS answered_on FROM applications a ORDER BY 1`;
  const steps = await read<Transition[]>`
    SELECT case_no, seq, from_state, to_state, on_kind, name, occurred_on, (extract(epoch FROM at) * 1000)::float8 AS at_ms
    FROM transitions ORDER BY case_no, seq`;
  const byCase = new Map<string, Transition[]>();
  for (const step of steps) {
    const own = byCase.get(step.case_no);
    if (own) own.push(step);
    else byCase.set(step.case_no, [step]);
  }
  return cases.map(({ case_no, place, asked_on, answered_on }) => ({
    caseNo: case_no,
    place,
    steps: byCase.get(case_no) ?? [],
    askedOn: asked_on,
    answeredOn: answered_on,
  }));
}

function compare(history: History, stored: readonly StoredClock[], rules: ClockRules): Finding[] {
  const expected = history.steps.flatMap((step) => startedBy(step, rules).map((code) => ({ step, code })));
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
      row.to === step.to_state &&
      row.from.includes(step.from_state),
  )?.due ?? [];

function differences(history: History, step: Transition, clock: StoredClock, rules: ClockRules): string[] {
  const due = rules.due(clock.code, history.place, step.occurred_on);
  const dueAt = rules.clocks[clock.code]?.length.unit === 'at_once' ? step.at_ms : endOf(due.date);
  const end = endOfClock(history, step, clock, rules);
  const late = end.by === 'expiry' ? false : end.on === null ? clock.expired_ms !== null : end.on > due.date;
  const problems: (string | false)[] = [
    clock.from_date !== step.occurred_on && `starts on ${step.occurred_on}, says ${clock.from_date}`,
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
  const runsIn = rules.clocks[clock.code]?.runsIn ?? [];
  const left = history.steps.find((next) => next.seq > step.seq && !runsIn.includes(next.to_state));
  const moved = left?.on_kind === 'due' && left.name === clock.code;
  if (left && moved) return { on: expiryDay(clock, instant(left.at_ms)), by: 'expiry' };
  const leftOn = left?.occurred_on ?? null;
  const actOn =
    clock.code === 'verification_start'
      ? history.askedOn
      : clock.code === 'verification_answer'
        ? history.answeredOn
        : null;
  return { on: actOn !== null && (leftOn === null || actOn <= leftOn) ? actOn : leftOn, by: 'act' };
}

/** A day's deadline ends with its day, however long after midnight the timer was heard. */
const expiryDay = (clock: StoredClock, at: Instant): PlainDate =>
  dateAt(instant(clock.due_ms)) > clock.due_on ? clock.due_on : dateAt(at);

const nameOf = ({ caseNo }: History, code: string): string => `${caseNo} clock ${code}`;

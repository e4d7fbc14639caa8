import { sql } from 'drizzle-orm';
import type { Instant, PlainDate, Source } from '../terms/index.js';
import { instant } from '../terms/index.js';
import { gatewayCircuits, refusedCallbacks } from './schema/index.js';
import type { Tx } from './tx.js';

export type CircuitStanding = (typeof gatewayCircuits.$inferSelect)['state'];

/** A worker process says how it stands with a department or a platform, and that it is there. In real time. */
export async function noteCircuit(
  tx: Tx,
  circuit: { source: Source; process: string; state: CircuitStanding; since: Instant; seenAt: Instant },
): Promise<void> {
  const { state, since, seenAt } = circuit;
  await tx.q
    .insert(gatewayCircuits)
    .values(circuit)
    .onConflictDoUpdate({
      target: [gatewayCircuits.source, gatewayCircuits.process],
      set: { state, since, seenAt },
      // Two changes may overtake each other on their way.
      setWhere: sql`${gatewayCircuits.since} <= ${new Date(since).toISOString()}::timestamptz`,
    });
}

export interface Refusals {
  readonly source: Source;
  readonly reason: string;
  readonly count: number;
}

const HOUR_MS = 3_600_000;

/** Adds to the hour that is running; the same hour of yesterday gives way. However many knock, there are no more rows. */
export async function countRefused(tx: Tx, refusals: readonly Refusals[], realNow: Instant): Promise<void> {
  const hour = instant(Math.floor(realNow / HOUR_MS) * HOUR_MS);
  const slot = new Date(hour).getUTCHours();
  // In one order, so that two processes do not wait for each other's rows.
  const ordered = refusals.toSorted((a, b) =>
    `${a.source} ${a.reason}` < `${b.source} ${b.reason}` ? -1 : 1,
  );
  for (const { source, reason, count } of ordered)
    await tx.q
      .insert(refusedCallbacks)
      .values({ source, reason, slot, hour, count })
      .onConflictDoUpdate({
        target: [refusedCallbacks.source, refusedCallbacks.reason, refusedCallbacks.slot],
        set: {
          hour: sql`excluded.hour`,
          count: sql`excluded.count + CASE WHEN ${refusedCallbacks.hour} = excluded.hour THEN ${refusedCallbacks.count} ELSE 0 END`,
        },
      });
}

/** How one source does. Durations of answers in business time, of exchanges in real time; null where there was none. */
export interface SourceHealth {
  readonly source: Source;
  readonly lastTaken: Instant | null;
  readonly lastAnswer: Instant | null;
  readonly answerP95Ms: number | null;
  readonly httpP95Ms: number | null;
  /** Questions of open cases without an outcome, and those of them that nobody has taken yet. */
  readonly openQuestions: number;
  readonly notTaken: number;
  /** Of the last day, by code. */
  readonly faults: Readonly<Record<string, number>>;
  readonly wrongSignatures: number;
  /** What came in its name and was not taken, of the last day, by reason: wrong signatures, and bodies that were too large. */
  readonly turnedAway: Readonly<Record<string, number>>;
  /** Newest change first; a process that said nothing for five minutes is not among them. */
  readonly circuits: readonly { readonly state: CircuitStanding; readonly since: Instant }[];
  /** Within the caller's divisions. */
  readonly waiting: {
    readonly cases: number;
    readonly oldestDueOn: PlainDate | null;
    readonly caseNos: readonly string[];
  };
}

interface Row extends Record<string, unknown> {
  source: string;
  last_taken_ms: number | null;
  last_answer_ms: number | null;
  answer_p95_ms: number | null;
  http_p95_ms: number | null;
  open_questions: number;
  not_taken: number;
  faults: Record<string, number>;
  refused: number;
  turned_away: Record<string, number>;
  circuits: { state: CircuitStanding; since: number }[];
  waiting_cases: number;
  oldest_due: PlainDate | null;
  case_nos: string[];
}

/** Every source about which anything is known. @param named how many waiting cases are named for each */
export async function gatewayHealth(
  tx: Tx,
  { now, realNow, named }: { now: Instant; realNow: Instant; named: number },
): Promise<SourceHealth[]> {
  const at = (moment: Instant): string => new Date(moment).toISOString();
  const rows = await tx.q.execute<Row>(
    sql`SELECT h.*, extract(epoch FROM h.last_taken)::float8 * 1000 AS last_taken_ms, extract(epoch FROM h.last_answer)::float8 * 1000 AS last_answer_ms
        FROM onedoor.gateway_health(${at(now)}::timestamptz, ${at(realNow)}::timestamptz, ${named}) h ORDER BY h.source`,
  );
  const moment = (ms: number | null): Instant | null => (ms === null ? null : instant(ms));
  return [...rows].map((row) => ({
    source: row.source,
    lastTaken: moment(row.last_taken_ms),
    lastAnswer: moment(row.last_answer_ms),
    answerP95Ms: row.answer_p95_ms,
    httpP95Ms: row.http_p95_ms,
    openQuestions: row.open_questions,
    notTaken: row.not_taken,
    faults: row.faults,
    wrongSignatures: row.refused,
    turnedAway: row.turned_away,
    circuits: row.circuits.map(({ state, since }) => ({ state, since: instant(since) })),
    waiting: { cases: row.waiting_cases, oldestDueOn: row.oldest_due, caseNos: row.case_nos },
  }));
}

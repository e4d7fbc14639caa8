import { and, asc, eq, inArray, isNotNull, isNull, min, sql } from 'drizzle-orm';
import { dateAt, type Instant, type PlainDate, type Turn } from '../terms/index.js';
import type { Database } from './db.js';
import { newId } from './record.js';
import { clocks } from './schema/index.js';
import type { Tx } from './tx.js';

export type ClockRow = typeof clocks.$inferSelect;

export interface StartClock {
  readonly caseNo: string;
  readonly code: string;
  readonly article: string;
  readonly turn: Turn;
  readonly startedBySeq: number;
  readonly fromDate: PlainDate;
  readonly dueOn: PlainDate;
  readonly dueAt: Instant;
  readonly provisional?: boolean | undefined;
  readonly missingYear?: number | undefined;
  readonly refId?: string | undefined;
}

export async function startClock(tx: Tx, clock: StartClock): Promise<void> {
  await tx.q
    .insert(clocks)
    .values({ ...clock, id: newId(), refId: clock.refId ?? null, missingYear: clock.missingYear ?? null });
}

export const clocksOf = (tx: Tx, caseNo: string): Promise<ClockRow[]> =>
  tx.q.select().from(clocks).where(eq(clocks.caseNo, caseNo)).orderBy(asc(clocks.dueAt), asc(clocks.id));

/** Clocks that have neither ended nor expired: what a workflow still has to wait for. */
export const runningClocks = (tx: Tx, caseNo: string): Promise<ClockRow[]> =>
  tx.q
    .select()
    .from(clocks)
    .where(and(eq(clocks.caseNo, caseNo), isNull(clocks.doneOn), isNull(clocks.expiredAt)))
    .orderBy(asc(clocks.dueAt), asc(clocks.id));

/** The next instant at which any clock of an open case runs out, over all cases: for the operator's clock, read-only. */
export async function nextDueAt(database: Database): Promise<Instant | null> {
  const [row] = await database.db
    .select({ at: min(clocks.dueAt) })
    .from(clocks)
    .where(and(isNull(clocks.doneOn), isNull(clocks.expiredAt)));
  return row?.at ?? null;
}

export async function lockClock(tx: Tx, clockId: string): Promise<ClockRow | undefined> {
  const [row] = await tx.q.select().from(clocks).where(eq(clocks.id, clockId)).for('update');
  return row;
}

/** Ends clocks by code (of one reference, when that is given) on the day the act they wait for happened. Late means after the due day. */
export async function endClocks(
  tx: Tx,
  caseNo: string,
  codes: readonly string[],
  doneOn: PlainDate,
  { endedBySeq = null, refId }: { endedBySeq?: number | null; refId?: string | undefined } = {},
): Promise<void> {
  if (codes.length === 0) return;
  const open = await tx.q
    .select()
    .from(clocks)
    .where(
      and(
        eq(clocks.caseNo, caseNo),
        inArray(clocks.code, [...codes]),
        isNull(clocks.doneOn),
        refId === undefined ? undefined : eq(clocks.refId, refId),
      ),
    );
  for (const clock of open) {
    await tx.q
      .update(clocks)
      .set({ doneOn, endedBySeq, late: doneOn > clock.dueOn })
      .where(eq(clocks.id, clock.id));
  }
}

/** The due instant was reached while the clock ran. A fact that is written, never a comparison a query makes. */
export async function expireClock(tx: Tx, clock: ClockRow, at: Instant, ended: boolean): Promise<void> {
  await tx.q
    .update(clocks)
    .set(
      ended
        ? { expiredAt: at, doneOn: dateAt(clock.dueAt) > clock.dueOn ? clock.dueOn : dateAt(at) }
        : { expiredAt: at, late: true },
    )
    .where(eq(clocks.id, clock.id));
}

/** Cases whose due dates can be set right now that these years' calendars are published. */
export async function casesAwaitingCalendar(tx: Tx, years: readonly number[]): Promise<string[]> {
  const rows = await tx.q.execute<{ case_no: string }>(
    sql`SELECT case_no FROM onedoor.cases_awaiting_calendar(${sql.raw(`ARRAY[${years.map(Number).join(',')}]::integer[]`)}) AS case_no`,
  );
  return [...rows].map((row) => row.case_no);
}

export const provisionalClocks = (tx: Tx, caseNo: string): Promise<ClockRow[]> =>
  tx.q
    .select()
    .from(clocks)
    .where(
      and(
        eq(clocks.caseNo, caseNo),
        eq(clocks.provisional, true),
        isNotNull(clocks.missingYear),
        isNull(clocks.doneOn),
      ),
    );

export async function moveClock(
  tx: Tx,
  clockId: string,
  due: { dueOn: PlainDate; dueAt: Instant; provisional: boolean; missingYear: number | null },
) {
  await tx.q.update(clocks).set(due).where(eq(clocks.id, clockId));
}

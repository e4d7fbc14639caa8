import { sql } from 'drizzle-orm';
import {
  dateAt,
  endOf,
  instant,
  monthOf,
  nextMonth,
  plainDate,
  startOf,
  type Instant,
  type Quota,
} from '../terms/index.js';
import type { Tx } from './tx.js';

/** Whose measure is taken: of the member of staff whose act opened the question, and of whom it is about. */
export interface Measured {
  readonly causedBy: string | null;
  readonly personId: string;
}

/**
 * How much of a quota is used on the day or in the month of `at`. Whoever counts holds the quota until their transaction
 * ends, so that two never take the last one; always the quota of the day first, so that two never wait for each other.
 * @returns null where the quota does not apply: a question from before it was known whose act opened it
 */
export async function usedOf(
  tx: Tx,
  quota: Quota,
  { causedBy, personId }: Measured,
  at: Instant,
): Promise<number | null> {
  const today = dateAt(at);
  if (quota === 'clerk_day') {
    if (!causedBy) return null;
    await hold(tx, sql`'quota:' || ${causedBy}::text`);
    return count(
      tx,
      sql`onedoor.questions_caused(${causedBy}::uuid, ${time(startOf(today))}, ${time(endOf(today))})`,
    );
  }
  const month = monthOf(today);
  const [from, to] = [month, nextMonth(month)].map((each) => time(startOf(plainDate(`${each}-01`))));
  await hold(tx, sql`'quota:' || onedoor.person_key(${personId}::uuid)`);
  return count(tx, sql`onedoor.questions_about(${personId}::uuid, ${from}, ${to})`);
}

const time = (at: Instant) => sql`${new Date(instant(at)).toISOString()}::timestamptz`;

async function hold(tx: Tx, key: ReturnType<typeof sql>): Promise<void> {
  await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

async function count(tx: Tx, counting: ReturnType<typeof sql>): Promise<number> {
  const [row] = await tx.q.execute<{ used: number }>(sql`SELECT ${counting} AS used`);
  return row?.used ?? 0;
}

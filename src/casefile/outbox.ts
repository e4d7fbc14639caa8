import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import { instant, type Instant } from '../terms/index.js';
import { newId } from './record.js';
import { outbox } from './schema/index.js';
import type { Tx } from './tx.js';

export type OutboxRow = typeof outbox.$inferSelect;

/** How long the sweep leaves a promise to whoever made it: they deliver at once, and what is read is kept. */
const HEAD_START_MS = 1_500;
export const afterHeadStart = (realNow: Instant): Instant => instant(realNow + HEAD_START_MS);

/**
 * Commits, with the row it speaks of, the promise that Temporal will hear of it.
 * @param notBefore when a sweep may see to it
 */
export async function enqueue(
  tx: Tx,
  topic: OutboxRow['topic'],
  caseNo: string,
  refId: string,
  notBefore: Instant,
): Promise<void> {
  await tx.q.insert(outbox).values({ id: newId(), topic, caseNo, refId, nextAttemptAt: notBefore });
}

/** What nobody has tried to deliver yet, and what is tried again: apart, so that the one never waits for the other. */
export type Lane = 'fresh' | 'again';

/** What is waiting for delivery in a lane, locked so that two sweeps never deliver the same row at once. */
export const waitingOutbox = (tx: Tx, realNow: Instant, lane: Lane, limit: number): Promise<OutboxRow[]> =>
  tx.q
    .select()
    .from(outbox)
    .where(
      and(
        isNull(outbox.deliveredAt),
        isNull(outbox.parkedAt),
        lte(outbox.nextAttemptAt, realNow),
        lane === 'fresh' ? eq(outbox.attempts, 0) : gt(outbox.attempts, 0),
      ),
    )
    .orderBy(asc(lane === 'fresh' ? outbox.id : outbox.nextAttemptAt))
    .limit(limit)
    .for('update', { skipLocked: true });

/** Takes rows off the pile for a while: whoever took them delivers, and if it dies they come back by themselves. */
export async function holdOutbox(tx: Tx, rows: readonly OutboxRow[], until: Instant): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await tx.q.update(outbox).set({ nextAttemptAt: until }).where(inArray(outbox.id, ids));
}

/**
 * What this command or answer promised has been kept: it was carried out, or read. An answer that was set aside is not
 * read by being told of once more.
 */
export async function keepPromise(tx: Tx, refId: string, topic: OutboxRow['topic']): Promise<void> {
  await tx.q
    .update(outbox)
    .set({ deliveredAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(outbox.refId, refId),
        eq(outbox.topic, topic),
        isNull(outbox.deliveredAt),
        topic === 'answer' ? isNull(outbox.parkedAt) : undefined,
      ),
    );
}

/**
 * A command was carried out. Whether its desk knows is for whoever brought it to say: a worker that dies before the history
 * has the step leaves a desk that stands where it stood, and nobody else would come. Whoever brought it has ten seconds.
 */
export async function awaitReply(tx: Tx, commandId: string): Promise<void> {
  await tx.q
    .update(outbox)
    .set({ nextAttemptAt: sql`clock_timestamp() + interval '10 seconds'` })
    .where(and(eq(outbox.refId, commandId), eq(outbox.topic, 'command'), isNull(outbox.deliveredAt)));
}

export async function markDelivered(tx: Tx, outboxId: string, realNow: Instant): Promise<void> {
  await tx.q
    .update(outbox)
    .set({ deliveredAt: realNow })
    .where(and(eq(outbox.id, outboxId), isNull(outbox.parkedAt)));
}

/** Backs off from 200 ms to half a minute; the row stays until it is delivered. */
export async function postpone(tx: Tx, row: OutboxRow, errorCode: string, realNow: Instant): Promise<void> {
  const wait = Math.min(30_000, 200 * 2 ** Math.min(row.attempts, 10));
  await tx.q
    .update(outbox)
    .set({ attempts: row.attempts + 1, lastError: errorCode, nextAttemptAt: instant(realNow + wait) })
    .where(eq(outbox.id, row.id));
}

export async function outboxDepth(tx: Tx): Promise<number> {
  const [row] = await tx.q
    .select({ n: sql<number>`count(*)::int` })
    .from(outbox)
    .where(isNull(outbox.deliveredAt));
  return row?.n ?? 0;
}

import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Instant } from '../terms/index.js';
import { audit } from './audit-log.js';
import { lockCase } from './case-state.js';
import type { Database } from './db.js';
import type { OutboxRow } from './outbox.js';
import { newId } from './record.js';
import { answerReadings, outbox } from './schema/index.js';
import { closeTasks, openTask } from './tasks.js';
import type { Tx } from './tx.js';

export type Topic = OutboxRow['topic'];

export interface Failing {
  readonly topic: Topic;
  readonly caseNo: string;
  /** The command or the answer. */
  readonly refId: string;
  /** A code. */
  readonly reason: string;
  readonly at: Instant;
}

const isParked = and(isNull(outbox.deliveredAt), isNotNull(outbox.parkedAt));
const TASK = 'delivery_parked';

/**
 * Sets a promise aside that cannot be kept however often it is tried: nobody takes it up again before an operator says so,
 * who gets a task for it. What was kept in the meantime stays kept.
 */
export async function park(tx: Tx, { topic, caseNo, refId, reason, at }: Failing): Promise<void> {
  const state = await lockCase(tx, caseNo);
  const of = and(eq(outbox.refId, refId), eq(outbox.topic, topic));
  const aside = { parkedAt: sql`clock_timestamp()`, deliveredAt: null, lastError: reason };
  // That the desk was told of an answer is no promise kept: it is kept when the answer has been read.
  const unkept =
    topic === 'answer'
      ? sql`NOT EXISTS (SELECT 1 FROM ${answerReadings} r WHERE r.answer_id = ${outbox.refId})`
      : isNull(outbox.deliveredAt);
  const rows = await tx.q
    .select({ id: outbox.id, kept: sql<boolean>`NOT (${unkept})` })
    .from(outbox)
    .where(of);
  if (rows.some(({ kept }) => kept)) return;
  if (rows.length > 0) await tx.q.update(outbox).set(aside).where(of);
  else await tx.q.insert(outbox).values({ id: newId(), topic, caseNo, refId, nextAttemptAt: at, ...aside });
  await openTask(tx, {
    caseNo,
    divisionId: state.workingDivisionId,
    role: 'operator',
    kind: TASK,
    params: { topic, ref: refId },
    at,
  });
  await audit(tx, { caseNo, at, code: 'delivery_parked', params: { topic, ref: refId, reason } });
}

/** Lets everything of a case be tried again that was set aside. @returns how much that was */
export async function release(tx: Tx, caseNo: string, at: Instant): Promise<number> {
  await lockCase(tx, caseNo);
  const released = await tx.q
    .update(outbox)
    .set({ parkedAt: null, attempts: 0, nextAttemptAt: sql`clock_timestamp()` })
    .where(and(eq(outbox.caseNo, caseNo), isParked))
    .returning({ topic: outbox.topic });
  if (released.length === 0) return 0;
  await closeTasks(tx, caseNo, [TASK], at);
  if (released.some(({ topic }) => topic === 'command'))
    await closeTasks(tx, caseNo, ['case_stuck'], at, { problem: 'command_failed' });
  await audit(tx, { caseNo, at, code: 'delivery_released', params: { count: released.length } });
  return released.length;
}

export type ParkedRow = Pick<OutboxRow, 'topic' | 'caseNo' | 'refId' | 'attempts' | 'lastError' | 'parkedAt'>;

/** What is set aside anywhere in the house. For a read-only role: the operator's list, `parity`. */
export const parkedIn = (reader: Database): Promise<ParkedRow[]> =>
  reader.db
    .select({
      topic: outbox.topic,
      caseNo: outbox.caseNo,
      refId: outbox.refId,
      attempts: outbox.attempts,
      lastError: outbox.lastError,
      parkedAt: outbox.parkedAt,
    })
    .from(outbox)
    .where(isParked)
    .orderBy(asc(outbox.caseNo), asc(outbox.id));

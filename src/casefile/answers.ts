import { and, eq, sql } from 'drizzle-orm';
import type { Instant, Source } from '../terms/index.js';
import { audit } from './audit-log.js';
import { lockCase, readCase } from './case-state.js';
import { afterHeadStart, enqueue } from './outbox.js';
import { newId, record } from './record.js';
import { answerReadings, rawAnswers } from './schema/index.js';
import type { Tx } from './tx.js';
import { newKey, openBytes, sealContent } from './vault.js';

export interface Callback {
  readonly source: Source;
  readonly webhookId: string;
  readonly requestId: string | null;
  readonly body: Uint8Array;
  readonly at: Instant;
  readonly realNow: Instant;
}

export async function rawAnswer(
  tx: Tx,
  answerId: string,
): Promise<typeof rawAnswers.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(rawAnswers).where(eq(rawAnswers.id, answerId));
  return row;
}

/** The bytes of a callback as they came. */
export const openAnswer = (tx: Tx, raw: typeof rawAnswers.$inferSelect): Promise<Uint8Array> =>
  openBytes(tx, raw.keyId, { table: 'raw_answers', column: 'bytes', row: raw.id }, raw.body);

/** Answers in which the department said once more, later, what holds. */
export async function confirmationsOf(tx: Tx, caseNo: string, requestId: string): Promise<string[]> {
  const rows = await tx.q
    .select({ id: answerReadings.answerId })
    .from(answerReadings)
    .where(
      and(
        eq(answerReadings.caseNo, caseNo),
        eq(answerReadings.requestId, requestId),
        eq(answerReadings.verdict, 'confirmed'),
      ),
    );
  return rows.map(({ id }) => id);
}

/** The case whose question this was. The door learns that, and nothing else. */
export async function caseOfRequest(tx: Tx, requestId: string, source: Source): Promise<string | null> {
  const [row] = await tx.q.execute<{ case_no: string | null }>(
    sql`SELECT onedoor.case_of_request(${requestId}::uuid, ${source}) AS case_no`,
  );
  return row?.case_no ?? null;
}

/**
 * Stores a verified callback as it came, unread. One row per source and webhook id: a doubled callback adds nothing.
 * @returns the answer's id when it is new
 */
export async function storeCallback(
  tx: Tx,
  caseNo: string | null,
  callback: Callback,
): Promise<string | null> {
  const { source, webhookId, at } = callback;
  if (caseNo) await lockCase(tx, caseNo);
  else await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtext('callback:' || ${webhookId}))`);
  const [known] = await tx.q
    .select({ id: rawAnswers.id })
    .from(rawAnswers)
    .where(and(eq(rawAnswers.source, source), eq(rawAnswers.webhookId, webhookId)));
  if (known) return null;
  const id = newId();
  const keyId = caseNo ? (await readCase(tx, caseNo)).keyId : await newKey(tx, 'system', null);
  const { bytes, ...content } = await sealContent(tx, keyId, 'raw_answers', id, callback.body);
  await record(tx, rawAnswers, {
    id,
    source,
    webhookId,
    caseNo,
    requestId: callback.requestId,
    keyId,
    body: bytes,
    ...content,
    receivedAt: at,
  });
  await audit(tx, {
    caseNo: caseNo ?? undefined,
    at,
    code: caseNo ? 'answer_received' : 'answer_unmatched',
    params: { source, answerId: id },
  });
  if (caseNo) await enqueue(tx, 'answer', caseNo, id, afterHeadStart(callback.realNow));
  return id;
}

/** Whether a callback failed because its id was used before under another case: heard once is enough, nothing is added. */
export function wasHeardBefore(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (Reflect.get(cause, 'constraint_name') === 'raw_answers_webhook') return true;
  return false;
}

import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { dateAt, type Instant, type Source } from '../terms/index.js';
import { audit } from './audit-log.js';
import { CryptoError } from './crypto/crypto-error.js';
import { lockCase, readCase } from './case-state.js';
import { reusersOf } from './earlier-reports.js';
import { afterHeadStart, enqueue } from './outbox.js';
import { newId, record } from './record.js';
import { tellOfUnmatched } from './unmatched.js';
import { answerReadings, rawAnswers } from './schema/index.js';
import { inCasefile, type Acting, type Casefile, type Tx } from './tx.js';
import { newKey, openBytes, sealContent } from './vault.js';

export interface ReceivedAnswer {
  readonly source: Source;
  readonly webhookId: string;
  readonly requestId: string | null;
  /** Whoever answered at the verifier's desk; absent for a machine. */
  readonly staffId?: string;
  readonly body: Uint8Array;
  readonly at: Instant;
  readonly realNow: Instant;
  /** The file whose row it was. */
  readonly answerFileId?: string | undefined;
}

export type RawAnswer = typeof rawAnswers.$inferSelect;

export async function rawAnswer(tx: Tx, answerId: string): Promise<RawAnswer | undefined> {
  const [row] = await tx.q.select().from(rawAnswers).where(eq(rawAnswers.id, answerId));
  return row;
}

/** What a source has sent under an id, where whoever asks may see it. */
export async function answerUnder(tx: Tx, source: Source, webhookId: string): Promise<RawAnswer | undefined> {
  const [row] = await tx.q
    .select()
    .from(rawAnswers)
    .where(and(eq(rawAnswers.source, source), eq(rawAnswers.webhookId, webhookId)));
  return row;
}

/** The bytes of a callback as they came; of a section, those of its report. */
export async function openAnswer(tx: Tx, raw: RawAnswer): Promise<Uint8Array> {
  const whole = raw.reportId === null ? raw : await rawAnswer(tx, raw.reportId);
  if (!whole?.body) throw new CryptoError('ciphertext_damaged', raw.keyId);
  return openBytes(tx, whole.keyId, { table: 'raw_answers', column: 'bytes', row: whole.id }, whole.body);
}

/** Makes a section of a report an answer of its own, to the question it names. @returns its id */
export async function recordSection(
  tx: Tx,
  report: RawAnswer,
  { section, request }: { section: number; request: { id: string; source: Source } },
): Promise<string> {
  const id = newId();
  await record(tx, rawAnswers, {
    id,
    source: request.source,
    // No sender’s: their ids have no dot.
    webhookId: `${report.webhookId}.${section}`,
    caseNo: report.caseNo,
    requestId: request.id,
    keyId: report.keyId,
    reportId: report.id,
    section,
    receivedAt: report.receivedAt,
  });
  return id;
}

/** The hash of every answer of a case, by its id. */
export async function answerHashes(tx: Tx, caseNo: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.q
    .select({ id: rawAnswers.id, hash: rawAnswers.contentHash, reportId: rawAnswers.reportId })
    .from(rawAnswers)
    .where(eq(rawAnswers.caseNo, caseNo));
  const own = new Map(rows.map(({ id, hash }) => [id, hash]));
  // A section has the bytes of its report, and so its hash.
  return new Map(rows.map(({ id, hash, reportId }) => [id, hash ?? own.get(reportId ?? '') ?? '']));
}

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

/** An answer under the key of its case, with its hash. Whoever keeps one says in the chain why. */
export async function storeAnswer(
  tx: Tx,
  caseNo: string | null,
  { source, webhookId, requestId, staffId, body, at, answerFileId }: Omit<ReceivedAnswer, 'realNow'>,
): Promise<{ id: string; contentHash: string }> {
  const id = newId();
  const keyId = caseNo ? (await readCase(tx, caseNo)).keyId : await newKey(tx, 'system', null);
  const { bytes, ...content } = await sealContent(tx, keyId, 'raw_answers', id, body);
  await record(tx, rawAnswers, {
    id,
    source,
    webhookId,
    caseNo,
    requestId,
    staffId: staffId ?? null,
    keyId,
    body: bytes,
    ...content,
    receivedAt: at,
    answerFileId: answerFileId ?? null,
  });
  return { id, contentHash: content.contentHash };
}

/**
 * Stores a verified answer as it came, unread. One row per source and webhook id: a doubled callback adds nothing.
 * @returns the answer's id when it is new
 */
export async function storeCallback(
  tx: Tx,
  caseNo: string | null,
  callback: ReceivedAnswer,
): Promise<string | null> {
  const { source, webhookId, staffId, at } = callback;
  if (caseNo) await lockCase(tx, caseNo);
  else await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtext('callback:' || ${webhookId}))`);
  if (await answerUnder(tx, source, webhookId)) return null;
  const { id } = await storeAnswer(tx, caseNo, callback);
  await audit(tx, {
    caseNo: caseNo ?? undefined,
    at,
    code: caseNo ? 'answer_received' : 'answer_unmatched',
    params: { source, answerId: id, ...(staffId && { staffId }) },
  });
  if (caseNo) await enqueue(tx, 'answer', caseNo, id, afterHeadStart(callback.realNow));
  else await tellOfUnmatched(tx, source, at);
  return id;
}

/** An id that a source gave to something else before. */
class IdUsedBefore extends Error {
  override readonly name = 'IdUsedBefore';
}

/** Where what came first cannot be opened any more, the sender gets the benefit of the doubt. */
async function saidBefore(tx: Tx, { source, webhookId, body }: ReceivedAnswer): Promise<boolean> {
  const known = await answerUnder(tx, source, webhookId);
  try {
    return !known || Buffer.compare(await openAnswer(tx, known), body) === 0;
  } catch (error) {
    if (error instanceof CryptoError) return true;
    throw error;
  }
}

/** Whether an answer failed because its id was used before, in this file or in another. */
function wasUsedBefore(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof IdUsedBefore || Reflect.get(cause, 'constraint_name') === 'raw_answers_webhook')
      return true;
  return false;
}

/**
 * Keeps what a department has signed, by whichever wire it came, with the promise to read it. Nothing is believed here,
 * and nothing is refused for being late, doubled or about nobody. What answers a question that another file rests on too
 * is kept for that file as well: also where it was heard before, for whoever died between the two.
 * @param asked the question it was fetched for; what names no question is filed under it
 * @returns the answer's id when it is new, and every case that is to hear of it
 */
export async function keepAnswer(
  casefile: Casefile,
  { beforeCommit, ...answer }: Omit<ReceivedAnswer, 'requestId'> & { readonly beforeCommit?: () => void },
  asked?: string,
): Promise<{ answerId: string | null; caseNo: string | null; told: Told[] }> {
  const acting = { actor: 'system:answers', on: dateAt(answer.at) } as const;
  const named = requestIdsIn(answer.body);
  const { caseNo, requestId } = await inCasefile(casefile, acting, (tx) =>
    filedUnder(tx, answer.source, named.length === 0 && asked !== undefined ? [asked] : named),
  );
  const told: Told[] = [];
  const store = async (file: string | null, callback: ReceivedAnswer): Promise<string | null> => {
    const stored = await inCasefile(casefile, { ...acting, caseNo: file ?? undefined }, async (tx) => {
      const id = await storeCallback(tx, file, callback);
      if (id) beforeCommit?.();
      else if (!(await saidBefore(tx, callback))) throw new IdUsedBefore();
      return id;
    }).catch(async (error: unknown) => {
      if (!wasUsedBefore(error)) throw error;
      await keepApart(casefile, acting, callback);
      return null;
    });
    if (stored && file) told.push({ caseNo: file, answerId: stored });
    return stored;
  };
  const answerId = await store(caseNo, { ...answer, requestId });
  if (caseNo && requestId)
    for (const reuser of await inCasefile(casefile, acting, (tx) => reusersOf(tx, requestId)))
      await store(reuser.caseNo, {
        ...answer,
        webhookId: `${answer.webhookId} for ${reuser.requestId}`,
        requestId: reuser.requestId,
      });
  return { answerId, caseNo, told };
}

/**
 * What came under an id that stands for something else: a sender whose numbering is broken, or a mistake of ours. It is
 * kept by its content, once, and belongs to no case until an operator has looked.
 */
async function keepApart(casefile: Casefile, acting: Acting, callback: ReceivedAnswer): Promise<void> {
  const digest = createHash('sha256').update(callback.body).digest('hex');
  const apart = { ...callback, requestId: null, webhookId: `${callback.webhookId} again ${digest}` };
  await inCasefile(casefile, acting, (tx) => storeCallback(tx, null, apart));
}

/** A case that an answer was kept for, and its id there. */
export interface Told {
  readonly caseNo: string;
  readonly answerId: string;
}

/** The case whose question it answers, and which; of a report's many the first that is anybody's. */
async function filedUnder(
  tx: Tx,
  source: Source,
  requestIds: readonly string[],
): Promise<{ caseNo: string | null; requestId: string | null }> {
  for (const requestId of requestIds) {
    const caseNo = await caseOfRequest(tx, requestId, source);
    if (caseNo) return { caseNo, requestId };
  }
  return { caseNo: null, requestId: null };
}

/** More than any platform has sources. */
const MAX_SECTIONS = 64;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only to file it under its case; whether it makes sense is found out when it is read. */
function requestIdsIn(body: Uint8Array): string[] {
  const field = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    const sections = field(parsed, 'sections');
    return [parsed, ...(Array.isArray(sections) ? sections.slice(0, MAX_SECTIONS) : [])]
      .map((part) => field(part, 'requestId'))
      .filter((id): id is string => typeof id === 'string' && UUID.test(id));
  } catch {
    // Not JSON: kept all the same, for the operator.
    return [];
  }
}

import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { EarlierAnswer } from '../policy/earlier-report.js';
import {
  instant,
  type Instant,
  type PlainDate,
  type Source,
  type VerificationPurpose,
} from '../terms/index.js';
import { record } from './record.js';
import { answerOrigins, freshQuestions } from './schema/index.js';
import { once, type Tx } from './tx.js';
import { openBytes } from './vault.js';

export type OriginRow = typeof answerOrigins.$inferSelect;

/** An answer in another file about somebody who is in this one, with the report that states it. Its content is sealed. */
export interface ReusableAnswer extends EarlierAnswer {
  readonly linkId: string;
  readonly caseNo: string;
  readonly requestId: string;
  readonly askedAt: Instant;
  readonly answerId: string;
  readonly answerHash: string;
  readonly reportId: string;
  readonly reportVersion: number;
  readonly reportHash: string;
  readonly valuedOn: PlainDate;
  /** Opens the answer as it came, for whoever has found that it may be reused. */
  open(): Promise<Uint8Array>;
}

/**
 * What a source answered about a person of this case in other files of the county, newest question first. Only while the
 * house itself acts for this case; every answer named here cannot change unheard until the step is over.
 */
export async function reusableAnswers(
  tx: Tx,
  asked: { caseNo: string; personId: string; source: Source },
): Promise<ReusableAnswer[]> {
  const rows = await tx.q.execute<{
    link_id: string;
    other_case_no: string;
    request_id: string;
    purpose: VerificationPurpose;
    items: string[];
    asked_at_ms: number;
    answer_id: string;
    answer_hash: string;
    key_id: string;
    wrapped: Uint8Array;
    body: Uint8Array;
    report_id: string;
    report_version: number;
    report_hash: string;
    valued_on: PlainDate;
    valid_from: PlainDate;
    valid_to: PlainDate;
    withdrawn_on: PlainDate | null;
    told_apart: boolean;
    heard_since: boolean;
    disputed: boolean;
  }>(
    sql`SELECT e.*, (extract(epoch FROM e.asked_at) * 1000)::float8 AS asked_at_ms, e.valued_on::text AS valued_on, e.valid_from::text AS valid_from,
      e.valid_to::text AS valid_to, e.withdrawn_on::text AS withdrawn_on
      FROM onedoor.earlier_answers(${asked.caseNo}, ${asked.personId}::uuid, ${asked.source}) e`,
  );
  return [...rows].map((row) => ({
    linkId: row.link_id,
    caseNo: row.other_case_no,
    requestId: row.request_id,
    purpose: row.purpose,
    items: row.items,
    askedAt: instant(row.asked_at_ms),
    answerId: row.answer_id,
    answerHash: row.answer_hash,
    reportId: row.report_id,
    reportVersion: row.report_version,
    reportHash: row.report_hash,
    valuedOn: row.valued_on,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    withdrawnOn: row.withdrawn_on,
    toldApart: row.told_apart,
    heardSince: row.heard_since,
    disputed: row.disputed,
    open: () => {
      // The key of the other file: told with the answer, and kept no longer than the step.
      if (!tx.keys.has(row.key_id))
        tx.keys.set(row.key_id, tx.vault.keyring.unwrap({ keyId: row.key_id, wrapped: row.wrapped }));
      return openBytes(
        tx,
        row.key_id,
        { table: 'raw_answers', column: 'bytes', row: row.answer_id },
        row.body,
      );
    },
  }));
}

/** Questions of other files that rest on the answer to this one. Waits for a step that is about to reuse it. */
export async function reusersOf(tx: Tx, requestId: string): Promise<{ caseNo: string; requestId: string }[]> {
  const rows = await tx.q.execute<{ case_no: string; request_id: string }>(
    sql`SELECT * FROM onedoor.reusers_of(${requestId}::uuid)`,
  );
  return [...rows].map((row) => ({ caseNo: row.case_no, requestId: row.request_id }));
}

/** Where the answers of a case come from that no department of ours was asked for, by question. */
export const originsOf = async (tx: Tx, caseNo: string): Promise<ReadonlyMap<string, OriginRow>> =>
  once(tx, 'origins', caseNo, async () => {
    const rows = await tx.q.select().from(answerOrigins).where(eq(answerOrigins.caseNo, caseNo));
    return new Map(rows.map((row) => [row.requestId, row]));
  });

export const recordOrigin = (tx: Tx, origin: typeof answerOrigins.$inferInsert): Promise<unknown> =>
  record(tx, answerOrigins, origin);

/** Questions that a person wanted put anew and that were not put since. */
export const openFreshQuestions = (tx: Tx, caseNo: string): Promise<(typeof freshQuestions.$inferSelect)[]> =>
  tx.q
    .select(getTableColumns(freshQuestions))
    .from(freshQuestions)
    .where(
      sql`${freshQuestions.caseNo} = ${caseNo} AND NOT EXISTS (SELECT 1 FROM department_requests r
        WHERE r.case_no = ${caseNo} AND r.supersedes = "fresh_questions"."request_id")`,
    )
    .orderBy(asc(freshQuestions.id));

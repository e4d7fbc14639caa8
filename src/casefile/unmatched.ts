import { sql } from 'drizzle-orm';
import { dateAt, DomainError, type Instant, type Source } from '../terms/index.js';
import { audit } from './audit-log.js';
import type { Database } from './db.js';
import { operatorsDivision } from './divisions.js';
import { closeHouseTask, openTask } from './tasks.js';
import type { Tx } from './tx.js';

const TASK = 'answer_unmatched';

/** A task of no case, for the operators of the house. Not a second one while the same is open. */
const tellOperators = async (
  tx: Tx,
  kind: string,
  params: Readonly<Record<string, string>>,
  at: Instant,
): Promise<void> =>
  openTask(tx, {
    caseNo: null,
    divisionId: await operatorsDivision(tx, dateAt(at)),
    role: 'operator',
    kind,
    params,
    at,
  });

/**
 * An operator is told of a callback that answers no question of ours: once for a source and day, however many come.
 * After the audit event, whose lock on the chain of the house keeps two from telling at once.
 */
export const tellOfUnmatched = (tx: Tx, source: Source, at: Instant): Promise<void> =>
  tellOperators(tx, TASK, { source, on: dateAt(at) }, at);

const UNREADABLE = 'answer_file_unreadable';

/** A file of answers on record. */
interface AnswerFile {
  readonly id: string;
  readonly source: Source;
}

/** An operator is told, once, of a file of answers whose bytes cannot be opened. */
export const tellOfUnreadable = (tx: Tx, { id, source }: AnswerFile, at: Instant): Promise<void> =>
  tellOperators(tx, UNREADABLE, { source, file: id }, at);

/** It was read after all. */
export const readAfterAll = (tx: Tx, { id, source }: AnswerFile, at: Instant) =>
  closeHouseTask(tx, UNREADABLE, { source, file: id }, at);

/** An operator has looked into what a source sent on a day. @throws {DomainError} `not_found` when nothing of it is open */
export async function settleUnmatched(tx: Tx, source: Source, on: string, at: Instant): Promise<void> {
  if (!(await closeHouseTask(tx, TASK, { source, on }, at))) throw new DomainError('not_found');
  await audit(tx, { at, code: 'unmatched_settled', params: { source, on } });
}

export interface Unmatched {
  readonly source: Source;
  readonly on: string;
  readonly count: number;
  /** Whether an operator has not looked yet. */
  readonly open: boolean;
}

/** Callbacks of no case, by source and day. For a read-only role. */
export async function unmatchedIn(reader: Database): Promise<Unmatched[]> {
  const rows = await reader.db.execute<Unmatched & Record<string, unknown>>(sql`
    SELECT a.source, a.on_day AS "on", count(*)::int AS count, EXISTS (SELECT 1 FROM tasks t WHERE t.case_no IS NULL
      AND t.kind = ${TASK} AND t.done_at IS NULL AND t.params = jsonb_build_object('source', a.source, 'on', a.on_day)) AS open
    FROM (SELECT source, (received_at AT TIME ZONE 'Asia/Shanghai')::date::text AS on_day FROM raw_answers WHERE case_no IS NULL) a
    GROUP BY a.source, a.on_day ORDER BY a.on_day, a.source`);
  return [...rows].map(({ source, on, count, open }) => ({ source, on, count, open }));
}

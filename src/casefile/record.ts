import { getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { v7 } from 'uuid';
import type { Tx } from './tx.js';

/** UUID v7: sortable by time, made by the server. */
export const newId = (): string => v7();

/** Tables of record whose key is not `id`. */
const KEYS: Readonly<Record<string, string>> = {
  cases: 'caseNo',
  applications: 'caseNo',
  role_revocations: 'grantId',
  answer_readings: 'answerId',
  answer_file_readings: 'answerFileId',
  request_outcomes: 'requestId',
  answer_origins: 'requestId',
  consent_withdrawals: 'consentId',
  person_link_resolutions: 'linkId',
  objection_findings: 'objectionId',
  public_notice_removals: 'noticeId',
  cooperation_cancellations: 'cooperationId',
  cooperation_reports: 'cooperationId',
  rechecks: 'objectionId',
  value_findings: 'contestedId',
  report_answers: 'reportId',
  relative_roster_ends: 'rosterId',
  sample_findings: 'drawId',
  lookup_releases: 'requestId',
  lookup_signal_conclusions: 'signalId',
};

/** The column, as SQL names it, that identifies a row of this table in the audit chain. */
export const auditKey = (table: string): string =>
  (KEYS[table] ?? 'id').replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/**
 * Adds a row of record and notes it for the audit event that closes the step.
 * @returns the values as written
 */
export async function record<T extends PgTable>(
  tx: Tx,
  table: T,
  values: T['$inferInsert'],
): Promise<T['$inferInsert']> {
  await tx.q.insert(table).values(values);
  tx.read.clear();
  const name = getTableName(table);
  const key = KEYS[name] ?? 'id';
  tx.unaudited.push({ table: name, id: String(Reflect.get(values, key)) });
  return values;
}

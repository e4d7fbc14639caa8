import { sql } from 'drizzle-orm';
import type { Database } from './db.js';

/**
 * What is still on its way anywhere in the house. Zero everywhere is quiet: what was set aside does not move. Read-only, for
 * the operator's clock.
 */
export interface Unrest {
  readonly outbox: number;
  readonly commands: number;
  readonly answers: number;
  /** Files of answers that were kept and not read yet. */
  readonly files: number;
}

export async function unrest(reader: Database): Promise<Unrest> {
  const [row] = await reader.db.execute<{
    outbox: number;
    commands: number;
    answers: number;
    files: number;
  }>(sql`
    WITH aside AS (SELECT ref_id FROM outbox WHERE delivered_at IS NULL AND parked_at IS NOT NULL)
    SELECT (SELECT count(*)::int FROM outbox WHERE delivered_at IS NULL AND parked_at IS NULL) AS outbox,
           (SELECT count(*)::int FROM commands WHERE status = 'received' AND id NOT IN (SELECT ref_id FROM aside)) AS commands,
           (SELECT count(*)::int FROM raw_answers a JOIN case_state s ON s.case_no = a.case_no AND s.open
             WHERE NOT EXISTS (SELECT 1 FROM answer_readings r WHERE r.answer_id = a.id)
               AND a.id NOT IN (SELECT ref_id FROM aside)) AS answers,
           (SELECT count(*)::int FROM answer_files f
             WHERE NOT EXISTS (SELECT 1 FROM answer_file_readings r WHERE r.answer_file_id = f.id)) AS files`);
  return {
    outbox: row?.outbox ?? 0,
    commands: row?.commands ?? 0,
    answers: row?.answers ?? 0,
    files: row?.files ?? 0,
  };
}

/** Open cases, oldest first. */
export async function openCases(reader: Database): Promise<{ caseNo: string; procedure: string }[]> {
  const rows = await reader.db.execute<{ case_no: string; procedure: string }>(
    sql`SELECT c.case_no, c.procedure FROM cases c JOIN case_state s ON s.case_no = c.case_no WHERE s.open ORDER BY c.case_no`,
  );
  return [...rows].map((row) => ({ caseNo: row.case_no, procedure: row.procedure }));
}

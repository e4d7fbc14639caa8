import { sql } from 'drizzle-orm';
import { endOf, startOf, type PlainDate } from '../../terms/index.js';
import type { Tx } from '../tx.js';

export interface StaffDay {
  readonly staffId: string;
  /** How often what was looked at, by kind. */
  readonly counts: Record<string, number>;
  /** Different case numbers. */
  readonly files: number;
  readonly notFound: number;
}

export interface FileOnDay {
  /** Null for those out of the auditor's reach, taken together. */
  readonly caseNo: string | null;
  readonly counts: Record<string, number>;
}

const onDay = (day: PlainDate) =>
  sql`e.at >= ${new Date(startOf(day)).toISOString()}::timestamptz AND e.at < ${new Date(endOf(day)).toISOString()}::timestamptz`;

/** Whoever of the auditor's divisions looked at something on a day, and how much; row-level security cuts the divisions. */
export async function accessDay(
  tx: Tx,
  query: { day: PlainDate; staffId?: string | undefined; after?: string | undefined; limit: number },
): Promise<StaffDay[]> {
  const rows = await tx.q.execute<{
    staff_id: string;
    counts: StaffDay['counts'];
    files: number;
    not_found: number;
  }>(sql`
    SELECT day.staff_id, jsonb_object_agg(day.kind, day.n) AS counts,
      (SELECT count(DISTINCT e.about_case)::int FROM access_events e WHERE e.staff_id = day.staff_id AND ${onDay(query.day)}) AS files,
      sum(day.not_found)::int AS not_found
    FROM (SELECT e.staff_id, e.kind, count(*)::int AS n, (count(*) FILTER (WHERE NOT e.found))::int AS not_found
      FROM access_events e WHERE ${onDay(query.day)}
        AND (${query.staffId ?? null}::uuid IS NULL OR e.staff_id = ${query.staffId ?? null}::uuid)
        AND (${query.after ?? null}::uuid IS NULL OR e.staff_id > ${query.after ?? null}::uuid)
      GROUP BY e.staff_id, e.kind) AS day
    GROUP BY day.staff_id ORDER BY day.staff_id LIMIT ${query.limit}`);
  return [...rows].map((row) => ({
    staffId: row.staff_id,
    counts: row.counts,
    files: row.files,
    notFound: row.not_found,
  }));
}

/** The files that one member of staff looked at on a day, by number where the auditor reaches them. */
export async function filesOnDay(tx: Tx, staffId: string, day: PlainDate): Promise<FileOnDay[]> {
  const rows = await tx.q.execute<{ case_no: string | null; counts: FileOnDay['counts'] }>(sql`
    SELECT seen.case_no, jsonb_object_agg(seen.kind, seen.n) AS counts FROM (
      SELECT CASE WHEN onedoor.reaches_case(e.about_case) THEN e.about_case END AS case_no, e.kind, count(*)::int AS n
      FROM access_events e WHERE e.staff_id = ${staffId}::uuid AND e.about_case IS NOT NULL AND ${onDay(day)}
      GROUP BY 1, 2) AS seen
    GROUP BY seen.case_no ORDER BY seen.case_no NULLS LAST`);
  return [...rows].map((row) => ({ caseNo: row.case_no, counts: row.counts }));
}

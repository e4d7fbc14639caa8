import { sql } from 'drizzle-orm';
import type { Access } from '../policy/signals/index.js';
import { instant, type AccessKind, type AccessMark, type Instant } from '../terms/index.js';
import { newId } from './record.js';
import { accessEvents } from './schema/index.js';
import type { Tx } from './tx.js';

export interface AccessNote {
  readonly staffId: string;
  readonly kind: AccessKind;
  readonly channel: 'api' | 'gate';
  readonly caseNo?: string | undefined;
  readonly personId?: string | undefined;
  readonly found?: boolean | undefined;
  readonly marks?: readonly AccessMark[] | undefined;
  readonly at: Instant;
}

/** Writes down that somebody looked. In the transaction of the look, so that nothing is seen that left no trace. */
export const noteAccess = (tx: Tx, note: AccessNote): Promise<void> => noteAccesses(tx, [note]);

export async function noteAccesses(tx: Tx, notes: readonly AccessNote[]): Promise<void> {
  await tx.q.insert(accessEvents).values(
    notes.map((note) => ({
      id: newId(),
      staffId: note.staffId,
      kind: note.kind,
      channel: note.channel,
      aboutCase: note.caseNo ?? null,
      personId: note.personId ?? null,
      found: note.found ?? true,
      marks: [...(note.marks ?? [])],
      at: note.at,
    })),
  );
}

/** Whether there is such a case within the reach of whoever acts. */
export async function reachesCase(tx: Tx, caseNo: string): Promise<boolean> {
  const [row] = await tx.q.execute<{ reached: boolean }>(
    sql`SELECT onedoor.reaches_case(${caseNo}) AS reached`,
  );
  return row?.reached ?? false;
}

/** Somebody with accesses that nobody has looked through yet. Instants in business time. */
export interface News {
  readonly staffId: string;
  readonly divisionId: string;
  readonly from: Instant;
  readonly to: Instant;
  /** A case of theirs, by number. */
  readonly caseNo: string | null;
}

/** A transaction that began earlier may show its rows later: what is this recent is read once more. */
const OVERLAP = sql`interval '15 seconds'`;
const FIRST_LOOK_BACK = sql`interval '2 days'`;

/**
 * Who looked at something since the last time, and moves that time on; nobody else does at once.
 * @returns nothing while another process is at it
 */
export async function takeNews(tx: Tx): Promise<News[]> {
  const [lock] = await tx.q.execute<{ mine: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(hashtext('access:watch')) AS mine`,
  );
  if (!lock?.mine) return [];
  const rows = await tx.q.execute<{
    staff_id: string;
    division_id: string;
    from_ms: number;
    to_ms: number;
    case_no: string | null;
  }>(sql`
    SELECT e.staff_id, s.division_id, (extract(epoch FROM min(e.at)) * 1000)::float8 AS from_ms,
      (extract(epoch FROM max(e.at)) * 1000)::float8 AS to_ms, max(e.about_case) AS case_no
    FROM access_events e JOIN staff s ON s.id = e.staff_id
    WHERE e.recorded_at > coalesce((SELECT upto - ${OVERLAP} FROM access_watch), clock_timestamp() - ${FIRST_LOOK_BACK})
    GROUP BY e.staff_id, s.division_id ORDER BY e.staff_id`);
  await tx.q.execute(sql`INSERT INTO access_watch ("only", upto) VALUES (true, now())
    ON CONFLICT ("only") DO UPDATE SET upto = excluded.upto`);
  return [...rows].map((row) => ({
    staffId: row.staff_id,
    divisionId: row.division_id,
    from: instant(row.from_ms),
    to: instant(row.to_ms),
    caseNo: row.case_no,
  }));
}

/** Accesses of a member of staff, oldest first, each with what they had to do there. For the sweep alone. */
export async function accessesOf(tx: Tx, staffId: string, from: Instant, to: Instant): Promise<Access[]> {
  const rows = await tx.q.execute<{
    kind: AccessKind;
    about_case: string | null;
    person_id: string | null;
    found: boolean;
    marks: AccessMark[];
    at_ms: number;
    acted: boolean;
    tasked: boolean;
  }>(sql`
    SELECT kind, about_case, person_id, found, marks, (extract(epoch FROM at) * 1000)::float8 AS at_ms, acted, tasked
    FROM onedoor.accesses_of(${staffId}::uuid, ${new Date(from).toISOString()}::timestamptz, ${new Date(to).toISOString()}::timestamptz)`);
  return [...rows].map((row) => ({
    kind: row.kind,
    at: instant(row.at_ms),
    caseNo: row.about_case,
    personId: row.person_id,
    found: row.found,
    marks: row.marks,
    acted: row.acted,
    tasked: row.tasked,
  }));
}

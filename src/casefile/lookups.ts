import { and, asc, count, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import type { Instant, Quota } from '../terms/index.js';
import { departmentRequests, lookupAttempts, lookupReleases, requestOutcomes } from './schema/index.js';
import { closeTasks } from './tasks.js';
import type { Tx } from './tx.js';

/** How often a question has been tried so far. */
export async function attemptsOf(tx: Tx, requestId: string): Promise<number> {
  const [row] = await tx.q
    .select({ n: max(lookupAttempts.attempt) })
    .from(lookupAttempts)
    .where(eq(lookupAttempts.requestId, requestId));
  return row?.n ?? 0;
}

/** How often it came to nothing at its department. */
export async function faultsOf(tx: Tx, requestId: string): Promise<number> {
  const [row] = await tx.q
    .select({ n: count() })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'failed')));
  return row?.n ?? 0;
}

/** Whether its department is known to have taken the question. */
export async function wasTaken(tx: Tx, requestId: string): Promise<boolean> {
  const [row] = await tx.q
    .select({ n: count() })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'accepted')));
  return (row?.n ?? 0) > 0;
}

/** When the question first left the house; null when it never did. */
export async function firstLeft(tx: Tx, requestId: string): Promise<Instant | null> {
  const [row] = await tx.q
    .select({ at: lookupAttempts.at })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'leaving')))
    .orderBy(asc(lookupAttempts.at))
    .limit(1);
  return row?.at ?? null;
}

/** When a question was last held back, and by which quota. */
export async function lastHeld(
  tx: Tx,
  requestId: string,
): Promise<{ at: Instant; quota: Quota } | undefined> {
  const [row] = await tx.q
    .select({ at: lookupAttempts.at, code: lookupAttempts.code })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'held')))
    .orderBy(sql`${lookupAttempts.at} DESC`)
    .limit(1);
  return row && { at: row.at, quota: row.code as Quota };
}

export async function isReleased(tx: Tx, requestId: string): Promise<boolean> {
  const rows = await tx.q.select().from(lookupReleases).where(eq(lookupReleases.requestId, requestId));
  return rows.length > 0;
}

/**
 * Whether a person is counted in the household, and whether whoever caused a question had to do with the case when they
 * acted in it. A question that nobody's act caused is the house's own.
 */
export async function standingOf(
  tx: Tx,
  { caseNo, personId, causedBy }: { caseNo: string; personId: string; causedBy: string | null },
): Promise<{ counted: boolean; inScope: boolean }> {
  const [row] = await tx.q.execute<{ counted: boolean; in_scope: boolean }>(sql`
    SELECT EXISTS (SELECT 1 FROM household_members m WHERE m.case_no = ${caseNo} AND m.person_id = ${personId}::uuid AND m.included) AS counted,
      ${causedBy}::uuid IS NULL OR onedoor.acted_in_scope(${causedBy}::uuid, ${caseNo}) AS in_scope`);
  return { counted: row?.counted ?? false, inScope: row?.in_scope ?? false };
}

/** Questions of a case that a quota holds back: not answered, not let go, and nothing has left since. */
export function heldRequests(tx: Tx, caseNo: string): Promise<{ id: string; causedBy: string | null }[]> {
  return tx.q
    .select({ id: departmentRequests.id, causedBy: departmentRequests.causedBy })
    .from(departmentRequests)
    .leftJoin(requestOutcomes, eq(requestOutcomes.requestId, departmentRequests.id))
    .leftJoin(lookupReleases, eq(lookupReleases.requestId, departmentRequests.id))
    .where(
      and(
        eq(departmentRequests.caseNo, caseNo),
        isNull(requestOutcomes.requestId),
        isNull(lookupReleases.requestId),
        inArray(
          sql`(SELECT a.phase FROM lookup_attempts a WHERE a.request_id = "department_requests"."id" ORDER BY a.attempt DESC, a.id DESC LIMIT 1)`,
          ['held'],
        ),
      ),
    )
    .orderBy(asc(departmentRequests.id));
}

/** Questions of a case that were let go. */
export async function releasedRequests(tx: Tx, caseNo: string): Promise<Set<string>> {
  const rows = await tx.q
    .select({ id: lookupReleases.requestId })
    .from(lookupReleases)
    .where(eq(lookupReleases.caseNo, caseNo));
  return new Set(rows.map(({ id }) => id));
}

/** The supervisor's task is over when nothing of the case is held back any more. */
export async function endHolding(tx: Tx, caseNo: string, at: Instant): Promise<void> {
  if ((await heldRequests(tx, caseNo)).length === 0) await closeTasks(tx, caseNo, ['lookup_over_quota'], at);
}

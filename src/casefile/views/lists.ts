import { and, asc, desc, eq, gt } from 'drizzle-orm';
import { determinations, caseState, cases } from '../schema/index.js';
import type { Tx } from '../tx.js';

/** Cases in the caller's divisions, by case number. `after` is the last of the page before. */
export const listCases = (
  tx: Tx,
  query: { state?: string | undefined; after?: string | undefined; limit: number },
) =>
  tx.q
    .select({
      caseNo: cases.caseNo,
      state: caseState.state,
      turn: caseState.turn,
      open: caseState.open,
      outcome: caseState.outcome,
      openedOn: cases.openedOn,
    })
    .from(cases)
    .innerJoin(caseState, eq(caseState.caseNo, cases.caseNo))
    .where(
      and(
        query.state ? eq(caseState.state, query.state) : undefined,
        query.after ? gt(cases.caseNo, query.after) : undefined,
      ),
    )
    .orderBy(asc(cases.caseNo))
    .limit(query.limit);

export async function latestDetermination(
  tx: Tx,
  caseNo: string,
): Promise<typeof determinations.$inferSelect | undefined> {
  const [row] = await tx.q
    .select()
    .from(determinations)
    .where(eq(determinations.caseNo, caseNo))
    .orderBy(desc(determinations.id))
    .limit(1);
  return row;
}

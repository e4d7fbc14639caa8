import { and, desc, eq, isNull } from 'drizzle-orm';
import {
  acceptances,
  decisions,
  determinations,
  objectionFindings,
  objections,
  opinions,
  publicNoticeRemovals,
  publicNotices,
} from './schema/index.js';
import type { Tx } from './tx.js';

export type OpinionRow = typeof opinions.$inferSelect;

export async function latestOpinion(
  tx: Tx,
  caseNo: string,
  level: OpinionRow['level'],
): Promise<OpinionRow | undefined> {
  const [row] = await tx.q
    .select()
    .from(opinions)
    .where(and(eq(opinions.caseNo, caseNo), eq(opinions.level, level)))
    .orderBy(desc(opinions.version))
    .limit(1);
  return row;
}

export async function determinationById(
  tx: Tx,
  id: string,
): Promise<typeof determinations.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(determinations).where(eq(determinations.id, id));
  return row;
}

/** The notice that hangs now, if one does. */
export async function postedNotice(
  tx: Tx,
  caseNo: string,
): Promise<typeof publicNotices.$inferSelect | undefined> {
  const [row] = await tx.q
    .select({ notice: publicNotices })
    .from(publicNotices)
    .leftJoin(publicNoticeRemovals, eq(publicNoticeRemovals.noticeId, publicNotices.id))
    .where(and(eq(publicNotices.caseNo, caseNo), isNull(publicNoticeRemovals.noticeId)))
    .orderBy(desc(publicNotices.id))
    .limit(1);
  return row?.notice;
}

export async function noticesOf(tx: Tx, caseNo: string): Promise<(typeof publicNotices.$inferSelect)[]> {
  return tx.q
    .select()
    .from(publicNotices)
    .where(eq(publicNotices.caseNo, caseNo))
    .orderBy(desc(publicNotices.id));
}

/** An objection that no opinion has answered yet. */
export async function openObjection(
  tx: Tx,
  caseNo: string,
): Promise<typeof objections.$inferSelect | undefined> {
  const [row] = await tx.q
    .select({ objection: objections })
    .from(objections)
    .leftJoin(objectionFindings, eq(objectionFindings.objectionId, objections.id))
    .where(and(eq(objections.caseNo, caseNo), isNull(objectionFindings.objectionId)))
    .limit(1);
  return row?.objection;
}

export async function acceptanceOf(
  tx: Tx,
  caseNo: string,
): Promise<typeof acceptances.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(acceptances).where(eq(acceptances.caseNo, caseNo));
  return row;
}

export async function decisionOf(tx: Tx, caseNo: string): Promise<typeof decisions.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(decisions).where(eq(decisions.caseNo, caseNo));
  return row;
}

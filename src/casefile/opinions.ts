import { and, desc, eq, isNull } from 'drizzle-orm';
import type { PlainDate } from '../terms/index.js';
import {
  acceptances,
  appraisals,
  decisions,
  determinations,
  extensions,
  objectionFindings,
  objections,
  opinionDrafts,
  opinions,
  publicNoticeRemovals,
  publicNotices,
  warnings,
} from './schema/index.js';
import { once, type Tx } from './tx.js';

export type OpinionRow = typeof opinions.$inferSelect;

export async function latestOpinion(
  tx: Tx,
  caseNo: string,
  level: OpinionRow['level'],
): Promise<OpinionRow | undefined> {
  const [row] = await once(tx, `${level} opinion`, caseNo, () =>
    tx.q
      .select()
      .from(opinions)
      .where(and(eq(opinions.caseNo, caseNo), eq(opinions.level, level)))
      .orderBy(desc(opinions.version))
      .limit(1),
  );
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

/** Periods in which a notice hung or will hang, and in which an appraisal was called and held. */
export async function waitingPeriods(
  tx: Tx,
  caseNo: string,
): Promise<{ kind: 'public_notice' | 'appraisal'; after: PlainDate; through: PlainDate }[]> {
  const hung = await tx.q
    .select({
      after: publicNotices.postedOn,
      ends: publicNotices.endsOn,
      removed: publicNoticeRemovals.removedOn,
    })
    .from(publicNotices)
    .leftJoin(publicNoticeRemovals, eq(publicNoticeRemovals.noticeId, publicNotices.id))
    .where(eq(publicNotices.caseNo, caseNo));
  const held = await tx.q
    .select({ after: appraisals.calledOn, through: appraisals.occurredOn })
    .from(appraisals)
    .where(eq(appraisals.caseNo, caseNo));
  return [
    ...hung.map(({ after, ends, removed }) => ({
      kind: 'public_notice' as const,
      after,
      through: removed ?? ends,
    })),
    ...held.map((each) => ({ kind: 'appraisal' as const, ...each })),
  ];
}

export async function appraisalFor(
  tx: Tx,
  objectionId: string,
): Promise<typeof appraisals.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(appraisals).where(eq(appraisals.objectionId, objectionId));
  return row;
}

export async function draftsOf(tx: Tx, caseNo: string): Promise<(typeof opinionDrafts.$inferSelect)[]> {
  return tx.q
    .select()
    .from(opinionDrafts)
    .where(eq(opinionDrafts.caseNo, caseNo))
    .orderBy(desc(opinionDrafts.id));
}

export async function warningById(
  tx: Tx,
  caseNo: string,
  id: string,
): Promise<typeof warnings.$inferSelect | undefined> {
  const [row] = await tx.q
    .select()
    .from(warnings)
    .where(and(eq(warnings.caseNo, caseNo), eq(warnings.id, id)));
  return row;
}

export async function extensionOf(
  tx: Tx,
  caseNo: string,
): Promise<typeof extensions.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(extensions).where(eq(extensions.caseNo, caseNo));
  return row;
}

export const objectionsOf = (tx: Tx, caseNo: string): Promise<(typeof objections.$inferSelect)[]> =>
  tx.q.select().from(objections).where(eq(objections.caseNo, caseNo)).orderBy(desc(objections.id));

export const warningsOf = (tx: Tx, caseNo: string): Promise<(typeof warnings.$inferSelect)[]> =>
  tx.q.select().from(warnings).where(eq(warnings.caseNo, caseNo)).orderBy(desc(warnings.id));

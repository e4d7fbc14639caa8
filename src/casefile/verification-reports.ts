import { desc, eq } from 'drizzle-orm';
import {
  rechecks,
  verificationNotices,
  verificationObjections,
  verificationReports,
} from './schema/index.js';
import type { Tx } from './tx.js';

/** The newest report on what the departments said. */
export async function latestReport(
  tx: Tx,
  caseNo: string,
): Promise<typeof verificationReports.$inferSelect | undefined> {
  const [row] = await tx.q
    .select()
    .from(verificationReports)
    .where(eq(verificationReports.caseNo, caseNo))
    .orderBy(desc(verificationReports.version))
    .limit(1);
  return row;
}

/** The newest notice by which the household was told, with the objection to it and the recheck, if there are. */
export async function latestFindingsNotice(tx: Tx, caseNo: string) {
  const [row] = await tx.q
    .select({ notice: verificationNotices, objection: verificationObjections, recheck: rechecks })
    .from(verificationNotices)
    .leftJoin(verificationObjections, eq(verificationObjections.noticeId, verificationNotices.id))
    .leftJoin(rechecks, eq(rechecks.objectionId, verificationObjections.id))
    .where(eq(verificationNotices.caseNo, caseNo))
    .orderBy(desc(verificationNotices.id))
    .limit(1);
  return row;
}

import { asc, desc, eq } from 'drizzle-orm';
import {
  contestedValues,
  rechecks,
  valueFindings,
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

/** A value of a department that the household says is wrong, and what the recheck came to. */
export interface ContestedValue {
  readonly id: string;
  readonly objectionId: string;
  readonly answerFactId: string;
  readonly verdict: 'confirmed' | 'corrected' | null;
  readonly documentId: string | null;
}

/** Every contested value of the file, oldest first. */
export const contestedOf = (tx: Tx, caseNo: string): Promise<ContestedValue[]> =>
  tx.q
    .select({
      id: contestedValues.id,
      objectionId: contestedValues.objectionId,
      answerFactId: contestedValues.answerFactId,
      verdict: valueFindings.verdict,
      documentId: valueFindings.documentId,
    })
    .from(contestedValues)
    .leftJoin(valueFindings, eq(valueFindings.contestedId, contestedValues.id))
    .where(eq(contestedValues.caseNo, caseNo))
    .orderBy(asc(contestedValues.id));

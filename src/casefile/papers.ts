import { asc, eq } from 'drizzle-orm';
import { PAPERS, type Paper } from '../terms/index.js';
import { readApplication } from './evidence.js';
import { supplementRequests, supplements } from './schema/index.js';
import type { Tx } from './tx.js';

export async function supplementRequestOf(
  tx: Tx,
  caseNo: string,
): Promise<typeof supplementRequests.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(supplementRequests).where(eq(supplementRequests.caseNo, caseNo));
  return row;
}

/** Papers in the file: brought at the window, or supplied later. */
export async function papersOf(tx: Tx, caseNo: string): Promise<Set<string>> {
  const { papers } = await readApplication(tx, caseNo);
  const later = await tx.q
    .select({ items: supplements.items })
    .from(supplements)
    .where(eq(supplements.caseNo, caseNo))
    .orderBy(asc(supplements.id));
  return new Set([...papers, ...later.flatMap((row) => row.items)]);
}

export const missingPapers = async (tx: Tx, caseNo: string): Promise<Paper[]> => {
  const have = await papersOf(tx, caseNo);
  return PAPERS.filter((paper) => !have.has(paper));
};

import { asc, eq } from 'drizzle-orm';
import { neededPapers } from '../policy/application-form.js';
import type { Paper } from '../terms/index.js';
import { guardianshipsOf, proxyOf } from './representations.js';
import { readApplication } from './evidence.js';
import { commitments, supplementRequests, supplements } from './schema/index.js';
import type { Tx } from './tx.js';

export async function supplementRequestOf(
  tx: Tx,
  caseNo: string,
): Promise<typeof supplementRequests.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(supplementRequests).where(eq(supplementRequests.caseNo, caseNo));
  return row;
}

/** Papers in the file: brought at the window, supplied later, or covered by a commitment. */
export async function papersOf(tx: Tx, caseNo: string): Promise<Set<string>> {
  const { papers } = await readApplication(tx, caseNo);
  const later = await tx.q
    .select({ items: supplements.items })
    .from(supplements)
    .where(eq(supplements.caseNo, caseNo))
    .orderBy(asc(supplements.id));
  const covered = await tx.q
    .select({ covers: commitments.covers })
    .from(commitments)
    .where(eq(commitments.caseNo, caseNo));
  return new Set([...papers, ...later.flatMap((row) => row.items), ...covered.flatMap((row) => row.covers)]);
}

export const missingPapers = async (tx: Tx, caseNo: string): Promise<Paper[]> => {
  const have = await papersOf(tx, caseNo);
  const needed = neededPapers({
    proxy: (await proxyOf(tx, caseNo)) !== undefined,
    guardian: (await guardianshipsOf(tx, caseNo)).some(({ ofAdult }) => ofAdult),
  });
  return needed.filter((paper) => !have.has(paper));
};

import { eq } from 'drizzle-orm';
import { openRequests, requests } from './schema/index.js';
import type { Tx } from './tx.js';

/** What the household asked for in this file. */
export async function requestOf(tx: Tx, caseNo: string): Promise<typeof requests.$inferSelect | undefined> {
  const [row] = await tx.q.select().from(requests).where(eq(requests.caseNo, caseNo));
  return row;
}

/** The unit may apply again. */
export async function releaseUnit(tx: Tx, caseNo: string): Promise<void> {
  await tx.q.update(openRequests).set({ open: false }).where(eq(openRequests.caseNo, caseNo));
}

import { and, asc, eq } from 'drizzle-orm';
import type { PlainDate } from '../terms/index.js';
import { deliveries } from './schema/index.js';
import type { Tx } from './tx.js';

export type DeliveryRow = typeof deliveries.$inferSelect;

export const deliveriesOf = (tx: Tx, caseNo: string, documentId?: string): Promise<DeliveryRow[]> =>
  tx.q
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.caseNo, caseNo), documentId ? eq(deliveries.documentId, documentId) : undefined))
    .orderBy(asc(deliveries.id));

/** The day a paper first reached somebody. A paper that did not starts nothing against anybody. */
export async function reachedOn(
  tx: Tx,
  caseNo: string,
  documentId: string | null,
): Promise<PlainDate | undefined> {
  if (documentId === null) return undefined;
  const days = (await deliveriesOf(tx, caseNo, documentId))
    .filter(({ result }) => result === 'delivered')
    .map(({ occurredOn }) => occurredOn)
    .toSorted();
  return days[0];
}

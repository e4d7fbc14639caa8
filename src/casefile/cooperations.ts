import { asc, eq } from 'drizzle-orm';
import { DomainError } from '../terms/index.js';
import { caseCooperations, cooperationCancellations, cooperationReports } from './schema/index.js';
import type { Tx } from './tx.js';

export interface Cooperation {
  readonly id: string;
  readonly caseNo: string;
  readonly divisionId: string;
  readonly duty: string;
  readonly personId: string | null;
  readonly standing: 'open' | 'reported' | 'cancelled';
}

const query = (tx: Tx) =>
  tx.q
    .select({
      row: caseCooperations,
      reported: cooperationReports.cooperationId,
      cancelled: cooperationCancellations.cooperationId,
    })
    .from(caseCooperations)
    .leftJoin(cooperationReports, eq(cooperationReports.cooperationId, caseCooperations.id))
    .leftJoin(cooperationCancellations, eq(cooperationCancellations.cooperationId, caseCooperations.id));
type Found = Awaited<ReturnType<typeof query>>[number];

const shown = ({ row, reported, cancelled }: Found): Cooperation => ({
  id: row.id,
  caseNo: row.caseNo,
  divisionId: row.divisionId,
  duty: row.duty,
  personId: row.personId,
  standing: reported ? 'reported' : cancelled ? 'cancelled' : 'open',
});

/** What other townships were asked to do for a case (art. 5, 15). */
export const cooperationsOf = async (tx: Tx, caseNo: string): Promise<Cooperation[]> =>
  (await query(tx).where(eq(caseCooperations.caseNo, caseNo)).orderBy(asc(caseCooperations.id))).map(shown);

/** @throws {DomainError} `not_found`, also for whoever it is not addressed to */
export async function cooperationById(tx: Tx, id: string): Promise<Cooperation> {
  const [found] = await query(tx).where(eq(caseCooperations.id, id));
  if (!found) throw new DomainError('not_found');
  return shown(found);
}

import { and, asc, eq } from 'drizzle-orm';
import type { Capacity, PlainDate } from '../terms/index.js';
import { newId, record } from './record.js';
import { capacities, representations } from './schema/index.js';
import type { Tx } from './tx.js';

type Kind = (typeof representations.$inferSelect)['kind'];

/** Somebody acts for somebody else: a proxy for the applicant, a guardian for whoever cannot sign. */
export const recordRepresentation = (
  tx: Tx,
  caseNo: string,
  entry: { kind: Kind; personId: string; representativeId: string; validFrom: PlainDate },
) => record(tx, representations, { id: newId(), caseNo, ...entry });

export const recordCapacity = (
  tx: Tx,
  caseNo: string,
  entry: { personId: string; capacity: Capacity; validFrom: PlainDate },
) => record(tx, capacities, { id: newId(), caseNo, ...entry });

const ofKind = (tx: Tx, caseNo: string, kind: Kind) =>
  tx.q
    .select()
    .from(representations)
    .where(and(eq(representations.caseNo, caseNo), eq(representations.kind, kind)))
    .orderBy(asc(representations.id));

/** Whoever applied with the applicant's mandate. */
export const proxyOf = async (tx: Tx, caseNo: string) => (await ofKind(tx, caseNo, 'proxy'))[0];

export interface Guardianship {
  readonly personId: string;
  readonly guardianId: string;
  /** An adult without full capacity: guardianship has to be shown. A child's parents are known from the register. */
  readonly ofAdult: boolean;
}

export async function guardianshipsOf(tx: Tx, caseNo: string): Promise<Guardianship[]> {
  const rows = await ofKind(tx, caseNo, 'guardian');
  const limited = await tx.q
    .select({ personId: capacities.personId })
    .from(capacities)
    .where(eq(capacities.caseNo, caseNo));
  return rows.map(({ personId, representativeId }) => ({
    personId,
    guardianId: representativeId,
    ofAdult: limited.some((each) => each.personId === personId),
  }));
}

/** Who may sign for the applicant: they themselves, their guardian, their proxy. */
export async function signatoriesOf(tx: Tx, caseNo: string, applicantId: string): Promise<string[]> {
  const guardians = (await guardianshipsOf(tx, caseNo)).filter(({ personId }) => personId === applicantId);
  const proxy = await proxyOf(tx, caseNo);
  return [
    // Whoever has a guardian does not sign alone.
    ...(guardians.length === 0 ? [applicantId] : guardians.map(({ guardianId }) => guardianId)),
    ...(proxy ? [proxy.representativeId] : []),
  ];
}

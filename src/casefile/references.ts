import { and, eq } from 'drizzle-orm';
import type { PlainDate, Role } from '../terms/index.js';
import { readCase } from './case-state.js';
import { rolesFor } from './divisions.js';
import { staffNames } from './staff-names.js';
import {
  adoptedFacts,
  answerFacts,
  declaredFacts,
  departmentRequests,
  documents,
  persons,
} from './schema/index.js';
import type { Tx } from './tx.js';

const TABLES = {
  person: persons,
  document: documents,
  request: departmentRequests,
  declared: declaredFacts,
  answered: answerFacts,
  adopted: adoptedFacts,
} as const;

/** An id that a body names, what it should be an id of, and where it stands in the body. */
export interface Reference {
  readonly to: keyof typeof TABLES | 'staff' | keyof typeof SIGNING;
  readonly id: string | undefined;
  readonly pointer: string;
}

/** Whose signature under a visit counts: the township's people, or the county's. */
const SIGNING: Readonly<Record<'field_staff' | 'county_staff', readonly Role[]>> = {
  field_staff: ['investigator', 'village_assistant', 'window_clerk', 'township_leader'],
  county_staff: ['county_examiner', 'verification_officer', 'supervisor'],
};

/**
 * The first id that is not of this file, or not of somebody who works for its division. Rows of record never go
 * away, so what was found at the door is still there when the desk acts.
 * @param within the division whose people may have signed, where it is not the one that works on the case
 */
export async function foreignReference(
  tx: Tx,
  caseNo: string,
  references: readonly Reference[],
  on: PlainDate,
  within?: string,
): Promise<Reference | undefined> {
  for (const { to, id, pointer } of references) {
    if (id !== undefined && !(await isOwn(tx, { caseNo, to, id, on, within }))) return { to, id, pointer };
  }
  return undefined;
}

const workingDivision = async (tx: Tx, caseNo: string): Promise<string> =>
  (await readCase(tx, caseNo)).workingDivisionId;

async function isOwn(
  tx: Tx,
  asked: { caseNo: string; to: Reference['to']; id: string; on: PlainDate; within: string | undefined },
): Promise<boolean> {
  const { caseNo, to, id, on, within } = asked;
  if (to === 'staff') return (await staffNames(tx, [id])).size === 1;
  if (to === 'field_staff' || to === 'county_staff') {
    const roles = await rolesFor(tx, id, within ?? (await workingDivision(tx, caseNo)), on);
    return roles.some((role) => SIGNING[to].includes(role));
  }
  const table = TABLES[to];
  const rows = await tx.q
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.caseNo, caseNo), eq(table.id, id)));
  return rows.length > 0;
}

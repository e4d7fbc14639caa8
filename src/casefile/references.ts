import { and, eq } from 'drizzle-orm';
import type { PlainDate, Role } from '../terms/index.js';
import { rolesFor } from './divisions.js';
import {
  adoptedFacts,
  answerFacts,
  caseState,
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
  readonly to: keyof typeof TABLES | 'field_staff';
  readonly id: string | undefined;
  readonly pointer: string;
}

/** Whose signature under a visit counts. */
const FIELD: readonly Role[] = ['investigator', 'village_assistant', 'window_clerk', 'township_leader'];

/**
 * The first id that is not of this file, or not of somebody who works for its division. Rows of record never go
 * away, so what was found at the door is still there when the desk acts.
 */
export async function foreignReference(
  tx: Tx,
  caseNo: string,
  references: readonly Reference[],
  on: PlainDate,
): Promise<Reference | undefined> {
  for (const reference of references) {
    if (reference.id !== undefined && !(await isOwn(tx, caseNo, reference.to, reference.id, on)))
      return reference;
  }
  return undefined;
}

async function isOwn(
  tx: Tx,
  caseNo: string,
  to: Reference['to'],
  id: string,
  on: PlainDate,
): Promise<boolean> {
  if (to === 'field_staff') {
    const [place] = await tx.q
      .select({ divisionId: caseState.workingDivisionId })
      .from(caseState)
      .where(eq(caseState.caseNo, caseNo));
    const roles = place ? await rolesFor(tx, id, place.divisionId, on) : [];
    return roles.some((role) => FIELD.includes(role));
  }
  const table = TABLES[to];
  const rows = await tx.q
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.caseNo, caseNo), eq(table.id, id)));
  return rows.length > 0;
}

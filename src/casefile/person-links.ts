import { and, asc, eq, isNull } from 'drizzle-orm';
import { personLinkResolutions, personLinks } from './schema/index.js';
import type { Tx } from './tx.js';

export interface PersonLink {
  readonly id: string;
  readonly personId: string;
  readonly otherCaseNo: string;
  /** Null until a human has said it. */
  readonly verdict: 'same_person' | 'different_persons' | null;
}

/** Persons of a file who, by ID number, are in another file too. */
export const linksOf = (tx: Tx, caseNo: string): Promise<PersonLink[]> =>
  tx.q
    .select({
      id: personLinks.id,
      personId: personLinks.personId,
      otherCaseNo: personLinks.otherCaseNo,
      verdict: personLinkResolutions.verdict,
    })
    .from(personLinks)
    .leftJoin(personLinkResolutions, eq(personLinkResolutions.linkId, personLinks.id))
    .where(eq(personLinks.caseNo, caseNo))
    .orderBy(asc(personLinks.id));

/** Links of a file that still wait for a human's word. */
export const openLinks = async (tx: Tx, caseNo: string): Promise<{ id: string }[]> =>
  tx.q
    .select({ id: personLinks.id })
    .from(personLinks)
    .leftJoin(personLinkResolutions, eq(personLinkResolutions.linkId, personLinks.id))
    .where(and(eq(personLinks.caseNo, caseNo), isNull(personLinkResolutions.linkId)));

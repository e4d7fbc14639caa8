import { asc, eq, isNull } from 'drizzle-orm';
import { DomainError, type Instant, type NearRelation, type PlainDate } from '../terms/index.js';
import { audit } from './audit-log.js';
import { newId, record } from './record.js';
import { relativeRoster, relativeRosterEnds } from './schema/index.js';
import type { Tx } from './tx.js';
import { newKey, sealField } from './vault.js';

export interface RosterEntry {
  readonly holderKind: 'staff' | 'committee';
  readonly handlerId: string | null;
  readonly divisionId: string;
  readonly holderName: string | null;
  readonly relativeName: string;
  readonly relation: NearRelation;
  readonly idNumber: string;
  readonly validFrom: PlainDate;
  readonly enteredBy: string;
}

const purpose = (column: string, row: string) => ({ table: 'relative_roster', column, row });

/**
 * Enters a relative of a handler or of a village-committee member, as stated. The same statement again is the same row.
 * @returns its id, and whether it is new
 */
export async function enterRelative(
  tx: Tx,
  entry: RosterEntry,
  at: Instant,
): Promise<{ id: string; fresh: boolean }> {
  const { idNumber, holderName, relativeName, ...columns } = entry;
  const idIndex = tx.vault.blindIndex.of('id_number', idNumber);
  const same = (await tx.q.select().from(relativeRoster).where(eq(relativeRoster.idIndex, idIndex))).find(
    (row) =>
      row.handlerId === entry.handlerId &&
      row.divisionId === entry.divisionId &&
      row.relation === entry.relation &&
      row.validFrom === entry.validFrom,
  );
  if (same) return { id: same.id, fresh: false };
  const id = newId();
  const keyId = await newKey(tx, 'system', null);
  await record(tx, relativeRoster, {
    id,
    keyId,
    ...columns,
    idIndex,
    holderName:
      holderName === null ? null : await sealField(tx, keyId, purpose('holder_name', id), holderName),
    relativeName: await sealField(tx, keyId, purpose('relative_name', id), relativeName),
  });
  await audit(tx, {
    at,
    code: 'relative_entered',
    article: 'DIBAO-2021 art. 11',
    params: { rosterId: id, enteredBy: entry.enteredBy },
  });
  return { id, fresh: true };
}

/** The relation or the office ended; cases that were filed stay filed. */
export async function endRelative(
  tx: Tx,
  end: { rosterId: string; endedFrom: PlainDate; enteredBy: string },
  at: Instant,
): Promise<void> {
  const [row] = await tx.q.select().from(relativeRoster).where(eq(relativeRoster.id, end.rosterId));
  if (!row) throw new DomainError('not_found');
  const [ended] = await tx.q
    .select()
    .from(relativeRosterEnds)
    .where(eq(relativeRosterEnds.rosterId, end.rosterId));
  if (ended) return;
  await record(tx, relativeRosterEnds, end);
  await audit(tx, {
    at,
    code: 'relative_ended',
    params: { rosterId: end.rosterId, enteredBy: end.enteredBy },
  });
}

/** The roster of the caller's divisions, without names: who holds the office, which relation, since when. */
export const rosterNow = (tx: Tx, limit: number) =>
  tx.q
    .select({
      id: relativeRoster.id,
      holderKind: relativeRoster.holderKind,
      handlerId: relativeRoster.handlerId,
      divisionId: relativeRoster.divisionId,
      relation: relativeRoster.relation,
      validFrom: relativeRoster.validFrom,
    })
    .from(relativeRoster)
    .leftJoin(relativeRosterEnds, eq(relativeRosterEnds.rosterId, relativeRoster.id))
    .where(isNull(relativeRosterEnds.rosterId))
    .orderBy(asc(relativeRoster.id))
    .limit(limit);

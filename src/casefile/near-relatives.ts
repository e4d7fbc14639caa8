import { asc, eq, sql } from 'drizzle-orm';
import type { NearRelation, PlainDate } from '../terms/index.js';
import { newId, record } from './record.js';
import { nearRelativeFilings } from './schema/index.js';
import type { Tx } from './tx.js';

export type FilingRow = typeof nearRelativeFilings.$inferSelect;

/** A case that is registered separately (单独登记备案, art. 11). */
export const filingsOf = (tx: Tx, caseNo: string): Promise<FilingRow[]> =>
  tx.q
    .select()
    .from(nearRelativeFilings)
    .where(eq(nearRelativeFilings.caseNo, caseNo))
    .orderBy(asc(nearRelativeFilings.id));

interface Act {
  readonly staffId: string;
  readonly commandId: string;
  readonly occurredOn: PlainDate;
}

/** Files whoever of the household stands on the roster on a day and is not filed yet. @returns how many */
export async function fileByRoster(tx: Tx, caseNo: string, on: PlainDate, act: Act): Promise<number> {
  const found = await tx.q.execute<{
    roster_id: string;
    person_id: string;
    handler_id: string | null;
    relation: NearRelation;
  }>(sql`SELECT * FROM onedoor.relatives_on_roster(${caseNo}, ${on}::date)`);
  const known = new Set((await filingsOf(tx, caseNo)).map(({ rosterId }) => rosterId));
  const fresh = [...found].filter(({ roster_id }) => !known.has(roster_id));
  for (const row of fresh)
    await record(tx, nearRelativeFilings, {
      id: newId(),
      caseNo,
      personId: row.person_id,
      ground: 'roster',
      rosterId: row.roster_id,
      handlerId: row.handler_id,
      relation: row.relation,
      ...act,
    });
  return fresh.length;
}

/** Files what the household itself declared. */
export const fileByDeclaration = (
  tx: Tx,
  caseNo: string,
  declared: { personId: string; relation: NearRelation; handlerId: string | null },
  act: Act,
) => record(tx, nearRelativeFilings, { id: newId(), caseNo, ground: 'declaration', ...declared, ...act });

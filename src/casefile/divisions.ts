import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { DomainError, type PlainDate, type Role } from '../terms/index.js';
import { divisions, divisionSuccessions } from './schema/index.js';
import type { Casefile, Tx } from './tx.js';

export type DivisionRow = typeof divisions.$inferSelect;

/** The division that carried a code last, by a day, whether it has ended since or not. */
export async function newestDivision(tx: Tx, code: string, on: PlainDate): Promise<DivisionRow | undefined> {
  const [row] = await tx.q
    .select()
    .from(divisions)
    .where(and(eq(divisions.code, code), lte(divisions.validFrom, on)))
    .orderBy(desc(divisions.validFrom))
    .limit(1);
  return row;
}

/** The division that carries a code on a day, if there is one that has not ended by then. */
export async function findDivision(tx: Tx, code: string, on: PlainDate): Promise<DivisionRow | undefined> {
  const row = await newestDivision(tx, code, on);
  if (!row) return undefined;
  const [ended] = await tx.q
    .select({ id: divisionSuccessions.id })
    .from(divisionSuccessions)
    .where(and(eq(divisionSuccessions.fromDivisionId, row.id), lte(divisionSuccessions.onDate, on)));
  return ended ? undefined : row;
}

/** The division that carries a code on a day. @throws {DomainError} `division_unknown`, also when it has ended by then */
export async function divisionByCode(tx: Tx, code: string, on: PlainDate): Promise<DivisionRow> {
  const row = await findDivision(tx, code, on);
  if (!row) throw new DomainError('division_unknown', { params: { code } });
  return row;
}

/** Whether one division lies in another, or is it, on a day: by the tree, never by its code. */
export async function liesWithin(tx: Tx, innerId: string, outerId: string, on: PlainDate): Promise<boolean> {
  const [row] = await tx.q.execute<{ within: boolean }>(
    sql`SELECT ${outerId}::uuid = ANY (onedoor.divisions_over(${innerId}::uuid, ${on}::date)) AS within`,
  );
  return row?.within ?? false;
}

export async function divisionById(tx: Tx, id: string): Promise<DivisionRow> {
  const [row] = await tx.q.select().from(divisions).where(eq(divisions.id, id));
  if (!row) throw new DomainError('division_unknown');
  return row;
}

/** Where a task for an operator lies that belongs to no case. @throws {DomainError} `division_unknown` in an empty house */
export async function operatorsDivision(tx: Tx, on: PlainDate): Promise<string> {
  const [row] = await tx.q.execute<{ id: string | null }>(
    sql`SELECT onedoor.operators_division(${on}::date) AS id`,
  );
  if (!row?.id) throw new DomainError('division_unknown');
  return row.id;
}

/** The nearest division of a level at or above this one. */
export async function divisionAbove(tx: Tx, id: string, level: DivisionRow['level']): Promise<DivisionRow> {
  let row = await divisionById(tx, id);
  while (row.level !== level) {
    if (!row.parentId) throw new DomainError('division_unknown', { params: { level } });
    row = await divisionById(tx, row.parentId);
  }
  return row;
}

export interface Grant {
  readonly role: Role;
  readonly divisionId: string;
}

/** Who a token's subject is, and which roles they hold on a day. Asked before anybody acts: one statement. */
export async function staffBySubject(
  { database }: Pick<Casefile, 'database'>,
  subject: string,
  on: PlainDate,
): Promise<{ staffId: string; grants: Grant[] } | undefined> {
  const rows = await database.db.execute<{ id: string; role: Role | null; division_id: string | null }>(
    sql`SELECT s.id, g.role, g.division_id FROM staff s
        LEFT JOIN LATERAL onedoor.grants_of(s.id, ${on}::date) g ON true WHERE s.subject = ${subject}`,
  );
  const [first] = rows;
  if (!first) return undefined;
  const grants = [...rows].flatMap(({ role, division_id: divisionId }) =>
    role && divisionId ? [{ role, divisionId }] : [],
  );
  return { staffId: first.id, grants };
}

/** Roles that reach a division: granted for it or for one above it. */
export async function rolesFor(tx: Tx, staffId: string, divisionId: string, on: PlainDate): Promise<Role[]> {
  const rows = await tx.q.execute<{ role: Role }>(
    sql`SELECT role FROM onedoor.roles_over(${staffId}::uuid, ${divisionId}::uuid, ${on}::date) role`,
  );
  return [...rows].map((row) => row.role);
}

/** Staff who hold a role over a division and took no part in the case. */
export async function eligibleStaff(
  tx: Tx,
  query: { role: Role; divisionId: string; caseNo: string; on: PlainDate },
): Promise<string[]> {
  const rows = await tx.q.execute<{ id: string }>(
    sql`SELECT id FROM onedoor.staff_with_role(${query.role}, ${query.divisionId}::uuid, ${query.on}::date) id
        WHERE id NOT IN (SELECT onedoor.contributors(${query.caseNo}))
        AND id NOT IN (SELECT onedoor.related_staff(${query.caseNo}))`,
  );
  return [...rows].map((row) => row.id);
}

export async function isContributor(tx: Tx, caseNo: string, staffId: string): Promise<boolean> {
  const [row] = await tx.q.execute<{ barred: boolean }>(
    sql`SELECT ${staffId}::uuid IN (SELECT onedoor.contributors(${caseNo})) AS barred`,
  );
  return row?.barred ?? false;
}

/** Is the household this handler's own, or a near relative's? */
export async function isRelated(tx: Tx, caseNo: string, staffId: string): Promise<boolean> {
  const [row] = await tx.q.execute<{ related: boolean }>(
    sql`SELECT ${staffId}::uuid IN (SELECT onedoor.related_staff(${caseNo})) AS related`,
  );
  return row?.related ?? false;
}

/** Divisions that took over from one by a day, when it has ended: one after a merger, several after a split. */
export async function successorsOf(tx: Tx, divisionId: string, on: PlainDate): Promise<DivisionRow[]> {
  const rows = await tx.q
    .select({ division: divisions })
    .from(divisionSuccessions)
    .innerJoin(divisions, eq(divisions.id, divisionSuccessions.toDivisionId))
    .where(and(eq(divisionSuccessions.fromDivisionId, divisionId), lte(divisionSuccessions.onDate, on)))
    .orderBy(divisions.code);
  return rows.map(({ division }) => division);
}

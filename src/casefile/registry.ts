import { eq, sql } from 'drizzle-orm';
import { plainDate, type PlainDate, type Role, type Source } from '../terms/index.js';
import type { Database } from './db.js';
import { newId } from './record.js';
import { divisions, roleGrants, staff } from './schema/index.js';

export interface DivisionEntry {
  readonly code: string;
  readonly name: string;
  readonly level: (typeof divisions.$inferInsert)['level'];
  /** Code of the division above, entered before. */
  readonly parent: string | null;
}

export interface StaffEntry {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly division: string;
  /** Of a verifier: the source they answer for. */
  readonly source?: Source;
}

/** Enters divisions and staff in one transaction; the administrator's. Nothing is entered where the first division is known. */
export async function enterRegistry(
  admin: Database,
  entries: { divisions: readonly DivisionEntry[]; staff: readonly StaffEntry[]; from: string },
): Promise<boolean> {
  const from: PlainDate = plainDate(entries.from);
  return admin.db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('onedoor:registry'))`);
    const [there] = await tx.select({ id: divisions.id }).from(divisions).limit(1);
    if (there) return false;
    const ids = new Map<string, string>();
    const idOf = (code: string): string => {
      const id = ids.get(code);
      if (!id) throw new Error(`${code} is not among the divisions entered before`);
      return id;
    };
    for (const { code, name, level, parent } of entries.divisions) {
      const id = newId();
      ids.set(code, id);
      await tx
        .insert(divisions)
        .values({ id, code, name, level, parentId: parent === null ? null : idOf(parent), validFrom: from });
    }
    for (const { subject, name, roles, division, source } of entries.staff) {
      const staffId = newId();
      const divisionId = idOf(division);
      await tx.insert(staff).values({ id: staffId, subject, name, divisionId });
      for (const role of roles)
        await tx.insert(roleGrants).values({
          id: newId(),
          staffId,
          role,
          divisionId,
          validFrom: from,
          source: role === 'department_verifier' ? (source ?? null) : null,
        });
    }
    return true;
  });
}

/** Who carries a token's subject; for the command line, read-only. */
export async function staffMember(
  reader: Database,
  subject: string,
): Promise<typeof staff.$inferSelect | undefined> {
  const [row] = await reader.db.select().from(staff).where(eq(staff.subject, subject));
  return row;
}

/** Answers only when the case file is there and migrated. @returns the server's version */
export async function caseFileAnswers(database: Database): Promise<string> {
  await database.db.execute(sql`SELECT 1 FROM cases LIMIT 1`);
  const [row] = await database.db.execute<{ version: string }>(
    sql`SELECT current_setting('server_version') AS version`,
  );
  return row?.version ?? '';
}

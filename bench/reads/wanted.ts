import type { Sql } from 'postgres';
import type { WantedRows } from '../bare/select-rows.js';

/** The primary key of every table that has one of a single column. */
export async function keysOf(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ table: string; key: string }[]>`
    SELECT i.indrelid::regclass::text AS table, a.attname::text AS key FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
    WHERE i.indisprimary AND i.indnatts = 1`;
  return new Map(rows.map(({ table, key }) => [table, key]));
}

/** The rows of one case in the tables that its page reads. */
export async function rowsOfCase(
  sql: Sql,
  keys: ReadonlyMap<string, string>,
  tables: ReadonlySet<string>,
  caseNo: string,
): Promise<WantedRows[]> {
  const owning = await sql<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'case_no' AND table_name IN ${sql([...tables])}`;
  const wanted: WantedRows[] = [];
  for (const { name } of owning) {
    const key = keys.get(name);
    if (key === undefined) continue;
    const rows = await sql<{ id: string }[]>`
      SELECT ${sql(key)}::text AS id FROM ${sql(name)} WHERE case_no = ${caseNo}`;
    if (rows.length > 0) wanted.push({ table: name, key, ids: rows.map(({ id }) => id) });
  }
  return wanted;
}

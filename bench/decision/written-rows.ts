import type { Sql } from 'postgres';
import type { BareRow } from '../bare/decide-activities.js';

interface CaseTable {
  readonly name: string;
  /** The column that says whose row it is. */
  readonly owner: string;
  /** Columns that identify a row; all of them where the table has no primary key. */
  readonly key: readonly string[];
}

/** Tables that hold rows of a case, from the catalogue. */
async function caseTables(sql: Sql): Promise<CaseTable[]> {
  return sql<CaseTable[]>`
    SELECT c.table_name AS name, c.column_name AS owner, coalesce((
      SELECT array_agg(a.attname::text) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = c.table_name::regclass AND i.indisprimary), '{}') AS key
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND (c.column_name = 'case_no' OR (c.table_name = 'audit_events' AND c.column_name = 'chain'))
    ORDER BY 1`;
}

type Rows = ReadonlyMap<string, string>;

async function rowsOf(sql: Sql, table: CaseTable, caseNo: string): Promise<Rows> {
  const rows = await sql<{ row: Record<string, unknown>; json: string }[]>`
    SELECT to_jsonb(t) AS row, to_jsonb(t)::text AS json FROM ${sql(table.name)} t WHERE ${sql(table.owner)} = ${caseNo}`;
  return new Map(
    rows.map(({ row, json }) => [
      table.key.length === 0 ? json : JSON.stringify(table.key.map((column) => row[column])),
      json,
    ]),
  );
}

/** The rows that `work` adds to a case. Rows that it changes are not counted. */
export async function rowsAddedBy(sql: Sql, caseNo: string, work: () => Promise<void>): Promise<BareRow[]> {
  const tables = await caseTables(sql);
  const look = async (): Promise<Rows[]> => {
    const all: Rows[] = [];
    for (const table of tables) all.push(await rowsOf(sql, table, caseNo));
    return all;
  };
  const before = await look();
  await work();
  const after = await look();
  return tables.flatMap(({ name }, at) =>
    [...(after[at] ?? [])]
      .filter(([key]) => !before[at]?.has(key))
      .map(([, json]) => ({ table: name, json })),
  );
}

/** Tables of the same shape, indexes and checks in a schema of their own; without triggers, policies and references. */
export async function makeBareTables(sql: Sql, tables: readonly string[]): Promise<void> {
  await sql`CREATE SCHEMA bare`;
  for (const name of new Set(tables))
    await sql`CREATE TABLE ${sql(`bare.${name}`)} (LIKE ${sql(`public.${name}`)} INCLUDING DEFAULTS INCLUDING INDEXES INCLUDING CONSTRAINTS)`;
}

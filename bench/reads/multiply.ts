import type { Sql } from 'postgres';

/** Tables of a case that neither page reads; left out, for they are the larger part of a file. */
const UNREAD = [
  'audit_events',
  'commands',
  'outbox',
  'raw_answers',
  'answer_readings',
  'lookup_attempts',
  'determinations',
];
/** Made by ./people.ts, for their columns are encrypted for one row. */
const PEOPLE = ['persons'];
/** Text that must differ from copy to copy. */
const UNIQUE_TEXT = ['unit_index', 'webhook_id', 'idempotency_key'];

export interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** What a template is made of, besides its rows. */
export interface TemplateFacts {
  readonly caseNo: string;
  readonly township: string;
  readonly county: string;
  /** Ids of rows of this file. */
  readonly owned: ReadonlySet<string>;
}

/** The id of a copy: the time in it stays, so that rows lie in the order in which they came. */
export const copyOfId = (id: string): string =>
  `(substr(${id}::text, 1, 15) || substr(md5(${id}::text || k.n), 1, 3) || '-a' || substr(md5(${id}::text || k.n), 4, 3) || '-' || substr(md5(${id}::text || k.n), 7, 12))::uuid`;

/** What a column of a copy holds, as SQL over `t` (the template's row) and `k` (the copy). */
export function copyOf(column: Column, values: readonly (string | null)[], facts: TemplateFacts): string {
  const source = `t.${column.name}`;
  const some = values.filter((value) => value !== null);
  if (column.name === 'case_no') return 'k.case_no';
  if (column.name === 'village_code') return `k.code || '201'`;
  if (UNIQUE_TEXT.includes(column.name)) return `md5(${source} || k.n)`;
  if (column.name === 'recorded_at') return source;
  if (column.type === 'date') return `${source} + k.days`;
  if (column.type === 'timestamp with time zone') return `${source} + k.days * interval '1 day'`;
  if (column.type !== 'uuid' || some.length === 0) return source;
  if (some.every((value) => facts.owned.has(value))) return copyOfId(source);
  if (some.every((value) => value === facts.township)) return 'k.township';
  if (some.some((value) => value === facts.township || value === facts.county || facts.owned.has(value)))
    return `CASE ${source} WHEN '${facts.township}'::uuid THEN k.township WHEN '${facts.county}'::uuid THEN k.county ELSE ${source} END`;
  return source;
}

/** Columns of every table that belongs to a case, from the catalogue; a table that is added is copied too. */
export async function caseColumns(sql: Sql): Promise<Map<string, Column[]>> {
  const columns = await sql<Column[]>`
    SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> 'copies'
      AND c.table_name IN (SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'case_no')
    ORDER BY c.table_name, c.ordinal_position`;
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  for (const unread of UNREAD) tables.delete(unread);
  return tables;
}

/** Ids that rows of this case have given themselves. */
export async function ownedIds(
  sql: Sql,
  tables: ReadonlyMap<string, readonly Column[]>,
  caseNo: string,
): Promise<Set<string>> {
  const owned = new Set<string>();
  for (const [table, columns] of tables) {
    if (!columns.some(({ name }) => name === 'id')) continue;
    for (const { id } of await sql<{ id: string }[]>`SELECT id FROM ${sql(table)} WHERE case_no = ${caseNo}`)
      owned.add(id);
  }
  // Rows that go by the id of another of the same file, and rows that are left out here, are of the file all the same.
  for (const { id } of await sql<
    { id: string }[]
  >`SELECT id FROM raw_answers WHERE case_no = ${caseNo} UNION ALL SELECT id FROM commands WHERE case_no = ${caseNo} UNION ALL SELECT id FROM determinations WHERE case_no = ${caseNo}`)
    owned.add(id);
  return owned;
}

/** Copies every row of the template to each of its copies. */
export async function multiply(
  sql: Sql,
  tables: ReadonlyMap<string, readonly Column[]>,
  facts: TemplateFacts,
): Promise<void> {
  for (const [table, columns] of tables) {
    if (PEOPLE.includes(table)) continue;
    // Keys of persons are made with them.
    const only = table === 'data_keys' ? sql`AND t.owner = 'case'` : sql``;
    const rows = await sql<
      Record<string, string | null>[]
    >`SELECT ${sql(columns.map(({ name }) => name))} FROM ${sql(table)} t WHERE case_no = ${facts.caseNo} ${only}`;
    if (rows.length === 0) continue;
    const values = columns.map((column) =>
      copyOf(
        column,
        rows.map((row) => row[column.name] ?? null),
        facts,
      ),
    );
    await sql`INSERT INTO ${sql(table)} (${sql(columns.map(({ name }) => name))})
      SELECT ${sql.unsafe(values.join(', '))} FROM ${sql(table)} t CROSS JOIN copies k
      WHERE t.case_no = ${facts.caseNo} AND k.template = ${facts.caseNo} ${only}`;
  }
}

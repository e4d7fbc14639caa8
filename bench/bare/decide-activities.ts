import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';

/** A row as JSON, of a table in the schema `bare`. */
export interface BareRow {
  readonly table: string;
  readonly json: string;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same rows for another record: every id a new one, the same for the same. */
export function rowsFor(record: string, like: string, rows: readonly BareRow[]): BareRow[] {
  const ids = new Map<string, string>();
  const fresh = (id: string): string => {
    const known = ids.get(id) ?? randomUUID();
    ids.set(id, known);
    return known;
  };
  return rows.map(({ table, json }) => ({
    table,
    json: json.replaceAll(like, record).replace(UUID, fresh),
  }));
}

/** One transaction that inserts the rows of a decision, one statement a row. */
export function createDecideActivities(sql: Sql, like: string, rows: readonly BareRow[]) {
  return {
    write: async (record: string): Promise<{ record: string; rows: number }> => {
      const fresh = rowsFor(record, like, rows);
      await sql.begin(async (tx) => {
        for (const { table, json } of fresh)
          await tx`INSERT INTO ${tx(`bare.${table}`)} SELECT * FROM jsonb_populate_record(NULL::${tx(`bare.${table}`)}, ${json}::text::jsonb)`;
      });
      return { record, rows: fresh.length };
    },
  };
}
export type DecideActivities = ReturnType<typeof createDecideActivities>;

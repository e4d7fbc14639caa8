import { Hono } from 'hono';
import type { Sql } from 'postgres';

/** Rows of one table by their primary key. */
export interface WantedRows {
  readonly table: string;
  readonly key: string;
  readonly ids: readonly string[];
}

/** One SELECT for each table, one after the other, as whoever owns the tables: no rights are asked. */
export async function selectRows(sql: Sql, wanted: readonly WantedRows[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { table, key, ids } of wanted)
    found.push(...(await sql`SELECT * FROM ${sql(table)} WHERE ${sql(key)} = ANY (${[...ids]})`));
  return found;
}

/** The same behind HTTP, without a token: what is asked for is told beforehand. */
export function rowsRoute(sql: Sql, told: ReadonlyMap<string, readonly WantedRows[]>): Hono {
  const app = new Hono();
  app.get('/rows/:name', async (c) =>
    c.json((await selectRows(sql, told.get(c.req.param('name')) ?? [])) as object[]),
  );
  return app;
}

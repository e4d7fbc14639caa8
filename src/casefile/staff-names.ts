import { inArray } from 'drizzle-orm';
import { staff } from './schema/index.js';
import type { Tx } from './tx.js';

/** Names of staff, for papers and timelines. Staff act in office; their names are not the household's. */
export async function staffNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.q
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(inArray(staff.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row.name]));
}

import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as schema from './index.js';
import { isWorkingState } from './working-state.js';

export type TableConfig = ReturnType<typeof getTableConfig>;

/** Every table of the model, in the order of their names. */
export const TABLES: readonly TableConfig[] = Object.values(schema)
  .flatMap((each: unknown) => (is(each, PgTable) ? [getTableConfig(each)] : []))
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Tables whose rows are added and never edited. */
export const RECORD_TABLES: readonly TableConfig[] = TABLES.filter(({ name }) => !isWorkingState(name));

export const hasColumn = (table: TableConfig, column: string): boolean =>
  table.columns.some(({ name }) => name === column);

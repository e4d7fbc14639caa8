import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.js';

export type Schema = typeof schema;

/** A pool and the drizzle handle over it. `close` waits for running queries. */
export interface Database {
  readonly sql: postgres.Sql;
  readonly db: PostgresJsDatabase<Schema>;
  close(): Promise<void>;
}

/** @param url a `postgres://` URL of the application's, the reader's or the administrator's role */
export function openDatabase(url: string, options: { max?: number; name?: string } = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connect_timeout: 10,
    connection: { application_name: options.name ?? 'onedoor', TimeZone: 'UTC' },
  });
  return { sql, db: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}

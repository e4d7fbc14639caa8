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
    connection: {
      application_name: options.name ?? 'onedoor',
      TimeZone: 'UTC',
      // Kept statements are planned once: every one of them goes along an index, whatever its values are.
      plan_cache_mode: 'force_generic_plan',
    },
  });
  return { sql, db: drizzle(preparing(sql), { schema }), close: () => sql.end({ timeout: 5 }) };
}

/**
 * drizzle sends every statement unnamed, so that it is described, parsed and planned each time; under row-level security
 * the planning is most of the work. Here each connection keeps its statements.
 */
function preparing<S extends postgres.Sql | postgres.TransactionSql>(sql: S): S {
  return new Proxy(sql, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key);
      if (typeof own !== 'function') return own;
      if (key === 'unsafe')
        return (text: string, values: never[] = [], options: postgres.UnsafeQueryOptions = {}) =>
          target.unsafe(text, values, { ...options, prepare: values.length > 0 });
      if (key === 'begin' || key === 'savepoint')
        return (work: (inner: postgres.TransactionSql) => unknown) =>
          (own as (inner: (tx: postgres.TransactionSql) => unknown) => unknown)((tx) => work(preparing(tx)));
      return own;
    },
  });
}

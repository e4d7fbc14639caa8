import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { ConnectionLost, LastingSocket } from './lasting-socket.js';
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
    // Lost ones come back together: their number says nothing about how long Postgres will be away.
    backoff: () => 0.1 + Math.random() * 0.2,
    ...lasting(url),
    connection: {
      application_name: options.name ?? 'onedoor',
      TimeZone: 'UTC',
      // Kept statements are planned once: every one of them goes along an index, whatever its values are.
      plan_cache_mode: 'force_generic_plan',
    },
  });
  return { sql, db: drizzle(preparing(sql), { schema }), close: () => sql.end({ timeout: 5 }) };
}

/** One host without TLS: the driver makes its own sockets for everything else, and ends the process where one is lost. */
function lasting(url: string): { socket?: () => LastingSocket } {
  const { hostname, port, searchParams } = new URL(url);
  if (hostname === '' || hostname.includes(',') || searchParams.has('sslmode') || searchParams.has('ssl'))
    return {};
  return {
    socket: () =>
      new LastingSocket().connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 5432) }),
  };
}

/**
 * drizzle sends every statement unnamed, so that it is described, parsed and planned each time; under row-level security
 * the planning is most of the work. Here each connection keeps its statements.
 *
 * What is left of a transaction that has ended is refused: its connection may carry another one by now.
 */
function preparing<S extends postgres.Sql | postgres.TransactionSql>(sql: S, life = { over: false }): S {
  return new Proxy(sql, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key);
      if (typeof own !== 'function') return own;
      if (key === 'unsafe')
        return (text: string, values: never[] = [], options: postgres.UnsafeQueryOptions = {}) => {
          if (life.over) throw new ConnectionLost();
          return target.unsafe(text, values, { ...options, prepare: values.length > 0 });
        };
      if (key === 'begin')
        return async (work: (inner: postgres.TransactionSql) => unknown) => {
          const its = { over: false };
          try {
            return await (target as postgres.Sql).begin((tx) => whileOpen(work(preparing(tx, its)), its));
          } finally {
            its.over = true;
          }
        };
      if (key === 'savepoint')
        return (work: (inner: postgres.TransactionSql) => unknown) =>
          (own as (inner: (tx: postgres.TransactionSql) => unknown) => unknown)((tx) =>
            work(preparing(tx, life)),
          );
      return own;
    },
  });
}

/** Once a connection is lost its transaction has failed: the driver shall not come and roll back on what follows it. */
async function whileOpen(working: unknown, its: { readonly over: boolean }): Promise<unknown> {
  const never = new Promise<never>(() => {});
  try {
    const result = await working;
    return its.over ? await never : result;
  } catch (error) {
    if (its.over) await never;
    throw error;
  }
}

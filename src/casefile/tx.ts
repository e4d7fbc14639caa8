import { sql } from 'drizzle-orm';
import type { PgTransaction } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { Actor, PlainDate } from '../terms/index.js';
import type { Database, Schema } from './db.js';
import type { Vault } from './vault.js';

export type Queries = PgTransaction<PostgresJsQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

/** Who acts, on which business day, and – for a system actor – in which single case. Row-level security reads it. */
export interface Acting {
  readonly actor: Actor;
  readonly on: PlainDate;
  readonly caseNo?: string | undefined;
  /** The one cooperation for which somebody of another division acts; the database asks whether it is theirs. */
  readonly cooperation?: string | undefined;
}

/** A row of record written in this transaction, for the audit event that closes the step. */
export interface RecordedRow {
  readonly table: string;
  readonly id: string;
}

/** A transaction that carries who acts and for which divisions. Every repository call takes one. */
export interface Tx {
  readonly q: Queries;
  readonly acting: Acting;
  readonly vault: Vault;
  /** Rows of record written so far and not yet in an audit event. */
  readonly unaudited: RecordedRow[];
  /** Data keys opened in this transaction, in memory only. */
  readonly keys: Map<string, Uint8Array>;
}

export interface Casefile {
  readonly database: Database;
  readonly vault: Vault;
}

/** Runs `work` in one transaction under the actor's rights. A throw rolls everything back. */
export function inCasefile<T>(casefile: Casefile, acting: Acting, work: (tx: Tx) => Promise<T>): Promise<T> {
  return casefile.database.db.transaction(async (q) => {
    await q.execute(
      sql`SELECT set_config('onedoor.actor', ${acting.actor}, true), set_config('onedoor.on', ${acting.on}, true), set_config('onedoor.case', ${acting.caseNo ?? ''}, true), set_config('onedoor.cooperation', ${acting.cooperation ?? ''}, true)`,
    );
    return work({ q, acting, vault: casefile.vault, unaudited: [], keys: new Map() });
  });
}

/** A savepoint: what fails inside leaves no trace, the transaction goes on. */
export function attempt<T>(tx: Tx, work: (inner: Tx) => Promise<T>): Promise<T> {
  return tx.q.transaction(async (q) => {
    const inner: Tx = { ...tx, q, unaudited: [] };
    const result = await work(inner);
    tx.unaudited.push(...inner.unaudited);
    return result;
  });
}

/** The staff id of a human actor. */
export function staffOf(tx: Tx): string {
  if (!tx.acting.actor.startsWith('staff:')) throw new Error('a person must act here');
  return tx.acting.actor.slice('staff:'.length);
}

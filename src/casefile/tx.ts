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
  /** What was read of the record and no later write of this transaction can have changed. See {@link once}. */
  readonly read: Map<string, Promise<unknown>>;
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
    const { actor, on, caseNo = '', cooperation = '' } = acting;
    // One connection keeps the order, so the first statement of the work need not wait for the answer to this one.
    const acts = q.execute(sql`SELECT onedoor.act_as(${actor}, ${on}, ${caseNo}, ${cooperation})`).execute();
    const [, result] = await Promise.all([
      acts,
      work({ q, acting, vault: casefile.vault, unaudited: [], read: new Map(), keys: new Map() }),
    ]);
    return result;
  });
}

/**
 * Reads rows of record once, however many guards of a step ask for them. Whatever is written, and a lock that had to be
 * waited for, lets all of it be read anew.
 */
export function once<T>({ read }: Tx, what: string, caseNo: string, load: () => PromiseLike<T>): Promise<T> {
  const key = `${what} ${caseNo}`;
  const known = read.get(key) as Promise<T> | undefined;
  if (known) return known;
  // A promise of our own: drizzle's would ask again each time it is awaited.
  const loaded = Promise.resolve(load());
  read.set(key, loaded);
  return loaded;
}

/** A savepoint: what fails inside leaves no trace, the transaction goes on. */
export function attempt<T>(tx: Tx, work: (inner: Tx) => Promise<T>): Promise<T> {
  return tx.q.transaction(async (q) => {
    const inner: Tx = { ...tx, q, unaudited: [], read: new Map() };
    const result = await work(inner);
    tx.unaudited.push(...inner.unaudited);
    tx.read.clear();
    return result;
  });
}

/** The staff id of a human actor. */
export function staffOf(tx: Tx): string {
  if (!tx.acting.actor.startsWith('staff:')) throw new Error('a person must act here');
  return tx.acting.actor.slice('staff:'.length);
}

import { desc, eq, sql } from 'drizzle-orm';
import type { Instant } from '../terms/index.js';
import { linkNext, SYSTEM_CHAIN } from './audit/chain.js';
import { linkSeal } from './audit/seals.js';
import { auditKey, newId } from './record.js';
import { auditEvents, auditSeals } from './schema/index.js';
import type { Tx } from './tx.js';

export interface AuditNote {
  /** A case number, or nothing for the chain of the house. */
  readonly caseNo?: string | undefined;
  readonly at: Instant;
  readonly code: string;
  readonly article?: string | undefined;
  /** Codes, ids, dates and counts. */
  readonly params?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

/**
 * Closes a step: one event in the chain of its case, with the hash of every row the step put on record.
 * The caller holds the lock on the case (or, for the house, takes the advisory lock here), so the chain has no forks.
 */
export async function audit(tx: Tx, note: AuditNote): Promise<void> {
  const chain = note.caseNo ?? SYSTEM_CHAIN;
  if (chain === SYSTEM_CHAIN) await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtext('audit:system'))`);
  const [last] = await tx.q
    .select({ seq: auditEvents.seq, hash: auditEvents.hash })
    .from(auditEvents)
    .where(eq(auditEvents.chain, chain))
    .orderBy(desc(auditEvents.seq))
    .limit(1);
  const entry = linkNext(last ?? null, {
    id: newId(),
    chain,
    at: note.at,
    writtenAtMs: Date.now(),
    actor: tx.acting.actor,
    code: note.code,
    article: note.article ?? null,
    params: note.params ?? {},
    rows: await rowHashes(tx),
  });
  await tx.q.insert(auditEvents).values({ ...entry, rows: [...entry.rows] });
}

async function rowHashes(tx: Tx): Promise<{ table: string; id: string; hash: string }[]> {
  const rows = tx.unaudited.splice(0);
  if (rows.length === 0) return [];
  const asked = JSON.stringify(rows.map((row) => ({ t: row.table, k: auditKey(row.table), i: row.id })));
  const found = await tx.q.execute<{ t: string; i: string; hash: string }>(
    sql`SELECT t, i, onedoor.row_hash(t, k, i) AS hash FROM jsonb_to_recordset(${asked}::jsonb) AS x(t text, k text, i text)`,
  );
  return [...found].map((row) => ({ table: row.t, id: row.i, hash: row.hash }));
}

/** Links the newest event of every chain into the one gap-free chain of seals. @returns how many chains were sealed */
export async function sealHeads(tx: Tx): Promise<number> {
  await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtext('audit:seals'))`);
  const heads = await tx.q.execute<{ chain: string; seq: number; hash: string }>(
    sql`SELECT chain, seq, hash FROM onedoor.unsealed_heads() ORDER BY chain`,
  );
  const [last] = await tx.q
    .select({ seq: auditSeals.seq, hash: auditSeals.hash })
    .from(auditSeals)
    .orderBy(desc(auditSeals.seq))
    .limit(1);
  let head = last ?? null;
  for (const each of heads) {
    const seal = linkSeal(head, {
      chain: each.chain,
      chainSeq: each.seq,
      chainHash: each.hash,
      sealedAtMs: Date.now(),
    });
    await tx.q.insert(auditSeals).values(seal);
    head = seal;
  }
  return heads.length;
}

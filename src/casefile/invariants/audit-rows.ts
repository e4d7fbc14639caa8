import type { AuditEntry } from '../audit/chain.js';
import type { ChainHead } from '../audit/findings.js';
import type { SealEntry } from '../audit/seals.js';
import type { Read } from './check.js';

/** Every event of some chains, as stored, in the order of chain and number. */
export async function readChains(read: Read, chains: readonly string[]): Promise<AuditEntry[]> {
  const rows = await read<AuditEntry[]>`
    SELECT id, chain, seq, (extract(epoch FROM at) * 1000)::float8 AS at, written_at_ms::float8 AS "writtenAtMs", actor, code, article,
      params, rows, prev_hash AS "prevHash", hash
    FROM audit_events WHERE chain = ANY (${[...chains]}) ORDER BY chain, seq, id`;
  return [...rows];
}

/** The last event of every chain. */
export async function readHeads(read: Read): Promise<Map<string, ChainHead>> {
  const rows = await read<{ chain: string; seq: number; hash: string }[]>`
    SELECT DISTINCT ON (chain) chain, seq, hash FROM audit_events ORDER BY chain, seq DESC`;
  return new Map(rows.map(({ chain, seq, hash }) => [chain, { seq, hash }]));
}

/** The chain of seals, first to last. */
export async function readSeals(read: Read): Promise<SealEntry[]> {
  const rows = await read<SealEntry[]>`
    SELECT seq, chain, chain_seq AS "chainSeq", chain_hash AS "chainHash", prev_hash AS "prevHash", hash,
      sealed_at_ms::float8 AS "sealedAtMs" FROM audit_seals ORDER BY seq`;
  return [...rows];
}

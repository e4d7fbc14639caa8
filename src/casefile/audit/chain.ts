import { createHash } from 'node:crypto';
import type { Actor } from '../../terms/codes.js';
import type { Instant } from '../../terms/dates.js';
import { canonicalJson } from '../crypto/canonical.js';
import type { ChainFinding, ChainHead } from './findings.js';
import type { Link } from './links.js';
import { checkLinks, GENESIS } from './links.js';

/** The chain of everything that belongs to no single case. */
export const SYSTEM_CHAIN = 'system';

/** A row that an event put on record, by the hash of what was stored (the ciphertext, for encrypted columns). */
export interface RowRef {
  readonly table: string;
  readonly id: string;
  readonly hash: string;
}

/** One event as it is handed in: who did what, when, and which rows came of it. Codes, ids and dates only. */
export interface AuditDraft {
  readonly id: string;
  /** A case number, or {@link SYSTEM_CHAIN}. */
  readonly chain: string;
  /** Business time. */
  readonly at: Instant;
  /** Real time of the write, in milliseconds. */
  readonly writtenAtMs: number;
  readonly actor: Actor;
  readonly code: string;
  readonly article: string | null;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly rows: readonly RowRef[];
}

export interface AuditEntry extends AuditDraft, Link {}

/** SHA-256 in hex over the canonical form of the entry without its `hash`; any further columns of a row are ignored. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { id, chain, seq, at, writtenAtMs, actor, code, article, params, prevHash } = entry;
  const rows = entry.rows.map(({ table, id: row, hash }) => ({ table, id: row, hash }));
  const text = canonicalJson({
    id,
    chain,
    seq,
    at,
    writtenAtMs,
    actor,
    code,
    article,
    params,
    rows,
    prevHash,
  });
  return createHash('sha256').update(`onedoor/audit-entry/1\n${text}`).digest('hex');
}

/** The next entry of a chain. `prev` is its last entry (or head), null for the first. */
export function linkNext(prev: ChainHead | null, draft: AuditDraft): AuditEntry {
  const linked = { ...draft, seq: (prev?.seq ?? 0) + 1, prevHash: prev?.hash ?? GENESIS };
  return { ...linked, hash: hashEntry(linked) };
}

export interface ChainCheck {
  readonly chain: string;
  readonly entries: readonly AuditEntry[];
  /** What the last seal of this chain says. Entries after it are newer, not wrong. */
  readonly head?: ChainHead | undefined;
}

/** Empty when the chain is sound. Without a head, a cut tail and a chain rewritten to the end look sound. */
export function checkChain({ chain, entries, head }: ChainCheck): ChainFinding[] {
  // An entry that belongs to another chain is never sound here, however well it hashes.
  const hashOf = (entry: AuditEntry) => (entry.chain === chain ? hashEntry(entry) : '');
  return checkLinks({ chain, links: entries, hashOf, head });
}

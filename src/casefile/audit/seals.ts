import { createHash } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical.js';
import type { ChainFinding, ChainHead } from './findings.js';
import { recordName } from './findings.js';
import type { Link } from './links.js';
import { checkLinks, GENESIS } from './links.js';

/** The name of the one chain over all chains, as findings print it. */
export const SEAL_CHAIN = 'seals';

/** "Chain so-and-so ended here when it was sealed." */
export interface SealDraft {
  /** A case number, or `system`. */
  readonly chain: string;
  readonly chainSeq: number;
  readonly chainHash: string;
  /** Real time, in milliseconds. */
  readonly sealedAtMs: number;
}

export interface SealEntry extends SealDraft, Link {}

/** SHA-256 in hex over the canonical form of the seal without its `hash`. */
export function hashSeal({
  seq,
  chain,
  chainSeq,
  chainHash,
  sealedAtMs,
  prevHash,
}: Omit<SealEntry, 'hash'>): string {
  const text = canonicalJson({ seq, chain, chainSeq, chainHash, sealedAtMs, prevHash });
  return createHash('sha256').update(`onedoor/audit-seal/1\n${text}`).digest('hex');
}

export function linkSeal(prev: ChainHead | null, draft: SealDraft): SealEntry {
  const linked = { ...draft, seq: (prev?.seq ?? 0) + 1, prevHash: prev?.hash ?? GENESIS };
  return { ...linked, hash: hashSeal(linked) };
}

export interface SealsCheck {
  readonly seals: readonly SealEntry[];
  /** Last entry of every chain that is in the database now. */
  readonly heads: ReadonlyMap<string, ChainHead>;
  /** A head that was exported and kept outside the house. */
  readonly exported?: ChainHead | undefined;
}

/** The last seal of every chain: what `checkChain` takes as its head. */
export function sealedHeads(seals: readonly SealEntry[]): Map<string, ChainHead> {
  const last = new Map<string, ChainHead>();
  for (const { chain, chainSeq, chainHash } of seals) {
    const known = last.get(chain);
    if (known === undefined || chainSeq > known.seq) last.set(chain, { seq: chainSeq, hash: chainHash });
  }
  return last;
}

/**
 * Checks the chain of seals against itself and an exported head, and every chain's head against its last seal.
 * Entry by entry, a case is checked by `checkChain`.
 */
export function checkSeals({ seals, heads, exported }: SealsCheck): ChainFinding[] {
  const sealed = sealedHeads(seals);
  const chains = [...new Set([...sealed.keys(), ...heads.keys()])].toSorted();
  return [
    ...checkLinks({ chain: SEAL_CHAIN, links: seals, hashOf: hashSeal, head: exported }),
    ...chains.flatMap((chain) => againstSeal(chain, heads.get(chain), sealed.get(chain))),
  ];
}

function againstSeal(
  chain: string,
  head: ChainHead | undefined,
  seal: ChainHead | undefined,
): ChainFinding[] {
  const ends = head?.seq ?? 0;
  const sealedTo = seal?.seq ?? 0;
  const record = (seq: number) => ({ chain, seq, record: recordName(chain, seq) });
  if (ends < sealedTo) return [{ kind: 'tail_cut', ...record(ends + 1), to: sealedTo }];
  if (ends > sealedTo) return [{ kind: 'unsealed', ...record(sealedTo + 1), to: ends }];
  return head?.hash === seal?.hash ? [] : [{ kind: 'rewritten', ...record(ends) }];
}

import { checkChain } from '../audit/chain.js';
import type { ChainFinding, ChainHead } from '../audit/findings.js';
import { checkSeals, sealedHeads, type SealEntry } from '../audit/seals.js';
import type { Instant } from '../../terms/index.js';
import { readChains, readHeads, readSeals } from './audit-rows.js';
import type { Check, Finding, Read } from './check.js';
import { rowFindings } from './i08-rows.js';

export interface AuditRules {
  /** A head that was exported and kept outside the house. */
  readonly exported?: ChainHead | undefined;
  /** Real time; an event written after it may still be unsealed: the sealer comes round. */
  readonly sealedBefore: Instant;
}

/** Cases looked at together: bounds the memory, whatever the size of the file. */
const BATCH = 200;

/** I8: chains without gaps whose hashes link, every row on record as it was written, everything sealed. */
export async function auditSound(read: Read, { exported, sealedBefore }: AuditRules): Promise<Check> {
  const seals = await readSeals(read);
  const sealed = sealedHeads(seals);
  const heads = await readHeads(read);
  const findings = await sealFindings(read, { seals, heads, exported, sealedBefore });
  const chains = [...new Set([...heads.keys(), ...sealed.keys(), ...(await casesOf(read))])].sort();
  let checked = seals.length;
  for (let from = 0; from < chains.length; from += BATCH) {
    const batch = chains.slice(from, from + BATCH);
    const entries = await readChains(read, batch);
    for (const chain of batch) {
      const own = entries.filter((entry) => entry.chain === chain);
      findings.push(...checkChain({ chain, entries: own, head: sealed.get(chain) }).map(asFinding));
    }
    findings.push(...(await rowFindings(read, batch, entries)));
    checked += entries.length;
  }
  return { invariant: 'I8', checked, findings: distinct(findings) };
}

async function casesOf(read: Read): Promise<string[]> {
  return (await read<{ case_no: string }[]>`SELECT case_no FROM cases`).map((row) => row.case_no);
}

interface SealState extends AuditRules {
  readonly seals: readonly SealEntry[];
  readonly heads: ReadonlyMap<string, ChainHead>;
}

async function sealFindings(
  read: Read,
  { seals, heads, exported, sealedBefore }: SealState,
): Promise<Finding[]> {
  const found = checkSeals({ seals, heads, exported });
  const young = await read<{ chain: string; seq: number }[]>`
    SELECT chain, min(seq) AS seq FROM audit_events WHERE written_at_ms >= ${sealedBefore} GROUP BY chain`;
  const since = new Map(young.map(({ chain, seq }) => [chain, seq]));
  return found
    .filter((each) => each.kind !== 'unsealed' || each.seq < (since.get(each.chain) ?? Infinity))
    .map(asFinding);
}

export function asFinding(found: ChainFinding): Finding {
  switch (found.kind) {
    case 'deleted':
    case 'tail_cut':
    case 'unsealed':
      return { record: `audit ${found.record}`, problem: `${found.kind} up to #${found.to}` };
    case 'reordered':
      return { record: `audit ${found.record}`, problem: `reordered, was #${found.was}` };
    case 'changed':
    case 'inserted':
    case 'rewritten':
      return { record: `audit ${found.record}`, problem: found.kind };
  }
}

/** Chain and seals may find the same thing from two sides. */
const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((each) => [`${each.record}\n${each.problem}`, each])).values(),
];

import { SYSTEM_CHAIN } from '../casefile/audit/chain.js';
import type { ChainHead } from '../casefile/audit/findings.js';
import type { Database } from '../casefile/db.js';
import { readHeads, readSeals } from '../casefile/invariants/audit-rows.js';
import type { Check } from '../casefile/invariants/check.js';
import { auditSound } from '../casefile/invariants/i08-audit.js';
import { instant, type Instant } from '../terms/index.js';

/** What is written down outside the house: whoever has it can prove later that nothing before it was rewritten. */
export interface AuditHead {
  /** The last seal; null while nothing is sealed. */
  readonly head: ChainHead | null;
  /** Real time of the last seal, in milliseconds. */
  readonly sealedAtMs: number | null;
  readonly seals: number;
  /** Chains of cases, and the one of the house. */
  readonly chains: number;
  /** Chains that end after their last seal. */
  readonly unsealed: readonly string[];
}

export function auditHead(reader: Database): Promise<AuditHead> {
  return reader.sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (read) => {
    const seals = await readSeals(read);
    const heads = await readHeads(read);
    const last = seals.at(-1);
    const sealedTo = new Map(seals.map(({ chain, chainSeq }) => [chain, chainSeq]));
    const unsealed = [...heads]
      .filter(([chain, { seq }]) => seq > (sealedTo.get(chain) ?? 0))
      .map(([chain]) => chain);
    return {
      head: last ? { seq: last.seq, hash: last.hash } : null,
      sealedAtMs: last?.sealedAtMs ?? null,
      seals: seals.length,
      chains: heads.size,
      unsealed: unsealed.sort(
        (a, b) => Number(b === SYSTEM_CHAIN) - Number(a === SYSTEM_CHAIN) || (a < b ? -1 : 1),
      ),
    };
  });
}

/**
 * Checks every chain, every row it names and the chain of seals.
 * @param exportedHead what was written down outside the house; without it a chain rewritten with all its seals looks sound
 * @param sealedBefore real time; what was written later may still be unsealed (default: nothing may)
 */
export const auditCheck = (
  reader: Database,
  exportedHead?: ChainHead,
  sealedBefore: Instant = instant(Number.MAX_SAFE_INTEGER),
): Promise<Check> =>
  reader.sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', (read) =>
    auditSound(read, { exported: exportedHead, sealedBefore }),
  );

import { whereabouts } from '../casefile/assignments.js';
import { audit } from '../casefile/audit-log.js';
import type { CaseStateRow } from '../casefile/case-state.js';
import type { RequestRow } from '../casefile/evidence.js';
import { isReleased, lastHeld } from '../casefile/lookups.js';
import { usedOf } from '../casefile/quota.js';
import { newId, record } from '../casefile/record.js';
import { lookupAttempts } from '../casefile/schema/index.js';
import { openTask } from '../casefile/tasks.js';
import type { Tx } from '../casefile/tx.js';
import { quotasOf } from '../policy/lookup-quota.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { dateAt, divisionCode, type Instant, type Quota } from '../terms/index.js';

export interface Held {
  readonly row: RequestRow;
  readonly state: CaseStateRow;
  readonly attempt: number;
  readonly at: Instant;
  readonly rulebook: Rulebook;
}

/**
 * Whether a question may leave by its quotas. Counted under locks that last as long as the transaction in which it leaves.
 * Asked before a question leaves for the first time; what a supervisor let go is not held.
 * @returns the quota it is over, with that written down and the supervisor told; it waits, and nobody is refused anything
 */
export async function heldByQuota(tx: Tx, leaving: Held): Promise<Quota | undefined> {
  const { row, at, rulebook } = leaving;
  if (await isReleased(tx, row.id)) return undefined;
  const { place } = await whereabouts(tx, row.caseNo);
  for (const { quota, limit } of quotasOf(rulebook, { place: divisionCode(place), on: dateAt(at) })) {
    const used = await usedOf(tx, quota, row, at);
    if (used === null || used < limit) continue;
    await hold(tx, leaving, { quota, limit, used });
    return quota;
  }
  return undefined;
}

async function hold(
  tx: Tx,
  { row, state, attempt, at }: Held,
  { quota, limit, used }: { quota: Quota; limit: number; used: number },
): Promise<void> {
  const { caseNo, id: requestId, source } = row;
  const before = await lastHeld(tx, requestId);
  // Tried again on the same day, after a restart say: it is on record.
  if (before?.quota === quota && dateAt(before.at) === dateAt(at)) return;
  await record(tx, lookupAttempts, {
    id: newId(),
    caseNo,
    requestId,
    attempt,
    phase: 'held',
    code: quota,
    at,
  });
  await openTask(tx, {
    caseNo,
    divisionId: state.workingDivisionId,
    role: 'supervisor',
    kind: 'lookup_over_quota',
    params: { quota, limit },
    at,
  });
  await audit(tx, { caseNo, at, code: 'lookup_held', params: { requestId, source, quota, limit, used } });
}

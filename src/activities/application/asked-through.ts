import { unsentRequests } from '../../casefile/evidence.js';
import { releasedRequests } from '../../casefile/lookups.js';
import type { Tx } from '../../casefile/tx.js';
import { POLLED } from '../../departments/sources.js';
import { parameterIfAny } from '../../policy/rulebook.js';
import type { Source } from '../../terms/index.js';
import { askedTogether } from '../asked-together.js';
import type { StepContext } from '../procedure-desk.js';
import { placeOf } from './context.js';

/** Through whom the place asks a source from today on; null: the source itself. */
export async function platformsAsked(step: StepContext): Promise<(source: Source) => string | null> {
  const place = await placeOf(step.tx, step.caseNo);
  const found = parameterIfAny(step.rulebook, { place, key: 'verification_platform', on: step.today });
  return (source) => (found?.value.sources.includes(source) ? found.value.platform : null);
}

/**
 * What still has to leave the house, each as `queue/id`: a question by its source, and of those that a platform passes on
 * together the first, which takes the others along. What a supervisor let go, if only one of those, has another name than
 * before, so that a desk which holds it back asks it at once.
 */
export async function lookupsToSend(tx: Tx, caseNo: string): Promise<string[]> {
  const unsent = await unsentRequests(tx, caseNo, POLLED);
  if (unsent.length === 0) return [];
  const released = await releasedRequests(tx, caseNo);
  return unsent
    .map((row) => ({ row, group: unsent.filter((each) => askedTogether(each, row) || each === row) }))
    .filter(({ row, group }) => group[0] === row)
    .map(({ row: { id, source, via }, group }) => {
      const letGo = group.some((each) => released.has(each.id));
      return `${letGo ? 'released/' : ''}${via ?? source}/${id}`;
    });
}

import { restsOn } from '../../casefile/evidence.js';
import { latestOpinion, type OpinionRow } from '../../casefile/opinions.js';
import { transitionsOf } from '../../casefile/case-state.js';
import type { RestsOn } from '../../casefile/schema/index.js';
import { DomainError } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';

/** The township's opinion rests on today's facts and answers. The county's own visit is no reason to send a file back. */
export async function townshipFresh(step: StepContext): Promise<true> {
  const now = await restsOn(step.tx, step.caseNo);
  await compare(step, await latestOpinion(step.tx, step.caseNo, 'township'), now, ['facts', 'asked']);
  return true;
}

/**
 * Nobody decides on what was corrected after the opinions: the county's must rest on today's visits too.
 * @throws {DomainError} `opinion_stale` (412) saying what changed, since when, and whose opinion it makes stale
 */
export async function bothFresh(step: StepContext): Promise<true> {
  await townshipFresh(step);
  const now = await restsOn(step.tx, step.caseNo);
  await compare(step, await latestOpinion(step.tx, step.caseNo, 'county'), now, ['facts', 'asked', 'seen']);
  return true;
}

async function compare(
  step: StepContext,
  opinion: OpinionRow | undefined,
  now: RestsOn,
  parts: readonly (keyof RestsOn)[],
): Promise<void> {
  const then = opinion?.restsOn;
  if (!opinion || !then) return;
  const changed = parts
    .map((part) => [part, difference(then[part], now[part])] as const)
    .filter(([, n]) => n > 0);
  if (changed.length === 0) return;
  const last = (await transitionsOf(step.tx, step.caseNo)).find(({ name }) => EVIDENCE.includes(name));
  throw new DomainError('opinion_stale', {
    params: {
      opinion: opinion.level,
      version: opinion.version,
      formedOn: opinion.occurredOn,
      ...Object.fromEntries(changed.map(([part, n]) => [`changed_${part}`, n])),
      ...(last && { changedOn: last.occurredOn, by: last.actor }),
    },
  });
}

const EVIDENCE = ['adopt', 'recheck', 'record_county_visit', 'record_visit', 'report_cooperation'];

/** How many ids are on one side only. */
function difference(then: readonly string[], now: readonly string[]): number {
  const [before, after] = [new Set(then), new Set(now)];
  return then.filter((id) => !after.has(id)).length + now.filter((id) => !before.has(id)).length;
}

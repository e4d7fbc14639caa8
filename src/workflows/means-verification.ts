import {
  condition,
  isCancellation,
  patched,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { CollectActivities } from '../activities/collect-answer.js';
import type { LookupActivities } from '../activities/lookup.js';
import { dateAt, endOf } from '../terms/dates.js';
import { departmentQueue } from '../terms/desk.js';
import type { Desk } from './desk.js';

/**
 * What leaves the house is an ordinary activity: tried again until the time to answer is over, as often as the activity
 * itself says (`src/departments/patience.ts`); the intervals here are for a Postgres that is away and for workers that
 * die. One that died is noticed by its heartbeat, which `src/stack/heartbeat.ts` keeps.
 */
const PATIENTLY: ActivityOptions = {
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
};

/** Asks one question, on the queue of its department. */
async function ask(desk: Desk, lookup: string): Promise<string> {
  const [requestId = '', source] = lookup.split('/').toReversed();
  const { askDepartment, collectAnswer } = proxyActivities<LookupActivities & CollectActivities>({
    ...PATIENTLY,
    ...(source !== undefined && { taskQueue: departmentQueue(source) }),
  });
  const { record } = desk.view;
  const came = await askDepartment({ record, requestId, at: desk.now() });
  // Beside everything else, for as long as it takes: attempts of an activity leave nothing in the history.
  if (came === 'to_collect')
    void collectAnswer({ record, requestId }).catch(async (error: unknown) => {
      if (!isCancellation(error)) await desk.sideWorkFailed();
    });
  return came;
}

/**
 * 家庭经济状况核对: every question that has a ground goes to its department, all at once (DIBAO-2021 art. 17), and so
 * does every question that somebody's later signature opens. Answers come back by callback, in files, or are come for. A
 * department that does not even take the question ends as unanswered, like silence; while it is tried, for days, questions
 * that open later leave all the same. One over its quota is asked again when the day is over, or under its other name when
 * somebody lets it go; the others do not wait for it. Runs until its stage is left.
 */
export async function meansVerification(desk: Desk): Promise<void> {
  const asked = new Set<string>();
  const held = new Set<string>();
  const underWay = new Map<string, Promise<unknown>>();
  let failed = false;
  const begin = (lookup: string) => {
    asked.add(lookup);
    const ended = ask(desk, lookup).then(
      (came) => came === 'over_quota' && held.add(lookup),
      () => (failed = true),
    );
    underWay.set(
      lookup,
      ended.finally(() => underWay.delete(lookup)),
    );
  };
  const waiting = () => desk.view.lookups.filter((lookup) => !asked.has(lookup));
  const news = () => waiting().length > 0 || failed;
  for (;;) {
    waiting().forEach(begin);
    const all = Promise.all(underWay.values());
    await Promise.race([all, condition(() => news() || held.size > 0)]);
    // A run from before this waited for the slowest.
    if (underWay.size > 0 && !patched('asked-beside')) await all;
    if (underWay.size === 0 || failed) await desk.reread();
    if (failed) {
      failed = false;
      await desk.sideWorkFailed();
    }
    const holding = desk.view.lookups.some((lookup) => held.has(lookup));
    const asking = underWay.size > 0;
    if (holding) {
      // A wait without a timer leaves nothing in the history.
      const more = () => news() || (asking && underWay.size === 0);
      if (await condition(more, endOf(dateAt(desk.now())) - desk.now())) continue;
      for (const lookup of held) asked.delete(lookup);
    } else if (!asking) await condition(news);
    held.clear();
  }
}

/** The same before the acceptance. Most places ask nobody then, and such a run has nothing in its history. */
export async function firstVerified(desk: Desk): Promise<void> {
  await condition(() => desk.view.lookups.length > 0);
  await meansVerification(desk);
}

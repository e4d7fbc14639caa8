import { condition, proxyActivities } from '@temporalio/workflow';
import type { LookupActivities } from '../activities/lookup.js';
import type { Desk } from './desk.js';

/** What leaves the house is an ordinary activity: tried again for days, ever more rarely, until the time to answer is over. */
const departments = proxyActivities<LookupActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 4, maximumInterval: '1 day' },
});

/**
 * 家庭经济状况核对: every question that has a ground goes to its department, all at once (DIBAO-2021 art. 17), and so
 * does every question that somebody's later signature opens. Answers come back by callback. A department that does not
 * even take the question ends as unanswered, like silence. Runs until its stage is left.
 */
export async function meansVerification(desk: Desk): Promise<void> {
  const asked = new Set<string>();
  const waiting = () => desk.view.lookups.filter((requestId) => !asked.has(requestId));
  for (;;) {
    const ended = await Promise.allSettled(
      waiting().map((requestId) => {
        asked.add(requestId);
        return departments.askDepartment({ record: desk.view.record, requestId, at: desk.now() });
      }),
    );
    await desk.reread();
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed) await desk.sideWorkFailed();
    // A wait without a timer leaves nothing in the history.
    await condition(() => waiting().length > 0);
  }
}

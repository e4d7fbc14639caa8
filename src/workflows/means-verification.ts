import { proxyActivities } from '@temporalio/workflow';
import type { LookupActivities } from '../activities/lookup.js';
import type { Desk } from './desk.js';

/** What leaves the house is an ordinary activity: tried again for days, ever more rarely, until the time to answer is over. */
const departments = proxyActivities<LookupActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 4, maximumInterval: '1 day' },
});

/**
 * 家庭经济状况核对: every question that has a ground goes to its department, all at once (DIBAO-2021 art. 17).
 * Answers come back by callback. A department that does not even take the question ends as unanswered, like silence.
 */
export async function meansVerification(desk: Desk): Promise<void> {
  const asked = desk.view.lookups.map((requestId) =>
    departments.askDepartment({ record: desk.view.record, requestId, at: desk.now() }),
  );
  const ended = await Promise.allSettled(asked);
  await desk.reread();
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

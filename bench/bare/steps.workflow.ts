import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { StepActivities } from './step-activities.js';

const local = proxyLocalActivities<StepActivities>({ startToCloseTimeout: '10 seconds' });
const outside = proxyActivities<StepActivities>({ startToCloseTimeout: '10 seconds' });

/** A history of any length: a local activity and an ordinary one, over and over. Timers would take a second each. */
export async function steps(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    await local.step(nth);
    await outside.step(nth);
  }
}

import {
  ApplicationFailure,
  condition,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { DecideActivities } from './decide-activities.js';

const local = proxyLocalActivities<DecideActivities>({ startToCloseTimeout: '30 seconds' });

export const decision = defineUpdate<{ id: string }, [{ id: string; kind: string }]>('decision');

/** Waits for one decision, writes it, and is done. */
export async function decide(record: string): Promise<void> {
  let decided = false;
  let taken = false;
  setHandler(
    decision,
    async ({ id }) => {
      taken = true;
      await local.write(record);
      decided = true;
      return { id };
    },
    {
      validator: ({ kind }) => {
        if (taken || kind !== 'confirm') throw ApplicationFailure.nonRetryable('not now');
      },
    },
  );
  await condition(() => decided);
}

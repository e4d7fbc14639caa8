import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withHeartbeat } from './heartbeat.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An activity that takes so long, and the heartbeats meanwhile and afterwards. */
async function beatsOf(
  work: () => Promise<unknown>,
  forMs: number,
): Promise<{ during: number; after: number }> {
  const environment = new MockActivityEnvironment(
    {},
    { logger: new DefaultLogger('ERROR', () => undefined) },
  );
  let beats = 0;
  environment.on('heartbeat', () => void (beats += 1));
  const { wait } = withHeartbeat({ wait: work });
  const running = environment.run(wait).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(forMs);
  await running;
  const during = beats;
  await vi.advanceTimersByTimeAsync(20_000);
  return { during, after: beats - during };
}
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('an activity with a heartbeat', () => {
  it('beats every three seconds for as long as it takes, and no longer', async () => {
    expect(await beatsOf(() => pause(10_000), 10_000)).toEqual({ during: 3, after: 0 });
  });

  it('does not go on beating when it fails', async () => {
    const failing = () => pause(4_000).then(() => Promise.reject(new Error('in vain')));
    expect(await beatsOf(failing, 4_000)).toEqual({ during: 1, after: 0 });
  });
});

import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import type { History } from '@temporalio/common/lib/proto-utils.js';

export const eventsIn = (histories: readonly History[]): number =>
  histories.reduce((sum, { events }) => sum + (events?.length ?? 0), 0);

/**
 * Replays every history `passes` times in one worker, whose start is not counted.
 * @returns events per second
 * @throws when a history does not fit the workflows
 */
export async function replayRate(
  options: ReplayWorkerOptions,
  histories: readonly History[],
  passes: number,
): Promise<number> {
  let began = 0;
  function* all() {
    began = performance.now();
    for (let pass = 0; pass < passes; pass += 1)
      for (const [index, history] of histories.entries()) yield { workflowId: `${index}/${pass}`, history };
  }
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(options, all())) {
    if (error) throw new Error(`history ${workflowId} does not fit`, { cause: error });
    replayed += 1;
  }
  if (replayed !== passes * histories.length) throw new Error(`${replayed} histories came back`);
  return (eventsIn(histories) * passes * 1000) / (performance.now() - began);
}

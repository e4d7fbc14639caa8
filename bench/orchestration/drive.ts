import type { WorkflowHandle } from '@temporalio/client';
import type { Signpost } from '../bare/signpost.js';
import type { StageShape } from './shape.js';

/** One side of the comparison, as the driver sees it. */
export interface Side {
  readonly seen: Signpost;
  start(record: string): Promise<WorkflowHandle>;
  /** Puts on record, as the door does, what is then told to the workflow. */
  storeCommand(record: string, id: string, kind: string): void;
  storeAnswer(record: string, id: string): void;
}

/**
 * Takes one case through all its stages, as people and departments would with days between: nobody acts before the
 * run of a stage has read its record, and an opinion waits until every answer was read.
 */
export async function driveCase(side: Side, record: string, shape: readonly StageShape[]): Promise<void> {
  const handle = await side.start(record);
  let answered = 0;
  let asked = 0;
  for (const [index, { acts }] of shape.entries()) {
    await side.seen.until(`open ${record}`, index + 1);
    for (const act of acts) {
      if (act.on === 'command') {
        const id = crypto.randomUUID();
        side.storeCommand(record, id, act.name);
        await handle.executeUpdate<unknown, [{ id: string; kind: string }]>('command', {
          updateId: id,
          args: [{ id, kind: act.name }],
        });
      } else if (act.on === 'questions') {
        asked += act.count;
        await side.seen.until(`ask ${record}`, asked);
      } else if (act.on === 'answers') {
        answered += act.count;
        await Promise.all(
          Array.from({ length: act.count }, () => {
            const id = crypto.randomUUID();
            side.storeAnswer(record, id);
            return handle.signal<[string]>('answer', id);
          }),
        );
        await side.seen.until(`read ${record}`, answered);
      }
    }
  }
  await handle.result();
}

/** @returns cases completed per second, `inFlight` at a time */
export async function driveMany(
  side: Side,
  shape: readonly StageShape[],
  load: { readonly cases: number; readonly inFlight: number; readonly prefix: string },
): Promise<number> {
  let next = 0;
  let failed: { readonly error: unknown } | undefined;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (next < load.cases && !failed) {
      next += 1;
      await driveCase(side, `${load.prefix}-${next}`, shape).catch((error: unknown) => {
        failed ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: load.inFlight }, worker));
  if (failed) throw failed.error;
  return (load.cases * 1000) / (performance.now() - began);
}

import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { ShapedActivities } from './shaped-activities.js';

/** How much a stage holds; plain numbers, so that nothing of the product is needed to read it. */
export interface BareStage {
  /** Names of the commands it waits for, in order. */
  readonly commands: readonly string[];
  /** Local activities of each command. */
  readonly records: readonly number[];
  /** Asked of the outside at the beginning, all at once. */
  readonly questions: number;
  readonly answers: number;
  /** Milliseconds of the stage's one timer; null where it has none. */
  readonly timerMs: number | null;
  /** Local activities when the timer fires; null where it only stands by. */
  readonly fires: number | null;
}

export interface BareCase {
  readonly record: string;
  readonly stages: readonly BareStage[];
  readonly at: number;
}

const local = proxyLocalActivities<ShapedActivities>({ startToCloseTimeout: '30 seconds' });
const outside = proxyActivities<Pick<ShapedActivities, 'ask'>>({ startToCloseTimeout: '1 minute' });

export const command = defineUpdate<{ id: string }, [{ id: string; kind: string }]>('command');
export const answer = defineSignal<[string]>('answer');

/** A case written by hand: one run for each stage, nothing else than the stage has to do. */
export async function shaped({ record, stages, at }: BareCase): Promise<void> {
  const stage = stages[at];
  if (!stage) return;
  let admitted = 0;
  let applied = 0;
  let read = 0;
  let asked = 0;
  let opened = false;

  setHandler(
    command,
    async ({ id }) => {
      const records = stage.records[admitted] ?? 1;
      admitted += 1;
      await condition(() => opened);
      for (let nth = 0; nth < records; nth += 1) await local.apply(record, id);
      applied += 1;
      return { id };
    },
    {
      validator: ({ kind }) => {
        if (stage.commands[admitted] !== kind) throw ApplicationFailure.nonRetryable('not now');
      },
    },
  );
  setHandler(answer, async (id) => {
    await local.read(record, id);
    read += 1;
  });

  await local.open(record);
  opened = true;
  for (let nth = 0; nth < stage.questions; nth += 1)
    void outside.ask(record, nth).then(() => {
      asked += 1;
    });
  const over = () =>
    applied === stage.commands.length &&
    read === stage.answers &&
    asked === stage.questions &&
    stage.fires === null;
  if (stage.timerMs === null) await condition(over);
  else if (!(await condition(over, stage.timerMs)))
    for (let nth = 0; nth < (stage.fires ?? 0); nth += 1) await local.fire(record);
  if (at + 1 < stages.length) await continueAsNew<typeof shaped>({ record, stages, at: at + 1 });
}

import type { StageShape } from '../orchestration/shape.js';

/** What the server writes for one thing that happens, by event. Names as in Temporal's documentation. */
const EVENTS = {
  /** scheduled, started, completed */
  workflowTask: 3,
  /** accepted, completed */
  update: 2,
  signal: 1,
  /** the marker of a local activity */
  marker: 1,
  /** scheduled, started, completed */
  activity: 3,
  /** started, and fired or cancelled */
  timer: 2,
  /** started; continued-as-new or completed */
  run: 2,
} as const;

/** Which workflow tasks are counted: `shared` – what happens at the same moment shares one; `own` – each has its own. */
export type Tasks = 'shared' | 'own';

/**
 * Events that a history of this shape cannot do without, however the workflow were written on this server:
 *
 * - a run for each stage: its start and its end, a first workflow task, a marker for reading the record;
 * - a timer for each run in which a statutory clock runs;
 * - a command: an Update accepted and completed, a marker for each transaction, a workflow task of its own, for people
 *   act at different times;
 * - a question to a department: an activity; an answer: a Signal and the marker of its reading;
 * - a clock that runs out: a workflow task and its marker (its timer is the run's).
 *
 * Answers and completed questions may come all at the same moment. Then one workflow task hears of all (`shared`, a
 * true lower bound); when each comes alone, each needs its own (`own`).
 */
export function minimumEvents(shape: readonly StageShape[], tasks: Tasks): number {
  const many = (count: number): number =>
    (tasks === 'shared' ? Math.min(1, count) : count) * EVENTS.workflowTask;
  let events = 0;
  for (const { acts, timed } of shape) {
    events += EVENTS.run + EVENTS.workflowTask + EVENTS.marker + (timed ? EVENTS.timer : 0);
    for (const act of acts) {
      events += act.records * EVENTS.marker;
      if (act.on === 'answers') events += act.count * EVENTS.signal + many(act.count);
      else if (act.on === 'questions') events += act.count * EVENTS.activity + many(act.count);
      else if (act.on === 'command') events += EVENTS.update + EVENTS.workflowTask;
      else events += EVENTS.workflowTask;
    }
  }
  return events;
}

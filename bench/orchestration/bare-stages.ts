import type { BareStage } from '../bare/shaped.workflow.js';
import type { StageShape } from './shape.js';

const FAR_MS = 20 * 86_400_000;

/** A shape in the words of the bare workflow. */
export const bareStages = (
  shape: readonly StageShape[],
  waits: Readonly<Record<string, number>>,
): BareStage[] =>
  shape.map(({ acts, timed }) => {
    const commands = acts.flatMap((act) => (act.on === 'command' ? [act] : []));
    const [due] = acts.flatMap((act) => (act.on === 'due' ? [act] : []));
    const count = (on: 'questions' | 'answers'): number =>
      acts.reduce((sum, act) => (act.on === on ? sum + act.count : sum), 0);
    return {
      commands: commands.map(({ name }) => name),
      records: commands.map(({ records }) => records),
      questions: count('questions'),
      answers: count('answers'),
      timerMs: due ? (waits[due.name] ?? FAR_MS) : timed ? FAR_MS : null,
      fires: due?.records ?? null,
    };
  });

import { meets, type Goal, type Measure } from './measure.js';
import type { Result } from './result.js';

const shown = (value: number): string => String(Number(value.toPrecision(4)));
const goalText = (goal: Goal): string =>
  'atLeast' in goal ? `goal ≥ ${goal.atLeast}` : `goal ≤ ${goal.atMost}`;
const verdict = (value: number, goal: Goal | null): string =>
  goal ? ` (${goalText(goal)}: ${meets(value, goal) ? 'met' : 'MISSED'})` : '';

const lineOf = ({ what, unit, median, ratio, goal }: Measure): string =>
  `  ${what}: ours ${shown(median.ours)}, bare ${shown(median.bare)} ${unit}; ratio ${shown(ratio)}${verdict(ratio, goal)}`;

/** What the terminal says of a result; everything else is in its file. */
export function report(result: Result): string {
  return [
    `${result.name}: ${result.met ? 'goals met' : 'goal missed'}`,
    ...[result, ...result.beside].map(lineOf),
    ...result.demands.map(
      ({ what, value, unit, goal }) => `  ${what}: ${shown(value)} ${unit}${verdict(value, goal)}`,
    ),
    ...result.notes.map((note) => `  – ${note}`),
  ].join('\n');
}

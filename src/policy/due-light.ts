import { daysBetween, type PlainDate } from '../terms/index.js';

export type DueLight = 'green' | 'amber' | 'red';

/** Of the week or so that a department has to answer, calendar days: the last, and the three before it. */
const RED_FROM_DAYS = 1;
const AMBER_FROM_DAYS = 4;

/** How near a due day is; it is over at the end of that day. */
export function dueLight(today: PlainDate, dueOn: PlainDate): { daysLeft: number; light: DueLight } {
  const daysLeft = daysBetween(today, dueOn);
  if (daysLeft <= RED_FROM_DAYS) return { daysLeft, light: 'red' };
  return { daysLeft, light: daysLeft <= AMBER_FROM_DAYS ? 'amber' : 'green' };
}

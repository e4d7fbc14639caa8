import { addDays, endOf, weekday, yearOf, type Instant, type PlainDate } from '../terms/dates.js';

/** One year of the State Council's holiday notice. */
export interface CalendarYear {
  readonly year: number;
  /** Days off, also those that fall on a weekend. A notice may name days at the end of December before its year. */
  readonly holidays: readonly PlainDate[];
  /** Weekend days that are worked (调休). */
  readonly workdays: readonly PlainDate[];
}

export interface WorkingCalendar {
  readonly years: ReadonlySet<number>;
  readonly holidays: ReadonlySet<PlainDate>;
  readonly workdays: ReadonlySet<PlainDate>;
}

/** A last day on which something is still in time. */
export interface DueDate {
  readonly date: PlainDate;
  /** True when the count went through a year whose notice is not published: such days count as plain weekdays. */
  readonly provisional: boolean;
  /** The first such year. */
  readonly missingYear?: number;
}

export function workingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  return {
    years: new Set(years.map((entry) => entry.year)),
    holidays: new Set(years.flatMap((entry) => entry.holidays)),
    workdays: new Set(years.flatMap((entry) => entry.workdays)),
  };
}

/** By the published notice; without one, Monday to Friday. */
export function isWorkingDay(calendar: WorkingCalendar, date: PlainDate): boolean {
  if (calendar.workdays.has(date)) return true;
  if (calendar.holidays.has(date)) return false;
  const day = weekday(date);
  return day !== 0 && day !== 6;
}

/**
 * The last day of a period of `n` working days (工作日). The day it starts on is not counted.
 * @param leftOut days that a rule leaves out of the count
 * @throws {RangeError} when `n` is not a whole number of days
 */
export function addWorkingDays(
  calendar: WorkingCalendar,
  start: PlainDate,
  n: number,
  leftOut: (date: PlainDate) => boolean = () => false,
): DueDate {
  wholeDays(n);
  const walk = openWalk(calendar, start);
  for (let counted = 0; counted < n;) if (walk.step() && !leftOut(walk.due().date)) counted += 1;
  return walk.due();
}

/** Working days after `from` up to and with `to`. */
export function workingDaysBetween(calendar: WorkingCalendar, from: PlainDate, to: PlainDate): number {
  let counted = 0;
  for (let date = from; date < to;) {
    date = addDays(date, 1);
    if (isWorkingDay(calendar, date)) counted += 1;
  }
  return counted;
}

/**
 * The last day of a period of `n` calendar days (日). The day it starts on is not counted; a period that would end
 * on a holiday or rest day ends on the next working day.
 * @throws {RangeError} when `n` is not a whole number of days
 */
export function addCalendarDays(calendar: WorkingCalendar, start: PlainDate, n: number): DueDate {
  wholeDays(n);
  if (n === 0) return { date: start, provisional: false };
  const walk = openWalk(calendar, addDays(start, n - 1));
  while (!walk.step());
  return walk.due();
}

/** The instant after which a due date has passed: local midnight at its end. */
export const dueInstant = (due: DueDate): Instant => endOf(due.date);

/** Steps from day to day, remembering the first year without a notice. */
function openWalk(calendar: WorkingCalendar, from: PlainDate) {
  let date = from;
  let missingYear: number | undefined;
  return {
    step(): boolean {
      date = addDays(date, 1);
      if (!calendar.years.has(yearOf(date))) missingYear ??= yearOf(date);
      return isWorkingDay(calendar, date);
    },
    due: (): DueDate =>
      missingYear === undefined ? { date, provisional: false } : { date, provisional: true, missingYear },
  };
}

function wholeDays(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not a whole number of days: ${n}`);
}

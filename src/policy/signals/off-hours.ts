import { addDays, dateAt, instant, startOf, type Instant, type PlainDate } from '../../terms/index.js';
import { isWorkingDay } from '../calendar.js';
import type { OfficeHours } from '../rulebook-types.js';
import { isLook, type Access, type Pattern, type Signal, type SignalContext } from './access.js';

const MINUTE_MS = 60_000;
const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};
const minuteOfDay = (at: Instant): number => Math.floor((at - startOf(dateAt(at))) / MINUTE_MS);

/** Outside the hours of the office, or on a day on which it is shut: weekends, holidays, but not adjusted workdays. */
export function isOffHours(at: Instant, { hours, calendar }: Omit<SignalContext, 'rule'>): boolean {
  const minute = minuteOfDay(at);
  const open = minute >= minutesOf(hours.opens) && minute < minutesOf(hours.closes);
  return !open || !isWorkingDay(calendar, dateAt(at));
}

/** The day after whose hours it is: before the office opens, it still is the night of the day before. */
export const nightOf = (at: Instant, { opens }: OfficeHours): PlainDate =>
  minuteOfDay(at) < minutesOf(opens) ? addDays(dateAt(at), -1) : dateAt(at);

/** When that night's day began. */
export const nightBegan = (at: Instant, hours: OfficeHours): Instant =>
  instant(startOf(nightOf(at, hours)) + minutesOf(hours.opens) * MINUTE_MS);

/** Several files are read outside office hours, and nothing is done in them. Overtime leaves acts behind. */
export const offHours: Pattern = (accesses, context) => {
  const nights = new Map<PlainDate, { from: Instant; files: Set<string> }>();
  const signals: Signal[] = [];
  for (const access of accesses.filter((each) => readsAtNight(each, context))) {
    const night = nightOf(access.at, context.hours);
    const read = nights.get(night) ?? { from: access.at, files: new Set() };
    nights.set(night, read);
    read.files.add(access.caseNo ?? '');
    if (read.files.size >= context.rule.offHoursFiles)
      signals.push({
        kind: 'off_hours',
        key: night,
        from: read.from,
        to: access.at,
        params: { files: read.files.size, night },
      });
  }
  return signals;
};

const readsAtNight = (access: Access, context: SignalContext): boolean =>
  isLook(access) && access.found && !access.acted && isOffHours(access.at, context);

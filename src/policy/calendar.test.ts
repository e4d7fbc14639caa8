import { isWorkday } from 'chinese-days';
import { LegalHoliday } from 'tyme4ts';
import { describe, expect, it } from 'vitest';
import { addDays, plainDate, rfc3339, weekday, type PlainDate } from '../terms/dates.js';
import { addCalendarDays, addWorkingDays, dueInstant, isWorkingDay, workingCalendar } from './calendar.js';
import { realRulebook } from './test-support.js';

const { calendar } = realRulebook();
const day = plainDate;

function everyDay(from: string, to: string): PlainDate[] {
  const days: PlainDate[] = [];
  for (let date = day(from); date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}

/** What tyme4ts says: its table of holidays and make-up days, the weekday elsewhere. */
function worksByTyme(date: PlainDate): boolean {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  const holiday = LegalHoliday.fromYmd(year, month, dayOfMonth);
  return holiday ? holiday.isWork() : weekday(date) !== 0 && weekday(date) !== 6;
}

describe('the published calendars', () => {
  const days = everyDay('2022-01-01', '2026-12-31');

  it('cover 2022 to 2026, all 1,826 days', () => {
    expect([...calendar.years].sort((a, b) => a - b)).toEqual([2022, 2023, 2024, 2025, 2026]);
    expect(days).toHaveLength(1826);
  });

  it('agree with chinese-days on every day', () => {
    expect(days.filter((date) => isWorkingDay(calendar, date) !== isWorkday(date))).toEqual([]);
  });

  it('agree with tyme4ts on every day', () => {
    expect(days.filter((date) => isWorkingDay(calendar, date) !== worksByTyme(date))).toEqual([]);
  });

  it.each([
    ['2026-02-14', true, 'a Saturday worked before Spring Festival'],
    ['2026-02-16', false, 'a Monday of Spring Festival'],
    ['2026-02-28', true, 'a Saturday worked after it'],
    ['2026-09-20', true, 'a Sunday worked before National Day'],
    ['2026-10-10', true, 'a Saturday worked after it'],
    ['2022-12-31', false, "New Year's day off that the notice for 2023 names"],
    ['2026-03-07', false, 'a plain Saturday'],
    ['2026-03-09', true, 'a plain Monday'],
  ])('%s: works = %s, %s', (date, works) => {
    expect(isWorkingDay(calendar, day(date))).toBe(works);
  });
});

describe('working days', () => {
  it.each([
    ['2026-03-02', 0, '2026-03-02', 'no days'],
    ['2026-03-02', 1, '2026-03-03', 'the starting day is not counted'],
    ['2026-03-06', 1, '2026-03-09', 'a weekend is passed over'],
    ['2026-03-07', 1, '2026-03-09', 'a start on a day off counts from the next day'],
    ['2026-09-30', 5, '2026-10-13', 'National Day, with the Saturday after it worked'],
    ['2026-02-13', 1, '2026-02-14', 'a worked Saturday counts'],
    ['2026-02-13', 3, '2026-02-25', 'Spring Festival does not'],
    ['2026-04-30', 3, '2026-05-08', 'Labour Day'],
    ['2026-04-30', 4, '2026-05-09', 'and the Saturday that makes up for it'],
    ['2024-02-09', 1, '2024-02-18', 'a worked Sunday counts'],
    ['2026-03-10', 30, '2026-04-22', 'thirty days over Qingming'],
    ['2026-03-10', 45, '2026-05-15', 'forty-five days over Labour Day'],
    ['2025-12-31', 3, '2026-01-06', 'over a new year that is published, 4 January worked'],
  ])('%s + %i = %s: %s', (start, n, due) => {
    expect(addWorkingDays(calendar, day(start), n)).toEqual({ date: due, provisional: false });
  });

  it('into a year without a notice: counted as plain weekdays, provisional, the year named', () => {
    expect(addWorkingDays(calendar, day('2026-12-30'), 3)).toEqual({
      date: '2027-01-04',
      provisional: true,
      missingYear: 2027,
    });
  });

  it('that end on the last published day are not provisional', () => {
    expect(addWorkingDays(calendar, day('2026-12-30'), 1)).toEqual({
      date: '2026-12-31',
      provisional: false,
    });
  });

  it('change when the calendar arrives', () => {
    const later = workingCalendar([
      { year: 2026, holidays: [], workdays: [] },
      { year: 2027, holidays: [day('2027-01-01'), day('2027-01-04')], workdays: [day('2027-01-03')] },
    ]);
    expect(addWorkingDays(later, day('2026-12-30'), 3)).toEqual({ date: '2027-01-05', provisional: false });
  });

  it('before the first published year are provisional too', () => {
    expect(addWorkingDays(calendar, day('2021-12-29'), 2)).toMatchObject({
      provisional: true,
      missingYear: 2021,
    });
  });

  it.each([-1, 1.5, Number.NaN])('refuses %s days', (n) => {
    expect(() => addWorkingDays(calendar, day('2026-03-02'), n)).toThrow(RangeError);
    expect(() => addCalendarDays(calendar, day('2026-03-02'), n)).toThrow(RangeError);
  });
});

describe('calendar days', () => {
  it.each([
    ['2026-03-10', 7, '2026-03-17', 'seven days of notice, the day it is posted not counted'],
    ['2026-03-07', 7, '2026-03-16', 'an end on a Saturday moves to Monday'],
    ['2026-02-09', 7, '2026-02-24', 'an end in Spring Festival moves behind it'],
    ['2026-02-07', 7, '2026-02-14', 'an end on a worked Saturday stays'],
    ['2026-09-25', 7, '2026-10-08', 'an end in National Day moves behind it'],
    ['2026-03-02', 0, '2026-03-02', 'no days'],
  ])('%s + %i = %s: %s', (start, n, due) => {
    expect(addCalendarDays(calendar, day(start), n)).toEqual({ date: due, provisional: false });
  });

  it('into a year without a notice are provisional', () => {
    expect(addCalendarDays(calendar, day('2026-12-28'), 7)).toEqual({
      date: '2027-01-04',
      provisional: true,
      missingYear: 2027,
    });
  });

  it('look only at the day on which they end', () => {
    expect(addCalendarDays(calendar, day('2021-12-29'), 7)).toEqual({
      date: '2022-01-05',
      provisional: false,
    });
  });
});

it('a due date passes at local midnight at its end', () => {
  const due = addWorkingDays(calendar, day('2026-03-02'), 3);
  expect(rfc3339(dueInstant(due))).toBe('2026-03-06T00:00:00+08:00');
});

import { describe, expect, it } from 'vitest';
import { addDays, instant, plainDate, startOf, type Instant, type PlainDate } from '../../terms/index.js';
import { isWorkingDay } from '../calendar.js';
import { divisionCode } from '../../terms/index.js';
import { accessValue } from '../access-defaults.js';
import { realRulebook } from '../test-support.js';
import type { Access, SignalContext } from './access.js';
import { signalsIn } from './index.js';

/**
 * A year of the one clerk of a real township, by its figures of 2026: 611 households, ten new cases a month at sixteen
 * hours each, every household looked at again once a year. With the values of the place as they stand in `policy/`.
 */
const HOUSEHOLDS = 611;
const NEW_A_MONTH = 10;
const REVIEWS_A_DAY = 3;
const CALLS_A_DAY = 8;
const ACTS_A_CASE = 12;
const rulebook = realRulebook();
const where = { place: divisionCode('231025'), on: plainDate('2026-03-02') };
const rule = accessValue(rulebook, { ...where, key: 'lookup_signals' });
const hours = accessValue(rulebook, { ...where, key: 'office_hours' });
if (!rule || !hours) throw new Error('Linkou states neither');
const CONTEXT: SignalContext = { rule, hours, calendar: rulebook.calendar };

let state = 42;
/** The same draws at every run. */
const below = (n: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const minute = (day: PlainDate, of: number): Instant => instant(startOf(day) + of * 60_000);
const look = (n: number, at: Instant, part: Partial<Access>): Access => ({
  kind: 'case_page',
  at,
  caseNo: `AP-231025101-2026-${String(n).padStart(5, '0')}`,
  personId: null,
  found: true,
  marks: [],
  acted: false,
  tasked: false,
  ...part,
});
const OPENS = 8 * 60;
const inHours = (): number => OPENS + below(10 * 60);

/** A day: the work list in its order, reviews, people who ring up about some file, and now and then overtime. */
function dayOf(day: PlainDate, fresh: number): Access[] {
  const work = Array.from({ length: ACTS_A_CASE * 3 }, (_, n) =>
    look(
      HOUSEHOLDS + (n % (fresh + 1)),
      minute(day, OPENS + 30 + n),
      n % 3 === 0 ? { acted: true } : { tasked: true },
    ),
  );
  const reviews = Array.from({ length: REVIEWS_A_DAY }, () =>
    look(1 + below(HOUSEHOLDS), minute(day, inHours()), { acted: true }),
  );
  const calls = Array.from({ length: CALLS_A_DAY }, () =>
    look(1 + below(HOUSEHOLDS), minute(day, inHours()), {}),
  );
  // Until eight, with acts; and two files looked up again before going home.
  const overtime = Array.from({ length: below(4) === 0 ? 10 : 0 }, (_, n) =>
    look(1 + below(HOUSEHOLDS), minute(day, 18 * 60 + n * 12), { acted: n < 8 }),
  );
  return [...work, ...reviews, ...calls, ...overtime];
}

const year = Array.from({ length: 365 }, (_, n) => addDays(plainDate('2026-01-01'), n)).filter((day) =>
  isWorkingDay(rulebook.calendar, day),
);
const accesses = year
  .flatMap((day, n) => dayOf(day, Math.floor((n * NEW_A_MONTH * 12) / year.length)))
  .toSorted((a, b) => a.at - b.at);

describe('a year of ordinary hard work', () => {
  it('is some twelve thousand looks, hundreds of them in the evening, and no signal', () => {
    expect(year.length).toBeGreaterThan(240);
    expect(accesses.length).toBeGreaterThan(11_000);
    expect(signalsIn(accesses, CONTEXT)).toEqual([]);
  });

  it('does not hide one night in the middle of it on which forty files are read by number', () => {
    const night = minute(plainDate('2026-07-08'), 22 * 60);
    const forty = Array.from({ length: 40 }, (_, n) => look(200 + n, instant(night + n * 20_000), {}));
    const signals = signalsIn(
      [...accesses, ...forty].toSorted((a, b) => a.at - b.at),
      CONTEXT,
    );
    expect(signals.map(({ kind, params }) => [kind, params['pattern'] ?? params['files']])).toEqual([
      ['off_hours', rule.offHoursFiles],
      ['sequence_browsing', 'run_of_numbers'],
      ['sequence_browsing', 'many_files'],
    ]);
    // The tenth number of the run, three minutes after the first: what qualified is what is told.
    expect(Math.max(...signals.map(({ to }) => to)) - night).toBeLessThanOrEqual(29 * 20_000);
  });
});

import type { PlainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import type { DivisionCode } from '../terms/ids.js';
import { addCalendarDays, addWorkingDays, type DueDate } from './calendar.js';
import { parameter, statutory } from './rulebook.js';
import type { Rulebook } from './rulebook-types.js';

const STATUTORY = [
  'investigation_start_working_days',
  'verification_start_working_days',
  'public_notice_days',
  'county_opinion_working_days',
  'refusal_notice_working_days',
  'total_working_days',
  'total_working_days_delegated',
  'total_working_days_special',
] as const;
/** A place's periods in working days, and in calendar days. */
const LOCAL = [
  'supplement_period',
  'department_answer_period',
  'entry_tolerance',
  'warning_period',
  'verification_objection_period',
  'recheck_period',
  'cooperation_period',
  'escalation_period',
] as const;
const LOCAL_CALENDAR = ['second_notice_days', 'report_answer_days', 'publication_days'] as const;

export interface ClockQuery {
  /** As a procedure's table writes it: the law's limits in days, or a place's in working days (`parameter`). */
  readonly length:
    | { readonly unit: 'at_once' }
    | { readonly unit: 'working_days' | 'calendar_days' | 'parameter'; readonly parameter: string };
  readonly place: DivisionCode;
  /** The day of the act that starts the clock; not counted, and the day whose limit applies. */
  readonly start: PlainDate;
  /** Periods that the place's rule leaves out of a count in working days. */
  readonly excluded?: readonly Period[] | undefined;
}

/** Days from the one after `after` to `through`, both as acts are dated: the starting day is not counted. */
export interface Period {
  readonly after: PlainDate;
  readonly through: PlainDate;
}

/**
 * When a clock that starts on a day runs out.
 * @throws {DomainError} `parameter_missing` when neither law nor place has such a limit on that day
 */
export function clockDue(rulebook: Rulebook, { length, place, start, excluded = [] }: ClockQuery): DueDate {
  const { calendar } = rulebook;
  switch (length.unit) {
    case 'at_once':
      return { date: start, provisional: false };
    case 'working_days':
      return addWorkingDays(calendar, start, ofTheLaw(rulebook, length.parameter, start), (date) =>
        excluded.some(({ after, through }) => date > after && date <= through),
      );
    case 'calendar_days':
      return addCalendarDays(calendar, start, ofTheLaw(rulebook, length.parameter, start));
    case 'parameter': {
      const inDays = LOCAL_CALENDAR.find((name) => name === length.parameter);
      if (inDays)
        return addCalendarDays(calendar, start, parameter(rulebook, { place, key: inDays, on: start }).value);
      const key = LOCAL.find((name) => name === length.parameter);
      if (!key) throw missing(length.parameter, place, start);
      return addWorkingDays(calendar, start, parameter(rulebook, { place, key, on: start }).value);
    }
  }
}

function ofTheLaw(rulebook: Rulebook, name: string, on: PlainDate): number {
  const key = STATUTORY.find((known) => known === name);
  if (!key) throw missing(name, 'CN', on);
  return statutory(rulebook, key, on).value;
}

const missing = (name: string, place: string, date: PlainDate): DomainError =>
  new DomainError('parameter_missing', { params: { parameter: name, place, date } });

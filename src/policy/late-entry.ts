import { addWorkingDays } from './calendar.js';
import { parameter } from './rulebook.js';
import type { Rulebook } from './rulebook-types.js';
import { DomainError, type DivisionCode, type PlainDate } from '../terms/index.js';

/**
 * Was the act entered later than the place tolerates? Then it is marked, and has to give its reason.
 * @throws {DomainError} `body_invalid` at `/lateReasonCode` when a late entry gives none
 */
export function lateEntry(
  rulebook: Rulebook,
  entry: { place: DivisionCode; occurredOn: PlainDate; today: PlainDate; reason: string | undefined },
): boolean {
  const tolerance = parameter(rulebook, {
    place: entry.place,
    key: 'entry_tolerance',
    on: entry.occurredOn,
  }).value;
  const late = entry.today > addWorkingDays(rulebook.calendar, entry.occurredOn, tolerance).date;
  if (late && !entry.reason)
    throw new DomainError('body_invalid', { pointer: '/lateReasonCode', params: { reason: 'late_entry' } });
  return late;
}

import type { DivisionCode, PlainDate } from '../terms/index.js';
import { parameterIfAny } from './rulebook.js';
import type { PlaceValues, Rulebook } from './rulebook-types.js';

export type AccessKey =
  'lookup_quota_clerk_day' | 'lookup_quota_person_month' | 'office_hours' | 'lookup_signals';

type AccessValues = Pick<PlaceValues, AccessKey>;

/**
 * What holds in a place that states nothing itself. No authority publishes how many questions are too many, or from when on
 * somebody should look: these are ours, set so that ordinary work never meets them, and a place replaces them.
 */
const DEFAULTS: AccessValues = {
  // Some eighty persons asked about in every source; a township of 611 households has ten new cases a month.
  lookup_quota_clerk_day: 1000,
  // Five times every source; one application with a recheck asks at most twice.
  lookup_quota_person_month: 60,
  office_hours: { opens: '08:00', closes: '18:00' },
  lookup_signals: {
    windowMinutes: 30,
    runOfNumbers: 10,
    filesInWindow: 30,
    offHoursFiles: 5,
    numbersNotFound: 5,
    personsWithoutGround: 3,
  },
};

/** How a place watches lookups on a day. */
export const accessValue = <K extends AccessKey>(
  rulebook: Rulebook,
  query: { place: DivisionCode; on: PlainDate; key: K },
): AccessValues[K] => parameterIfAny(rulebook, query)?.value ?? DEFAULTS[query.key];

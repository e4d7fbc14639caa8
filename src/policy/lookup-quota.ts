import type { DivisionCode, PlainDate, Quota } from '../terms/index.js';
import { parameterIfAny } from './rulebook.js';
import type { PlaceValues, Rulebook } from './rulebook-types.js';

const KEYS = {
  clerk_day: 'lookup_quota_clerk_day',
  person_month: 'lookup_quota_person_month',
} as const satisfies Record<Quota, keyof PlaceValues>;

/** How many questions a quota allows: for each member of staff and day, or about each person and calendar month. */
export interface QuotaLimit {
  readonly quota: Quota;
  readonly limit: number;
}

/** The quotas of a place on a day. A place that states none has none: nobody's application waits for a missing number. */
export const quotasOf = (rulebook: Rulebook, where: { place: DivisionCode; on: PlainDate }): QuotaLimit[] =>
  (Object.keys(KEYS) as Quota[]).flatMap((quota) => {
    const limit = statedValue(rulebook, { ...where, key: KEYS[quota] });
    return limit === undefined ? [] : [{ quota, limit }];
  });

/** A value of the place, or nothing where it states none. */
export const statedValue = <K extends keyof PlaceValues>(
  rulebook: Rulebook,
  query: { place: DivisionCode; on: PlainDate; key: K },
): PlaceValues[K] | undefined => parameterIfAny(rulebook, query)?.value;

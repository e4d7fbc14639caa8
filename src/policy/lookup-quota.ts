import type { DivisionCode, PlainDate, Quota } from '../terms/index.js';
import { accessValue, type AccessKey } from './access-defaults.js';
import type { Rulebook } from './rulebook-types.js';

const KEYS = {
  clerk_day: 'lookup_quota_clerk_day',
  person_month: 'lookup_quota_person_month',
} as const satisfies Record<Quota, AccessKey>;

/** How many questions a quota allows: for each member of staff and day, or about each person and calendar month. */
export interface QuotaLimit {
  readonly quota: Quota;
  readonly limit: number;
}

/** The quotas of a place on a day, its own or the default. */
export const quotasOf = (rulebook: Rulebook, where: { place: DivisionCode; on: PlainDate }): QuotaLimit[] =>
  (Object.keys(KEYS) as Quota[]).map((quota) => ({
    quota,
    limit: accessValue(rulebook, { ...where, key: KEYS[quota] }),
  }));

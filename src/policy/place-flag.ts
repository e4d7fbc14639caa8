import { parameter } from './rulebook.js';
import type { Rulebook } from './rulebook-types.js';
import { DomainError, type DivisionCode, type PlainDate } from '../terms/index.js';

const FLAGS = [
  'confirmation_delegated',
  'second_notice',
  'refusals_posted',
  'remote_visits',
  'verification_before_acceptance',
] as const;

/** Whether a place has such a clock at all, by its switches on a day. @throws {DomainError} `parameter_missing` */
export const runsWhere = (
  rulebook: Rulebook,
  { onlyWhere, exceptWhere }: { readonly onlyWhere?: string; readonly exceptWhere?: string },
  { place, on }: { place: DivisionCode; on: PlainDate },
): boolean =>
  (onlyWhere === undefined || placeFlag(rulebook, { place, name: onlyWhere, on })) &&
  (exceptWhere === undefined || !placeFlag(rulebook, { place, name: exceptWhere, on }));

/**
 * A switch of the place that a procedure's table names.
 * @throws {DomainError} `parameter_missing` where the place says neither yes nor no
 */
export function placeFlag(
  rulebook: Rulebook,
  { place, name, on }: { place: DivisionCode; name: string; on: PlainDate },
): boolean {
  const key = FLAGS.find((flag) => flag === name);
  if (!key) throw new DomainError('parameter_missing', { params: { parameter: name, place, date: on } });
  return parameter(rulebook, { place, key, on }).value;
}

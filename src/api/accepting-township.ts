import { findDivision, liesWithin, rolesFor } from '../casefile/divisions.js';
import type { Tx } from '../casefile/tx.js';
import { DomainError, type Role, type SubmitBody } from '../terms/index.js';
import type { Principal } from './auth.js';

const unknown = (pointer: string): DomainError => new DomainError('division_unknown', { pointer });

/**
 * The township is one of the caller's, its village is its own, and the place whose parameters apply is the township or
 * lies above it: nobody chooses another county's standard.
 * @throws {DomainError} `division_unknown` with a pointer
 */
export async function acceptingTownship(
  tx: Tx,
  body: Pick<SubmitBody, 'place' | 'township' | 'village'>,
  { staffId, today }: Pick<Principal, 'staffId' | 'today'>,
  allowed: readonly Role[],
): Promise<void> {
  const township = await findDivision(tx, body.township, today);
  const roles = township ? await rolesFor(tx, staffId, township.id, today) : [];
  if (!township || !allowed.some((role) => roles.includes(role))) throw unknown('/township');
  const place = await findDivision(tx, body.place, today);
  if (!place || !(await liesWithin(tx, township.id, place.id, today))) throw unknown('/place');
  const village = await findDivision(tx, body.village, today);
  // A tree may end at the township; a village it does know has to be there.
  const known = village
    ? await liesWithin(tx, village.id, township.id, today)
    : body.village.startsWith(body.township);
  if (!known) throw unknown('/village');
}

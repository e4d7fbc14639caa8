import { release } from '../casefile/parked.js';
import { inCasefile } from '../casefile/tx.js';
import { dateAt, type CaseNo } from '../terms/index.js';
import { refreshCase } from './dispatch.js';
import type { House } from './house.js';
import type { TemporalAccess } from './temporal-client.js';

/**
 * Lets everything of a case be tried again that was parked, and its desk read the record again: an Update that came to
 * nothing would come to nothing once more under the same id.
 * @returns how much was released; `told` is false where there is no desk to tell, or none was reached
 * @throws {DomainError} `case_not_found`
 */
export async function releaseParked(
  house: Pick<House, 'casefile' | 'time'>,
  { client }: Pick<TemporalAccess, 'client'>,
  caseNo: CaseNo,
): Promise<{ released: number; told: boolean }> {
  const at = await house.time.now();
  const acting = { actor: 'system:operator', on: dateAt(at), caseNo } as const;
  const released = await inCasefile(house.casefile, acting, (tx) => release(tx, caseNo, at));
  if (released === 0) return { released, told: false };
  const told = await refreshCase(client, caseNo).then(
    (answer) => answer === 'told',
    () => false,
  );
  return { released, told };
}

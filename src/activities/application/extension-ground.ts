import { extensionOf, objectionsOf } from '../../casefile/opinions.js';
import { readApplication } from '../../casefile/evidence.js';
import { placesOf } from '../../casefile/persons.js';
import type { CommandContext } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { placeOf } from './context.js';

/** A ground is listed, and the record bears it out where it can; one extension only (art. 22; NOTICE-2022 section 4 (1)). */
export async function groundHolds(step: CommandContext, given: unknown): Promise<boolean> {
  const { tx, caseNo } = step;
  if (await extensionOf(tx, caseNo)) return false;
  const { ground } = bodyOf('extend', given);
  switch (ground) {
    case 'objection_to_notice':
      return (await objectionsOf(tx, caseNo)).length > 0;
    case 'hukou_residence_split':
      return (await placesOf(tx, caseNo)).some(
        ({ hukouCode, residenceCode }) =>
          hukouCode !== null && residenceCode !== null && hukouCode !== residenceCode,
      );
    case 'away_from_hukou': {
      const { applicantId } = await readApplication(tx, caseNo);
      const home = (await placesOf(tx, caseNo)).findLast(({ personId }) => personId === applicantId);
      const hukou = home?.hukouCode ?? null;
      return hukou !== null && !hukou.startsWith(await placeOf(tx, caseNo));
    }
    case 'hard_investigation':
      // How hard it is, nobody but the person who signs for it can say.
      return true;
  }
}

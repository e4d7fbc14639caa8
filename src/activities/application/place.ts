import { readApplication } from '../../casefile/evidence.js';
import type { Tx } from '../../casefile/tx.js';
import { divisionCode, type DivisionCode } from '../../terms/index.js';

/** The county whose published parameters apply. */
export const placeOf = async (tx: Tx, caseNo: string): Promise<DivisionCode> =>
  divisionCode((await readApplication(tx, caseNo)).placeCode);

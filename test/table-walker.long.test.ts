import { walkTable } from './support/table-walker-cases.js';
import { OUTSIDE, WITHIN } from './support/table-walker.js';

/** All squares outside the table, close to nine thousand, and every page. */
walkTable({ squares: OUTSIDE, looking: () => WITHIN });

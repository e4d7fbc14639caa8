import { ROLES } from '../src/terms/index.js';
import { walkTable } from './support/table-walker-cases.js';
import { OUTSIDE } from './support/table-walker.js';

/** All squares outside the table, close to nine thousand, and every page. */
walkTable({ squares: OUTSIDE, looking: () => ROLES });

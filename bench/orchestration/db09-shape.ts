import { APPLICATION } from '../../src/policy/application.js';
import { ASKED } from '../../test/support/household.js';
import { db09 } from '../../test/support/household.js';
import { shapeOf, straightWay, type StageShape } from './shape.js';

/** DB09's straight way as the table has it: six people, every department asked about each. */
export const db09Shape = (): StageShape[] =>
  shapeOf(APPLICATION, 'submitted', straightWay(db09().members.length, ASKED.length));

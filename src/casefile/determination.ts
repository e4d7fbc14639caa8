import type { Determination } from '../policy/determination.js';
import type { determinations } from './schema/index.js';

/** A stored determination in the form it was made in: its columns are the fields, frozen as JSON. */
export const frozenDetermination = (row: typeof determinations.$inferSelect): Determination =>
  ({
    format: 1,
    eligible: row.eligible,
    category: row.eligible ? 'dibao' : 'none',
    monthlyBenefitFen: row.monthlyBenefitFen,
    steps: row.steps,
    inputs: row.inputs,
    parameterVersions: row.parameters,
  }) as Determination;

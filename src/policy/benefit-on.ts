import { DomainError } from '../terms/errors.js';
import type { Fen } from '../terms/fen.js';
import type { MeansTestInput } from './determination.js';
import type { AdoptedFact } from './income.js';
import { meansTest } from './means-test.js';
import type { Rulebook } from './rulebook-types.js';

/** What a household would get a month; or why nobody can say yet. Never an estimate. */
export type BenefitOutlook =
  | { readonly monthlyBenefitFen: Fen }
  | {
      readonly undetermined: {
        readonly code: string;
        readonly params: Readonly<Record<string, string | number>>;
      };
    };

export type BenefitOn = (facts: readonly AdoptedFact[]) => BenefitOutlook;

/** What the means test refuses to go on without; anything else it throws is a defect. */
const LACKING: readonly string[] = ['guard_not_met', 'parameter_missing', 'amount_not_whole_fen'];

/** The means test as a function of the facts alone: the same engine, parameters and rounding as the opinion's. */
export const benefitOn =
  (rulebook: Rulebook, household: Omit<MeansTestInput, 'facts'>): BenefitOn =>
  (facts) => {
    try {
      return { monthlyBenefitFen: meansTest(rulebook, { ...household, facts }).monthlyBenefitFen };
    } catch (error) {
      if (!(error instanceof DomainError) || !LACKING.includes(error.code)) throw error;
      return { undetermined: { code: error.code, params: error.params ?? {} } };
    }
  };

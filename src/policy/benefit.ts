import { fen, type Fen } from '../terms/fen.js';
import { citeParameter, fraction, type Step } from './determination.js';
import { minus, over, ratio, roundToUnit, type Ratio } from './ratio.js';
import type { Parameter, PlaceValues, Rounding } from './rulebook-types.js';

export interface BenefitInput {
  readonly standard: Parameter<'dibao_standard', Fen>;
  readonly method: Parameter<'benefit_method', PlaceValues['benefit_method']>;
  readonly rounding: Parameter<'benefit_rounding', Rounding>;
  readonly memberCount: number;
  /** Of the household, in fen, exact. */
  readonly monthlyIncome: Ratio;
}

/**
 * Standard times members less the household's monthly income (DIBAO-2021 art. 23), rounded once.
 * @throws {DomainError} `amount_not_whole_fen` when the place's mode is `exact` and something is left over
 */
export function benefit(input: BenefitInput): { monthlyFen: Fen; steps: Step[] } {
  const { standard, method, rounding, memberCount, monthlyIncome } = input;
  const standardTotalFen = fen(standard.value * memberCount);
  const gap = minus(ratio(standardTotalFen), monthlyIncome);
  const monthlyFen = roundOnce(gap, memberCount, rounding.value);
  const article = { law: 'DIBAO-2021', article: 23 } as const;
  const steps: Step[] = [
    {
      code: 'standard_total',
      inputs: { standardFen: standard.value, memberCount },
      result: standardTotalFen,
      article,
      parameter: citeParameter(standard),
    },
    {
      code: 'benefit_gap',
      inputs: { standardTotalFen, monthlyIncome: fraction(monthlyIncome) },
      result: fraction(gap),
      article,
      parameter: citeParameter(method),
    },
    {
      code: 'benefit_rounded',
      inputs: { exact: fraction(gap), rounding: rounding.value, memberCount },
      result: monthlyFen,
      article,
      parameter: citeParameter(rounding),
    },
  ];
  return { monthlyFen, steps };
}

/** The only place where an amount is rounded. */
function roundOnce(householdGap: Ratio, memberCount: number, { stage, mode, to }: Rounding): Fen {
  const unitFen = to === 'yuan' ? 100 : 1;
  switch (stage) {
    case 'household_month':
      return roundToUnit(householdGap, unitFen, mode);
    case 'per_capita_month':
      return fen(roundToUnit(over(householdGap, memberCount), unitFen, mode) * memberCount);
  }
}

import { DomainError } from '../terms/errors.js';
import { fen } from '../terms/fen.js';
import { benefit } from './benefit.js';
import {
  citeParameter,
  fraction,
  inOrder,
  type Determination,
  type MeansTestInput,
  type Step,
} from './determination.js';
import { householdIncome, incomeWindow } from './income.js';
import { incomeSteps } from './income-steps.js';
import { propertyTest } from './property-test.js';
import { isBelow, over, ratio } from './ratio.js';
import { parameter, statutory } from './rulebook.js';
import type { Parameter, PlaceValues, Rulebook } from './rulebook-types.js';

/**
 * Income and property test of a household and its monthly benefit (DIBAO-2021 art. 13, 14, 23; LAW-2026 art. 18).
 * Exact throughout; rounded once, where and how the place says.
 * @throws {DomainError} `parameter_missing` when the place has no value on `parametersOn`
 * @throws {DomainError} `guard_not_met` with `guard: 'income_period'` (see {@link householdIncome}),
 * `'property_finding'` (nobody has stated one) or `'household_members'`
 */
export function meansTest(rulebook: Rulebook, given: MeansTestInput): Determination {
  const inputs = inOrder(given);
  const { place, area, memberCount, parametersOn: on } = inputs;
  if (!Number.isSafeInteger(memberCount) || memberCount < 1) {
    throw new DomainError('guard_not_met', { params: { guard: 'household_members' } });
  }
  const versions: Record<string, string> = {};
  const local = <K extends keyof PlaceValues>(key: K): Parameter<K, PlaceValues[K]> => {
    const found = parameter(rulebook, { place, key, on, area });
    versions[found.path] = found.version;
    return found;
  };

  const months = local('income_window');
  const window = incomeWindow(inputs.appliedOn, months.value);
  const income = householdIncome(inputs.facts, window);
  const monthlyIncome = ratio(income.countableFen, window.months);
  const perCapita = over(monthlyIncome, memberCount);

  const standard = local('dibao_standard');
  const comparison = statutory(rulebook, 'income_comparison', inputs.lawOn);
  versions[comparison.path] = comparison.version;
  const below = isBelow(perCapita, ratio(standard.value));
  const incomeTest: Step = {
    code: 'income_test',
    inputs: {
      perCapita: fraction(perCapita),
      standardFen: standard.value,
      area,
      comparison: comparison.value,
    },
    result: below ? 'below' : 'not_below',
    article: { law: comparison.law, article: comparison.article },
    parameter: citeParameter(standard),
  };

  const limit = local('property_limit');
  const property: Step = {
    ...propertyTest(limit.value, standard.value, inputs),
    parameter: citeParameter(limit),
  };

  const eligible = below && property.result === 'within';
  const amount = eligible
    ? benefit({
        standard,
        method: local('benefit_method'),
        rounding: local('benefit_rounding'),
        memberCount,
        monthlyIncome,
      })
    : { monthlyFen: fen(0), steps: [] };

  return {
    format: 1,
    eligible,
    category: eligible ? 'dibao' : 'none',
    monthlyBenefitFen: amount.monthlyFen,
    perCapita: fraction(perCapita),
    steps: [...incomeSteps(inputs, income, window, months), incomeTest, property, ...amount.steps],
    parameterVersions: versions,
    inputs,
  };
}

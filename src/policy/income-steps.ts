import { citeParameter, fraction, type MeansTestInput, type Step } from './determination.js';
import type { HouseholdIncome, IncomeWindow } from './income.js';
import { ratio } from './ratio.js';
import type { Parameter } from './rulebook-types.js';

const article = { law: 'DIBAO-2021', article: 13 } as const;

/** How a household's income was added up, line by line. What is zero and changes nothing has no line. */
export function incomeSteps(
  { appliedOn, memberCount }: MeansTestInput,
  income: HouseholdIncome,
  window: IncomeWindow,
  windowMonths: Parameter<'income_window', number>,
): Step[] {
  const { byCategory, countedFen, exemptFen, deductedFen, outsideFen, countableFen } = income;
  const { from, to, months } = window;
  const steps: Step[] = [
    {
      code: 'income_window',
      inputs: { appliedOn, months },
      result: { from, to },
      article,
      parameter: citeParameter(windowMonths),
    },
    { code: 'income_counted', inputs: { byCategory, outsideFen }, result: countedFen, article },
  ];
  if (exemptFen > 0) steps.push({ code: 'income_exempt', inputs: {}, result: exemptFen, article });
  if (deductedFen > 0) {
    steps.push({
      code: 'income_deducted',
      inputs: { countedFen, deductedFen },
      result: countableFen,
      article,
    });
  }
  steps.push(
    {
      code: 'monthly_income',
      inputs: { countableFen, months },
      result: fraction(ratio(countableFen, months)),
      article,
    },
    {
      code: 'per_capita_income',
      inputs: { countableFen, months, memberCount },
      result: fraction(ratio(countableFen, months * memberCount)),
      article,
    },
  );
  return steps;
}

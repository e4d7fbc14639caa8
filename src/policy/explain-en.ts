import type { FactCategory } from '../terms/codes.js';
import type { Step } from './determination.js';
import { amounts, exactMoney, money } from './money-text.js';
import type { Rounding } from './rulebook-types.js';

const CATEGORY: Record<FactCategory, string> = {
  wage: 'wages',
  business_net: 'net business income',
  property_net: 'net property income',
  transfer_net: 'net transfers',
  other: 'other income',
  deposit: 'deposits',
  wallet: 'wallet balances',
  security: 'securities and funds',
  insurance: 'cash value of policies',
  housing_fund: 'housing fund',
  vehicle: 'vehicles',
  home: 'homes',
  employment_cost: 'cost of employment',
  illness_cost: 'cost of illness',
};
const MODE: Record<Rounding['mode'], string> = {
  half_up: 'to the nearest',
  ceil: 'up to the whole',
  floor: 'down to the whole',
  exact: 'not at all, exact to the',
};
const STAGE: Record<Rounding['stage'], string> = {
  household_month: "the household's monthly amount",
  per_capita_month: 'the monthly gap per person',
};

/** One step of the arithmetic as an English sentence, without its grounds. */
export function explainStepEn(step: Step): string {
  switch (step.code) {
    case 'income_window':
      return `Income counts for the ${monthsText(step.inputs.months)} before the application: ${step.result.from} to ${step.result.to}.`;
    case 'income_counted': {
      const parts = amounts(step.inputs.byCategory).map(([name, sum]) => `${CATEGORY[name]} ${money(sum)}`);
      const detail = parts.length > 0 ? ` (${parts.join(', ')})` : '';
      const outside = step.inputs.outsideFen;
      const apart = outside > 0 ? ` ${money(outside)} yuan of other months are not counted.` : '';
      return `Household income in these months: ${money(step.result)} yuan${detail}.${apart}`;
    }
    case 'income_exempt':
      return `Another ${money(step.result)} yuan are left out of income by law.`;
    case 'income_deducted': {
      const { countedFen, deductedFen } = step.inputs;
      return `Less deductions: ${money(countedFen)} − ${money(deductedFen)}, which counts as ${money(step.result)} yuan.`;
    }
    case 'monthly_income': {
      const { countableFen, months } = step.inputs;
      return `Household income a month: ${money(countableFen)} ÷ ${months} = ${exactMoney(step.result)} yuan.`;
    }
    case 'per_capita_income': {
      const { countableFen, months, memberCount } = step.inputs;
      return `Per person and month: ${money(countableFen)} ÷ ${months} ÷ ${memberCount} = ${exactMoney(step.result)} yuan.`;
    }
    case 'income_test': {
      const { perCapita, standardFen, area } = step.inputs;
      const verdict = step.result === 'below' ? 'below' : 'not below';
      return `${exactMoney(perCapita)} yuan is ${verdict} the ${area} standard of ${money(standardFen)} yuan.`;
    }
    case 'property_test': {
      const verdict = step.result === 'within' ? 'within the rules' : 'over the limit';
      const { depositsFen, limitFen } = step.inputs;
      return limitFen === null
        ? `A person found the household's property ${verdict}.`
        : `Deposits ${money(depositsFen)} yuan, limit ${money(limitFen)} yuan: property ${verdict}.`;
    }
    case 'standard_total': {
      const { standardFen, memberCount } = step.inputs;
      return `Standard for all: ${money(standardFen)} × ${memberCount} = ${money(step.result)} yuan.`;
    }
    case 'benefit_gap': {
      const { standardTotalFen, monthlyIncome } = step.inputs;
      return `Difference: ${money(standardTotalFen)} − ${exactMoney(monthlyIncome)} = ${exactMoney(step.result)} yuan.`;
    }
    case 'benefit_rounded': {
      const { stage, mode, to } = step.inputs.rounding;
      return `Rounding ${STAGE[stage]} once, ${MODE[mode]} ${to}: ${money(step.result)} yuan a month.`;
    }
  }
}

const monthsText = (n: number): string => (n === 1 ? '1 month' : `${n} months`);

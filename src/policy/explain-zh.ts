import type { FactCategory } from '../terms/codes.js';
import type { Step } from './determination.js';
import { amounts, exactMoney, money } from './money-text.js';
import type { Rounding } from './rulebook-types.js';

const CATEGORY: Record<FactCategory, string> = {
  wage: '工资性收入',
  business_net: '经营净收入',
  property_net: '财产净收入',
  transfer_net: '转移净收入',
  other: '其他收入',
  deposit: '存款',
  wallet: '支付账户余额',
  security: '证券与基金',
  insurance: '商业保险现金价值',
  housing_fund: '住房公积金',
  vehicle: '车辆',
  home: '房屋',
  employment_cost: '必要就业成本',
  illness_cost: '疾病支出',
};
const MODE: Record<Rounding['mode'], string> = {
  half_up: '四舍五入',
  ceil: '向上取整',
  floor: '向下取整',
  exact: '不取整',
};
const STAGE: Record<Rounding['stage'], string> = {
  household_month: '按户月金额',
  per_capita_month: '按人均月差额',
};

/** One step of the arithmetic as a Chinese sentence, without its grounds. */
export function explainStepZh(step: Step): string {
  switch (step.code) {
    case 'income_window':
      return `收入核算期为申请之月前 ${step.inputs.months} 个月：${step.result.from} 至 ${step.result.to}。`;
    case 'income_counted': {
      const parts = amounts(step.inputs.byCategory).map(
        ([name, sum]) => `${CATEGORY[name]} ${money(sum)} 元`,
      );
      const detail = parts.length > 0 ? `（${parts.join('，')}）` : '';
      const outside = step.inputs.outsideFen;
      const apart = outside > 0 ? `核算期外收入 ${money(outside)} 元不计。` : '';
      return `核算期内家庭收入合计 ${money(step.result)} 元${detail}。${apart}`;
    }
    case 'income_exempt':
      return `另有 ${money(step.result)} 元依规定不计入家庭收入。`;
    case 'income_deducted': {
      const { countedFen, deductedFen } = step.inputs;
      return `扣减 ${money(deductedFen)} 元：${money(countedFen)} − ${money(deductedFen)}，计 ${money(step.result)} 元。`;
    }
    case 'monthly_income': {
      const { countableFen, months } = step.inputs;
      return `家庭月收入：${money(countableFen)} ÷ ${months} = ${exactMoney(step.result)} 元。`;
    }
    case 'per_capita_income': {
      const { countableFen, months, memberCount } = step.inputs;
      return `人均月收入：${money(countableFen)} ÷ ${months} ÷ ${memberCount} = ${exactMoney(step.result)} 元。`;
    }
    case 'income_test': {
      const { perCapita, standardFen, area } = step.inputs;
      const which = area === 'rural' ? '农村' : '城市';
      const verdict = step.result === 'below' ? '低于' : '不低于';
      return `人均月收入 ${exactMoney(perCapita)} 元${verdict}当地${which}低保标准 ${money(standardFen)} 元。`;
    }
    case 'property_test': {
      const verdict = step.result === 'within' ? '符合规定' : '超过规定';
      const { depositsFen, limitFen } = step.inputs;
      return limitFen === null
        ? `家庭财产经工作人员认定${verdict}。`
        : `存款 ${money(depositsFen)} 元，限额 ${money(limitFen)} 元，家庭财产${verdict}。`;
    }
    case 'standard_total': {
      const { standardFen, memberCount } = step.inputs;
      return `标准合计：${money(standardFen)} × ${memberCount} = ${money(step.result)} 元。`;
    }
    case 'benefit_gap': {
      const { standardTotalFen, monthlyIncome } = step.inputs;
      return `差额：${money(standardTotalFen)} − ${exactMoney(monthlyIncome)} = ${exactMoney(step.result)} 元。`;
    }
    case 'benefit_rounded': {
      const { stage, mode, to } = step.inputs.rounding;
      const unit = to === 'yuan' ? '元' : '分';
      return `${STAGE[stage]}${MODE[mode]}到${unit}（仅此一次）：每月 ${money(step.result)} 元。`;
    }
  }
}

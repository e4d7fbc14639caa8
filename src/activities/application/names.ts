import type { FactCategory, Source } from '../../terms/index.js';

/** What papers call each source and category. */
export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  household_register: '公安户籍',
  social_insurance: '人力资源社会保障',
  bank: '银行',
};
export const CATEGORY_NAMES: Readonly<Record<FactCategory, string>> = {
  wage: '工资性收入',
  business_net: '经营净收入',
  property_net: '财产净收入',
  transfer_net: '转移净收入',
  other: '其他收入',
  deposit: '存款',
  vehicle: '车辆',
  home: '住房',
  employment_cost: '必要的就业成本',
  illness_cost: '因病刚性支出',
};

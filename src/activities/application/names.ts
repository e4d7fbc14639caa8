import type { FactCategory } from '../../terms/index.js';

/** What papers call each category. */
export const CATEGORY_NAMES: Readonly<Record<FactCategory, string>> = {
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
  home: '住房',
  employment_cost: '必要的就业成本',
  illness_cost: '因病刚性支出',
};

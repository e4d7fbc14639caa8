/** Sentences for the reason codes that papers carry. A code of the office's own stands for itself. */
const REASONS: Readonly<Record<string, string>> = {
  below_standard: '共同生活的家庭成员人均收入低于当地最低生活保障标准，家庭财产状况符合规定。',
  not_below_standard: '共同生活的家庭成员人均收入不低于当地最低生活保障标准。',
  above_standard: '共同生活的家庭成员人均收入高于当地最低生活保障标准。',
  property_over_limit: '家庭财产超过当地规定的限额。',
  not_resident: '不符合当地规定的户籍或居住条件。',
  refuses_verification: '拒绝配合家庭经济状况信息核对。',
  refuses_home_visit: '拒绝配合入户调查。',
  refuses_signature: '拒绝在授权书上签字。',
  conceals_whereabouts: '隐瞒住址，无法开展调查。',
  supplement_not_brought: '在规定期限内没有补齐申请材料。',
  household_moved: '家庭已经迁移居住地。',
  hukou_moved: '户籍已经迁移。',
  agreed: '同意。',
};

export const reasonText = (code: string): string => REASONS[code] ?? `理由代码 ${code}`;

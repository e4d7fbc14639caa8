export type Lang = 'zh' | 'en';
type Label = Readonly<Record<Lang, string>>;
const label = (zh: string, en: string): Label => ({ zh, en });

const STEPS: Readonly<Record<string, Label>> = {
  submit: label('提交申请', 'application handed in'),
  request_supplement: label('一次性告知补正', 'told once what is missing'),
  supply: label('补齐材料', 'papers supplied'),
  accept: label('受理', 'accepted'),
  begin_investigation: label('启动调查和经济状况核对', 'investigation and means verification begin'),
  verify_first: label('受理前启动核对', 'means verification begins before acceptance'),
  verify_again: label('补签后再核对', 'asked about whoever signed since'),
  first_answer: label('受理前核对期满', 'time to answer before acceptance is over'),
  begin_visits: label('启动调查（已先行核对）', 'investigation begins; verified before'),
  record_visit: label('入户调查', 'home visit'),
  lookup_accepted: label('发出核对', 'lookup sent'),
  lookup_refused: label('核对被拒', 'lookup refused'),
  lookup_failed: label('核对未送达', 'lookup not delivered'),
  report_reused: label('沿用核对报告', 'earlier report reused'),
  report_recognised: label('互认核对报告', 'report recognised'),
  document: label('存入材料', 'document put on file'),
  adopt: label('采信事实', 'facts adopted by a person'),
  department_answer: label('部门反馈', 'department answered'),
  verification_answer: label('部门逾期未反馈', 'departments stayed silent'),
  form_opinion: label('初审意见', 'preliminary opinion'),
  post_notice: label('张榜公示', 'public notice posted'),
  public_notice: label('公示期满', 'public notice over'),
  object: label('公示期间异议', 'objection during the notice'),
  forward: label('报送县级', 'forwarded to the county'),
  county_opine: label('县级审核意见', 'county opinion'),
  confirm: label('确认', 'confirmed'),
  refuse: label('不予确认', 'refused'),
  recognise: label('认定', 'recognised'),
  give_confirmation_notice: label('送达确认通知书', 'confirmation notice delivered'),
  publish: label('公布', 'published'),
  return_file: label('退回', 'file returned'),
  resume_returned: label('退回后重新办理', 'returned file taken up again'),
  give_closing_notice: label('送达终结告知书', 'closing notice delivered'),
  close_unsupplied: label('未补正终结', 'closed, not supplied'),
  investigation_start: label('启动调查超期', 'investigation began late'),
  give_refusal_notice: label('送达不予确认告知书', 'written refusal delivered'),
  withdraw: label('撤回申请', 'withdrawn'),
  supplement: label('补正期满', 'time to supply is over'),
  answer_corrected: label('部门更正先前反馈', 'department corrected its answer'),
  answer_outdated: label('收到已被取代的反馈', 'an answer that a later one had replaced'),
  answer_wrong_person: label('反馈的是另一个人，未采用', 'answer about somebody else, not used'),
  answer_unreadable: label('反馈无法读取，未采用', 'answer that cannot be read, not used'),
  answer_implausible: label('反馈金额不合常理，未采用', 'answer that cannot be true, not used'),
  answer_consent_withdrawn: label('授权已撤回，反馈未读取', 'signature withdrawn, answer not read'),
};

const CLOCKS: Readonly<Record<string, Label>> = {
  supplement: label('补正期限', 'time to supply'),
  total: label('审核确认总时限', 'whole procedure'),
  investigation_start: label('启动调查', 'begin the investigation'),
  verification_start: label('启动核对', 'begin the verification'),
  verification_answer: label('部门反馈', 'departments to answer'),
  public_notice: label('公示', 'public notice'),
  county_opinion: label('县级审核', 'county opinion'),
  refusal_notice: label('送达告知书', 'deliver the refusal'),
};

const STATES: Readonly<Record<string, Label>> = {
  submitted: label('已提交', 'submitted'),
  awaiting_supplement: label('待补正', 'awaiting papers'),
  accepted: label('已受理', 'accepted'),
  investigating: label('调查核对中', 'under investigation'),
  preliminary_opinion: label('已初审', 'opinion formed'),
  refusal_proposed: label('拟不予确认', 'refusal proposed'),
  public_notice: label('公示中', 'on public notice'),
  reinvestigate: label('重新调查', 'investigated again'),
  forwarding: label('报送中', 'being forwarded'),
  forwarded: label('县级审核中', 'with the county'),
  returned: label('已退回', 'returned'),
  granted: label('待送达和公布', 'to be delivered and published'),
  unsupplied: label('未补正', 'not supplied'),
  county_reviewed: label('待确认', 'awaiting the decision'),
  confirmed: label('已确认', 'confirmed'),
  refused: label('不予确认', 'refused'),
  in_benefit: label('享受待遇', 'in benefit'),
  closed: label('已办结', 'closed'),
  terminated: label('已终止', 'terminated'),
};

const OUTCOMES: Readonly<Record<string, Label>> = {
  confirmed: label('确认享受最低生活保障', 'dibao confirmed'),
  refused: label('不予确认', 'refused'),
  withdrawn: label('申请已撤回', 'withdrawn'),
  closed: label('已办结', 'closed'),
  terminated: label('已终止', 'terminated'),
};

const ROLES: Readonly<Record<string, Label>> = {
  system: label('系统', 'system'),
};

const SOURCES: Readonly<Record<string, Label>> = {
  household_register: label('公安户籍', 'public security'),
  social_insurance: label('人力资源社会保障', 'social insurance'),
  bank: label('银行', 'bank'),
  tax: label('税务', 'tax'),
  real_estate: label('自然资源', 'real estate'),
  market_supervision: label('市场监管', 'market supervision'),
  housing_fund: label('住房公积金', 'housing fund'),
  insurance: label('保险机构', 'insurers'),
  securities: label('证券机构', 'securities'),
  payment_institution: label('支付机构', 'payment institutions'),
  civil_affairs: label('民政', 'civil affairs'),
  disabled_federation: label('残联', 'disabled persons’ federation'),
};

const CATEGORIES: Readonly<Record<string, Label>> = {
  wage: label('工资性收入', 'wages'),
  business_net: label('经营净收入', 'business income'),
  property_net: label('财产净收入', 'income from property'),
  transfer_net: label('转移净收入', 'pensions and transfers'),
  other: label('其他收入', 'other income'),
  deposit: label('存款', 'deposits'),
  wallet: label('支付账户余额', 'payment wallets'),
  security: label('证券', 'securities'),
  insurance: label('商业保险', 'insurance'),
  housing_fund: label('住房公积金', 'housing fund'),
  vehicle: label('车辆', 'vehicles'),
  home: label('住房', 'homes'),
  employment_cost: label('就业成本', 'costs of working'),
  illness_cost: label('医疗支出', 'costs of illness'),
};

/** Why an answer entered nowhere. */
const SET_ASIDE: Readonly<Record<string, Label>> = {
  id_number: label('说的是同名的另一个人（身份证号不同）', 'a namesake with another ID number'),
  name: label('身份证号相同而姓名不同', 'the same ID number under another name'),
  wrong_person: label('说的是另一个人', 'somebody else'),
  unreadable: label('无法读取', 'it cannot be read'),
  implausible: label('金额不合常理', 'the amounts cannot be true'),
  consent_withdrawn: label('来时授权已撤回', 'the signature had been withdrawn'),
  outdated: label('已被其后的反馈取代', 'a later statement had replaced it'),
  after_closing: label('来得太晚', 'it came too late'),
};

/** The words of the timeline. A code nobody has translated yet is shown as it is. */
export const WORDS = {
  step: (code: string, lang: Lang): string => STEPS[code]?.[lang] ?? code,
  clock: (code: string, lang: Lang): string => CLOCKS[code]?.[lang] ?? code,
  state: (code: string, lang: Lang): string => STATES[code]?.[lang] ?? code,
  outcome: (code: string, lang: Lang): string => OUTCOMES[code]?.[lang] ?? code,
  source: (code: string, lang: Lang): string => SOURCES[code]?.[lang] ?? code,
  setAside: (code: string, lang: Lang): string => SET_ASIDE[code]?.[lang] ?? code,
  category: (code: string, lang: Lang): string => CATEGORIES[code]?.[lang] ?? code,
  role: (code: string, lang: Lang): string => ROLES[code]?.[lang] ?? code,
};

const LAWS: readonly (readonly [RegExp, string])[] = [
  [/^DIBAO-2021/, '《最低生活保障审核确认办法》'],
  [/^LAW-2026/, '《社会救助法》'],
];

/** `DIBAO-2021 art. 10–11` → `《最低生活保障审核确认办法》第10–11条`. */
export function article(citation: string, lang: Lang): string {
  if (lang === 'en') return citation;
  const law = LAWS.find(([pattern]) => pattern.test(citation));
  const number = /art\. (.+)$/.exec(citation)?.[1];
  return law && number ? `${law[1]}第${number.replaceAll(', ', '、')}条` : citation;
}

import { plainDate, type Month } from '../../terms/dates.js';
import { fen } from '../../terms/fen.js';
import { parseIdNumber } from '../resident-id.js';
import { maskId } from './masked-id.js';
import type { PaperData, PaperKind } from './index.js';

/** Invented: the check digit is right, the people are not. */
export const SAMPLE_ID = parseIdNumber('441625198507124328');

const head = {
  caseNo: 'AP-441625103-2026-00001',
  date: plainDate('2026-03-02'),
  office: '东源县灯塔镇人民政府',
};
const county = { ...head, date: plainDate('2026-03-27'), office: '东源县民政局' };
const applicant = '陈秀兰';
const month = (text: string): Month => text as Month;
const ARITHMETIC = [
  '人均月收入：19,440 ÷ 12 ÷ 3 = 540 元。〔依据《最低生活保障审核确认办法》第十三条〕',
  '差额：2,634 − 1,620 = 1,014 元。〔依据《最低生活保障审核确认办法》第二十一条〕',
];
const remedies = { reviewBody: '东源县人民政府', court: '东源县人民法院' };

/** One of each kind, for the golden tests and for looking at. */
export const SAMPLES: { readonly [K in PaperKind]: PaperData<K> } = {
  acceptance_receipt: {
    ...head,
    applicant,
    limitWorkingDays: 30,
    extendedWorkingDays: 45,
    dueOn: plainDate('2026-04-14'),
  },
  one_time_notification: {
    ...head,
    applicant,
    missing: ['commitment', 'income_declaration'],
    notAsked: ['户籍信息', '社会保险信息', '银行存款信息'],
    bringBy: plainDate('2026-03-09'),
  },
  closing_notice: {
    ...head,
    date: plainDate('2026-03-10'),
    applicant,
    notifiedOn: plainDate('2026-03-02'),
    bringBy: plainDate('2026-03-09'),
    missing: ['income_declaration'],
    remedies: null,
  },
  verification_authorisation: {
    ...head,
    signers: [
      { name: applicant, maskedId: maskId(SAMPLE_ID), guardianOf: null },
      { name: applicant, maskedId: maskId(SAMPLE_ID), guardianOf: '陈小禾' },
      { name: '买买提·艾力', maskedId: null, guardianOf: null },
    ],
    departments: ['公安机关（户籍信息）', '社会保险经办机构', '商业银行'],
    purpose: '审核最低生活保障申请',
    validFrom: plainDate('2026-03-02'),
    validTo: plainDate('2027-03-01'),
    textVersion: '2026-07',
  },
  home_visit_form: {
    ...head,
    applicant,
    method: 'home_visit',
    visitedOn: plainDate('2026-03-05'),
    investigators: ['李志强', '黄敏'],
    householdSignatory: applicant,
    findings: '砖瓦房一层，三间。家中有旧电视机一台、冰箱一台，无车辆。\n丈夫在镇上做零工，雨季活少。',
    propertyWithinLimits: 'yes',
  },
  verification_report: {
    ...county,
    date: plainDate('2026-03-12'),
    version: 2,
    purpose: 'dibao_means_verification',
    valuedOn: plainDate('2026-03-02'),
    validUntil: plainDate('2026-09-01'),
    answers: [
      { person: applicant, source: '户籍登记', answer: 'found', earlier: null },
      {
        person: applicant,
        source: '社会保险',
        answer: 'none',
        earlier: {
          kind: 'reused_report',
          version: 1,
          valuedOn: plainDate('2026-01-12'),
          validUntil: plainDate('2026-07-12'),
        },
      },
      { person: '陈建国', source: '银行', answer: 'unanswered', earlier: null },
      {
        person: '陈建国',
        source: '税务',
        answer: 'none',
        earlier: {
          kind: 'recognised_report',
          version: null,
          valuedOn: plainDate('2026-02-10'),
          validUntil: plainDate('2026-08-09'),
        },
      },
    ],
    facts: [
      {
        person: '陈建国',
        item: '工资性收入',
        from: month('2025-03'),
        to: month('2026-02'),
        source: '社会保险',
        declaredFen: fen(1_944_000),
        verifiedFen: fen(2_064_050),
        adoptedFen: fen(2_064_050),
        chosenBy: 'person',
      },
      {
        person: null,
        item: '存款',
        from: month('2026-03'),
        to: month('2026-03'),
        source: '银行',
        declaredFen: null,
        verifiedFen: fen(300_000),
        adoptedFen: fen(300_000),
        chosenBy: 'person',
      },
      {
        person: applicant,
        item: '经营净收入',
        from: month('2025-03'),
        to: month('2026-02'),
        source: null,
        declaredFen: fen(0),
        verifiedFen: null,
        adoptedFen: fen(0),
        chosenBy: 'rule',
      },
    ],
    hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  verification_finding_notice: {
    ...head,
    date: plainDate('2026-03-13'),
    applicant,
    findings: [
      {
        source: '银行',
        person: '陈建国',
        item: '存款',
        declaredFen: null,
        verifiedFen: fen(8_800_000),
      },
    ],
    objectBy: plainDate('2026-03-27'),
  },
  cooperation_warning: {
    ...head,
    date: plainDate('2026-03-10'),
    applicant,
    reason: { code: 'not_at_home_twice', text: '两次约定的入户调查均无人在家' },
    asked: ['约定入户调查的时间并在家等候', '提供零工收入的情况说明'],
    until: plainDate('2026-03-17'),
  },
  termination_notice: {
    ...head,
    date: plainDate('2026-03-18'),
    applicant,
    reason: { code: 'refuses_visit', text: '仍拒绝入户调查' },
    warnedOn: plainDate('2026-03-10'),
    remedies,
  },
  preliminary_opinion_form: {
    ...head,
    date: plainDate('2026-03-16'),
    applicant,
    memberCount: 3,
    proposal: {
      kind: 'grant',
      category: '农村最低生活保障',
      units: [
        { name: '全户', memberCount: 2, monthlyBenefitFen: fen(67_600) },
        { name: '陈建国（单独申请）', memberCount: 1, monthlyBenefitFen: fen(33_800) },
      ],
    },
    arithmetic: ARITHMETIC,
    remarks: null,
    handledBy: '李志强',
    leader: '王海燕',
  },
  public_notice_sheet: {
    office: head.office,
    programme: '最低生活保障',
    name: applicant,
    memberCount: 3,
    monthlyBenefitFen: fen(101_400),
    from: plainDate('2026-03-17'),
    to: plainDate('2026-03-23'),
    complaintPhone: '0762-8831234',
  },
  appraisal_record: {
    ...head,
    date: plainDate('2026-03-25'),
    applicant,
    calledOn: plainDate('2026-03-23'),
    heldOn: plainDate('2026-03-25'),
    venue: '村委会会议室',
    chair: '王海燕',
    recorder: '黄敏',
    groups: [
      { name: '乡镇工作人员', representatives: false, people: ['王海燕', '黄敏'] },
      { name: '村民代表', representatives: true, people: ['张福', '林桂花', '黄金水'] },
      { name: '党员代表', representatives: true, people: ['刘德明'] },
    ],
    votes: { agree: 5, disagree: 1, abstain: 0 },
    steps: [
      '宣读低保条件和保障标准。',
      '调查人员介绍家庭情况和异议内容。',
      '代表逐一发言。',
      '多数同意维持初审意见。',
      '全体签字。',
    ],
  },
  confirmation_notice: {
    ...county,
    applicant,
    category: '农村最低生活保障',
    memberCount: 3,
    monthlyBenefitFen: fen(101_400),
    fromMonth: month('2026-04'),
    arithmetic: ARITHMETIC,
    remedies,
  },
  dibao_certificate: {
    ...county,
    certificateNo: '粤东低保0001号',
    holder: applicant,
    holderMaskedId: maskId(SAMPLE_ID),
    category: '农村最低生活保障',
    members: [
      { name: applicant, relation: '本人', maskedId: maskId(SAMPLE_ID) },
      { name: '陈小禾', relation: '女儿', maskedId: null },
    ],
    monthlyBenefitFen: fen(101_400),
    fromMonth: month('2026-04'),
  },
  refusal_notice: {
    ...county,
    applicant,
    reason: { code: 'income_not_below', text: '家庭人均月收入不低于当地低保标准' },
    articles: [{ law: 'DIBAO-2021', article: 13 }],
    arithmetic: ARITHMETIC,
    remedies: null,
  },
  delivery_receipt: {
    ...head,
    date: plainDate('2026-03-30'),
    paperTitle: '不予确认告知书',
    paperDate: plainDate('2026-03-27'),
    recipient: applicant,
    how: 'in_person',
    result: 'refused',
    takenBy: null,
    deliveredOn: plainDate('2026-03-30'),
    deliveredBy: ['李志强', '黄敏'],
    witness: '张福',
  },
  publication_sheet: {
    office: county.office,
    programme: '最低生活保障',
    name: applicant,
    memberCount: 3,
    monthlyBenefitFen: fen(101_400),
    date: plainDate('2026-03-30'),
  },
  report_answer: {
    office: county.office,
    date: plainDate('2026-05-20'),
    reportNo: 'JB-2026-0007',
    reporter: '林先生',
    reportedOn: plainDate('2026-05-06'),
    subject: '某户有车仍领低保',
    verdict: 'partly_true',
    checked: '已入户核查并查询车辆登记。',
    measures: '已责令限期说明，并启动复核。',
    complaintPhone: '0762-8831234',
  },
  hand_over_letter: {
    ...head,
    date: plainDate('2026-03-20'),
    toOffice: '和平县阳明镇人民政府',
    applicant,
    reason: { code: 'hukou_moved', text: '户籍迁移' },
    articles: [{ law: 'REG-649', article: 60 }],
    documents: [
      {
        title: '受理通知书',
        version: 1,
        date: plainDate('2026-03-02'),
        contentHash: 'ab'.repeat(32),
      },
    ],
    openLimits: [{ name: '审核确认总期限', dueOn: plainDate('2026-04-14') }],
    contact: '黄敏',
  },
};

/** What a reader sees: one line a block, cells apart by ` | `. */
export const visibleText = (document: string): string =>
  document
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<\/t[hd]>(?=<t[hd])/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => PLAIN[name] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

const PLAIN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

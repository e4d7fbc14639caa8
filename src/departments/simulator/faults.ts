import type { Wire } from '../source.js';

/**
 * Everything a department can do wrong, once. `taking`: it answers the question's HTTP request badly. `answering`: it has
 * the question, and its answer is wrong, late, forged or missing. `polling` and `batch`: what only a source of that wire
 * can do. `reporting`: what only a platform can do wrong, that answers for several. What One Door makes of each is in
 * `fault-guide.ts`.
 */
export const FAULTS = {
  slow_response: { acts: 'taking', zh: '收件响应缓慢', en: 'takes its time to respond' },
  no_response: {
    acts: 'taking',
    zh: '收件无响应（未收下）',
    en: 'never responds, and has not taken the question',
  },
  executes_and_times_out: {
    acts: 'taking',
    zh: '已收下但不回执',
    en: 'takes the question and never says so',
  },
  connection_reset: { acts: 'taking', zh: '响应中途断开', en: 'breaks the connection in mid-response' },
  too_many_requests: { acts: 'taking', zh: '429 请求过多', en: '429 too many requests' },
  server_error: { acts: 'taking', zh: '500 内部错误', en: '500 internal error' },
  bad_gateway: { acts: 'taking', zh: '502 网关错误', en: '502 bad gateway' },
  unavailable: { acts: 'taking', zh: '503 服务不可用', en: '503 unavailable' },
  ok_with_error_body: { acts: 'taking', zh: '200 但内容是报错', en: '200 with an error in the body' },
  ok_with_html: { acts: 'taking', zh: '200 但返回网页', en: '200 with a web page' },
  large_response: { acts: 'taking', zh: '响应 5 MB', en: 'a response of 5 MB' },
  gzip_bomb_response: { acts: 'taking', zh: '响应为压缩炸弹', en: 'a response that is a gzip bomb' },
  truncated_json: { acts: 'answering', zh: '回复 JSON 不完整', en: 'an answer cut short' },
  gbk_as_utf8: { acts: 'answering', zh: '回复为 GBK 却标 UTF-8', en: 'GBK bytes labelled UTF-8' },
  large_callback: { acts: 'answering', zh: '回复 5 MB', en: 'an answer of 5 MB' },
  gzip_bomb_callback: { acts: 'answering', zh: '回复为压缩炸弹', en: 'an answer that is a gzip bomb' },
  doubled_five_times: { acts: 'answering', zh: '同一回复发五次', en: 'the same answer five times' },
  before_acceptance: { acts: 'answering', zh: '先回复后回执', en: 'answers before it says 202' },
  after_thirty_days: { acts: 'answering', zh: '三十天后才回复', en: 'answers after thirty days' },
  out_of_order: { acts: 'answering', zh: '回复次序打乱', en: 'answers in another order than it was asked' },
  for_another_case: { acts: 'answering', zh: '回复错发到别的案件', en: 'an answer filed under another case' },
  for_unknown_id: { acts: 'answering', zh: '回复的请求号不存在', en: 'an answer to a question nobody asked' },
  wrong_key: { acts: 'answering', zh: '签名密钥错误', en: 'signed with a wrong key' },
  expired_timestamp: { acts: 'answering', zh: '时间戳过期（重放）', en: 'an expired timestamp (replay)' },
  old_key: { acts: 'answering', zh: '已作废的旧密钥', en: 'signed with a key that was retired' },
  another_departments_key: {
    acts: 'answering',
    zh: '用其他部门的密钥签名',
    en: 'signed with another department’s key',
  },
  namesake: { acts: 'answering', zh: '回复的是同名的他人', en: 'about somebody else of the same name' },
  person_not_found: { acts: 'answering', zh: '查无此人', en: 'says that it does not know the person' },
  wan_for_yuan: { acts: 'answering', zh: '元与万元混淆', en: '元 for 万元: ten thousand times as much' },
  negative_amount: { acts: 'answering', zh: '金额为负', en: 'a negative amount' },
  year_1900: { acts: 'answering', zh: '日期为 1900 年', en: 'the year 1900' },
  contradictory_answers: {
    acts: 'answering',
    zh: '两次回复互相矛盾',
    en: 'two answers that contradict each other',
  },
  later_correction: {
    acts: 'answering',
    zh: '五天后更正先前回复',
    en: 'a wrong answer, corrected five days later',
  },
  silence: { acts: 'answering', zh: '收下后永不回复', en: 'takes the question and is silent for ever' },
  silence_about_one: { acts: 'answering', zh: '只对一个人不回复', en: 'is silent about one person only' },
  ready_after_polls: {
    acts: 'polling',
    zh: '查询多次后才有结果',
    en: 'says three times more that the answer is not ready',
  },
  rows_repeated: {
    acts: 'batch',
    zh: '结果文件行重复',
    en: 'the same rows twice, in two files',
  },
  rows_missing: { acts: 'batch', zh: '结果文件缺行', en: 'a file without the rows it should have' },
  row_unable: { acts: 'batch', zh: '结果为无法核对', en: 'says in its row that it cannot tell' },
  file_half_written: {
    acts: 'batch',
    zh: '结果文件写到一半',
    en: 'offers a file while it is still being written',
  },
  file_missing: { acts: 'batch', zh: '结果文件不存在', en: 'lists a file that is not there' },
  section_missing: { acts: 'reporting', zh: '报告缺少一个部门', en: 'a report without one of the sources' },
  section_about_another: {
    acts: 'reporting',
    zh: '报告中一个部门说的是同名的他人',
    en: 'a report in which one source speaks of somebody else of the same name',
  },
  section_not_asked: {
    acts: 'reporting',
    zh: '报告多出未查询的部门',
    en: 'a report with a source that nobody asked',
  },
  section_against_source: {
    acts: 'reporting',
    zh: '报告与部门自己的回复相反',
    en: 'a report that contradicts what the source itself has answered',
  },
  partial_report: {
    acts: 'reporting',
    zh: '先报部分，两天后报全',
    en: 'has not reached one source, and reports again two days later',
  },
} as const satisfies Record<string, { acts: Acts; zh: string; en: string }>;

/** Where a fault acts. */
export type Acts = 'taking' | 'answering' | 'polling' | 'batch' | 'reporting';

export type FaultCode = keyof typeof FAULTS;
type Acting<A extends string> = {
  [C in FaultCode]: (typeof FAULTS)[C]['acts'] extends A ? C : never;
}[FaultCode];
export type TakingFault = Acting<'taking'>;
export type ReportingFault = Acting<'reporting'>;
export type AnsweringFault = Exclude<FaultCode, TakingFault | ReportingFault>;

/** In a fixed order: which fault a draw falls on depends on it. */
export const FAULT_CODES = Object.keys(FAULTS) as [FaultCode, ...FaultCode[]];
/** Those of a department that answers for itself. */
export const DEPARTMENT_FAULTS = FAULT_CODES.filter((fault) => FAULTS[fault].acts !== 'reporting') as [
  FaultCode,
  ...FaultCode[],
];

/** Whether a source of this wire, or a platform, can do it: what belongs to another befalls nobody. */
export const befalls = (fault: FaultCode, wire: Wire | 'reporting'): boolean => {
  const { acts } = FAULTS[fault];
  return acts === 'taking' || acts === 'answering' || acts === wire;
};
export const actsInTaking = (fault: FaultCode): fault is TakingFault => FAULTS[fault].acts === 'taking';
export const actsInReporting = (fault: FaultCode): fault is ReportingFault =>
  FAULTS[fault].acts === 'reporting';

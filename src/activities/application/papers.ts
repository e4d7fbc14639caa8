import { frozenDetermination } from '../../casefile/determination.js';
import { issuePaper } from '../../casefile/official-paper.js';
import { determinationById, latestOpinion } from '../../casefile/opinions.js';
import { explain } from '../../policy/explain.js';
import { yuanText, type Fen, type Month, type Paper } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';

const PAPER_NAMES: Readonly<Record<Paper, string>> = {
  application_form: '申请书',
  commitment: '承诺书',
  verification_authorisation: '家庭经济状况核对授权书',
  income_declaration: '家庭收入和财产申报表',
};
/** How to have a decision looked at again; on every paper that decides something. */
const REMEDIES = '如不服本决定，可以自收到本通知之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。';

const head = (step: StepContext, title: string): string[] => [
  title,
  `案号：${step.caseNo}`,
  `日期：${step.occurredOn}`,
];
const numbered = (lines: readonly string[]): string[] => lines.map((line, at) => `${at + 1}. ${line}`);

/** 一次性告知书 (DIBAO-2021 art. 10). */
export const oneTimeNotification = (step: StepContext, missing: readonly Paper[]): Promise<string> =>
  issuePaper(step.tx, {
    ...step,
    kind: 'one_time_notification',
    lines: [
      ...head(step, '一次性告知书'),
      '您的申请还缺少下列材料，请一次补齐：',
      ...numbered(missing.map((paper) => PAPER_NAMES[paper])),
      '能够通过核对取得的证明，不要求您提供（《中华人民共和国社会救助法》第六十二条）。',
    ],
  });

/** 受理通知书: the receipt, and from when the clock runs (art. 10, 22). */
export const acceptanceReceipt = (step: StepContext): Promise<string> =>
  issuePaper(step.tx, {
    ...step,
    kind: 'acceptance_receipt',
    lines: [
      ...head(step, '受理通知书'),
      '您家庭的最低生活保障申请材料齐全，自即日起受理。',
      '审核确认自受理之日起三十个工作日内完成；情况特殊的，不超过四十五个工作日（《最低生活保障审核确认办法》第二十二条）。',
    ],
  });

/** The arithmetic the decision rests on, in words. */
async function arithmetic(step: StepContext): Promise<string[]> {
  const county = await latestOpinion(step.tx, step.caseNo, 'county');
  const found = county && (await determinationById(step.tx, county.determinationId));
  return found ? numbered(explain(frozenDetermination(found), 'zh')) : [];
}

/** 确认通知书: amount, from which month, and how it was reckoned (art. 21). */
export async function confirmationNotice(
  step: StepContext,
  granted: { monthlyBenefitFen: Fen; fromMonth: Month },
): Promise<string> {
  const { monthlyBenefitFen, fromMonth } = granted;
  return issuePaper(step.tx, {
    ...step,
    kind: 'confirmation_notice',
    lines: [
      ...head(step, '确认通知书'),
      `经审核确认，您家庭自 ${fromMonth} 起享受最低生活保障，每月 ${yuanText(monthlyBenefitFen)} 元。`,
      ...(await arithmetic(step)),
      REMEDIES,
    ],
  });
}

/** 不予确认告知书: what was decided, why, on which arithmetic, and how to have it looked at again (art. 21; LAW-2026 art. 45). */
export async function refusalNotice(step: StepContext, decision: { reasonCode: string }): Promise<string> {
  return issuePaper(step.tx, {
    ...step,
    kind: 'refusal_notice',
    lines: [
      ...head(step, '不予确认告知书'),
      '经审核，您家庭的最低生活保障申请不予确认。依据：《最低生活保障审核确认办法》第二十一条、《中华人民共和国社会救助法》第四十五条。',
      `理由代码：${decision.reasonCode}`,
      ...(await arithmetic(step)),
      REMEDIES,
    ],
  });
}

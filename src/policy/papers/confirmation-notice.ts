import { arithmetic, pairs, paragraph, sheet } from './sheet.js';
import { monthText, yuan } from './text.js';
import type { ConfirmationNoticeData, PaperTemplate } from './types.js';

/** 确认通知书: amount, from which month, and how it was reckoned (DIBAO-2021 art. 21; LAW-2026 art. 45). */
export const confirmationNoticePaper: PaperTemplate<'confirmation_notice', ConfirmationNoticeData> = {
  kind: 'confirmation_notice',
  template: 'confirmation_notice/1',
  title: '确认通知书',
  render: ({
    caseNo,
    date,
    office,
    applicant,
    category,
    memberCount,
    monthlyBenefitFen,
    fromMonth,
    ...rest
  }) =>
    sheet({
      title: '确认通知书',
      caseNo,
      to: applicant,
      body: [
        paragraph(
          `经审核确认，您家庭自${monthText(fromMonth)}起享受最低生活保障，每月${yuan(monthlyBenefitFen)}。`,
        ),
        pairs([
          ['保障类别', category],
          ['保障人口', `${memberCount}人`],
          ['每月保障金', yuan(monthlyBenefitFen)],
          ['起始月份', monthText(fromMonth)],
        ]),
        arithmetic(rest.arithmetic),
        paragraph('家庭人口、收入、财产发生变化的，请及时告知乡镇人民政府（街道办事处）。'),
      ],
      articles: [
        { law: 'DIBAO-2021', article: 21 },
        { law: 'LAW-2026', article: 45 },
      ],
      remedies: rest.remedies ?? 'unnamed',
      seal: office,
      date,
    }),
};

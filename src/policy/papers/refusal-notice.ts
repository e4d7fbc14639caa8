import { arithmetic, because, paragraph, sheet } from './sheet.js';
import { lawsText } from './text.js';
import type { PaperTemplate, RefusalNoticeData } from './types.js';

/** 不予确认告知书: what was decided, why, on which arithmetic, and how to have it looked at again (art. 21; LAW-2026 art. 45). */
export const refusalNoticePaper: PaperTemplate<'refusal_notice', RefusalNoticeData> = {
  kind: 'refusal_notice',
  template: 'refusal_notice/1',
  title: '不予确认告知书',
  render: ({ caseNo, date, office, applicant, reason, articles, remedies, ...rest }) =>
    sheet({
      title: '不予确认告知书',
      caseNo,
      to: applicant,
      body: [
        paragraph('经审核，您家庭的最低生活保障申请不予确认。'),
        paragraph(
          '理由：',
          because(reason),
          '。',
          articles.length > 0 && `理由依据：${lawsText(articles)}。`,
        ),
        arithmetic(rest.arithmetic),
        paragraph('家庭情况发生变化的，您可以重新提出申请。'),
      ],
      articles: [
        { law: 'DIBAO-2021', article: 21 },
        { law: 'LAW-2026', article: 45 },
      ],
      remedies: remedies ?? 'unnamed',
      seal: office,
      date,
    }),
};

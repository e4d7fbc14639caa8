import { because, paragraph, sheet } from './sheet.js';
import { dayText } from './text.js';
import type { PaperTemplate, TerminationNoticeData } from './types.js';

/** 终止审核确认程序告知书, after a warning that did not help (DIBAO-2021 art. 29). */
export const terminationNoticePaper: PaperTemplate<'termination_notice', TerminationNoticeData> = {
  kind: 'termination_notice',
  template: 'termination_notice/1',
  title: '终止审核确认程序告知书',
  render: ({ caseNo, date, office, applicant, reason, warnedOn, remedies }) =>
    sheet({
      title: '终止审核确认程序告知书',
      caseNo,
      to: applicant,
      body: [
        paragraph(
          `我们于${dayText(warnedOn)}书面催告您配合调查，期限届满后`,
          because(reason),
          '，且没有正当理由。',
        ),
        paragraph('现决定终止对您家庭最低生活保障申请的审核确认程序。'),
        paragraph('您愿意配合调查的，可以重新提出申请。'),
      ],
      articles: [{ law: 'DIBAO-2021', article: 29 }],
      remedies: remedies ?? 'unnamed',
      seal: office,
      date,
    }),
};

import { because, list, paragraph, sheet } from './sheet.js';
import { byDay } from './text.js';
import type { CooperationWarningData, PaperTemplate } from './types.js';

/** 配合调查催告书: what is asked, until when, and what follows otherwise (DIBAO-2021 art. 29). */
export const cooperationWarningPaper: PaperTemplate<'cooperation_warning', CooperationWarningData> = {
  kind: 'cooperation_warning',
  template: 'cooperation_warning/1',
  title: '配合调查催告书',
  render: ({ caseNo, date, office, applicant, reason, asked, until }) =>
    sheet({
      title: '配合调查催告书',
      caseNo,
      to: applicant,
      body: [
        paragraph('您家庭的最低生活保障申请正在审核。因', because(reason), '，调查无法进行。'),
        paragraph(`请在${byDay(until)}配合完成下列事项：`),
        list(asked),
        paragraph('有正当理由不能按时配合的，请在期限届满前告知我们，我们另行约定时间。'),
        paragraph('无正当理由仍不配合的，可以终止审核确认程序。'),
      ],
      articles: [{ law: 'DIBAO-2021', article: 29 }],
      seal: office,
      date,
    }),
};

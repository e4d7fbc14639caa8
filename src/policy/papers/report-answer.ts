import { VERDICTS } from './labels.js';
import { paragraph, sheet } from './sheet.js';
import { dayText } from './text.js';
import type { PaperTemplate, ReportAnswerData } from './types.js';

/** 举报答复书: a report under a real name is checked and answered; it tells nothing of a household's file (DIBAO-2021 art. 37). */
export const reportAnswerPaper: PaperTemplate<'report_answer', ReportAnswerData> = {
  kind: 'report_answer',
  template: 'report_answer/1',
  title: '举报答复书',
  render: ({
    office,
    date,
    reportNo,
    reporter,
    reportedOn,
    subject,
    verdict,
    checked,
    measures,
    complaintPhone,
  }) =>
    sheet({
      title: '举报答复书',
      to: reporter,
      body: [
        paragraph(
          `您于${dayText(reportedOn)}反映的“${subject}”（编号：${reportNo}），我们已经核查，现答复如下：`,
        ),
        paragraph(`核查情况：${checked}`),
        paragraph(`核查结论：${VERDICTS[verdict]}。`),
        measures !== null && paragraph(`处理情况：${measures}`),
        paragraph('我们依法为您的身份保密；涉及他人隐私的信息，不在本答复中说明。'),
        paragraph(`对答复有疑问的，请拨打监督电话：${complaintPhone}`),
      ],
      articles: [{ law: 'DIBAO-2021', article: 37 }],
      seal: office,
      date,
    }),
};

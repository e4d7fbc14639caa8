import { PAPER_NAMES } from './labels.js';
import { list, paragraph, sheet } from './sheet.js';
import { byDay, dayText } from './text.js';
import type { ClosingNoticeData, PaperTemplate } from './types.js';

/** 终结告知书: what was missing did not come; the household may apply again at any time (DIBAO-2021 art. 10). */
export const closingNoticePaper: PaperTemplate<'closing_notice', ClosingNoticeData> = {
  kind: 'closing_notice',
  template: 'closing_notice/1',
  title: '终结告知书',
  render: ({ caseNo, date, office, applicant, notifiedOn, bringBy, missing, remedies }) =>
    sheet({
      title: '终结告知书',
      caseNo,
      to: applicant,
      body: [
        paragraph(
          `我们于${dayText(notifiedOn)}一次性告知您需要补充的材料，请您在${byDay(bringBy)}补齐。至今没有收到：`,
        ),
        list(missing.map((paper) => PAPER_NAMES[paper])),
        paragraph('因材料不齐，本次申请未予受理，办理终结。'),
        paragraph('您可以随时重新提出申请，已经提交的材料仍然有效的，不必重复提交。'),
      ],
      articles: [{ law: 'DIBAO-2021', article: 10 }],
      remedies: remedies ?? 'unnamed',
      seal: office,
      date,
    }),
};

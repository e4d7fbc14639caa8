import { chineseNumber } from '../law.js';
import { paragraph, sheet } from './sheet.js';
import { dayText } from './text.js';
import type { AcceptanceReceiptData, PaperTemplate } from './types.js';

/** 受理通知书: that the papers are complete, and from when to when the clock runs (DIBAO-2021 art. 10, 22). */
export const acceptanceReceiptPaper: PaperTemplate<'acceptance_receipt', AcceptanceReceiptData> = {
  kind: 'acceptance_receipt',
  template: 'acceptance_receipt/1',
  title: '受理通知书',
  render: ({ caseNo, date, office, applicant, limitWorkingDays, extendedWorkingDays, dueOn }) =>
    sheet({
      title: '受理通知书',
      caseNo,
      to: applicant,
      body: [
        paragraph('您家庭的最低生活保障申请材料齐全，自即日起受理。'),
        paragraph(
          `审核确认自受理之日起${chineseNumber(limitWorkingDays)}个工作日内完成，即不迟于${dayText(dueOn)}；情况特殊的，不超过${chineseNumber(extendedWorkingDays)}个工作日。`,
        ),
        paragraph('请凭案号查询办理进度。审核期间家庭人口、收入、财产发生变化的，请及时告知受理机关。'),
      ],
      articles: [
        { law: 'DIBAO-2021', article: 10 },
        { law: 'DIBAO-2021', article: 22 },
      ],
      seal: office,
      date,
    }),
};

import { PAPER_NAMES } from './labels.js';
import { list, paragraph, sheet } from './sheet.js';
import { byDay } from './text.js';
import type { OneTimeNotificationData, PaperTemplate } from './types.js';

/** 一次性告知书: everything that is missing, once, and nothing that verification can supply (DIBAO-2021 art. 10; LAW-2026 art. 62). */
export const oneTimeNotificationPaper: PaperTemplate<'one_time_notification', OneTimeNotificationData> = {
  kind: 'one_time_notification',
  template: 'one_time_notification/1',
  title: '一次性告知书',
  render: ({ caseNo, date, office, applicant, missing, notAsked, bringBy }) =>
    sheet({
      title: '一次性告知书',
      caseNo,
      to: applicant,
      body: [
        paragraph(`您的申请还缺少下列材料，请在${byDay(bringBy)}一次补齐：`),
        list(missing.map((paper) => PAPER_NAMES[paper])),
        paragraph(
          '能够通过核对取得的证明，不要求您提供。',
          notAsked.length > 0 && `下列信息由我们核对，您不必开具证明：${notAsked.join('、')}。`,
        ),
      ],
      articles: [
        { law: 'DIBAO-2021', article: 10 },
        { law: 'LAW-2026', article: 62 },
      ],
      seal: office,
      date,
    }),
};

import { pairs, paragraph, sheet } from './sheet.js';
import { dayText, yuan } from './text.js';
import type { PaperTemplate, PublicNoticeSheetData } from './types.js';

/** 公示: what hangs in the village for seven days. Its data has no field for anything more (DIBAO-2021 art. 19). */
export const publicNoticeSheetPaper: PaperTemplate<'public_notice_sheet', PublicNoticeSheetData> = {
  kind: 'public_notice_sheet',
  template: 'public_notice_sheet/1',
  title: '公示',
  render: ({ office, programme, name, memberCount, monthlyBenefitFen, from, to, complaintPhone }) =>
    sheet({
      title: '公示',
      board: true,
      body: [
        paragraph(`经审核，拟对下列家庭给予${programme}，现予公示：`),
        pairs([
          ['申请人', name],
          ['家庭人口', `${memberCount}人`],
          ['拟保障金额', `每月${yuan(monthlyBenefitFen)}`],
        ]),
        paragraph(`公示期自${dayText(from)}起至${dayText(to)}止。`),
        paragraph(`对公示内容有异议的，请在公示期内向我们反映。监督电话：${complaintPhone}`),
      ],
      articles: [{ law: 'DIBAO-2021', article: 19 }],
      seal: office,
      date: from,
    }),
};

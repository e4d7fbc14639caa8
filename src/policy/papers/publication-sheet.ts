import { pairs, paragraph, sheet } from './sheet.js';
import { yuan } from './text.js';
import type { PaperTemplate, PublicationSheetData } from './types.js';

/** 公布 after confirmation: name, family size, amount, and no field for more (DIBAO-2021 art. 24; LAW-2026 art. 45). */
export const publicationSheetPaper: PaperTemplate<'publication_sheet', PublicationSheetData> = {
  kind: 'publication_sheet',
  template: 'publication_sheet/1',
  title: '公布',
  render: ({ office, programme, name, memberCount, monthlyBenefitFen, date }) =>
    sheet({
      title: '公布',
      board: true,
      body: [
        paragraph(`下列家庭已确认享受${programme}，现予公布：`),
        pairs([
          ['申请人', name],
          ['家庭人口', `${memberCount}人`],
          ['保障金额', `每月${yuan(monthlyBenefitFen)}`],
        ]),
      ],
      articles: [
        { law: 'DIBAO-2021', article: 24 },
        { law: 'LAW-2026', article: 45 },
      ],
      seal: office,
      date,
    }),
};

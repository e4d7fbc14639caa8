import { markup } from './markup.js';
import { because, heading, paragraph, sheet, table } from './sheet.js';
import { dayText } from './text.js';
import type { HandOverLetterData, PaperTemplate } from './types.js';

/** 移交函: a file moves to another place, with each paper by name and hash and every limit that is running (LAW-2026 art. 64). */
export const handOverLetterPaper: PaperTemplate<'hand_over_letter', HandOverLetterData> = {
  kind: 'hand_over_letter',
  template: 'hand_over_letter/1',
  title: '移交函',
  render: ({ caseNo, date, office, toOffice, applicant, reason, articles, documents, openLimits, contact }) =>
    sheet({
      title: '移交函',
      caseNo,
      to: toOffice,
      body: [
        paragraph(
          `申请人${applicant}的最低生活保障申请，因`,
          because(reason),
          '，现连同全部档案移交你单位办理。',
        ),
        heading('一、移交文书'),
        table(
          ['序号', '文书', '#版本', '日期', '内容校验值'],
          documents.map((paper, at) => [
            `${at + 1}`,
            paper.title,
            `${paper.version}`,
            dayText(paper.date),
            markup`<span class="hash">${paper.contentHash}</span>`,
          ]),
        ),
        openLimits.length > 0 && [
          heading('二、正在计算的期限'),
          table(
            ['期限', '届满日期'],
            openLimits.map(({ name, dueOn }) => [name, dayText(dueOn)]),
          ),
        ],
        paragraph(`请在收到后书面回复。联系人：${contact}`),
      ],
      articles: [...articles, { law: 'LAW-2026', article: 64 }],
      seal: office,
      date,
    }),
};

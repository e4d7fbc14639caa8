import { paragraph, sheet, table } from './sheet.js';
import { byDay, yuan } from './text.js';
import type { PaperTemplate, VerificationFindingNoticeData } from './types.js';

/** 核对结果告知书: what was found against a household, and that it may answer with evidence (DIBAO-2021 art. 18). */
export const verificationFindingNoticePaper: PaperTemplate<
  'verification_finding_notice',
  VerificationFindingNoticeData
> = {
  kind: 'verification_finding_notice',
  template: 'verification_finding_notice/1',
  title: '核对结果告知书',
  render: ({ caseNo, date, office, applicant, findings, objectBy }) =>
    sheet({
      title: '核对结果告知书',
      caseNo,
      to: applicant,
      body: [
        paragraph('经核对，您家庭的经济状况有下列信息与申报不一致，或者可能不符合最低生活保障条件：'),
        table(
          ['!成员', '项目', '信息来源', '#您申报的', '#核对到的'],
          findings.map(({ person, item, source, declaredFen, verifiedFen }) => [
            person ?? '家庭',
            item,
            source,
            yuan(declaredFen),
            yuan(verifiedFen),
          ]),
        ),
        paragraph(
          `您对上述结果有异议的，可以在${byDay(objectBy)}提出，并提供能够说明情况的材料。我们收到后组织复查，并把复查结果告知您。`,
        ),
        paragraph('本告知书不是审核确认决定。'),
      ],
      articles: [{ law: 'DIBAO-2021', article: 18 }],
      seal: office,
      date,
    }),
};

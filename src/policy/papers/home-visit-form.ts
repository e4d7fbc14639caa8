import { METHODS, PROPERTY } from './labels.js';
import { pairs, sheet, type SignatureLine } from './sheet.js';
import { dayText } from './text.js';
import type { HomeVisitFormData, PaperTemplate } from './types.js';

/** 入户调查表: two investigators at least and somebody of the household sign what was seen (DIBAO-2021 art. 16). */
export const homeVisitFormPaper: PaperTemplate<'home_visit_form', HomeVisitFormData> = {
  kind: 'home_visit_form',
  template: 'home_visit_form/1',
  title: '入户调查表',
  render: ({ caseNo, date, office, householdSignatory, investigators, ...visit }) => {
    const signs =
      (capacity: string) =>
      (name: string): SignatureLine => ({ capacity, name });
    return sheet({
      title: '入户调查表',
      caseNo,
      body: pairs([
        ['申请人', visit.applicant],
        ['调查机关', office],
        ['调查方式', METHODS[visit.method]],
        ['调查日期', dayText(visit.visitedOn)],
        ['调查人员', investigators.join('、')],
        ['在场家庭成员', householdSignatory ?? '无'],
        ['家庭财产状况', PROPERTY[visit.propertyWithinLimits]],
        ['调查情况', visit.findings],
      ]),
      articles: [{ law: 'DIBAO-2021', article: 16 }],
      signatures: [
        ...investigators.map(signs('调查人员')),
        ...(householdSignatory === null ? [] : [householdSignatory].map(signs('在场家庭成员'))),
      ],
      date,
    });
  },
};

import { heading, pairs, sheet, table } from './sheet.js';
import { dayText, monthText, yuan } from './text.js';
import type { DibaoCertificateData, PaperTemplate } from './types.js';

/** 最低生活保障证, which a place may give instead of the notice (DIBAO-2021 art. 21). */
export const dibaoCertificatePaper: PaperTemplate<'dibao_certificate', DibaoCertificateData> = {
  kind: 'dibao_certificate',
  template: 'dibao_certificate/1',
  title: '最低生活保障证',
  render: ({ caseNo, date, office, holder, members, monthlyBenefitFen, fromMonth, ...rest }) =>
    sheet({
      title: '最低生活保障证',
      caseNo,
      body: [
        pairs([
          ['证号', rest.certificateNo],
          ['持证人', holder],
          ['身份证件号码', rest.holderMaskedId ?? '—'],
          ['保障类别', rest.category],
          ['保障人口', `${members.length}人`],
          ['每月保障金', yuan(monthlyBenefitFen)],
          ['起始月份', monthText(fromMonth)],
          ['发证日期', dayText(date)],
        ]),
        heading('保障对象'),
        table(
          ['姓名', '与持证人关系', '!身份证件号码'],
          members.map(({ name, relation, maskedId }) => [name, relation, maskedId ?? '—']),
        ),
      ],
      articles: [{ law: 'DIBAO-2021', article: 21 }],
      seal: office,
      date,
    }),
};

import { fen, type Fen } from '../../terms/fen.js';
import { ANSWERS, PURPOSES } from './labels.js';
import { markup } from './markup.js';
import { heading, pairs, paragraph, sheet, table } from './sheet.js';
import { dayText, monthText, yuan } from './text.js';
import type { ComparedFact, EarlierReport, PaperTemplate, VerificationReportData } from './types.js';

/** 核对报告: who was asked about whom, and declared, verified and adopted side by side (DIBAO-2021 art. 17; LAW-2026 art. 41–42). */
export const verificationReportPaper: PaperTemplate<'verification_report', VerificationReportData> = {
  kind: 'verification_report',
  template: 'verification_report/2',
  title: '家庭经济状况核对报告',
  render: ({ caseNo, date, office, version, purpose, valuedOn, validUntil, answers, facts, hash }) =>
    sheet({
      title: '家庭经济状况核对报告',
      caseNo,
      body: [
        pairs([
          ['报告版本', `第${version}版`],
          ['核对目的', PURPOSES[purpose]],
          ['信息基准日', dayText(valuedOn)],
          ['有效期至', dayText(validUntil)],
        ]),
        heading('一、核对情况'),
        table(
          ['!被核对人', '信息来源', '结果', '取得方式'],
          answers.map(({ person, source, answer, earlier }) => [
            person,
            source,
            ANSWERS[answer],
            obtained(earlier),
          ]),
        ),
        paragraph('“未答复”是在期限内没有收到答复，不等于没有信息。'),
        heading('二、申报、核对与采信'),
        facts.length === 0
          ? paragraph('没有申报，也没有核对到收入或者财产。')
          : table(
              ['!成员', '!项目', '期间', '#申报', '#核对', '信息来源', '#差额', '#采信', '采信人'],
              facts.map((fact) => [
                fact.person ?? '家庭',
                fact.item,
                fact.from === fact.to
                  ? monthText(fact.from)
                  : `${monthText(fact.from)}至${monthText(fact.to)}`,
                yuan(fact.declaredFen),
                yuan(fact.verifiedFen),
                fact.source ?? '—',
                difference(fact),
                yuan(fact.adoptedFen),
                fact.chosenBy === null ? '待定' : CHOOSERS[fact.chosenBy],
              ]),
            ),
        markup`<p class="flush">内容校验值（SHA-256）：<span class="hash">${hash}</span></p>\n`,
      ],
      articles: [
        { law: 'DIBAO-2021', article: 17 },
        { law: 'LAW-2026', article: 41 },
        { law: 'LAW-2026', article: 42 },
      ],
      seal: office,
      date,
    }),
};

/** From the department itself, or from a report that is still valid for the same purpose (LAW-2026 art. 42). */
function obtained(earlier: EarlierReport | null): string {
  if (!earlier) return '向该部门查询';
  const days = `信息基准日${dayText(earlier.valuedOn)}，有效期至${dayText(earlier.validUntil)}`;
  return earlier.kind === 'reused_report'
    ? `沿用本县第${earlier.version ?? 1}版核对报告（${days}）`
    : `互认外地核对报告（${days}）`;
}
const CHOOSERS = { rule: '规则', person: '核对人员' } as const;

/** Verified less declared; where one of the two is unknown there is no difference to state. */
function difference({ declaredFen, verifiedFen }: ComparedFact): string {
  if (declaredFen === null) return verifiedFen === null ? '—' : '未申报';
  if (verifiedFen === null) return '未核对到';
  const more: Fen = fen(verifiedFen - declaredFen);
  return more === 0 ? '一致' : `${more > 0 ? '+' : ''}${yuan(more)}`;
}

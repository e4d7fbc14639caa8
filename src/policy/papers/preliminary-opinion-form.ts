import { sumFen } from '../../terms/fen.js';
import type { Citation } from '../law.js';
import type { Content } from './markup.js';
import { arithmetic, because, heading, pairs, sheet, table } from './sheet.js';
import { lawsText, yuan } from './text.js';
import type { OpinionProposal, PaperTemplate, PreliminaryOpinionFormData } from './types.js';

const ARTICLE_19: Citation = { law: 'DIBAO-2021', article: 19 };

/** 初审意见表: what the township proposes and how it was reckoned (DIBAO-2021 art. 19). */
export const preliminaryOpinionFormPaper: PaperTemplate<
  'preliminary_opinion_form',
  PreliminaryOpinionFormData
> = {
  kind: 'preliminary_opinion_form',
  template: 'preliminary_opinion_form/1',
  title: '初审意见表',
  render: ({ caseNo, date, office, applicant, memberCount, proposal, remarks, handledBy, leader, ...rest }) =>
    sheet({
      title: '初审意见表',
      caseNo,
      body: [
        pairs([
          ['申请人', applicant],
          ['家庭人口', `${memberCount}人`],
          ['初审意见', proposal.kind === 'grant' ? '拟予以确认' : '拟不予确认'],
          ...particulars(proposal),
          ['备注', remarks ?? '无'],
        ]),
        proposal.kind === 'grant' && units(proposal),
        arithmetic(rest.arithmetic),
      ],
      articles: [ARTICLE_19],
      signatures: [
        { capacity: '经办人', name: handledBy },
        { capacity: '负责人', name: leader },
      ],
      seal: office,
      date,
    }),
};

const particulars = (proposal: OpinionProposal): (readonly [string, Content])[] =>
  proposal.kind === 'grant'
    ? [
        ['保障类别', proposal.category],
        ['每月保障金合计', yuan(sumFen(proposal.units.map((unit) => unit.monthlyBenefitFen)))],
      ]
    : [
        ['理由', because(proposal.reason)],
        ['理由依据', lawsText(proposal.articles)],
      ];

const units = (proposal: Extract<OpinionProposal, { kind: 'grant' }>): Content => [
  heading('分单位保障金'),
  table(
    ['保障单位', '#人数', '#每月保障金'],
    proposal.units.map((unit) => [unit.name, `${unit.memberCount}`, yuan(unit.monthlyBenefitFen)]),
  ),
];

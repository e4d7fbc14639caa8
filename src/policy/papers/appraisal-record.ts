import { paragraph, heading, pairs, sheet, table } from './sheet.js';
import { dayText } from './text.js';
import type { AppraisalRecordData, PaperTemplate } from './types.js';

const STEPS = ['宣讲政策', '介绍情况', '现场评议', '形成结论', '签字确认'] as const;

/** 评议记录: who was there, what was said in the five steps, how they voted; everybody signs (DIBAO-2021 art. 19). */
export const appraisalRecordPaper: PaperTemplate<'appraisal_record', AppraisalRecordData> = {
  kind: 'appraisal_record',
  template: 'appraisal_record/1',
  title: '民主评议记录',
  render: ({ caseNo, date, office, groups, votes, steps, ...meeting }) => {
    const present = groups.reduce((sum, { people }) => sum + people.length, 0);
    const representing = groups
      .filter(({ representatives }) => representatives)
      .reduce((sum, { people }) => sum + people.length, 0);
    return sheet({
      title: '民主评议记录',
      caseNo,
      body: [
        pairs([
          ['申请人', meeting.applicant],
          ['组织单位', office],
          ['召集日期', dayText(meeting.calledOn)],
          ['评议日期', dayText(meeting.heldOn)],
          ['评议地点', meeting.venue],
          ['主持人', meeting.chair],
          ['记录人', meeting.recorder],
        ]),
        heading('一、参加人员'),
        table(
          ['类别', '#人数', '姓名'],
          groups.map(({ name, people }) => [name, `${people.length}`, people.join('、')]),
        ),
        paragraph(
          `参加评议${present}人，其中村（居）民代表和党员代表${representing}人，${share(representing, present)}三分之二。`,
        ),
        heading('二、评议经过'),
        table(
          ['步骤', '记录'],
          STEPS.map((name, at) => [`${at + 1}. ${name}`, steps[at]]),
        ),
        heading('三、表决'),
        paragraph(`同意${votes.agree}票，不同意${votes.disagree}票，弃权${votes.abstain}票。`),
      ],
      articles: [{ law: 'DIBAO-2021', article: 19 }],
      signatures: [
        { capacity: '主持人', name: meeting.chair },
        { capacity: '记录人', name: meeting.recorder },
        ...groups.flatMap(({ name, people }) => people.map((person) => ({ capacity: name, name: person }))),
      ],
      date,
    });
  },
};

/** In whole people: a fraction would have to be rounded, and two thirds is where it matters. */
const share = (representing: number, present: number): string =>
  present > 0 && representing * 3 >= present * 2 ? '达到' : '未达到';

import type { CaseNo } from '../../src/terms/index.js';
import type { Branches } from '../support/branches.js';
import type { TestHouse } from '../support/house.js';

type Look = (caseNo: CaseNo) => Promise<void>;
const nothing: Look = async () => {};

/** Ways of a place whose province lets the township confirm, and that posts again after an objection. */
export function delegatedWays(house: TestHouse, at: Branches) {
  const { act, doDuty, expire, outlastNotice } = at;
  const REFUSE = { proposes: 'refuse', reasonCode: 'not_below_standard' } as const;
  const AGREE = { kind: 'confirm_delegated', reasonCode: 'agreed' } as const;

  const villagers = (n: number) =>
    Array.from({ length: n }, (_, index) => ({
      group: index % 2 === 0 ? 'villager_representatives' : 'party_representatives',
      name: `代表${index + 1}`,
    }));
  async function appraisal(representatives: number, others: number) {
    const participants = [
      ...villagers(representatives),
      ...Array.from({ length: others }, (_, index) => ({
        group: 'committee_members',
        name: `委员${index + 1}`,
      })),
    ];
    return {
      calledOn: await at.today(),
      venue: '灯塔村党群服务中心',
      chair: '陈组长',
      recorder: '何记录',
      participants,
      votes: { truthful: participants.length, untruthful: 0, abstained: 0 },
      steps: ['宣讲政策', '介绍情况', '现场评议', '形成结论', '签字确认'],
    };
  }

  /** Objected to, put before an appraisal, posted a second time, confirmed by the leader who took no part. */
  async function appraised(looks: { tooFew?: Look; byTheSigner?: Look } = {}): Promise<CaseNo> {
    const caseNo = await at.single();
    await at.toNotice(caseNo);
    await doDuty(caseNo, 'object', { realName: false, reporter: undefined });
    await (looks.tooFew ?? nothing)(caseNo);
    await act('leader', caseNo, 'appraisals', await appraisal(6, 3));
    await doDuty(caseNo, 'form_opinion', { objectionFinding: 'not_upheld' });
    await doDuty(caseNo, 'post_notice');
    await expire(caseNo, 'second_notice');
    await (looks.byTheSigner ?? nothing)(caseNo);
    await act('secondLeader', caseNo, 'decisions', AGREE);
    await at.conclude(caseNo);
    return caseNo;
  }

  /** Sent back by the second leader; posted again as the place wants it, and the county draws the case to itself. */
  async function drawn(): Promise<CaseNo> {
    const caseNo = await at.single();
    await at.toNotice(caseNo);
    await outlastNotice(caseNo);
    await act('secondLeader', caseNo, 'decisions', { kind: 'return', reasonCode: 'visit_incomplete' });
    await act('leader', caseNo, 'resumptions', { reasonCode: 'visit_again' });
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await expire(caseNo, 'second_notice');
    await act('examiner', caseNo, 'take-backs', { reasonCode: 'sampled' });
    await doDuty(caseNo, 'county_opine');
    await doDuty(caseNo, 'confirm');
    await at.conclude(caseNo);
    return caseNo;
  }

  async function refused(): Promise<CaseNo> {
    const caseNo = await at.single({ declared: await at.income('60000') });
    await at.lookInto(caseNo);
    await act('leader', caseNo, 'opinions', REFUSE);
    await house.quiet();
    await act('secondLeader', caseNo, 'decisions', {
      kind: 'refuse_delegated',
      reasonCode: 'not_below_standard',
    });
    await at.refuseInWriting(caseNo);
    return caseNo;
  }

  /** Somebody reports by name while the township is about to confirm: the county takes it, goes to see, and answers. */
  async function reported(looks: { unvisited?: Look; unanswered?: Look } = {}): Promise<CaseNo> {
    const caseNo = await at.single();
    await at.toNotice(caseNo);
    await outlastNotice(caseNo);
    await act('assistant', caseNo, 'reports', {
      groundCode: 'lives_elsewhere',
      channel: 'hotline',
      realName: true,
      reporter: { name: '钱进', phone: '13700137007' },
      text: '该户长期不在本村居住。',
    });
    await (looks.unvisited ?? nothing)(caseNo);
    await at.countyVisit(caseNo);
    await doDuty(caseNo, 'county_opine');
    await (looks.unanswered ?? nothing)(caseNo);
    await at.answerReport(caseNo);
    await doDuty(caseNo, 'confirm');
    await at.conclude(caseNo);
    return caseNo;
  }

  return { appraised, drawn, refused, reported, appraisal };
}

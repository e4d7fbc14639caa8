import type { CaseNo } from '../../src/terms/index.js';
import type { Branches } from '../support/branches.js';
import type { TestHouse } from '../support/house.js';

/** Ways on which nobody keeps a deadline. What happens is that somebody is told, and then somebody above them. */
export function slowWays(house: TestHouse, at: Branches) {
  const { act, page, doDuty, breach, expire, conclude } = at;

  /** Nobody visits, nobody can be asked, another township does not help, and the whole procedure takes too long. */
  async function neglected(): Promise<CaseNo> {
    const caseNo = await at.single({ consents: [] });
    await doDuty(caseNo, 'accept');
    await house.quiet();
    await act('assistant', caseNo, 'reports', {
      groundCode: 'nobody_comes',
      channel: 'window',
      realName: true,
      reporter: { name: '钱进' },
      text: '申请以后一直没有人来。',
    });
    await breach(caseNo, 'investigation_start');
    const { members } = await page(caseNo);
    await act('clerk', caseNo, 'cooperations', {
      division: '441621100',
      duty: 'home_visit',
      person: members[0]?.id,
    });
    await breach(caseNo, 'verification_start').catch(() => undefined);
    await breach(caseNo, 'cooperation');
    await breach(caseNo, 'report_answer');
    await breach(caseNo, 'total_delegated');
    await breach(caseNo, 'total');
    return caseNo;
  }

  /** What a neglected household still gets: the help is called off, the visit made, the limit extended, and broken again. */
  async function recovered(caseNo: CaseNo): Promise<void> {
    const [asked] = (await page(caseNo)).cooperations;
    await act('clerk', caseNo, 'cooperation-cancellations', {
      cooperationId: asked?.id,
      reasonCode: 'visited_ourselves',
    });
    await at.visit(caseNo);
    await act('countySupervisor', caseNo, 'extensions', { ground: 'hard_investigation' });
    await breach(caseNo, 'total_extended');
    await at.answerReport(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await at.outlastNotice(caseNo);
    await breach(caseNo, 'county_opinion');
    await doDuty(caseNo, 'county_opine');
    await doDuty(caseNo, 'confirm');
    await conclude(caseNo);
  }

  return { neglected, recovered, expire };
}

import { plainDate, type CaseNo } from '../../src/terms/index.js';
import type { Branches } from '../support/branches.js';
import type { TestHouse } from '../support/house.js';
import { idNumber, member } from '../support/household.js';

/** Ways that begin or end at the window. Each is a whole way of one household, over HTTP. */
export function intakeWays(house: TestHouse, at: Branches) {
  const { act, page, doDuty, visit, advance, expire, paper, HANDED } = at;

  /**
   * A village cadre applies with a mandate; a child is signed for by its mother; one form, one signature per adult; a
   * daughter who owes support does not sign, and nothing follows from it. A department stays silent about whoever signed
   * later. In the end the household withdraws, by the proxy's signature.
   */
  async function proxy(
    meanwhile: (seen: { caseNo: CaseNo }) => Promise<void> = async () => {},
  ): Promise<CaseNo> {
    await house.register({ household_register: [], bank: [] }, 'replace');
    const child = member('m3', {
      name: '周小满',
      idNumber: idNumber('441625', '20180506', 113),
      reasonCode: 'minor_child',
      guardian: 'm2',
    });
    const father = member('m4', {
      name: '周老根',
      capacity: 'limited',
      guardian: 'm1',
    });
    const caseNo = await at.single({
      applicant: 'm1',
      members: [
        member('m1', { name: '周行远' }),
        member('m2', { name: '吴桂兰', reasonCode: 'spouse' }),
        child,
        father,
      ],
      obligors: [
        {
          ...member('o1', { name: '周远嫁' }),
          owesTo: 'm4',
          relation: 'daughter',
        },
      ].map(({ included: _, reasonCode: __, ...rest }) => rest),
      proxy: { ...strip(member('p1', { name: '林主任' })), capacityIn: 'village_committee' },
      consents: [],
      authorisation: {
        textVersion: '2026-01',
        channel: 'paper',
        validTo: plainDate('2027-12-31'),
        sources: at.everySource,
        signatures: [{ by: 'm1' }],
      },
      commitments: [
        { by: 'm1', kind: 'truthfulness', textVersion: '2026-01', covers: [] },
        {
          by: 'm1',
          kind: 'notice_and_commitment',
          textVersion: '2026-01',
          covers: ['guardianship_proof', 'income_declaration'],
        },
      ],
      papers: ['application_form', 'commitment', 'verification_authorisation', 'mandate'],
    });
    const { obligors, members } = await page(caseNo);
    await act('clerk', caseNo, 'signatures', {
      consents: [],
      refusals: [{ person: obligors[0]?.id, sources: ['bank'], reasonCode: 'does_not_agree' }],
    });
    await meanwhile({ caseNo });
    await doDuty(caseNo, 'accept', { delivery: HANDED });
    // Mother and child were not signed for yet: the form comes back a day later, and questions leave at once.
    await advance(await at.dayAfter(1));
    await act('assistant', caseNo, 'signatures', {
      consents: members.slice(1, 3).map(({ id }) => ({
        ...at.signatureOf(id, ['social_insurance', 'bank']),
        signedBy: members[1]?.id,
      })),
    });
    await visit(caseNo);
    await advance(await at.dayAfter(1));
    await expire(caseNo, 'later_answer');
    const silent = (await page(caseNo)).requests.filter(({ standing }) => standing === 'unanswered');
    const documentId = await paper(caseNo, '参保证明复印件');
    await act('verifier', caseNo, 'adoptions', {
      adoptions: silent.map(({ id }) => ({ requestId: id, documentId, reasonCode: 'source_silent' })),
    });
    await doDuty(caseNo, 'form_opinion');
    const { representations } = await page(caseNo);
    const mandated = representations.find(({ kind }) => kind === 'proxy');
    await act('clerk', caseNo, 'withdrawal', {
      documentId: await paper(caseNo, '撤回申请书'),
      signedBy: mandated?.representativeId,
    });
    await house.register({ social_insurance: [], household_register: [], bank: [] }, 'replace');
    return caseNo;
  }

  /** Told in a way that reached it, the time is over, and still a person has to close it. */
  async function unsupplied(meanwhile: (caseNo: CaseNo) => Promise<void> = async () => {}): Promise<CaseNo> {
    const caseNo = await at.single({ papers: ['application_form'] });
    const { missingPapers } = await page(caseNo);
    await act('clerk', caseNo, 'supplement-requests', { items: missingPapers });
    await expire(caseNo, 'supplement');
    await meanwhile(caseNo);
    const papers = await house.get('clerk', `/v1/cases/${caseNo}/documents`);
    const told = (papers.json['items'] as { id: string; kind: string }[]).find(
      ({ kind }) => kind === 'one_time_notification',
    );
    // Nobody had brought it to the household: the time begins now.
    await act('assistant', caseNo, 'deliveries', { documentId: told?.id, ...HANDED });
    await advance(await at.dayAfter(24));
    await act('leader', caseNo, 'closing', { reasonCode: 'supplement_not_brought' });
    await act('clerk', caseNo, 'notices', { kind: 'closing', ...HANDED });
    await house.quiet();
    return caseNo;
  }

  /** A member will not let anybody in. Warned, reached, unheeded: and a leader ends it with a coded reason. */
  async function terminated(
    meanwhile: (seen: { caseNo: CaseNo; warningId: string }) => Promise<void> = async () => {},
  ): Promise<CaseNo> {
    const caseNo = await at.single();
    await doDuty(caseNo, 'accept');
    const { applicantId } = await page(caseNo);
    await act('investigator', caseNo, 'warnings', { person: applicantId, refusal: 'refuses_home_visit' });
    const [warning] = (await page(caseNo)).warnings;
    const warningId = warning?.id ?? '';
    await advance(await at.dayAfter(10));
    await meanwhile({ caseNo, warningId });
    await act('assistant', caseNo, 'deliveries', { documentId: warning?.documentId, ...HANDED });
    await advance(await at.dayAfter(16));
    await act('leader', caseNo, 'termination', { warningId, reasonCode: 'refuses_home_visit' });
    await act('clerk', caseNo, 'notices', { kind: 'closing', ...HANDED });
    await house.quiet();
    return caseNo;
  }

  return { proxy, unsupplied, terminated };
}

const strip = <T extends { included: boolean; reasonCode: string }>({
  included: _,
  reasonCode: __,
  ...rest
}: T) => rest;

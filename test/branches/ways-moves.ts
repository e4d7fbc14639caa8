import type { CaseNo } from '../../src/terms/index.js';
import type { Branches } from '../support/branches.js';
import type { TestHouse } from '../support/house.js';
import { member } from '../support/household.js';

type Look = (caseNo: CaseNo) => Promise<void>;
const nothing: Look = async () => {};

/** Ways across divisions, and ways of an office with hardly anybody in it. */
export function movingWays(house: TestHouse, at: Branches) {
  const { act, page, doDuty, advance, visit } = at;

  /** Somebody of the household lives in the next county: its township visits, on its own clock, and sees its task alone. */
  async function split(
    looks: { whileAsked?: (seen: { caseNo: CaseNo; id: string }) => Promise<void> } = {},
  ): Promise<CaseNo> {
    const caseNo = await at.single({
      members: [
        member('m1', { name: '周行远' }),
        member('m2', { name: '周外出', residenceCode: '441621100201', hukouCode: '441625103201' }),
      ],
      consents: [],
    });
    await doDuty(caseNo, 'accept');
    await house.quiet();
    const { members } = await page(caseNo);
    const person = members[1]?.id ?? '';
    await act('leader', caseNo, 'cooperations', { division: '441621100', duty: 'home_visit', person });
    await visit(caseNo);
    const id = (await page(caseNo)).cooperations[0]?.id ?? '';
    await (looks.whileAsked ?? (async () => {}))({ caseNo, id });
    const answer = await house.post('strangeInvestigator', `/v1/cooperations/${id}/report`, {
      occurredOn: await at.today(),
      method: 'home_visit',
      investigators: [house.town.staff.strangeInvestigator, house.town.staff.strangeSecondInvestigator],
      householdSignatory: person,
      propertyWithinLimits: 'not_judged',
      findings: '租住一室，打零工。',
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
    await act('countySupervisor', caseNo, 'extensions', { ground: 'hukou_residence_split' });
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await at.outlastNotice(caseNo);
    await doDuty(caseNo, 'county_opine');
    await doDuty(caseNo, 'confirm');
    await at.conclude(caseNo);
    return caseNo;
  }

  /** The household moves twice: while it is looked into, and there again is confirmed by the county it lives in now. */
  async function moved(looks: { before?: Look; arrived?: Look } = {}): Promise<CaseNo> {
    const caseNo = await at.single();
    await at.lookInto(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await (looks.before ?? nothing)(caseNo);
    await act('leader', caseNo, 'hand-overs', {
      township: '441621100',
      village: '441621100201',
      reasonCode: 'household_moved',
      documentId: await at.paper(caseNo, '迁移户籍、移交档案的申请'),
    });
    await (looks.arrived ?? nothing)(caseNo);
    const { applicantId } = await page(caseNo);
    const { strangeInvestigator, strangeSecondInvestigator } = house.town.staff;
    await act('strangeInvestigator', caseNo, 'visits', {
      method: 'home_visit',
      investigators: [strangeInvestigator, strangeSecondInvestigator],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '已在紫城村租房居住。',
    });
    await act('strangeLeader', caseNo, 'opinions', { proposes: 'grant', reasonCode: 'below_standard' });
    await act('strangeClerk', caseNo, 'notices', { kind: 'public' });
    await at.outlastNotice(caseNo);
    await act('strangeExaminer', caseNo, 'county-opinions', { proposes: 'grant', reasonCode: 'agreed' });
    await act('strangeConfirmer', caseNo, 'decisions', { kind: 'confirm', reasonCode: 'agreed' });
    await house.quiet();
    await act('strangeClerk', caseNo, 'notices', { kind: 'confirmation', ...at.HANDED });
    await act('strangeClerk', caseNo, 'publications', {});
    await house.quiet();
    return caseNo;
  }

  /** Handed over before it was even accepted, and withdrawn there. */
  async function movedEarly(): Promise<CaseNo> {
    const caseNo = await at.single();
    await act('leader', caseNo, 'hand-overs', {
      township: '441621100',
      village: '441621100201',
      reasonCode: 'hukou_moved',
      documentId: await at.paper(caseNo, '迁移证明'),
    });
    const { applicantId } = await page(caseNo);
    await act('strangeClerk', caseNo, 'withdrawal', {
      documentId: await at.paper(caseNo, '撤回申请书', 'strangeClerk'),
      signedBy: applicantId,
    });
    await house.quiet();
    return caseNo;
  }

  /** One clerk, one village assistant, two leaders: the receiver visits and drafts, a leader signs, the other confirms. */
  async function fewHands(looks: { tooMany?: Look } = {}): Promise<CaseNo> {
    const caseNo = await at.single();
    await doDuty(caseNo, 'accept');
    const { applicantId } = await page(caseNo);
    const { clerk, assistant } = house.town.staff;
    await act('clerk', caseNo, 'visits', {
      method: 'home_visit',
      investigators: [clerk, assistant],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '窗口人员和协理员入户。',
    });
    await advance(await at.dayAfter(1));
    const draft = await act('clerk', caseNo, 'opinion-drafts', {
      proposes: 'grant',
      reasonCode: 'below_standard',
      remarks: '符合条件。',
    });
    await (looks.tooMany ?? nothing)(caseNo);
    await act('leader', caseNo, 'opinions', {
      proposes: 'grant',
      reasonCode: 'below_standard',
      draftId: draft.json['draftId'],
    });
    await act('assistant', caseNo, 'notices', { kind: 'public' });
    await at.outlastNotice(caseNo);
    return caseNo;
  }

  return { split, moved, movedEarly, fewHands };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cooperationsOf } from '../src/casefile/cooperations.js';
import { answeredOf, requestsOf } from '../src/casefile/evidence.js';
import { filingsOf } from '../src/casefile/near-relatives.js';
import {
  divisionCode,
  fenFromYuan,
  PAPERS,
  plainDate,
  type CaseNo,
  type Month,
  type SubmitBody,
} from '../src/terms/index.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { db09, member } from './support/household.js';
import { AGREED, AT_COUNTY, grantAll, IN_TOWNSHIP, openOffice, type Office } from './support/office.js';
import { rulebookWith } from './support/rulebook.js';
import { seedTown, type Town } from './support/town.js';
import { createWalker, on, type Walker } from './support/walk.js';

/**
 * Whoever contributed to a case does not decide it, whatever roles they hold. Every act is done by somebody of its own
 * who holds all roles there are, and then each of them tries every decision there is.
 */
const HANDED = { how: 'in_person', result: 'delivered' } as const;

let database: TestDatabase;
let town: Town;
beforeAll(async () => {
  database = await freshDatabase();
  const seeded = await seedTown(database.admin);
  town = { ...seeded, staff: { ...seeded.staff } };
  // The walker's own people take no part in what follows, but for whoever receives the application.
  await grantAll(database.admin, town, 'clerk');
});
afterAll(() => database.drop());

const household = (ref = '李长河'): SubmitBody => ({
  ...db09({ members: [member('m1', { name: ref }), member('m2')] }),
  declared: [],
  consents: [],
});
const LATER = (persons: readonly string[]) =>
  persons.map((person) => ({
    person,
    signedBy: person,
    sources: ['household_register', 'social_insurance', 'bank'] as const,
    textVersion: '2026-01',
    channel: 'paper' as const,
    validTo: plainDate('2026-12-31'),
  }));
const AGAINST = { groundCode: 'income_understated', realName: false, text: '反映该户有未申报的收入。' };

/** From the window to an opinion that hangs on the board, each act by somebody else. */
async function toNotice(walker: Walker, office: Office): Promise<CaseNo> {
  const { act, visit, people, departmentsAnswer } = office;
  const papers = PAPERS.slice(1);
  const caseNo = await walker.submit({ ...household(), papers: [...papers] });
  const [applicant = '', other = ''] = await people(caseNo);
  await act(caseNo, 'request_supplement', { items: [PAPERS[0]], delivery: HANDED }, '2026-03-02');
  await act(caseNo, 'supply', { items: [PAPERS[0]], consents: [] }, '2026-03-03');
  await act(caseNo, 'record_consents', { consents: LATER([applicant]), refusals: [] }, '2026-03-03');
  const refusals = [{ person: other, sources: ['bank'], reasonCode: 'does_not_wish' } as const];
  await act(caseNo, 'record_consents', { consents: [], refusals }, '2026-03-03', 'refusal');
  await act(
    caseNo,
    'record_consents',
    { consents: LATER([other]), refusals: [] },
    '2026-03-03',
    'consent after all',
  );
  await act(caseNo, 'accept', { nearRelatives: [] }, '2026-03-03');
  await departmentsAnswer(caseNo, '2026-03-04', { oneIsSilent: true });
  await visit(caseNo, '2026-03-12');
  const documentId = await office.paper(caseNo, '2026-03-12', 'document');
  await act(
    caseNo,
    'adopt',
    {
      adoptions: [
        {
          fact: {
            person: applicant,
            kind: 'income',
            category: 'business_net',
            amountFen: fenFromYuan('12'),
            periodFrom: '2025-03' as Month,
            periodTo: '2026-02' as Month,
          },
          documentId,
          reasonCode: 'corrected',
        },
      ],
    },
    '2026-03-12',
  );
  const [silent] = await walker.inside(caseNo, '2026-03-12', (tx) => requestsOf(tx, caseNo));
  const instead = { requestId: silent?.id ?? '', documentId, reasonCode: 'source_silent' };
  await act(caseNo, 'adopt', { adoptions: [instead] }, '2026-03-12', 'other proof');
  await act(
    caseNo,
    'warn',
    { person: applicant, refusal: 'refuses_home_visit', delivery: HANDED },
    '2026-03-12',
  );
  await act(caseNo, 'draft_opinion', { proposes: 'grant', reasonCode: 'below_standard' }, '2026-03-13');
  await act(caseNo, 'form_opinion', { proposes: 'grant', reasonCode: 'below_standard' }, '2026-03-13');
  await act(caseNo, 'post_notice', {}, '2026-03-16');
  return caseNo;
}

describe('nobody decides on their own work', () => {
  it('at the county: after objection, second look, report, county visit and county opinion', async () => {
    const walker = createWalker({ casefile: database.casefile, rulebook: rulebookWith(), town });
    const office = openOffice(database.admin, walker);
    const { act, visit, people, everybodyTries } = office;
    const caseNo = await toNotice(walker, office);
    await act(caseNo, 'object', AGAINST, '2026-03-17');
    await visit(caseNo, '2026-03-18', 'record_visit', 'second visit');
    const [, other = ''] = await people(caseNo);
    await act(
      caseNo,
      'request_cooperation',
      { division: divisionCode('441625104'), duty: 'home_visit', person: other },
      '2026-03-18',
    );
    const [cooperation] = await walker.inside(caseNo, '2026-03-18', (tx) => cooperationsOf(tx, caseNo));
    await act(
      caseNo,
      'report_cooperation',
      {
        cooperationId: cooperation?.id ?? '',
        method: 'home_visit',
        investigators: [town.staff.otherClerk, town.staff.investigator],
        householdSignatory: other,
        propertyWithinLimits: 'yes',
        findings: '该成员在本镇务工，居住集体宿舍。',
      },
      '2026-03-18',
    );
    office.touched.set('named in the cooperation', 'investigator');
    await grantAll(database.admin, town, 'investigator');
    const again = {
      proposes: 'grant',
      reasonCode: 'below_standard',
      objectionFinding: 'not_upheld',
    } as const;
    await act(caseNo, 'form_opinion', again, '2026-03-19', 'second opinion');
    await walker.due(caseNo, 'forward', on('2026-03-19', 10));
    await act(caseNo, 'report', { ...AGAINST, channel: 'hotline' }, '2026-03-20');
    await visit(caseNo, '2026-03-23', 'record_county_visit');
    await act(caseNo, 'county_opine', { proposes: 'grant', reasonCode: 'agreed' }, '2026-03-24');
    await everybodyTries(caseNo, '2026-03-25', AT_COUNTY);
    await act(caseNo, 'confirm', AGREED, '2026-03-25', 'somebody who took no part');
  });

  it('at the county: after the household was told, objected and was rechecked', async () => {
    const walker = createWalker({ casefile: database.casefile, rulebook: rulebookWith(), town });
    const office = openOffice(database.admin, walker);
    const { act, visit, people, paper, departmentsAnswer, everybodyTries } = office;
    const caseNo = await walker.submit(household('周行远'));
    await act(
      caseNo,
      'record_consents',
      { consents: LATER(await people(caseNo)), refusals: [] },
      '2026-03-02',
    );
    const [, second = ''] = await people(caseNo);
    const elsewhere = {
      place: divisionCode('441621'),
      body: '紫金县居民家庭经济状况核对中心',
      reportNo: '紫核〔2026〕17号',
      purpose: 'dibao_means_verification',
      madeOn: plainDate('2026-02-10'),
      validTo: plainDate('2026-08-09'),
      documentId: await paper(caseNo, '2026-03-03', 'another place’s report'),
      answers: [{ person: second, source: 'bank', items: ['deposits'], outcome: 'none', facts: [] }],
    } as const;
    await act(caseNo, 'recognise_report', elsewhere, '2026-03-03');
    await act(caseNo, 'accept', { nearRelatives: [] }, '2026-03-03');
    await departmentsAnswer(caseNo, '2026-03-04', { wageYuan: '96000' });
    const asked = () => walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo));
    const known = (await asked()).find(({ origin }) => origin !== null)?.id ?? '';
    const doubtful = { requests: [known], reasonCode: 'answer_doubtful' } as const;
    await act(caseNo, 'ask_afresh', doubtful, '2026-03-05');
    await walker.due(caseNo, 'ask_again', on('2026-03-05'));
    const anew = (await asked()).find(({ supersedes }) => supersedes === known);
    if (!anew) throw new Error('nobody was asked anew');
    await walker.answer(caseNo, anew, [], on('2026-03-05', 10));
    await visit(caseNo, '2026-03-05');
    const [found] = await walker.inside(caseNo, '2026-03-05', (tx) => answeredOf(tx, caseNo));
    if (!found) throw new Error('the insurance knows of no wage');
    const { id, personId, kind, category, amountFen, periodFrom, periodTo } = found;
    const fact = { person: personId ?? '', kind, category, amountFen, periodFrom, periodTo };
    const wage = { fact, answerFactId: id, reasonCode: 'register_is_right' };
    await act(caseNo, 'adopt', { adoptions: [wage] }, '2026-03-05');
    await act(caseNo, 'inform_findings', { delivery: HANDED }, '2026-03-05');
    const documentId = await paper(caseNo, '2026-03-06', 'evidence');
    await act(caseNo, 'object_to_verification', { groundCode: 'job_ended', documentId }, '2026-03-06');
    const upheld = { finding: 'not_upheld', reasonCode: 'register_confirmed', adoptions: [] } as const;
    await act(caseNo, 'recheck', upheld, '2026-03-09');
    await act(caseNo, 'form_opinion', { proposes: 'refuse', reasonCode: 'not_below_standard' }, '2026-03-10');
    await walker.due(caseNo, 'forward', on('2026-03-10', 10));
    await act(caseNo, 'county_opine', { proposes: 'refuse', reasonCode: 'not_below_standard' }, '2026-03-11');
    await everybodyTries(caseNo, '2026-03-12', AT_COUNTY);
    await act(caseNo, 'refuse', AGREED, '2026-03-12', 'somebody who took no part');
  });

  it('in the township, where it confirms: also after an appraisal', async () => {
    const rulebook = rulebookWith({
      confirmation_delegated: true,
      second_notice: true,
      second_notice_days: 3,
    });
    const walker = createWalker({ casefile: database.casefile, rulebook, town });
    const office = openOffice(database.admin, walker);
    const { act, everybodyTries } = office;
    const caseNo = await toNotice(walker, office);
    await act(caseNo, 'object', AGAINST, '2026-03-17');
    const participants = Array.from({ length: 9 }, (_, index) => ({
      group: (['villager_representatives', 'party_representatives', 'committee_members'] as const)[
        index % 3
      ]!,
      name: `代表${index + 1}`,
    }));
    await act(
      caseNo,
      'hold_appraisal',
      {
        calledOn: plainDate('2026-03-18'),
        venue: '灯塔村党群服务中心',
        chair: '陈组长',
        recorder: '何记录',
        participants,
        votes: { truthful: 9, untruthful: 0, abstained: 0 },
        steps: ['宣讲政策', '介绍情况', '现场评议', '形成结论', '签字确认'],
      },
      '2026-03-19',
    );
    const again = {
      proposes: 'grant',
      reasonCode: 'below_standard',
      objectionFinding: 'not_upheld',
    } as const;
    await act(caseNo, 'form_opinion', again, '2026-03-20', 'second opinion');
    await act(caseNo, 'post_notice', {}, '2026-03-20', 'second notice');
    await walker.due(caseNo, 'second_notice');
    await everybodyTries(caseNo, '2026-03-31', IN_TOWNSHIP);
    await act(caseNo, 'confirm_delegated', AGREED, '2026-03-31', 'somebody who took no part');
  });

  it('nor on their relatives: whom the household names as one is barred, and the county goes to see', async () => {
    const walker = createWalker({ casefile: database.casefile, rulebook: rulebookWith(), town });
    const office = openOffice(database.admin, walker);
    const { act, visit, people, departmentsAnswer } = office;
    const caseNo = await walker.submit(household('吴桂兰'));
    const [applicant = '', other = ''] = await people(caseNo);
    const signed = LATER([applicant, other]);
    await act(caseNo, 'record_consents', { consents: signed, refusals: [] }, '2026-03-02');
    const relative = await office.hire('the relative');
    const handlerId = town.staff[relative];
    const nearRelatives = [
      { person: applicant, relation: 'sibling', handlerId },
      // Of somebody on the village committee, who is none of the staff.
      { person: other, relation: 'spouse' },
    ] as const;
    await act(caseNo, 'accept', { nearRelatives }, '2026-03-03');
    const filed = await walker.inside(caseNo, '2026-03-03', (tx) => filingsOf(tx, caseNo));
    expect(filed).toMatchObject([
      { personId: applicant, ground: 'declaration', relation: 'sibling', handlerId },
      { personId: other, ground: 'declaration', relation: 'spouse', handlerId: null },
    ]);
    await departmentsAnswer(caseNo, '2026-03-04');
    await visit(caseNo, '2026-03-05');
    await act(caseNo, 'form_opinion', { proposes: 'grant', reasonCode: 'below_standard' }, '2026-03-06');
    await act(caseNo, 'post_notice', {}, '2026-03-06');
    await walker.due(caseNo, 'public_notice');
    const agreed = { proposes: 'grant', reasonCode: 'agreed' } as const;
    const early = await walker.act(
      await office.hire('examiner'),
      caseNo,
      'county_opine',
      agreed,
      on('2026-03-17'),
    );
    expect(early.outcome).toMatchObject({ code: 'guard_not_met', params: { guard: 'county_visit_done' } });
    await visit(caseNo, '2026-03-17', 'record_county_visit');
    await act(caseNo, 'county_opine', agreed, '2026-03-18');
    for (const kind of AT_COUNTY) {
      const { outcome } = await walker.act(relative, caseNo, kind, AGREED, on('2026-03-19'));
      expect(outcome, kind).toMatchObject({ code: 'relative_barred' });
    }
    await act(caseNo, 'confirm', AGREED, '2026-03-19', 'somebody who is nobody’s relative');
  });

  it('on whichever page of the file they stand: no page that makes a contributor was left out above', async () => {
    const [asked] = await database.admin.sql<
      { text: string }[]
    >`SELECT string_agg(prosrc, ' ') AS text FROM pg_proc WHERE proname IN ('contributors', 'handlers')`;
    const tables = [...(asked?.text ?? '').matchAll(/staff_id FROM (\w+)/g)]
      .map(([, name]) => name ?? '')
      // Whoever answers for a department: test/verifiers-desk.test.ts.
      .filter((name) => name !== 'raw_answers');
    const empty: string[] = [];
    for (const table of tables) {
      const [row] = await database.admin.sql<
        { n: number }[]
      >`SELECT count(*)::int AS n FROM ${database.admin.sql(table)} WHERE staff_id IS NOT NULL`;
      if (row?.n === 0) empty.push(table);
    }
    expect({ tables: tables.length, empty }).toEqual({ tables: 24, empty: [] });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/terms/index.js';
import { atBranches, type Branches } from '../support/branches.js';
import { atCounter } from '../support/counter.js';
import { openHouse, type TestHouse } from '../support/house.js';
import { idNumber, member } from '../support/household.js';
import { missing, rowsTaken } from '../support/row-coverage.js';
import { rulebookWith } from '../support/rulebook.js';
import { soundAfter } from '../support/sound.js';
import { INTAKE_ROWS } from './rows.js';
import { intakeWays } from './ways-intake.js';

let house: TestHouse;
let at: Branches;
let ways: ReturnType<typeof intakeWays>;
beforeAll(async () => {
  house = await openHouse({ rulebook: rulebookWith() });
  at = atBranches(house, atCounter(house));
  ways = intakeWays(house, at);
});
afterAll(() => house.close());

describe('a proxy at the window (art. 6), guardians, commitments, one form (1.1)', () => {
  it('goes through until the household withdraws, and an obligor who does not sign changes nothing', async () => {
    const caseNo = await ways.proxy(async (seen) => {
      // What verification supplies is not asked for (LAW-2026 art. 62).
      expect(
        await at.tryTo('clerk', seen.caseNo, 'supplement-requests', { items: ['bank_statement'] }),
      ).toEqual([422, 'supplied_by_verification', '/items/0']);
      const page = await at.page(seen.caseNo);
      expect(page.missingPapers).toEqual([]);
      expect(page.representations.map(({ kind }) => kind).toSorted()).toEqual([
        'guardian',
        'guardian',
        'proxy',
      ]);
      const { sql } = house.database.reader;
      const rows = await sql<{ signers: number; persons: number; forms: number }[]>`
        SELECT count(DISTINCT signed_by_id)::int AS signers, count(DISTINCT person_id)::int AS persons, count(DISTINCT authorisation_id)::int AS forms
        FROM consents WHERE case_no = ${seen.caseNo}`;
      // One signature of the applicant: for himself and for his father, whose guardian he is.
      expect(rows[0]).toEqual({ signers: 1, persons: 2, forms: 1 });
    });
    const page = await at.page(caseNo);
    expect(page).toMatchObject({ state: 'closed', outcome: 'withdrawn', open: false });
    const refusals = await house.database.reader
      .sql`SELECT 1 FROM consent_refusals WHERE case_no = ${caseNo}`;
    expect(refusals).toHaveLength(1);
    const asked = await house.database.reader.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM department_requests r JOIN obligors o ON o.person_id = r.person_id WHERE r.case_no = ${caseNo}`;
    expect(asked[0]?.n).toBe(0);
  });

  it.each([
    [
      'a child that signs for itself',
      { consents: [{ person: 'm2', signedBy: 'm2' }] },
      '/consents/0/signedBy',
    ],
    [
      'an adult somebody else signs for',
      { consents: [{ person: 'm1', signedBy: 'm2' }] },
      '/consents/0/signedBy',
    ],
    ['a form signed twice', { signatures: ['m1', 'm1'] }, '/authorisation/signatures/1/by'],
    ['a form signed by a child', { signatures: ['m2'] }, '/authorisation/signatures/0/by'],
    [
      'a commitment in place of the application form',
      { covers: ['application_form'] },
      '/commitments/0/covers/0',
    ],
  ] as const)('%s is refused at the door', async (_, wrong, pointer) => {
    const one = {
      sources: ['bank'],
      textVersion: '2026-01',
      channel: 'paper',
      validTo: '2027-12-31',
    } as const;
    const body = {
      ...(await submission()),
      ...('consents' in wrong && { consents: wrong.consents.map((each) => ({ ...one, ...each })) }),
      ...('signatures' in wrong && {
        authorisation: { ...one, signatures: wrong.signatures.map((by) => ({ by })) },
      }),
      ...('covers' in wrong && {
        commitments: [{ by: 'm1', kind: 'notice_and_commitment', textVersion: '1', covers: wrong.covers }],
      }),
    };
    const { status, json } = await house.post('clerk', '/v1/applications', body);
    expect([status, json['code'], json['pointer']]).toEqual([422, 'body_invalid', pointer]);
  });

  async function submission() {
    const today = await house.today();
    return {
      occurredOn: today,
      place: '441625',
      township: '441625103',
      village: '441625103201',
      area: 'rural',
      applicant: 'm1',
      members: [
        member('m1'),
        member('m2', {
          idNumber: idNumber('441625', '20180506', 117),
          reasonCode: 'minor_child',
          guardian: 'm1',
        }),
      ],
      papers: at.everyPaper,
    };
  }

  it('shows the form with what replaces which paper', async () => {
    const { json } = await house.get('clerk', '/v1/application-form');
    const items = json['items'] as { item: string; from: string; replacedBy: string | null }[];
    expect(items.filter(({ from }) => from === 'verification').every(({ replacedBy }) => replacedBy)).toBe(
      true,
    );
    expect(items.find(({ item }) => item === 'bank_statement')).toMatchObject({ replacedBy: 'bank' });
  });
});

describe('paper comes first (1.2)', () => {
  it('clocks run from the paper, late entries give a reason, and dates follow the table', async () => {
    const caseNo = await at.single();
    await at.advance(addDays(await house.today(), 9));
    const today = await house.today();
    const dated = (occurredOn: string, more = {}) => ({ occurredOn, nearRelatives: [], ...more });
    const submittedOn = (await at.page(caseNo)).clocks;
    expect(submittedOn).toEqual([]);
    const paperDay = addDays(today, -7);
    expect(await at.tryTo('clerk', caseNo, 'acceptance', dated(paperDay))).toEqual([
      422,
      'body_invalid',
      '/lateReasonCode',
    ]);
    expect(await at.tryTo('clerk', caseNo, 'acceptance', dated(addDays(today, -30)))).toEqual([
      422,
      'occurred_out_of_order',
      '/occurredOn',
    ]);
    expect(await at.tryTo('clerk', caseNo, 'acceptance', dated(addDays(today, 1)))).toEqual([
      422,
      'occurred_in_future',
      '/occurredOn',
    ]);
    await at.act('clerk', caseNo, 'acceptance', dated(paperDay, { lateReasonCode: 'no_network_in_village' }));
    expect(await at.running(caseNo, 'total')).toMatchObject({ from: paperDay });
    // The visit happened after the acceptance on paper and before its entry: that is no contradiction.
    const { applicantId } = await at.page(caseNo);
    const { investigator, secondInvestigator } = house.town.staff;
    const seen = {
      method: 'home_visit',
      investigators: [investigator, secondInvestigator],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '按纸质记录补录。',
      lateReasonCode: 'no_network_in_village',
    };
    expect(
      await at.tryTo('investigator', caseNo, 'visits', { ...seen, occurredOn: addDays(paperDay, -1) }),
    ).toEqual([422, 'occurred_out_of_order', '/occurredOn']);
    await at.act('investigator', caseNo, 'visits', { ...seen, occurredOn: addDays(paperDay, 2) });
    expect((await at.page(caseNo)).clocks.find(({ code }) => code === 'investigation_start')).toMatchObject({
      done: addDays(paperDay, 2),
      late: false,
    });
    await at.advance(addDays(today, 1));
    // An opinion cannot be older than what it rests on.
    expect(
      await at.tryTo('leader', caseNo, 'opinions', {
        proposes: 'grant',
        reasonCode: 'below_standard',
        occurredOn: addDays(paperDay, 1),
        lateReasonCode: 'no_network_in_village',
      }),
    ).toEqual([422, 'occurred_out_of_order', '/occurredOn']);
    const late = (await house.get('clerk', `/v1/cases/${caseNo}/timeline`)).json['entries'] as {
      code: string;
      enteredLate: boolean;
    }[];
    expect(late.filter(({ enteredLate }) => enteredLate).map(({ code }) => code)).toEqual([
      'accept',
      'record_visit',
    ]);
    await at.act('clerk', caseNo, 'withdrawal', {
      documentId: await at.paper(caseNo, '撤回'),
      signedBy: applicantId,
    });
  });
});

describe('supplement expired (1.3)', () => {
  it('is closed by a person, and not before the household was reached and its time was over', async () => {
    const caseNo = await ways.unsupplied(async (no) => {
      expect(await at.page(no)).toMatchObject({ state: 'awaiting_supplement', open: true });
      expect(await at.tryTo('leader', no, 'closing', { reasonCode: 'supplement_not_brought' })).toEqual([
        409,
        'guard_not_met',
        'supplement_over',
      ]);
    });
    expect(await at.page(caseNo)).toMatchObject({ state: 'closed', outcome: 'closed', open: false });
  });
});

describe('refusing to cooperate (1.3, art. 29)', () => {
  it('ends a procedure only after a warning that was delivered and not heeded', async () => {
    const caseNo = await ways.terminated(async ({ caseNo: no, warningId }) => {
      const ending = { warningId, reasonCode: 'refuses_home_visit' };
      expect(await at.tryTo('leader', no, 'termination', ending)).toEqual([
        409,
        'guard_not_met',
        'warning_unheeded',
      ]);
      expect(
        await at.tryTo('leader', no, 'termination', { ...ending, reasonCode: 'refuses_signature' }),
      ).toEqual([409, 'guard_not_met', 'warning_unheeded']);
      expect(await at.tryTo('clerk', no, 'termination', ending)).toEqual([403, 'forbidden']);
    });
    expect(await at.page(caseNo)).toMatchObject({ state: 'closed', outcome: 'terminated' });
    const papers = (await house.get('clerk', `/v1/cases/${caseNo}/documents`)).json['items'] as {
      kind: string;
    }[];
    expect(papers.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['cooperation_warning', 'termination_notice', 'delivery_receipt']),
    );
  });

  it('is never an obligor’s', async () => {
    const caseNo = await at.single({
      obligors: [{ ...strip(member('o1', { name: '周远嫁' })), owesTo: 'm1', relation: 'daughter' }],
    });
    await at.doDuty(caseNo, 'accept');
    const { obligors, applicantId } = await at.page(caseNo);
    expect(
      await at.tryTo('investigator', caseNo, 'warnings', {
        person: obligors[0]?.id,
        refusal: 'refuses_verification',
      }),
    ).toEqual([409, 'guard_not_met', 'by_member']);
    expect(
      await at.tryTo('clerk', caseNo, 'withdrawal', {
        documentId: await at.paper(caseNo, '撤回'),
        signedBy: obligors[0]?.id,
      }),
    ).toEqual([409, 'guard_not_met', 'signed_by_applicant']);
    await at.act('clerk', caseNo, 'withdrawal', {
      documentId: await at.paper(caseNo, '撤回'),
      signedBy: applicantId,
    });
  });
});

it('took every row that these ways are there for', async () => {
  expect(missing(INTAKE_ROWS, await rowsTaken(house))).toEqual([]);
});

it('leaves nothing that verify would name', () => soundAfter(house));

const strip = <T extends { included: boolean; reasonCode: string }>({
  included: _,
  reasonCode: __,
  ...rest
}: T) => rest;

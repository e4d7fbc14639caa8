import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divisions, divisionSuccessions, roleGrants } from '../../src/casefile/schema/index.js';
import { newId } from '../../src/casefile/record.js';
import { plainDate, type PlainDate } from '../../src/terms/index.js';
import { atBranches, type Branches } from '../support/branches.js';
import { atCounter } from '../support/counter.js';
import { openHouse, type TestHouse } from '../support/house.js';
import { member } from '../support/household.js';
import { missing, rowsTaken } from '../support/row-coverage.js';
import { rulebookWith } from '../support/rulebook.js';
import { soundAfter } from '../support/sound.js';
import { MOVE_ROWS } from './rows.js';
import { movingWays } from './ways-moves.js';

let house: TestHouse;
let at: Branches;
let ways: ReturnType<typeof movingWays>;
let delegatedFrom: PlainDate;
beforeAll(async () => {
  house = await openHouse({ rulebook: rulebookWith() });
  at = atBranches(house, atCounter(house));
  ways = movingWays(house, at);
});
afterAll(() => house.close());

describe('near relatives (1.4, art. 11 and 20)', () => {
  it('on the roster are registered by themselves, their handler is barred, and the county goes to see', async () => {
    const { json } = await house.post('leader', '/v1/relative-roster', {
      handlerId: house.town.staff.secondInvestigator,
      division: '441625103',
      relative: '周行远',
      idNumber: '441625196401051010',
      relation: 'sibling',
      validFrom: '2026-01-01',
    });
    expect(json).toHaveProperty('rosterId');
    const caseNo = await at.single({
      members: [member('m1', { name: '周行远', idNumber: '441625196401051010' })],
    });
    expect((await at.page(caseNo)).nearRelatives).toEqual([
      expect.objectContaining({ ground: 'roster', relation: 'sibling' }),
    ]);
    await at.doDuty(caseNo, 'accept');
    const { applicantId } = await at.page(caseNo);
    const { investigator, secondInvestigator } = house.town.staff;
    expect(
      await at.tryTo('secondInvestigator', caseNo, 'visits', {
        method: 'home_visit',
        investigators: [investigator, secondInvestigator],
        householdSignatory: applicantId,
        propertyWithinLimits: 'yes',
        findings: '自己人。',
      }),
    ).toEqual([403, 'relative_barred']);
    await at.visit(caseNo, '由其他人员入户。', ['investigator', 'clerk']);
    await at.advance(await at.dayAfter(1));
    await at.doDuty(caseNo, 'form_opinion');
    await at.doDuty(caseNo, 'post_notice');
    await at.outlastNotice(caseNo);
    expect(
      await at.tryTo('examiner', caseNo, 'county-opinions', { proposes: 'grant', reasonCode: 'agreed' }),
    ).toEqual([409, 'guard_not_met', 'county_visit_done']);
    await at.countyVisit(caseNo);
    await at.doDuty(caseNo, 'county_opine');
    await at.doDuty(caseNo, 'confirm');
    await at.conclude(caseNo);
    expect(await at.page(caseNo)).toMatchObject({ outcome: 'confirmed' });
  });
});

describe('a household that is split (1.9)', () => {
  it('is visited in both places, each with its task and clock; the other township sees its task alone', async () => {
    const caseNo = await ways.split({
      whileAsked: async ({ caseNo: no, id }) => {
        expect(
          await at.tryTo('leader', no, 'opinions', { proposes: 'grant', reasonCode: 'below_standard' }),
        ).toEqual([409, 'guard_not_met', 'investigation_complete']);
        const task = await house.get('strangeInvestigator', `/v1/cooperations/${id}`);
        expect(task.json).toMatchObject({ duty: 'home_visit', standing: 'open', person: { name: '周外出' } });
        for (const path of [`/v1/cases/${no}`, `/v1/cases/${no}/documents`, `/v1/cases/${no}/file`])
          expect((await house.get('strangeInvestigator', path)).status).toBe(404);
        const work = await house.get('strangeInvestigator', '/v1/worklist');
        expect((work.json['items'] as { kind: string }[]).map(({ kind }) => kind)).toContain('cooperate');
        expect((await house.get('otherClerk', `/v1/cooperations/${id}`)).status).toBe(404);
        expect(await at.running(no, 'cooperation')).toHaveProperty('due');
      },
    });
    expect(await at.page(caseNo)).toMatchObject({
      state: 'in_benefit',
      cooperations: [{ standing: 'reported' }],
    });
  });
});

describe('a household that moves (1.9)', () => {
  it('is followed by its file, without a second application, and no clock stops', async () => {
    const caseNo = await ways.moved({
      before: async (no) => expect((await house.get('strangeClerk', `/v1/cases/${no}`)).status).toBe(404),
      arrived: async (no) => {
        const page = await at.page(no);
        expect(page).toMatchObject({ state: 'investigating', place: '441621' });
        expect(page.workingDivisionId).toBe(house.town.divisions['441621100']);
        // What was seen at the old home does not count, and the old township acts no more.
        expect(
          await at.tryTo('strangeLeader', no, 'opinions', {
            proposes: 'grant',
            reasonCode: 'below_standard',
          }),
        ).toEqual([409, 'guard_not_met', 'investigation_complete']);
        expect(
          await at.tryTo('leader', no, 'opinions', { proposes: 'grant', reasonCode: 'below_standard' }),
        ).toEqual([403, 'forbidden']);
      },
    });
    const page = await at.page(caseNo);
    expect(page).toMatchObject({ state: 'in_benefit', outcome: 'confirmed' });
    expect(page.clocks.filter(({ code }) => code === 'total')).toHaveLength(1);
    const applications = await house.database.reader
      .sql`SELECT 1 FROM applications WHERE case_no = ${caseNo}`;
    expect(applications).toHaveLength(1);
  });

  it('also before it was accepted', async () => {
    const caseNo = await ways.movedEarly();
    expect(await at.page(caseNo)).toMatchObject({ state: 'closed', outcome: 'withdrawn' });
  });
});

describe('one clerk, one village assistant, two leaders (1.10)', () => {
  it('are enough where the township confirms', async () => {
    // From today on, and for the rest of this house.
    delegatedFrom = await house.today();
    house.rulebook = rulebookWith({ confirmation_delegated: true }, delegatedFrom);
    const caseNo = await ways.fewHands();
    expect(await at.page(caseNo)).toMatchObject({ state: 'township_confirm' });
    await at.act('secondLeader', caseNo, 'decisions', { kind: 'confirm_delegated', reasonCode: 'agreed' });
    await at.conclude(caseNo);
    expect(await at.page(caseNo)).toMatchObject({ state: 'in_benefit' });
    const [opinion] = await house.database.reader
      .sql`SELECT o.staff_id AS signed, d.staff_id AS drafted FROM opinions o JOIN opinion_drafts d ON d.id = o.draft_id WHERE o.case_no = ${caseNo}`;
    expect(opinion).toEqual({ signed: house.town.staff.leader, drafted: house.town.staff.clerk });
  });

  it('when both leaders took part, the county decides', async () => {
    const caseNo = await ways.fewHands({
      tooMany: async (no) => {
        const { applicantId } = await at.page(no);
        const { clerk, secondLeader } = house.town.staff;
        await at.act('secondLeader', no, 'visits', {
          method: 'home_visit',
          investigators: [clerk, secondLeader],
          householdSignatory: applicantId,
          propertyWithinLimits: 'yes',
          findings: '领导入户。',
        });
      },
    });
    expect(await at.page(caseNo)).toMatchObject({ state: 'forwarded', turn: 'county' });
    await at.doDuty(caseNo, 'county_opine');
    await at.doDuty(caseNo, 'confirm');
    await at.conclude(caseNo);
  });
});

describe('phone and video (1.5, art. 16)', () => {
  it('stand in for a visit only in a declared emergency', async () => {
    const caseNo = await at.single();
    await at.doDuty(caseNo, 'accept');
    const { investigator, secondInvestigator } = house.town.staff;
    const call = {
      method: 'video_visit',
      investigators: [investigator, secondInvestigator],
      propertyWithinLimits: 'yes',
      findings: '视频查看住房。',
    };
    expect(await at.tryTo('investigator', caseNo, 'visits', call)).toEqual([
      409,
      'guard_not_met',
      'method_allowed',
    ]);
    house.rulebook = rulebookWith({ confirmation_delegated: true, remote_visits: true }, delegatedFrom);
    await at.act('investigator', caseNo, 'visits', call);
    await at.advance(await at.dayAfter(1));
    await at.doDuty(caseNo, 'form_opinion');
    house.rulebook = rulebookWith({ confirmation_delegated: true }, delegatedFrom);
    const { applicantId } = await at.page(caseNo);
    await at.act('clerk', caseNo, 'withdrawal', {
      documentId: await at.paper(caseNo, '撤回'),
      signedBy: applicantId,
    });
  });
});

describe('divisions that merge and split (1.9)', () => {
  it('a case follows its village to the successor, and the successor’s people go on with it', async () => {
    const caseNo = await at.single();
    await at.doDuty(caseNo, 'accept');
    const { db } = house.database.admin;
    const today = await house.today();
    const [north, south] = [newId(), newId()];
    const county = house.town.divisions['441625'] ?? '';
    const old = house.town.divisions['441625103'] ?? '';
    await db.insert(divisions).values([
      {
        id: north,
        code: '441625110',
        name: '灯塔北镇',
        level: 'township',
        parentId: county,
        validFrom: today,
      },
      {
        id: south,
        code: '441625111',
        name: '灯塔南镇',
        level: 'township',
        parentId: county,
        validFrom: today,
      },
      // The village keeps its code and lies in the north from today on.
      {
        id: newId(),
        code: '441625103201',
        name: '灯塔村',
        level: 'village',
        parentId: north,
        validFrom: today,
      },
    ]);
    await db.insert(divisionSuccessions).values([
      { id: newId(), fromDivisionId: old, toDivisionId: north, onDate: today },
      { id: newId(), fromDivisionId: old, toDivisionId: south, onDate: today },
    ]);
    for (const [who, role] of [
      ['investigator', 'investigator'],
      ['secondInvestigator', 'investigator'],
      ['clerk', 'window_clerk'],
      ['leader', 'township_leader'],
    ] as const)
      await db.insert(roleGrants).values({
        id: newId(),
        staffId: house.town.staff[who],
        role,
        divisionId: north,
        validFrom: plainDate('2020-01-01'),
      });
    await at.visit(caseNo);
    const page = await at.page(caseNo);
    expect(page.workingDivisionId).toBe(north);
    expect(
      await house.database.reader.sql`SELECT reason_code FROM case_assignments WHERE case_no = ${caseNo}`,
    ).toEqual([{ reason_code: 'division_succeeded' }]);
    await at.act('clerk', caseNo, 'withdrawal', {
      documentId: await at.paper(caseNo, '撤回'),
      signedBy: page.applicantId,
    });
  });
});

it('took every row that these ways are there for', async () => {
  expect(missing(MOVE_ROWS, await rowsTaken(house))).toEqual([]);
});

it('leaves nothing that verify would name', () => soundAfter(house));

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationDesk } from '../src/activities/application/index.js';
import { createDeskActivities } from '../src/activities/desk.js';
import { clocksOf } from '../src/casefile/clocks.js';
import { declaredOf, requestsOf } from '../src/casefile/evidence.js';
import { openPersons } from '../src/casefile/persons.js';
import { fenFromYuan, plainDate, type Month } from '../src/terms/index.js';
import { db09 } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on, type Walker } from './support/walk.js';

/** Branches of the application on the record, each checked afterwards by the whole of `verify`. */
let record: TestRecord;
let walk: Walker;

beforeAll(async () => {
  record = await openTestRecord();
  walk = record.walker;
});
afterAll(() => record.database.drop());

/** No findings in the house, other cases' timers apart: nobody rings those here. */
async function expectSound(caseNo: string, day: string): Promise<void> {
  await record.seal();
  const report = await record.verify({ now: on(day) });
  const findings = report.checks.flatMap((check) => check.findings);
  expect(findings.filter(({ record: name }) => !name.startsWith('AP-') || name.startsWith(caseNo))).toEqual(
    [],
  );
}

const standing = async (caseNo: string) => {
  const [row] = await record.database.admin.sql<
    { state: string; outcome: string | null; open: boolean }[]
  >`SELECT state, outcome, open FROM case_state WHERE case_no = ${caseNo}`;
  return row;
};
const openTasks = async (caseNo: string): Promise<string[]> =>
  (
    await record.database.admin.sql<
      { kind: string }[]
    >`SELECT kind FROM tasks WHERE case_no = ${caseNo} AND done_at IS NULL ORDER BY kind`
  ).map(({ kind }) => kind);
const clock = async (caseNo: string, code: string) =>
  (await walk.inside(caseNo, '2026-03-23', (tx) => clocksOf(tx, caseNo)))
    .filter((row) => row.code === code)
    .at(-1);
const signatory = async (caseNo: string): Promise<string> =>
  (await walk.inside(caseNo, '2026-03-23', (tx) => openPersons(tx, caseNo)))[0]?.id ?? '';
const visit = async (caseNo: string, day: string) =>
  applied(
    walk.act(
      'investigator',
      caseNo,
      'record_visit',
      {
        method: 'home_visit',
        investigators: [record.town.staff.investigator, record.town.staff.secondInvestigator],
        householdSignatory: await signatory(caseNo),
        propertyWithinLimits: 'yes',
        findings: '入户核查。',
      },
      on(day),
    ),
  );

describe('an incomplete file', () => {
  it('is told once what is missing, supplied, and accepted', async () => {
    const caseNo = await walk.submit(db09({ papers: ['application_form', 'commitment'] }));
    expect(
      await walk.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-02', 10)),
    ).toMatchObject({
      status: 'rejected',
      outcome: { code: 'guard_not_met', params: { guard: 'papers_complete' } },
    });
    await applied(
      walk.act(
        'clerk',
        caseNo,
        'request_supplement',
        { items: ['verification_authorisation', 'income_declaration'] },
        on('2026-03-02', 11),
      ),
    );
    expect(await standing(caseNo)).toMatchObject({ state: 'awaiting_supplement' });
    await applied(
      walk.act(
        'clerk',
        caseNo,
        'supply',
        { items: ['verification_authorisation', 'income_declaration'], consents: [] },
        on('2026-03-05'),
      ),
    );
    expect(await clock(caseNo, 'supplement')).toMatchObject({
      fromDate: '2026-03-02',
      doneOn: '2026-03-05',
      late: false,
    });
    expect(
      await walk.act('clerk', caseNo, 'request_supplement', { items: ['commitment'] }, on('2026-03-05', 10)),
    ).toMatchObject({ outcome: { code: 'guard_not_met', params: { guard: 'not_told_before' } } });
    await applied(walk.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-05', 11)));
    await expectSound(caseNo, '2026-03-05');
    await walk.due(caseNo, 'begin_investigation', on('2026-03-05', 12));
    await expectSound(caseNo, '2026-03-05');
  });

  it('that is supplied too late is marked, and nothing happens to the household', async () => {
    const caseNo = await walk.submit(db09({ papers: [] }));
    await applied(
      walk.act('clerk', caseNo, 'request_supplement', { items: ['commitment'] }, on('2026-03-02', 11)),
    );
    await walk.due(caseNo, 'supplement');
    expect(await clock(caseNo, 'supplement')).toMatchObject({ late: true, doneOn: null });
    expect(await standing(caseNo)).toMatchObject({ state: 'awaiting_supplement', open: true });
    expect(await openTasks(caseNo)).toEqual(['await_supplement', 'deadline_passed']);
    await applied(
      walk.act('clerk', caseNo, 'supply', { items: ['commitment'], consents: [] }, on('2026-03-18')),
    );
    expect(await clock(caseNo, 'supplement')).toMatchObject({ late: true, doneOn: '2026-03-18' });
    expect(
      await walk.act(
        'clerk',
        caseNo,
        'close_unsupplied' as 'accept',
        { nearRelatives: [] },
        on('2026-03-18', 10),
      ),
    ).toMatchObject({ status: 'rejected', outcome: { httpStatus: 409 } });
  });
});

describe('a refusal', () => {
  it('is decided by a person, written, delivered, and frees the unit', async () => {
    const body = db09({ yearlyYuan: '64800' });
    const caseNo = await walk.walkTo('investigated', body);
    expect(
      await walk.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'grant', reasonCode: 'x' },
        on('2026-03-09'),
      ),
    ).toMatchObject({ status: 'rejected', outcome: { code: 'guard_not_met' } });
    await applied(
      walk.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'refuse', reasonCode: 'above_standard' },
        on('2026-03-09', 10),
      ),
    );
    await walk.due(caseNo, 'forward', on('2026-03-09', 10));
    await applied(
      walk.act(
        'examiner',
        caseNo,
        'county_opine',
        { proposes: 'refuse', reasonCode: 'above_standard' },
        on('2026-03-12'),
      ),
    );
    expect(
      await walk.act('confirmer', caseNo, 'confirm', { reasonCode: 'x' }, on('2026-03-13')),
    ).toMatchObject({ outcome: { code: 'guard_not_met', params: { guard: 'county_opinion_grants' } } });
    await applied(
      walk.act('confirmer', caseNo, 'refuse', { reasonCode: 'above_standard' }, on('2026-03-13', 10)),
    );
    expect(await standing(caseNo)).toEqual({ state: 'refused', outcome: 'refused', open: true });
    await applied(
      walk.act(
        'clerk',
        caseNo,
        'give_refusal_notice',
        { how: 'in_person', result: 'delivered' },
        on('2026-03-16'),
      ),
    );
    expect(await standing(caseNo)).toEqual({ state: 'closed', outcome: 'refused', open: false });
    const papers = await record.database.admin.sql<
      { kind: string }[]
    >`SELECT kind FROM documents WHERE case_no = ${caseNo} ORDER BY id DESC LIMIT 2`;
    expect(papers.map(({ kind }) => kind)).toEqual(['delivery_receipt', 'refusal_notice']);
    await walk.submit({ ...body, occurredOn: plainDate('2026-03-16') });
    await expectSound(caseNo, '2026-03-16');
  });
});

describe('an objection during the notice', () => {
  it('takes the notice down, is investigated, and the new opinion goes to the county', async () => {
    const caseNo = await walk.walkTo('public_notice');
    await applied(
      walk.act(
        'clerk',
        caseNo,
        'object',
        { groundCode: 'income', realName: false, text: '其子在外务工' },
        on('2026-03-12'),
      ),
    );
    expect(await standing(caseNo)).toMatchObject({ state: 'reinvestigate' });
    expect(
      await walk.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'grant', reasonCode: 'x', objectionFinding: 'not_upheld' },
        on('2026-03-12', 10),
      ),
    ).toMatchObject({ outcome: { code: 'guard_not_met', params: { guard: 'objection_answered' } } });
    await visit(caseNo, '2026-03-13');
    expect(
      await walk.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'grant', reasonCode: 'x' },
        on('2026-03-16'),
      ),
    ).toMatchObject({ outcome: { code: 'body_invalid', pointer: '/objectionFinding' } });
    await applied(
      walk.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'grant', reasonCode: 'x', objectionFinding: 'not_upheld' },
        on('2026-03-16', 10),
      ),
    );
    await walk.due(caseNo, 'forward', on('2026-03-16', 10));
    await applied(
      walk.act('examiner', caseNo, 'county_opine', { proposes: 'grant', reasonCode: 'x' }, on('2026-03-18')),
    );
    await applied(walk.act('confirmer', caseNo, 'confirm', { reasonCode: 'x' }, on('2026-03-19')));
    await walk.due(caseNo, 'recognise', on('2026-03-19', 10));
    expect(await standing(caseNo)).toEqual({ state: 'granted', outcome: 'confirmed', open: true });
    const handed = { how: 'in_person', result: 'delivered' } as const;
    await applied(walk.act('clerk', caseNo, 'give_confirmation_notice', handed, on('2026-03-19', 11)));
    await applied(walk.act('clerk', caseNo, 'publish', {}, on('2026-03-19', 12)));
    expect(await standing(caseNo)).toEqual({ state: 'in_benefit', outcome: 'confirmed', open: false });
    await expectSound(caseNo, '2026-03-19');
  });
});

describe('a department that stays silent', () => {
  it('is recorded as silence; a person adopts other proof; what comes later changes nothing', async () => {
    const caseNo = await walk.walkTo('investigating');
    const [silent, ...others] = await walk
      .inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo))
      .then((rows) => [...rows].sort((a) => (a.source === 'bank' ? -1 : 1)));
    if (!silent) throw new Error('nothing was asked');
    for (const request of others) await walk.answer(caseNo, request, [], on('2026-03-05'));
    await walk.due(caseNo, 'verification_answer');
    const asked = await walk.inside(caseNo, '2026-03-12', (tx) => requestsOf(tx, caseNo));
    expect(asked.filter(({ outcome }) => outcome === 'unanswered').map(({ id }) => id)).toEqual([silent.id]);
    await visit(caseNo, '2026-03-12');
    expect(
      await walk.act(
        'leader',
        caseNo,
        'form_opinion',
        { proposes: 'grant', reasonCode: 'x' },
        on('2026-03-12', 10),
      ),
    ).toMatchObject({ outcome: { params: { guard: 'investigation_complete' } } });
    const declared = (await walk.inside(caseNo, '2026-03-12', (tx) => declaredOf(tx, caseNo))).find(
      ({ category }) => category === 'deposit',
    );
    const fact = {
      person: declared?.personId ?? undefined,
      kind: 'property',
      category: 'deposit',
      amountFen: fenFromYuan('1200'),
      periodFrom: '2026-03' as Month,
      periodTo: '2026-03' as Month,
    } as const;
    await applied(
      walk.act(
        'verifier',
        caseNo,
        'adopt',
        {
          adoptions: [
            { requestId: silent.id, declaredFactId: declared?.id, fact, reasonCode: 'passbook_seen' },
          ],
        },
        on('2026-03-13'),
      ),
    );
    await walk.answer(
      caseNo,
      silent,
      [{ item: 'deposits', category: 'deposit', amountFen: fenFromYuan('9999') }],
      on('2026-03-13', 11),
    );
    const [reading] = await record.database.admin.sql<
      { verdict: string }[]
    >`SELECT verdict FROM answer_readings WHERE request_id = ${silent.id}`;
    expect(reading?.verdict).toBe('repeated');
    expect(await openTasks(caseNo)).toContain('late_answer');
    await expectSound(caseNo, '2026-03-13');
    await applied(
      walk.act('leader', caseNo, 'form_opinion', { proposes: 'grant', reasonCode: 'x' }, on('2026-03-16')),
    );
  });

  it('an answer that comes twice counts once', async () => {
    const caseNo = await walk.walkTo('investigating');
    const [request] = await walk.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo));
    if (!request) throw new Error('nothing was asked');
    await walk.answer(caseNo, request, [], on('2026-03-05'));
    await walk.answer(caseNo, request, [], on('2026-03-05', 10));
    const readings = await record.database.admin.sql<
      { verdict: string }[]
    >`SELECT verdict FROM answer_readings WHERE request_id = ${request.id} ORDER BY answer_id`;
    expect(readings.map(({ verdict }) => verdict)).toEqual(['none', 'confirmed']);
  });
});

describe('barred', () => {
  it('whoever contributed may not decide, also with every role', async () => {
    const caseNo = await walk.walkTo('county_reviewed');
    await record.database.admin
      .sql`INSERT INTO role_grants (id, staff_id, role, division_id, valid_from) SELECT gen_random_uuid(), ${record.town.staff.examiner}, 'county_confirmer', id, '2020-01-01' FROM divisions WHERE code = '441625'`;
    expect(
      await walk.act('examiner', caseNo, 'confirm', { reasonCode: 'x' }, on('2026-03-20')),
    ).toMatchObject({ status: 'rejected', outcome: { httpStatus: 403, code: 'contributor_barred' } });
  });

  it('what was read before it changed is not decided on', async () => {
    const caseNo = await walk.walkTo('county_reviewed');
    expect(
      await walk.act('confirmer', caseNo, 'confirm', { reasonCode: 'x' }, on('2026-03-20'), `"${caseNo}.1"`),
    ).toMatchObject({ outcome: { httpStatus: 412, code: 'evidence_changed' } });
  });
});

describe('a deadline beyond the published calendars', () => {
  it('is provisional, an operator is told the year, and the case goes on', async () => {
    const occurredOn = plainDate('2026-12-21');
    const body = db09({ occurredOn });
    const caseNo = await walk.submit({
      ...body,
      consents: body.consents.map((each) => ({ ...each, validTo: plainDate('2027-12-31') })),
    });
    await applied(walk.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-12-22')));
    expect(await clock(caseNo, 'total')).toMatchObject({ provisional: true, missingYear: 2027 });
    expect(await openTasks(caseNo)).toContain('calendar_missing');
    expect(await standing(caseNo)).toMatchObject({ state: 'accepted', open: true });
  });
});

describe('what a step tells its desk', () => {
  it('of the clocks that run out next, and of what happens at once although another is overdue', async () => {
    const caseNo = await walk.walkTo('investigated');
    // Nobody was there to hear the end of the total time limit.
    const late = on('2026-06-01');
    const proposal = { proposes: 'refuse', reasonCode: 'not_below_standard' } as const;
    await applied(walk.act('leader', caseNo, 'form_opinion', proposal, late));
    const desk = createDeskActivities({
      casefile: walk.casefile,
      rulebook: () => record.rulebook,
      procedures: { application: applicationDesk },
    });
    const told = async () =>
      (await desk.openRecord({ procedure: 'application', record: caseNo, at: late })).clocks.map(
        ({ code }) => code,
      );
    expect(await told()).toEqual(['total', 'forward']);
    await walk.due(caseNo, 'forward', late);
    await walk.due(caseNo, 'total', late);
    // Of those that remain only the next: the county's ten days, or the escalation.
    expect(await told()).toHaveLength(1);
  });
});

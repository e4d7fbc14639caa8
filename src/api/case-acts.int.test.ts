import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestsOf } from '../casefile/evidence.js';
import { openTestApi, type Answer, type TestApi } from '../../test/support/api.js';
import { db09 } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';
import type { Person } from '../../test/support/town.js';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
beforeEach(() => {
  api.now = on('2026-03-02');
  api.desk = 'at_work';
});
afterAll(() => api.close());

const submitted = (): Promise<string> => api.record.walker.walkTo('submitted');
async function give(
  who: Person,
  caseNo: string,
  path: string,
  body: Record<string, unknown>,
  more: { key?: string; ifMatch?: string } = {},
): Promise<Answer> {
  const ifMatch = more.ifMatch ?? (await api.tag(who, caseNo));
  return api.call(who, 'POST', `/v1/cases/${caseNo}/${path}`, {
    body,
    ifMatch,
    ...(more.key !== undefined && { key: more.key }),
  });
}

describe('the straight path, each step by the person whose it is', () => {
  it('supplement, acceptance, visit, opinion, notice, county opinion, confirmation', async () => {
    const { walker, town } = api.record;
    const submission = await api.call('clerk', 'POST', '/v1/applications', {
      body: db09({ papers: ['application_form'] }),
    });
    const caseNo = String(submission.json['caseNo']);
    const state = async () => (await api.call('clerk', 'GET', `/v1/cases/${caseNo}`)).json['state'];
    const step = async (who: Person, day: string, path: string, body: Record<string, unknown>) => {
      api.now = on(day);
      const answer = await give(who, caseNo, path, { occurredOn: day, ...body });
      expect([answer.status, answer.json['status']], `${path} ${answer.text}`).toEqual([200, 'applied']);
      expect(answer.json['state']).toBe(await state());
      return answer;
    };
    const items = ['commitment', 'verification_authorisation', 'income_declaration'];
    await step('clerk', '2026-03-02', 'supplement-requests', { items });
    await step('clerk', '2026-03-03', 'supplements', { items });
    await step('clerk', '2026-03-03', 'acceptance', {});
    await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
    await walker.ask(caseNo, on('2026-03-04'));
    const page = await api.call('verifier', 'GET', `/v1/cases/${caseNo}`);
    expect((page.json['requests'] as { standing: string }[]).map((request) => request.standing)).toContain(
      'pending',
    );
    for (const request of await walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo)))
      await walker.answer(caseNo, request, [], on('2026-03-05'));
    const members = page.json['members'] as { id: string }[];
    await step('investigator', '2026-03-06', 'visits', {
      method: 'home_visit',
      investigators: [town.staff.investigator, town.staff.secondInvestigator],
      householdSignatory: members[0]?.id,
      propertyWithinLimits: 'yes',
      findings: '砖木结构平房三间。',
    });
    // The bank found nothing, the household declared a deposit: somebody has to choose.
    const early = await give('leader', caseNo, 'opinions', {
      occurredOn: '2026-03-06',
      proposes: 'grant',
      reasonCode: 'below_standard',
    });
    expect([early.status, early.json['code'], early.json['params']]).toEqual([
      409,
      'guard_not_met',
      { guard: 'investigation_complete' },
    ]);
    const deposit = (page.json['declared'] as { id: string; category: string }[]).find(
      (fact) => fact.category === 'deposit',
    );
    const fact = {
      person: members[0]?.id,
      kind: 'property',
      category: 'deposit',
      amountFen: 120_000,
      periodFrom: '2026-03',
      periodTo: '2026-03',
    };
    await step('verifier', '2026-03-09', 'adoptions', {
      adoptions: [{ fact, declaredFactId: deposit?.id, reasonCode: 'bankbook_shown' }],
    });
    await step('leader', '2026-03-09', 'opinions', { proposes: 'grant', reasonCode: 'below_standard' });
    await step('clerk', '2026-03-10', 'notices', { kind: 'public' });
    await walker.due(caseNo, 'public_notice');
    await step('examiner', '2026-03-19', 'county-opinions', { proposes: 'grant', reasonCode: 'agreed' });
    const decided = await step('confirmer', '2026-03-20', 'decisions', {
      kind: 'confirm',
      reasonCode: 'agreed',
    });
    expect(decided.json).toMatchObject({
      state: 'confirmed',
      monthlyBenefitFen: 6000,
      parametersOn: '2009-07-15',
    });
    const explained = await api.call('clerk', 'GET', `/v1/cases/${caseNo}/explanation`);
    expect(explained.json['monthlyBenefitFen']).toBe(6000);
  });
});

describe('what a person decides on', () => {
  it('must be named: 428 without If-Match', async () => {
    const caseNo = await submitted();
    const answer = await api.call('clerk', 'POST', `/v1/cases/${caseNo}/acceptance`, {
      body: { occurredOn: '2026-03-02' },
    });
    expect([answer.status, answer.json['code']]).toEqual([428, 'if_match_missing']);
  });

  it('must be what they saw: 412 with the version it has now, and nothing is stored', async () => {
    const caseNo = await submitted();
    const seen = await api.tag('clerk', caseNo);
    await give('clerk', caseNo, 'supplement-requests', { occurredOn: '2026-03-02', items: ['commitment'] });
    const answer = await give('clerk', caseNo, 'acceptance', { occurredOn: '2026-03-02' }, { ifMatch: seen });
    expect([answer.status, answer.json['code'], answer.json['params']]).toMatchObject([
      412,
      'evidence_changed',
      {
        version: 2,
        step: 'request_supplement',
        on: '2026-03-02',
        by: `staff:${api.record.town.staff.clerk}`,
      },
    ]);
    const { sql } = api.record.database.admin;
    expect(await sql`SELECT 1 FROM commands WHERE case_no = ${caseNo} AND kind = 'accept'`).toHaveLength(0);
  });

  it('is compared again where it is committed: a step in between is 412 too', async () => {
    const caseNo = await submitted();
    const ifMatch = await api.tag('clerk', caseNo);
    api.desk = 'away';
    const waiting = await give('clerk', caseNo, 'acceptance', { occurredOn: '2026-03-02' }, { ifMatch });
    expect(waiting.status).toBe(202);
    api.desk = 'at_work';
    expect(
      (
        await give('clerk', caseNo, 'supplement-requests', {
          occurredOn: '2026-03-02',
          items: ['commitment'],
        })
      ).status,
    ).toBe(200);
    await api.record.walker.act(
      'clerk',
      caseNo,
      'supply',
      { items: ['commitment'], consents: [] },
      on('2026-03-02'),
    );
    await api.deps.dispatcher.deliver({ id: String(waiting.json['commandId']), kind: 'accept', caseNo }, 0);
    const command = await api.call('clerk', 'GET', String(waiting.headers.get('location')));
    expect(command.json).toMatchObject({
      status: 'rejected',
      outcome: { httpStatus: 412, code: 'evidence_changed' },
    });
  });
});

describe('a command whose desk does not answer', () => {
  it('is 202 with its place, and the stored outcome afterwards', async () => {
    const caseNo = await submitted();
    const key = randomUUID();
    const ifMatch = await api.tag('clerk', caseNo);
    api.desk = 'away';
    const first = await give('clerk', caseNo, 'acceptance', { occurredOn: '2026-03-02' }, { key, ifMatch });
    expect([first.status, first.json['status']]).toEqual([202, 'received']);
    const place = String(first.headers.get('location'));
    expect((await api.call('clerk', 'GET', place)).json).toMatchObject({
      status: 'received',
      outcome: null,
      kind: 'accept',
      caseNo,
    });
    const { sql } = api.record.database.admin;
    expect(
      await sql`SELECT delivered_at FROM outbox WHERE ref_id = ${String(first.json['commandId'])}`,
    ).toMatchObject([{ delivered_at: null }]);

    const again = await give('clerk', caseNo, 'acceptance', { occurredOn: '2026-03-02' }, { key, ifMatch });
    expect([again.status, again.json['commandId'], again.headers.get('idempotent-replayed')]).toEqual([
      202,
      first.json['commandId'],
      'true',
    ]);

    api.desk = 'at_work';
    const done = await give('clerk', caseNo, 'acceptance', { occurredOn: '2026-03-02' }, { key, ifMatch });
    expect([done.status, done.json['state']]).toEqual([200, 'accepted']);
    expect((await api.call('clerk', 'GET', place)).json).toMatchObject({ status: 'applied' });
    expect(
      await sql`SELECT 1 FROM outbox WHERE ref_id = ${String(first.json['commandId'])} AND delivered_at IS NULL`,
    ).toHaveLength(0);
    expect(await sql`SELECT 1 FROM transitions WHERE case_no = ${caseNo} AND name = 'accept'`).toHaveLength(
      1,
    );
  });

  it('that breaks on the way has lost nothing', async () => {
    const caseNo = await submitted();
    const broken = await openTestApi({
      dispatcher: {
        deliver: () => Promise.reject(new Error('connection cut')),
        caseOpened: () => {},
        answerStored: () => {},
      },
    });
    try {
      const theirs = await broken.record.walker.walkTo('submitted');
      const key = randomUUID();
      const ifMatch = await broken.tag('clerk', theirs);
      const answer = await broken.call('clerk', 'POST', `/v1/cases/${theirs}/acceptance`, {
        body: { occurredOn: '2026-03-02' },
        key,
        ifMatch,
      });
      expect([202, 500, 503]).toContain(answer.status);
      const { sql } = broken.record.database.admin;
      expect(await sql`SELECT status FROM commands WHERE kind = 'accept'`).toMatchObject([
        { status: 'received' },
      ]);
      expect(await sql`SELECT 1 FROM outbox WHERE topic = 'command' AND delivered_at IS NULL`).toHaveLength(
        1,
      );
    } finally {
      await broken.close();
    }
    expect((await api.call('clerk', 'GET', `/v1/cases/${caseNo}`)).status).toBe(200);
  });

  it('clicked five times at once is one command and one step', async () => {
    const caseNo = await submitted();
    const key = randomUUID();
    const ifMatch = await api.tag('clerk', caseNo);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        give('clerk', caseNo, 'acceptance', { occurredOn: '2026-03-02' }, { key, ifMatch }),
      ),
    );
    for (const { status, json } of answers)
      expect(
        status === 200 || status === 202 || json['code'] === 'idempotency_in_progress',
        JSON.stringify(json),
      ).toBe(true);
    const { sql } = api.record.database.admin;
    expect(await sql`SELECT 1 FROM commands WHERE case_no = ${caseNo} AND kind = 'accept'`).toHaveLength(1);
    expect(await sql`SELECT 1 FROM transitions WHERE case_no = ${caseNo} AND name = 'accept'`).toHaveLength(
      1,
    );
  });
});

describe('what the table refuses', () => {
  it('is an outcome on record, the same at every repetition', async () => {
    const caseNo = await submitted();
    const key = randomUUID();
    const body = { occurredOn: '2026-03-02', proposes: 'grant', reasonCode: 'below_standard' };
    const first = await give('leader', caseNo, 'opinions', body, { key });
    const again = await give('leader', caseNo, 'opinions', body, { key });
    for (const answer of [first, again])
      expect([answer.status, answer.json['code'], answer.json['params']]).toMatchObject([
        409,
        'not_allowed_now',
        { state: 'submitted', step: 'submit', on: '2026-03-02' },
      ]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('by the Update validator is written down by the door', async () => {
    const caseNo = await submitted();
    api.desk = { refuses: 'not_allowed_now' };
    const answer = await give('leader', caseNo, 'opinions', {
      occurredOn: '2026-03-02',
      proposes: 'grant',
      reasonCode: 'below_standard',
    });
    expect([answer.status, answer.json['code']]).toEqual([409, 'not_allowed_now']);
    const { sql } = api.record.database.admin;
    expect(
      await sql`SELECT status FROM commands WHERE case_no = ${caseNo} AND kind = 'form_opinion'`,
    ).toMatchObject([{ status: 'rejected' }]);
    expect(
      await sql`SELECT code FROM audit_events WHERE chain = ${caseNo} ORDER BY seq DESC LIMIT 1`,
    ).toMatchObject([{ code: 'command_refused' }]);
  });

  it('an act of tomorrow', async () => {
    const answer = await give('clerk', await submitted(), 'acceptance', { occurredOn: '2026-03-03' });
    expect([answer.status, answer.json['code'], answer.json['pointer']]).toEqual([
      422,
      'occurred_in_future',
      '/occurredOn',
    ]);
  });

  it('an act before the step it follows', async () => {
    const answer = await give('clerk', await submitted(), 'acceptance', { occurredOn: '2026-02-27' });
    expect([answer.status, answer.json['code']]).toEqual([422, 'occurred_out_of_order']);
  });

  it('a confirmation by whoever took part', async () => {
    const caseNo = await api.record.walker.walkTo('forwarded');
    api.now = on('2026-03-19');
    const { sql } = api.record.database.admin;
    const { town } = api.record;
    await sql`INSERT INTO role_grants (id, staff_id, role, division_id, valid_from) VALUES (gen_random_uuid(), ${town.staff.examiner}, 'county_confirmer', ${town.divisions['441625'] ?? ''}, '2020-01-01')`;
    expect(
      (
        await give('examiner', caseNo, 'county-opinions', {
          occurredOn: '2026-03-19',
          proposes: 'grant',
          reasonCode: 'agreed',
        })
      ).status,
    ).toBe(200);
    const page = await api.call('examiner', 'GET', `/v1/cases/${caseNo}`);
    expect((page.json['actions'] as { command: string }[]).map(({ command }) => command)).not.toContain(
      'confirm',
    );
    const answer = await give('examiner', caseNo, 'decisions', {
      occurredOn: '2026-03-19',
      kind: 'confirm',
      reasonCode: 'agreed',
    });
    expect([answer.status, answer.json['code']]).toEqual([403, 'contributor_barred']);
  });
});

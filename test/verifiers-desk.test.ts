import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applicationDesk } from '../src/activities/application/index.js';
import { createDeskActivities } from '../src/activities/desk.js';
import { requestsOf, type RequestStanding } from '../src/casefile/evidence.js';
import { openPersons } from '../src/casefile/persons.js';
import { enterRelative } from '../src/casefile/relative-roster.js';
import { inCasefile, type Tx } from '../src/casefile/tx.js';
import { plainDate, type CaseNo } from '../src/terms/index.js';
import { openTestApi, type Answer, type TestApi } from './support/api.js';
import { db09, member } from './support/household.js';
import { applied, on } from './support/walk.js';

/** 核对专窗: a bank without a system of its own, and the person there who answers. */
let api: TestApi;
let caseNo: CaseNo;
let asked: RequestStanding[];

const DAY = plainDate('2026-03-05');
beforeAll(async () => {
  api = await openTestApi();
  caseNo = await newCase(FIRST);
  asked = await requests();
});
beforeEach(() => {
  api.now = on(DAY);
});
afterAll(() => api.close());

const household = () => db09({ members: [member('m1')], yearlyYuan: '600' });
const FIRST = household();
const ID_NUMBER = FIRST.members[0]?.idNumber ?? '';
const newCase = (body = household()): Promise<CaseNo> => api.record.walker.walkTo('investigating', body);
const requests = (of = caseNo): Promise<RequestStanding[]> =>
  api.record.walker.inside(of, DAY, (tx) => requestsOf(tx, of));
const bankQuestion = async (of = caseNo): Promise<RequestStanding> => {
  const found = (await requests(of)).find(({ source }) => source === 'bank');
  if (!found) throw new Error('the bank was not asked');
  return found;
};
const inbox = async (who = 'banker'): Promise<readonly Record<string, unknown>[]> =>
  (await api.call(who, 'GET', '/v1/verification/inbox?limit=200')).json['items'] as never;
const answer = (
  requestId: string,
  body: unknown,
  how: { who?: string; key?: string } = {},
): Promise<Answer> =>
  api.call(how.who ?? 'banker', 'POST', `/v1/verification/requests/${requestId}/answer`, {
    body,
    ...(how.key !== undefined && { key: how.key }),
  });
/** As the worker does when it is told. */
async function readBy(of: string, told: Answer): Promise<void> {
  const { casefile } = api.record.database;
  const procedures = { application: applicationDesk };
  const desk = createDeskActivities({ casefile, rulebook: () => api.record.rulebook, procedures });
  const which = { procedure: 'application', record: of, at: api.now } as const;
  await desk.readAnswer(which, String(told.json['answerId']));
}
const verdicts = async (requestId: string): Promise<string[]> => {
  const rows = await api.record.database.admin.sql<
    { verdict: string }[]
  >`SELECT verdict FROM answer_readings WHERE request_id = ${requestId} ORDER BY recorded_at`;
  return rows.map(({ verdict }) => verdict);
};
const openTasks = async (of: string): Promise<string[]> => {
  const rows = await api.record.database.admin.sql<
    { kind: string }[]
  >`SELECT DISTINCT kind FROM tasks WHERE case_no = ${of} AND done_at IS NULL ORDER BY 1`;
  return rows.map(({ kind }) => kind);
};
const asBanker = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  inCasefile(api.record.database.casefile, { actor: `staff:${api.record.town.staff.banker}`, on: DAY }, work);

describe('the inbox', () => {
  it('shows what the purpose allows, and nothing else of the case', async () => {
    const question = await bankQuestion();
    const answered = await api.call('banker', 'GET', '/v1/verification/inbox');
    expect(answered.status).toBe(200);
    const item = (answered.json['items'] as readonly Record<string, unknown>[]).find(
      ({ requestId }) => requestId === question.id,
    );
    expect(item).toEqual({
      requestId: question.id,
      caseRef: question.caseRef,
      source: 'bank',
      sourceName: { zh: '银行', en: 'bank' },
      subject: { name: expect.any(String) as string, idNumber: ID_NUMBER },
      items: [{ item: 'deposits', name: { zh: '存款', en: 'deposits' } }],
      purpose: 'dibao_means_verification',
      asOf: question.requestedOn,
      dueOn: question.dueOn,
      daysLeft: expect.any(Number) as number,
      light: 'green',
      consentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      authorization: `/v1/verification/requests/${question.id}/authorization`,
    });
    expect(answered.text).not.toContain(caseNo);
    expect(answered.text).not.toContain('AP-');
  });

  it('holds the questions to one’s own source within one’s own county only', async () => {
    const own = await inbox();
    expect(new Set(own.map(({ source }) => source))).toEqual(new Set(['bank']));
    expect(asked.length).toBeGreaterThan(own.length);
    expect(await inbox('strangeBanker')).toEqual([]);
  });

  it('turns red with the last day', async () => {
    const question = await bankQuestion();
    api.now = on(question.dueOn);
    const [item] = (await inbox()).filter(({ requestId }) => requestId === question.id);
    expect(item).toMatchObject({ daysLeft: 0, light: 'red' });
  });

  it('comes in pages', async () => {
    await newCase();
    const first = await api.call('banker', 'GET', '/v1/verification/inbox?limit=1');
    const second = await api.call(
      'banker',
      'GET',
      `/v1/verification/inbox?limit=1&cursor=${String(first.json['next'])}`,
    );
    const ids = [first, second].flatMap(({ json }) =>
      (json['items'] as readonly { requestId: string }[]).map(({ requestId }) => requestId),
    );
    expect(new Set(ids).size).toBe(2);
    expect(first.headers.get('link')).toContain('rel="next"');
  });

  it.each(['clerk', 'verifier', 'operator', 'auditor'])('is not for %s', async (who) => {
    const refused = await api.call(who, 'GET', '/v1/verification/inbox');
    expect([refused.status, refused.json['code']]).toEqual([403, 'forbidden']);
  });

  it('every look is on record before anything is shown, and the person can be told of it', async () => {
    const question = await bankQuestion();
    const { admin, reader } = api.record.database;
    const events = () =>
      reader.sql<
        { params: Record<string, unknown>; rows: unknown[] }[]
      >`SELECT params, rows FROM audit_events WHERE code = 'questions_shown' ORDER BY seq`;
    const before = (await events()).length;
    await inbox();
    const after = await events();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)?.params).toMatchObject({ staffId: api.record.town.staff.banker, what: 'inbox' });
    const looks =
      await admin.sql`SELECT on_day::text FROM question_looks WHERE request_id = ${question.id} AND what = 'inbox' AND on_day = ${DAY}`;
    expect(looks).toHaveLength(1);
    const about = await api.call('clerk', 'GET', `/v1/cases/${caseNo}/persons/${question.personId}/lookups`);
    const shown = (
      about.json['items'] as readonly { source: string; shown: { at: string; to: string | null }[] }[]
    ).find(({ source }) => source === 'bank')?.shown;
    expect(shown).toContainEqual({ at: '2026-03-05T09:00:00+08:00', to: 'banker' });
    const [seen] = await reader.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM access_events
      WHERE kind = 'verifier_look' AND staff_id = ${api.record.town.staff.banker}
        AND about_case = ${caseNo} AND person_id = ${question.personId}`;
    expect(seen?.n).toBeGreaterThan(0);
  });

  it('shows nothing when the look cannot be written down', async () => {
    const { sql: admin } = api.record.database.admin;
    await admin`ALTER TABLE question_looks ADD CONSTRAINT full_up CHECK (false) NOT VALID`;
    const refused = await api.call('strangeBanker', 'GET', '/v1/verification/inbox');
    api.now = on('2026-03-06');
    const failed = await api.call('banker', 'GET', '/v1/verification/inbox');
    await admin`ALTER TABLE question_looks DROP CONSTRAINT full_up`;
    expect(refused.status).toBe(200);
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain(ID_NUMBER);
  });
});

describe('row-level security', () => {
  it('lets a verifier read no row of any case, whatever is asked in SQL', async () => {
    const seen = await asBanker(async (tx) => {
      const tables = await tx.q.execute<{ name: string }>(
        sql`SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'case_no'`,
      );
      const rows: string[] = [];
      for (const { name } of [
        ...tables,
        { name: 'cases' },
        { name: 'question_looks' },
        { name: 'audit_events' },
      ])
        if ((await tx.q.execute(sql`SELECT 1 FROM ${sql.identifier(name)} LIMIT 1`)).length > 0)
          rows.push(name);
      return rows;
    });
    expect(seen).toEqual([]);
  });

  it('the functions that show questions show those of one’s own source and county, and of nobody without a name', async () => {
    const others = asked.filter(({ source }) => source !== 'bank');
    expect(others.length).toBeGreaterThan(0);
    const found = await asBanker(async (tx) => {
      const rows: unknown[] = [];
      for (const { id } of others)
        rows.push(
          ...(await tx.q.execute(
            sql`SELECT 1 FROM onedoor.questions_to_me(${id}::uuid, false, NULL, NULL, 1)`,
          )),
        );
      return rows;
    });
    expect(found).toEqual([]);
    const nobody = await api.record.database.casefile.database
      .sql`SELECT 1 FROM onedoor.questions_to_me(NULL, false, NULL, NULL, 100)`;
    expect([...nobody]).toEqual([]);
  });

  it('to a verifier pages and papers are closed, whether they exist or not, and the worklist is empty', async () => {
    for (const path of ['', '/timeline', '/documents', '/file', '/explanation'])
      expect((await api.call('banker', 'GET', `/v1/cases/${caseNo}${path}`)).status, path).toBe(403);
    expect((await api.call('banker', 'GET', '/v1/cases')).status).toBe(403);
    expect((await api.call('banker', 'GET', '/v1/worklist')).json['items']).toEqual([]);
  });
});

describe('the authorisation', () => {
  it('is this person’s signature and nobody else’s', async () => {
    const question = await bankQuestion();
    const path = `/v1/verification/requests/${question.id}/authorization`;
    const signed = await api.call('banker', 'GET', path);
    expect(signed.json).toMatchObject({
      requestId: question.id,
      subject: { idNumber: ID_NUMBER },
      source: 'bank',
      textVersion: '2026-01',
      channel: 'paper',
      consentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(signed.text).not.toContain(caseNo);
    expect((await api.call('strangeBanker', 'GET', path)).status).toBe(404);
    const other = asked.find(({ source }) => source === 'tax')?.id ?? '';
    expect((await api.call('banker', 'GET', `/v1/verification/requests/${other}/authorization`)).status).toBe(
      404,
    );
  });

  it('taken back, the question is gone with it', async () => {
    const withdrawn = await newCase();
    const question = await bankQuestion(withdrawn);
    const body = { consents: [], refusals: [], withdrawals: [{ person: question.personId }] };
    await applied(api.record.walker.act('clerk', withdrawn, 'record_consents', body, on(DAY)));
    expect((await inbox()).map(({ requestId }) => requestId)).not.toContain(question.id);
    expect((await answer(question.id, { outcome: 'none' })).status).toBe(404);
  });
});

describe('an answer', () => {
  const DEPOSIT = {
    outcome: 'found',
    facts: [{ item: 'deposits', category: 'deposit', amountFen: 120_000 }],
  } as const;

  it('有: kept as that person gave it, read like a callback, and the question leaves the inbox', async () => {
    const file = await newCase();
    const { id } = await bankQuestion(file);
    const told = await answer(id, DEPOSIT);
    expect([told.status, told.json['status']]).toEqual([202, 'stored']);
    expect(api.answersTold).toContain(told.json['answerId']);
    await readBy(file, told);
    expect(await verdicts(id)).toEqual(['found']);
    expect(await bankQuestion(file)).toMatchObject({ outcome: 'found' });
    const [row] = await api.record.database.admin
      .sql`SELECT staff_id, received_at FROM raw_answers WHERE request_id = ${id}`;
    expect(row).toMatchObject({ staff_id: api.record.town.staff.banker });
    const facts = await api.record.database.admin
      .sql`SELECT amount_fen::int AS fen FROM answer_facts WHERE case_no = ${file}`;
    expect([...facts]).toEqual([{ fen: 120_000 }]);
    expect((await inbox()).map(({ requestId }) => requestId)).not.toContain(id);
  });

  it('无', async () => {
    const file = await newCase();
    const { id } = await bankQuestion(file);
    await readBy(file, await answer(id, { outcome: 'none' }));
    expect(await bankQuestion(file)).toMatchObject({ outcome: 'none' });
  });

  it('无法核实: ends as unanswered with its reason, and a person turns to other proof', async () => {
    const file = await newCase();
    const { id } = await bankQuestion(file);
    const { walker } = api.record;
    for (const other of await walker.inside(file, DAY, (tx) => requestsOf(tx, file)))
      if (other.id !== id) await walker.answer(file, other, [], on(DAY, 9));
    await readBy(file, await answer(id, { outcome: 'cannot_verify', reasonCode: 'register_unavailable' }));
    expect(await verdicts(id)).toEqual(['cannot_verify']);
    // It was the last: one report, as after every other last answer.
    const reports = await api.record.database.reader
      .sql`SELECT version FROM verification_reports WHERE case_no = ${file}`;
    expect([...reports]).toEqual([{ version: 1 }]);
    expect(await bankQuestion(file)).toMatchObject({ outcome: 'unanswered' });
    const [ended] = await api.record.database.admin
      .sql`SELECT reason_code FROM request_outcomes WHERE request_id = ${id}`;
    expect(ended).toEqual({ reason_code: 'register_unavailable' });
    expect(await openTasks(file)).toContain('unanswered');
  });

  it.each([{ outcome: 'none' }, { outcome: 'cannot_verify', reasonCode: 'register_unavailable' }])(
    '$outcome ends the start of verification, also where nobody wrote down that the question was taken',
    async (told) => {
      const { walker } = api.record;
      const file = await walker.submit(household(), on('2026-03-02'));
      await walker.act('clerk', file, 'accept', { nearRelatives: [] }, on('2026-03-03'));
      await walker.due(file, 'begin_investigation', on('2026-03-03', 10));
      const running = async () =>
        (
          await api.record.database.reader.sql`
            SELECT 1 FROM clocks WHERE case_no = ${file} AND code = 'verification_start' AND done_on IS NULL`
        ).length;
      expect(await running()).toBe(1);
      await readBy(file, await answer((await bankQuestion(file)).id, told));
      expect(await running()).toBe(0);
    },
  );

  it('the same key again adds nothing; with another answer it is refused', async () => {
    const file = await newCase();
    const { id } = await bankQuestion(file);
    const key = randomUUID();
    const first = await answer(id, DEPOSIT, { key });
    api.now = on(DAY, 11);
    const again = await answer(id, DEPOSIT, { key });
    expect([again.status, again.json['answerId']]).toEqual([200, first.json['answerId']]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await answer(id, { outcome: 'none' }, { key });
    expect([other.status, other.json['code']]).toEqual([422, 'idempotency_key_reused']);
    const rows = await api.record.database.admin.sql`SELECT 1 FROM raw_answers WHERE request_id = ${id}`;
    expect(rows).toHaveLength(1);
  });

  it('an item that was not asked, and an amount without one, are pointed at', async () => {
    const { id } = await bankQuestion();
    const stray = await answer(id, {
      outcome: 'found',
      facts: [DEPOSIT.facts[0], { item: 'funds', category: 'fund', amountFen: 1 }],
    });
    expect([stray.status, stray.json['pointer'], stray.json['params']]).toEqual([
      422,
      '/facts/1/item',
      { reason: 'item_not_asked' },
    ]);
    const bare = await answer(id, { outcome: 'found', facts: [{ item: 'deposits', category: 'deposit' }] });
    expect([bare.status, bare.json['pointer']]).toEqual([422, '/facts/0/amountFen']);
  });

  it('an amount that nobody has is kept for a person, as a callback’s is', async () => {
    const file = await newCase();
    const { id } = await bankQuestion(file);
    const fact = { ...DEPOSIT.facts[0], amountFen: 50_000_000_000 };
    await readBy(file, await answer(id, { outcome: 'found', facts: [fact] }));
    expect(await verdicts(id)).toEqual(['implausible']);
    expect(await openTasks(file)).toContain('answer_unusable');
    expect(await bankQuestion(file)).toMatchObject({ outcome: null });
  });

  it('that differs from the callback before takes its place when it was given later, and a person is told', async () => {
    const file = await newCase();
    const question = await bankQuestion(file);
    await api.record.walker.answer(file, question, [], on(DAY, 8));
    await readBy(file, await answer(question.id, DEPOSIT));
    expect(await verdicts(question.id)).toEqual(['none', 'corrected_found']);
    expect(await openTasks(file)).toContain('answer_corrected');
  });

  it('is overtaken by a callback that states something else later', async () => {
    const file = await newCase();
    const question = await bankQuestion(file);
    await readBy(file, await answer(question.id, DEPOSIT));
    await api.record.walker.answer(file, question, [], on(DAY, 15));
    expect(await verdicts(question.id)).toEqual(['found', 'corrected_none']);
    expect(await openTasks(file)).toContain('answer_corrected');
  });

  it.each(['strangeBanker', 'verifier', 'clerk'])('is not %s’s to give', async (who) => {
    const { id } = await bankQuestion();
    const refused = await answer(id, { outcome: 'none' }, { who });
    expect(refused.status).toBe(who === 'strangeBanker' ? 404 : 403);
  });
});

describe('whoever is concerned in the case', () => {
  const asHouse = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inCasefile(api.record.database.casefile, { actor: 'system:operator', on: DAY }, work);
  const idOf = async (subject: string): Promise<string> => {
    const [row] = await api.record.database.admin.sql<
      { id: string }[]
    >`SELECT id FROM staff WHERE subject = ${subject}`;
    return row?.id ?? '';
  };

  it('as a near relative neither sees the question nor answers it, also when the roster was kept later', async () => {
    const file = await newCase();
    const question = await bankQuestion(file);
    const [person] = await api.record.walker.inside(file, DAY, (tx) => openPersons(tx, file));
    const subject = await api.hire('department_verifier', '441625');
    expect((await inbox(subject)).map(({ requestId }) => requestId)).toContain(question.id);
    const handlerId = await idOf(subject);
    await asHouse((tx) =>
      enterRelative(
        tx,
        {
          holderKind: 'staff',
          handlerId,
          divisionId: api.record.town.divisions['441625'] ?? '',
          holderName: null,
          relativeName: '某甲',
          relation: 'sibling',
          idNumber: person?.idNumber ?? '',
          validFrom: plainDate('2026-01-01'),
          enteredBy: handlerId,
        },
        api.now,
      ),
    );
    expect((await inbox(subject)).map(({ requestId }) => requestId)).not.toContain(question.id);
    const refused = await answer(question.id, { outcome: 'none' }, { who: subject });
    expect([refused.status, refused.json['code']]).toEqual([403, 'relative_barred']);
  });

  it('as a contributor does not answer for the department either; and who answered does not decide', async () => {
    const file = await newCase();
    const question = await bankQuestion(file);
    const { sql: admin } = api.record.database.admin;
    const { investigator, banker } = api.record.town.staff;
    await admin`INSERT INTO visits (id, case_no, method, property_within_limits, staff_id, command_id, occurred_on)
      VALUES (gen_random_uuid(), ${file}, 'neighbour_inquiry', 'yes', ${investigator}, gen_random_uuid(), '2026-03-05')`;
    await admin`INSERT INTO role_grants (id, staff_id, role, division_id, valid_from, source)
      VALUES (gen_random_uuid(), ${investigator}, 'department_verifier', ${api.record.town.divisions['441625'] ?? ''}, '2020-01-01', 'bank')`;
    const refused = await answer(question.id, { outcome: 'none' }, { who: 'investigator' });
    expect([refused.status, refused.json['code']]).toEqual([403, 'contributor_barred']);
    const contributed = async () =>
      (await admin<{ id: string }[]>`SELECT id::text FROM onedoor.contributors(${file}) id`).map(
        ({ id }) => id,
      );
    expect(await contributed()).not.toContain(banker);
    expect((await answer(question.id, { outcome: 'none' })).status).toBe(202);
    expect(await contributed()).toContain(banker);
    // Several questions of one case are one person's to answer.
    expect((await answer(question.id, { outcome: 'none' })).status).toBe(202);
  });
});

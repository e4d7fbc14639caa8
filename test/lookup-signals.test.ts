import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { db09, member } from './support/household.js';
import { openHouse, type TestHouse } from './support/house.js';
import { rulebookWith } from './support/rulebook.js';
import type { Person } from './support/town.js';
import { until } from './support/until.js';
import { createWalker, on } from './support/walk.js';

/**
 * A night and a day in one township: somebody reads forty files by their numbers and has a colleague looked up; a clerk
 * works through the same forty from the work list. Of the one the auditor hears within minutes, of the other never.
 */
const FILES = 40;
/** Households about which the departments are asked. */
const ASKED = 6;
const NIGHT = on('2026-03-02', 22);
let house: TestHouse;
let counter: Counter;
const files: CaseNo[] = [];

beforeAll(async () => {
  house = await openHouse({ at: NIGHT, reviewEveryMs: 200 });
  counter = atCounter(house);
  const { casefile } = house.database;
  const walker = createWalker({ casefile, rulebook: house.rulebook, town: house.town });
  for (let n = 0; n < FILES; n += 1)
    files.push(await walker.submit(db09({ members: [member('m1')] }), on('2026-03-02', 15)));
  for (let n = 0; n < ASKED; n += 1) {
    const caseNo = await walker.submit(db09({ members: [member('m1')] }), on('2026-03-02', 15));
    await walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-02', 15));
    await walker.due(caseNo, 'begin_investigation', on('2026-03-02', 16));
    await walker.ask(caseNo, on('2026-03-02', 16));
  }
});
afterAll(() => house.close());

interface Signal {
  readonly id: string;
  readonly kind: string;
  readonly staffId: string;
  readonly to: string;
  readonly raisedAt: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly conclusion: { readonly conclusion: string } | null;
}
async function signalsOf(who: Person): Promise<Signal[]> {
  const { json } = await house.get(
    'auditor',
    `/v1/lookup-signals?limit=200&staffId=${house.town.staff[who]}`,
  );
  return json['items'] as Signal[];
}
const kindsOf = async (who: Person) => (await signalsOf(who)).map(({ kind }) => kind).toSorted();
/** Until everything that was looked at up to now has been looked through. */
async function reviewed(): Promise<void> {
  const [now] = await house.database.reader.sql<{ now: string }[]>`SELECT clock_timestamp()::text AS now`;
  await until('a look through accesses', async () => {
    const [watch] = await house.database.reader.sql<{ done: boolean }[]>`
      SELECT upto > ${now?.now ?? ''}::timestamptz AS done FROM access_watch`;
    return watch?.done ?? false;
  });
}
const readAll = async (who: Person, first = FILES): Promise<void> => {
  for (const caseNo of files.slice(0, first))
    expect((await house.get(who, `/v1/cases/${caseNo}`)).status).toBe(200);
};
/** A household of one, accepted at the window: three questions. */
async function accepted(name: string, id = member('m1')): Promise<CaseNo> {
  const base = db09({ members: [{ ...id, name }] });
  const caseNo = await counter.submit(
    { members: base.members, declared: base.declared, consents: base.consents },
    [],
  );
  await counter.doDuty(caseNo, 'accept');
  await house.quiet();
  return caseNo;
}
const standings = async (caseNo: CaseNo) =>
  (await counter.page(caseNo)).requests.map(({ standing }) => standing).toSorted();
const phasesOf = async (caseNo: CaseNo) =>
  (
    await house.database.reader.sql<{ phase: string }[]>`
      SELECT phase FROM lookup_attempts WHERE case_no = ${caseNo} ORDER BY id`
  ).map(({ phase }) => phase);
const worklistOf = async (who: Person, kind: string) =>
  (
    (await house.get(who, '/v1/worklist?limit=200')).json['items'] as {
      kind: string;
      params: Record<string, string>;
    }[]
  ).filter((task) => task.kind === kind);

describe('whoever reads files by their numbers at night', () => {
  it('is told to the auditor within five simulated minutes of what first qualified', async () => {
    await readAll('investigator');
    await reviewed();
    const signals = await signalsOf('investigator');
    expect(signals.map(({ kind }) => kind).toSorted()).toEqual([
      'off_hours',
      'sequence_browsing',
      'sequence_browsing',
    ]);
    for (const { to, raisedAt } of signals)
      expect(Date.parse(raisedAt) - Date.parse(to)).toBeLessThan(5 * 60_000);
    expect(signals.map(({ params }) => params)).toContainEqual(
      expect.objectContaining({ pattern: 'run_of_numbers', files: 10, first: files[0] }),
    );
    expect(await worklistOf('auditor', 'lookup_signal')).toHaveLength(3);
  });

  it('is told once, however often the same goes on', async () => {
    await readAll('investigator', 12);
    await reviewed();
    expect(await signalsOf('investigator')).toHaveLength(3);
  });

  it('is stopped in nothing', async () => {
    expect((await house.get('investigator', `/v1/cases/${files[0]}`)).status).toBe(200);
  });

  it('so is a verifier who has people shown at night and answers nothing about them', async () => {
    expect((await house.get('banker', '/v1/verification/inbox')).json['items']).toHaveLength(ASKED);
    await reviewed();
    const [signal, ...more] = await signalsOf('banker');
    expect(more).toEqual([]);
    expect(signal).toMatchObject({ kind: 'off_hours', params: { files: 5, night: '2026-03-02' } });
  });

  it('and whoever tries numbers out of reach is told too', async () => {
    for (const caseNo of files.slice(0, 5))
      expect((await house.get('strangeClerk', `/v1/cases/${caseNo}`)).status).toBe(404);
    await reviewed();
    expect(await kindsOf('strangeClerk')).toEqual(['no_open_case']);
  });
});

describe('an ordinary day', () => {
  beforeAll(() => house.advance(on('2026-03-03', 9)).then(() => undefined));

  it('of forty files from the work list, one after the other, is no signal', async () => {
    await readAll('clerk');
    await reviewed();
    expect(await signalsOf('clerk')).toEqual([]);
  });

  it('nor is a new case with its questions', async () => {
    const caseNo = await accepted('周行远');
    await reviewed();
    expect(await standings(caseNo)).toHaveLength(3);
    expect(await signalsOf('clerk')).toEqual([]);
  });
});

describe('questions about people the clerk knows', () => {
  it('about a colleague are told, whoever handles the case', async () => {
    const colleague = member('m1', { name: '同事' });
    const body = {
      handlerId: house.town.staff.secondInvestigator,
      division: '441625103',
      relative: '同事',
      idNumber: colleague.idNumber,
      relation: 'self',
      validFrom: '2026-01-01',
    };
    expect((await house.post('leader', '/v1/relative-roster', body)).status).toBe(201);
    const caseNo = await accepted('同事', colleague);
    await reviewed();
    const [signal] = (await signalsOf('clerk')).filter(({ kind }) => kind === 'colleague');
    expect(signal?.params).toMatchObject({ mark: 'colleague', access: 'question_left', caseNo });
  });

  it('about somebody of the clerk’s own name are told, and neither says a name', async () => {
    await accepted('clerk');
    await reviewed();
    const signals = await signalsOf('clerk');
    expect(signals.map(({ kind }) => kind).toSorted()).toEqual(['colleague', 'namesake']);
    expect(JSON.stringify(signals)).not.toMatch(/同事|"clerk"/);
  });
});

describe('what an auditor makes of a signal', () => {
  const conclude = (who: Person, id: string, conclusion: string, reasonCode = 'yearly_review') =>
    house.post(who, `/v1/lookup-signals/${id}/conclusion`, { conclusion, reasonCode });

  it('is one of two codes, once; the task is done with it', async () => {
    const [first] = await signalsOf('investigator');
    const id = first?.id ?? '';
    expect((await conclude('auditor', id, 'guilty')).status).toBe(422);
    expect((await conclude('auditor', id, 'explained')).json['conclusion']).toMatchObject({
      conclusion: 'explained',
    });
    expect((await conclude('auditor', id, 'explained')).status).toBe(200);
    expect((await conclude('auditor', id, 'passed_on')).json).toMatchObject({
      status: 409,
      code: 'not_allowed_now',
    });
    expect(
      (await worklistOf('auditor', 'lookup_signal')).map(({ params }) => params['signalId']),
    ).not.toContain(id);
    const { json } = await house.get('auditor', '/v1/lookup-signals?open=false');
    expect((json['items'] as Signal[]).map((each) => each.id)).toEqual([id]);
  });

  it('that is passed on is a supervisor’s task', async () => {
    const [, second] = await signalsOf('investigator');
    expect((await conclude('auditor', second?.id ?? '', 'passed_on', 'no_work_there')).status).toBe(200);
    expect(
      (await worklistOf('countySupervisor', 'lookup_signal_passed_on')).map(({ params }) => params),
    ).toEqual([{ signalId: second?.id, signal: second?.kind, staffId: house.town.staff.investigator }]);
  });

  it('is nobody’s about themselves', async () => {
    for (const caseNo of files.slice(0, 30)) await house.get('auditor', `/v1/cases/${caseNo}`);
    await reviewed();
    const own = await house.database.reader.sql<{ id: string }[]>`
      SELECT id FROM lookup_signals WHERE staff_id = ${house.town.staff.auditor}`;
    expect(own.length).toBeGreaterThan(0);
    expect(await signalsOf('auditor')).toEqual([]);
    expect((await conclude('auditor', own[0]?.id ?? '', 'explained')).status).toBe(404);
  });
});

describe('the access log', () => {
  const day = '2026-03-02';

  it('says how much everybody looked at, and of one which files', async () => {
    const { items } = (await house.get('auditor', `/v1/access-log?day=${day}`)).json as {
      items: { staffId: string; counts: Record<string, number>; files: number; notFound: number }[];
    };
    const { investigator, strangeClerk } = house.town.staff;
    expect(items.find(({ staffId }) => staffId === investigator)).toEqual({
      staffId: investigator,
      counts: { case_page: FILES + 12 + 1 },
      files: FILES,
      notFound: 0,
    });
    expect(items.find(({ staffId }) => staffId === strangeClerk)).toMatchObject({ files: 5, notFound: 5 });
    const one = (await house.get('auditor', `/v1/access-log/${investigator}?day=${day}`)).json;
    expect((one['cases'] as { caseNo: string }[]).map(({ caseNo }) => caseNo)).toEqual(files);
  });

  it.each(['supervisor', 'clerk', 'operator'] as const)(
    'is not for a %s, nor are the signals',
    async (who) => {
      for (const path of [
        `/v1/access-log?day=${day}`,
        `/v1/access-log/${house.town.staff.clerk}?day=${day}`,
        '/v1/lookup-signals',
      ])
        expect((await house.get(who, path)).json).toMatchObject({ status: 403, code: 'forbidden' });
    },
  );
});

describe('every look at personal data', () => {
  it('leaves one trace, found or not, with the case and the person it was about', async () => {
    const [caseNo = ''] = files;
    const { applicantId } = await counter.page(caseNo, 'assistant');
    const stored = await counter.send('clerk', caseNo, 'documents', {
      kind: 'proof',
      content: Buffer.from('证明').toString('base64'),
    });
    const traces = () => house.database.reader.sql<
      { kind: string; case_no: string | null; person_id: string | null; found: boolean }[]
    >`
      SELECT kind, about_case AS case_no, person_id, found FROM access_events WHERE staff_id = ${house.town.staff.leader} ORDER BY recorded_at, id`;
    const before = (await traces()).length;
    const nobody = 'AP-441625103-2026-99999';
    for (const path of [
      '/v1/cases',
      `/v1/cases/${caseNo}`,
      `/v1/cases/${caseNo}/timeline`,
      `/v1/cases/${caseNo}/explanation`,
      `/v1/cases/${caseNo}/comparison`,
      `/v1/cases/${caseNo}/persons/${applicantId}/lookups`,
      `/v1/cases/${caseNo}/documents`,
      `/v1/cases/${caseNo}/documents/${String(stored.json['documentId'])}`,
      `/v1/cases/${caseNo}/reports`,
      `/v1/cases/${nobody}`,
      `/v1/cases/${nobody}/documents`,
    ])
      await fetch(house.apiUrl + path, {
        headers: { authorization: `Bearer ${await house.token('leader')}` },
      });
    const about = (kind: string, found = true, of: string | null = caseNo, person: string | null = null) => ({
      kind,
      case_no: of,
      person_id: person,
      found,
    });
    expect((await traces()).slice(before)).toEqual([
      about('case_list', true, null),
      about('case_page'),
      about('timeline'),
      about('explanation'),
      about('comparison'),
      about('person_lookups', true, caseNo, applicantId),
      about('documents'),
      about('document'),
      about('reports'),
      about('case_page', false, nobody),
      about('documents', false, nobody),
    ]);
  });

  it('is refused when the trace cannot be written', async () => {
    const { sql } = house.database.admin;
    await sql`REVOKE INSERT ON access_events FROM onedoor_app`;
    const answer = await house.get('clerk', `/v1/cases/${files[0]}`);
    await sql`GRANT INSERT ON access_events TO onedoor_app`;
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.json)).not.toContain('members');
  });
});

describe('a question over its quota', () => {
  it('waits, is let go by a supervisor with a reason, and leaves at once', async () => {
    house.rulebook = rulebookWith({ lookup_quota_clerk_day: 3 });
    const caseNo = await accepted('李远山');
    expect(await standings(caseNo)).toEqual(['pending', 'pending', 'pending']);
    const [task] = await worklistOf('countySupervisor', 'lookup_over_quota');
    expect(task).toMatchObject({ caseNo, params: { quota: 'clerk_day', limit: 3 } });
    const release = (who: Person) =>
      house.post(who, `/v1/cases/${caseNo}/lookup-releases`, {
        occurredOn: '2026-03-03',
        reasonCode: 'market_day',
      });
    expect((await release('leader')).status).toBe(403);
    expect((await release('countySupervisor')).json).toMatchObject({ status: 'applied', questions: 3 });
    await until(
      'three questions let go',
      async () => (await phasesOf(caseNo)).filter((each) => each === 'accepted').length === 3,
    );
    expect(await house.today()).toBe('2026-03-03');
    expect(await worklistOf('countySupervisor', 'lookup_over_quota')).toEqual([]);
    expect((await release('countySupervisor')).json).toMatchObject({ status: 409, code: 'guard_not_met' });
  });

  it('otherwise leaves by itself when the day is over', async () => {
    const caseNo = await accepted('王远山');
    expect(await standings(caseNo)).toEqual(['pending', 'pending', 'pending']);
    await house.advance(on('2026-03-04', 9));
    expect((await phasesOf(caseNo)).toSorted()).toEqual([
      ...Array<string>(3).fill('accepted'),
      ...Array<string>(3).fill('held'),
      ...Array<string>(3).fill('leaving'),
    ]);
    expect(await worklistOf('countySupervisor', 'lookup_over_quota')).toEqual([]);
  });
});

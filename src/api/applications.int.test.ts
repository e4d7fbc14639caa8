import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPersons } from '../casefile/persons.js';
import { db09, idNumber, member } from '../../test/support/household.js';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { on } from '../../test/support/walk.js';

const PATH = '/v1/applications';
const ascending = (a: number, b: number): number => a - b;
let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
beforeEach(() => {
  api.now = on('2026-03-02');
});
afterAll(() => api.close());

const count = async (table: string): Promise<number> => {
  const { sql } = api.record.database.admin;
  const [row] = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM ${sql(table)}`;
  return row?.n ?? 0;
};

describe('a household applies', () => {
  it('is on record at once, with its start promised and its desk told', async () => {
    const answer = await api.call('clerk', 'POST', PATH, { body: db09() });
    expect(answer.status).toBe(201);
    const caseNo = String(answer.json['caseNo']);
    expect(caseNo).toMatch(/^AP-441625103-2026-\d{5}$/);
    expect(answer.headers.get('location')).toBe(`/v1/cases/${caseNo}`);
    expect(answer.json).toMatchObject({ state: 'submitted', status: 'applied' });
    expect(api.opened).toContain(caseNo);
    const { sql } = api.record.database.admin;
    const [promise] = await sql`SELECT topic, delivered_at FROM outbox WHERE case_no = ${caseNo}`;
    expect(promise).toEqual({ topic: 'start', delivered_at: null });
  });

  it('keeps names with 「·」 and characters beyond the BMP, in NFC', async () => {
    const names = ['阿依古丽·买买提', '𠮷𡨴野', '张e\u0301', '㑇㐂𬱖'];
    const members = names.map((name, at) => member(at === 0 ? 'm1' : `m${at + 1}`, { name }));
    const answer = await api.call('clerk', 'POST', PATH, { body: db09({ members }) });
    expect(answer.status).toBe(201);
    const caseNo = String(answer.json['caseNo']);
    const known = await api.record.walker.inside(caseNo, '2026-03-02', (tx) => openPersons(tx, caseNo));
    expect(known.map((person) => person.name)).toEqual(names.map((name) => name.normalize('NFC')));
    const page = await api.call('clerk', 'GET', `/v1/cases/${caseNo}`);
    expect((page.json['members'] as { name: string }[]).map(({ name }) => name)).toEqual([
      '阿**',
      '𠮷**',
      '张*',
      '㑇**',
    ]);
  });

  it('takes people without a number and with a number in dispute', async () => {
    const members = [
      member('m1'),
      member('m2', { idStatus: 'none', idNumber: undefined }),
      member('m3', { idStatus: 'disputed', idNumber: idNumber('441625', '19800101', 7) }),
      member('m4', { idNumber: idNumber('441625', '19800101', 7), provisional: true }),
    ];
    expect((await api.call('clerk', 'POST', PATH, { body: db09({ members }) })).status).toBe(201);
  });
});

describe('the same request again', () => {
  it('gets the same answer, marked, and changes nothing', async () => {
    const key = randomUUID();
    const body = db09();
    const first = await api.call('clerk', 'POST', PATH, { body, key });
    const before = await count('cases');
    const again = await api.call('clerk', 'POST', PATH, { body, key });
    expect(again.status).toBe(first.status);
    expect(again.json).toEqual(first.json);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await count('cases')).toBe(before);
  });

  it('with another body is refused', async () => {
    const key = randomUUID();
    await api.call('clerk', 'POST', PATH, { body: db09(), key });
    const other = await api.call('clerk', 'POST', PATH, { body: db09(), key });
    expect(other.status).toBe(422);
    expect(other.json['code']).toBe('idempotency_key_reused');
  });

  it('from somebody else is another request', async () => {
    const key = randomUUID();
    const body = db09({ township: '441625104' });
    const mine = await api.call('clerk', 'POST', PATH, { body: db09(), key });
    const theirs = await api.call('otherClerk', 'POST', PATH, { body, key });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
  });

  it('clicked ten times at once makes one case, and every click hears of it', async () => {
    const before = await count('cases');
    const key = randomUUID();
    const body = db09();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.call('clerk', 'POST', PATH, { body, key })),
    );
    expect(await count('cases')).toBe(before + 1);
    const codes = answers.map(({ status, json }) => (status === 201 ? 'made' : String(json['code'])));
    expect(codes.filter((code) => code === 'made').length).toBeGreaterThan(0);
    expect(codes.filter((code) => code !== 'made' && code !== 'idempotency_in_progress')).toEqual([]);
    expect(
      new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json['caseNo'])).size,
    ).toBe(1);
  });

  it('by two clicks with two keys makes one case: the unit has an open request', async () => {
    const body = db09();
    const answers = await Promise.all([1, 2].map(() => api.call('clerk', 'POST', PATH, { body })));
    expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.json['code']).toBe('open_request_exists');
  });

  it.each([null, '', 'short', 'x'.repeat(129), 'with space here'])(
    'needs a key of 8 to 128 visible characters, not %j',
    async (key) => {
      const answer = await api.call('clerk', 'POST', PATH, { body: db09(), key });
      expect(answer.status).toBe(400);
      expect(answer.json['code']).toBe('idempotency_key_missing');
    },
  );
});

describe('what is refused', () => {
  const wrong = (change: Record<string, unknown>) => ({ ...db09(), ...change });
  it.each<[string, unknown, string, string | undefined]>([
    [
      'a check digit',
      wrong({ members: [member('m1', { idNumber: '441625195001050010' })] }),
      'body_invalid',
      '/members/0/idNumber',
    ],
    [
      'a valid status without a number',
      wrong({ members: [member('m1', { idNumber: undefined })] }),
      'body_invalid',
      '/members/0/idNumber',
    ],
    ['an applicant who is no member', wrong({ applicant: 'nobody' }), 'body_invalid', '/applicant'],
    ['a property nobody knows', wrong({ status: 'confirmed' }), 'body_invalid', ''],
    [
      'half a fen',
      wrong({
        declared: [
          { kind: 'income', category: 'wage', amountFen: 1.5, periodFrom: '2025-03', periodTo: '2026-02' },
        ],
      }),
      'body_invalid',
      '/declared/0/amountFen',
    ],
    ['a day that is none', wrong({ occurredOn: '2026-02-30' }), 'body_invalid', '/occurredOn'],
    [
      'half a surrogate pair',
      wrong({ members: [member('m1', { name: '张\ud842' })] }),
      'body_invalid',
      '/members/0/name',
    ],
    ['the future', wrong({ occurredOn: '2026-03-03' }), 'occurred_in_future', '/occurredOn'],
    ['long ago, without a reason', wrong({ occurredOn: '2025-11-03' }), 'body_invalid', '/lateReasonCode'],
    ['a township that is not there', wrong({ township: '441625999' }), 'division_unknown', undefined],
    ['somebody else’s township', db09({ township: '441625104' }), 'division_unknown', '/township'],
  ])('%s', async (_, body, code, pointer) => {
    const before = await count('cases');
    const answer = await api.call('clerk', 'POST', PATH, { body });
    expect(answer.json['code']).toBe(code);
    expect(answer.status).toBe(422);
    if (pointer !== undefined) expect(answer.json['pointer']).toBe(pointer);
    expect(await count('cases')).toBe(before);
  });

  it('an entry later than the place tolerates is marked, and says why', async () => {
    const answer = await api.call('clerk', 'POST', PATH, {
      body: { ...db09(), occurredOn: '2026-02-02', lateReasonCode: 'road_closed' },
    });
    expect(answer.status).toBe(201);
    const page = await api.call('clerk', 'GET', `/v1/cases/${String(answer.json['caseNo'])}`);
    expect(page.json['enteredLate']).toBe(true);
  });

  it('parametersOn outside simulated mode', async () => {
    const production = await openTestApi({ simulated: false });
    try {
      const refused = await production.call('clerk', 'POST', PATH, { body: db09() });
      expect([refused.status, refused.json['code'], refused.json['pointer']]).toEqual([
        422,
        'parameters_on_not_allowed',
        '/parametersOn',
      ]);
      const taken = await production.call('clerk', 'POST', PATH, {
        body: { ...db09(), parametersOn: undefined },
      });
      expect(taken.status).toBe(201);
    } finally {
      await production.close();
    }
  });
});

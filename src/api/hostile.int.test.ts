import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09, idNumber, member } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const submit = (change: Record<string, unknown>) =>
  api.call('clerk', 'POST', '/v1/applications', { body: { ...db09(), ...change } });
const one = (part: Parameters<typeof member>[1]) => ({
  members: [member('m1', part)],
  consents: [],
  declared: [],
});
const consent = (change: object) => ({ ...db09().consents[0], ...change });
const same = idNumber('441625', '19810203', 11);
const everyone = db09();

describe('an application that is odd and fits its types', () => {
  /** What one gets to hear; never that something broke inside. */
  it.each<[string, () => Record<string, unknown>, number, string]>([
    [
      'a consent that ended before it was given',
      () => ({ members: [member('m1')], declared: [], consents: [consent({ validTo: '2026-03-01' })] }),
      422,
      '/consents/0/validTo',
    ],
    [
      'half a surrogate pair in a ref',
      () => ({
        members: [member('m\ud800', { name: '张', reasonCode: 'applicant' })],
        applicant: 'm\ud800',
        consents: [],
        declared: [],
      }),
      422,
      '/applicant',
    ],
    ['a NUL in a name', () => one({ name: '张\u0000三' }), 422, '/members/0/name'],
    ['a name of spaces', () => one({ name: '   ' }), 422, '/members/0/name'],
    [
      'one number for two people',
      () => ({
        members: [member('m1', { idNumber: same }), member('m2', { idNumber: same })],
        consents: [],
        declared: [],
      }),
      422,
      '/members/1/idNumber',
    ],
    [
      'a member counted for a reason to leave out',
      () => one({ reasonCode: 'imprisoned' }),
      422,
      '/members/0/reasonCode',
    ],
    [
      'a member left out for a reason to count',
      () => ({ members: [member('m1'), member('m2', { included: false })], consents: [], declared: [] }),
      422,
      '/members/1/reasonCode',
    ],
    ['a village of another township', () => ({ village: '441625104201' }), 422, '/village'],
    ['a village nobody knows, elsewhere', () => ({ village: '441625999201' }), 422, '/village'],
    ['a village that the tree does not name', () => ({ village: '441625103999' }), 201, ''],
    [
      'an applicant who is called something else',
      () => one({ reasonCode: 'spouse' }),
      422,
      '/members/0/reasonCode',
    ],
    [
      'two applicants',
      () => ({
        members: [member('m1'), member('m2', { reasonCode: 'applicant' })],
        consents: [],
        declared: [],
      }),
      422,
      '/members/1/reasonCode',
    ],
    ['a village that is a county', () => ({ village: '441625' }), 422, '/village'],
    ['a township that is a village', () => ({ township: '441625103201' }), 422, '/township'],
    ['the standard of another county', () => ({ place: '231025' }), 422, '/place'],
    [
      'the first day of the calendar',
      () => ({ occurredOn: '0001-01-01', lateReasonCode: 'road_closed' }),
      422,
      '',
    ],
    [
      'money beyond counting',
      () => ({ declared: [{ ...everyone.declared[0], amountFen: 1e21 }] }),
      422,
      '/declared/0/amountFen',
    ],
    [
      'a month zero',
      () => ({ declared: [{ ...everyone.declared[0], periodFrom: '2025-00' }] }),
      422,
      '/declared/0/periodFrom',
    ],
    [
      'sources named twice',
      () => ({ members: [member('m1')], declared: [], consents: [consent({ sources: ['bank', 'bank'] })] }),
      422,
      '/consents/0/sources',
    ],
    ['papers named twice', () => ({ papers: ['commitment', 'commitment'] }), 422, '/papers'],
    [
      'four hundred facts',
      () => ({ declared: Array.from({ length: 400 }, () => everyone.declared[0]) }),
      201,
      '',
    ],
  ])('%s', async (_, change, status, pointer) => {
    const answer = await submit(change());
    expect([answer.status, answer.json['pointer'] ?? ''], answer.text).toEqual([status, pointer]);
    expect(answer.text).not.toContain(same);
  });

  it('says nothing of a property it does not know but that it is one', async () => {
    for (const name of ['canary张三', '__proto__', 'constructor']) {
      const answer = await api.call('clerk', 'POST', '/v1/applications', {
        body: JSON.stringify(db09()).replace('{', `{${JSON.stringify(name)}:{"polluted":1},`),
      });
      expect(answer.status, name).toBe(422);
      expect(answer.text).not.toContain(name);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a body made to hurt', () => {
  const PATHS = [
    '/v1/applications',
    '/v1/cases/AP-441625103-2026-00001/acceptance',
    '/v1/cases/AP-441625103-2026-00001/documents',
  ];
  it.each<[string, string]>([
    ['nested ten thousand deep', `{"members":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a bare number', '1e999'],
    ['null', 'null'],
    ['text', '"张三"'],
    ['bytes that are no text', '\ufffe\u0000'],
    ['a key said twice', '{"occurredOn":"2026-03-02","occurredOn":[]}'],
    ['an endless number', `{"occurredOn":${'9'.repeat(100_000)}}`],
    ['a hundred thousand members', `{"members":[${'0,'.repeat(99_999)}0]}`],
  ])('%s is a problem and not a crash', async (_, body) => {
    for (const path of PATHS) {
      const answer = await api.call('clerk', 'POST', path, { body });
      expect([400, 404, 422], `${path} ${answer.text.slice(0, 200)}`).toContain(answer.status);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.text.length).toBeLessThan(5_000);
      expect(answer.text).not.toContain('张');
    }
  });

  it.each([
    'application/json-patch+json',
    'application/jsonp',
    'text/json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/xml; x=application/json',
  ])('of type %s is not read', async (type) => {
    const answer = await api.call('clerk', 'POST', '/v1/applications', {
      body: db09(),
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.json['code']]).toEqual([415, 'media_type_unsupported']);
  });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
  ])('of type %s is', async (type) => {
    const answer = await api.call('clerk', 'POST', '/v1/applications', {
      body: db09(),
      headers: { 'content-type': type },
    });
    expect(answer.status, answer.text).toBe(201);
  });

  it('is not read from somebody unknown, however large', async () => {
    let pulled = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        if (pulled > 1_000) controller.close();
        else controller.enqueue(Buffer.alloc(65_536, 0x20));
      },
    });
    const answer = await api.raw('/v1/cases/AP-441625103-2026-00001/documents', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(401);
    expect(pulled).toBeLessThan(10);
  });
});

describe('a path or a query made to hurt', () => {
  it.each([
    '/v1/cases/AP-441625103-2026-00001%00',
    "/v1/cases/AP-441625103-2026-00001'--",
    '/v1/cases/..%2f..%2fetc%2fpasswd',
    '/v1/cases/%ff',
    '/v1/cases/%E5%BC%A0%E4%B8%89',
    `/v1/cases/${'9'.repeat(8_000)}`,
    '/v1/commands/1',
    '/v1/commands/00000000-0000-0000-0000-00000000000g',
    '/v1/commands/019a0000-0000-7000-8000-000000000000',
    '/v1/cases/AP-441625103-2026-00001/documents/1',
    '/v1/nowhere',
    '/docs/..%2fpackage.json',
    '/docs/package.json',
  ])('%s leads nowhere', async (path) => {
    const answer = await api.call('clerk', 'GET', path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.text).not.toMatch(/张|passwd|%00|'--/);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1.5',
    'limit=',
    'limit=NaN',
    'limit=1&limit=2',
    "state='",
    'state=%00',
    'state=A',
    'cursor=' + 'x'.repeat(401),
    'state=submitted&state=accepted',
  ])('a list does not take %s', async (query) => {
    const answer = await api.call('clerk', 'GET', `/v1/cases?${query}`);
    expect(answer.status, answer.text).toBe(422);
    expect(answer.text).not.toContain('xxxx');
  });

  it.each(['village=1', 'village=%E5%BC%A0', 'limit=1000', "village='; DROP TABLE cases"])(
    'the notice board does not take %s',
    async (query) => {
      expect((await api.raw(`/v1/public-notices?${query}`, {})).status).toBe(422);
    },
  );

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is no way in', async (method) => {
    const answer = await api.call('clerk', method, '/v1/cases');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('headers made to hurt', () => {
  it('are answered as what they are', async () => {
    const caseNo = await api.record.walker.walkTo('submitted');
    api.now = on('2026-03-03');
    const body = { occurredOn: '2026-03-03' };
    for (const ifMatch of [
      '*',
      '""',
      'W/"x"',
      `"${caseNo}.1", "${caseNo}.2"`,
      '张'.normalize('NFD').replaceAll(/./gu, '?'),
      'x'.repeat(4_000),
    ])
      expect(
        (await api.call('clerk', 'POST', `/v1/cases/${caseNo}/acceptance`, { body, ifMatch })).status,
        ifMatch,
      ).toBe(412);
    for (const authorization of [
      'Bearer',
      'Bearer a.b',
      'Basic Y2xlcms6',
      `Bearer ${'a'.repeat(9_000)}.b.c`,
      'Bearer ..',
    ])
      expect((await api.raw('/v1/cases', { headers: { authorization } })).status, authorization).toBe(401);
    const token = await api.token('clerk');
    for (const scheme of ['bearer', 'BEARER'])
      expect((await api.raw('/v1/cases', { headers: { authorization: `${scheme} ${token}` } })).status).toBe(
        200,
      );
  });
});

import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../terms/index.js';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09 } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';

let api: TestApi;
let caseNo: string;
let theirs: string;

beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo('submitted');
  theirs = await api.record.walker.walkTo('submitted', db09({ township: '441625104' }));
});
afterAll(() => api.close());

describe('a token', () => {
  it('is required, and the answer says which kind', async () => {
    const answer = await api.call(null, 'GET', '/v1/cases');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.json['code']).toBe('unauthenticated');
  });

  it.each<[string, () => Promise<string>]>([
    ['another issuer', () => api.token('clerk', { issuer: 'https://elsewhere.test' })],
    ['another audience', () => api.token('clerk', { audience: 'somebody-else' })],
    ['one that has expired', () => api.token('clerk', { expires: '-1m' })],
    ['one signed with another key', () => api.token('clerk', { algorithm: 'other_key' })],
    ['somebody who does not work here', () => api.token('nobody')],
    [
      'one without a signature',
      () =>
        Promise.resolve(
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"clerk","iss":"https://issuer.test","aud":"onedoor","exp":9999999999}').toString('base64url')}.`,
        ),
    ],
    [
      'one altered in the middle',
      async () =>
        (await api.token('clerk')).replace(
          /\.[^.]+\./,
          `.${Buffer.from('{"sub":"confirmer","iss":"https://issuer.test","aud":"onedoor","exp":9999999999}').toString('base64url')}.`,
        ),
    ],
    ['no token at all', () => Promise.resolve('clerk')],
  ])('%s is refused', async (_, make) => {
    const answer = await api.raw('/v1/cases', { headers: { authorization: `Bearer ${await make()}` } });
    expect([answer.status, answer.json['code']]).toEqual([401, 'unauthenticated']);
  });

  it('of somebody without a role reads nothing', async () => {
    const subject = await api.hire('window_clerk', '441625103');
    const { sql } = api.record.database.admin;
    await sql`INSERT INTO role_revocations (grant_id, revoked_from) SELECT g.id, '2026-03-01' FROM role_grants g JOIN staff s ON s.id = g.staff_id WHERE s.subject = ${subject}`;
    expect((await api.call(subject, 'GET', '/v1/cases')).json['items']).toEqual([]);
    expect((await api.call(subject, 'GET', `/v1/cases/${caseNo}`)).status).toBe(404);
    expect((await api.call(subject, 'GET', '/v1/worklist?group=unit')).json['items']).toEqual([]);
    expect((await api.call(subject, 'POST', '/v1/applications', { body: db09() })).json['code']).toBe(
      'forbidden',
    );
  });
});

const day = { occurredOn: '2026-03-02' };
const plain = { ...day, reasonCode: 'some_reason' };
/** A body that fits, for every act. */
const bodies: Readonly<Record<string, () => unknown>> = {
  '/v1/applications': () => db09(),
  '/v1/cases/{caseNo}/supplement-requests': () => ({ ...day, items: ['commitment'] }),
  '/v1/cases/{caseNo}/supplements': () => ({ ...day, items: ['commitment'] }),
  '/v1/cases/{caseNo}/acceptance': () => day,
  '/v1/cases/{caseNo}/visits': () => ({
    ...day,
    method: 'home_visit',
    investigators: [api.record.town.staff.investigator],
    propertyWithinLimits: 'yes',
    findings: '平房三间。',
  }),
  '/v1/cases/{caseNo}/adoptions': () => ({ ...day, adoptions: [{ reasonCode: 'paper_shown' }] }),
  '/v1/cases/{caseNo}/opinions': () => ({ ...plain, proposes: 'grant' }),
  '/v1/cases/{caseNo}/notices': () => ({ ...day, kind: 'public' }),
  '/v1/cases/{caseNo}/objections': () => ({
    ...day,
    groundCode: 'income_hidden',
    realName: false,
    text: '家有存款。',
  }),
  '/v1/cases/{caseNo}/county-opinions': () => ({ ...plain, proposes: 'grant' }),
  '/v1/cases/{caseNo}/decisions': () => ({ ...plain, kind: 'confirm' }),
  '/v1/cases/{caseNo}/withdrawal': () => plain,
  '/v1/cases/{caseNo}/extensions': () => plain,
  '/v1/cases/{caseNo}/termination': () => plain,
  '/v1/cases/{caseNo}/documents': () => ({
    ...day,
    kind: 'income_proof',
    content: Buffer.from('工资单').toString('base64'),
  }),
};

/** Who may do what, written down by hand: the document and the behaviour are both held against it. */
const MAY: Readonly<Record<string, readonly Role[]>> = {
  '/v1/applications': ['window_clerk', 'village_assistant'],
  '/v1/cases/{caseNo}/supplement-requests': ['window_clerk'],
  '/v1/cases/{caseNo}/supplements': ['window_clerk'],
  '/v1/cases/{caseNo}/acceptance': ['window_clerk'],
  '/v1/cases/{caseNo}/visits': ['investigator', 'village_assistant', 'window_clerk', 'township_leader'],
  '/v1/cases/{caseNo}/adoptions': ['verification_officer', 'investigator', 'window_clerk', 'township_leader'],
  '/v1/cases/{caseNo}/opinions': ['township_leader'],
  '/v1/cases/{caseNo}/notices': ['window_clerk', 'village_assistant'],
  '/v1/cases/{caseNo}/objections': ['window_clerk', 'village_assistant', 'township_leader'],
  '/v1/cases/{caseNo}/county-opinions': ['county_examiner'],
  '/v1/cases/{caseNo}/decisions': ['county_confirmer'],
  '/v1/cases/{caseNo}/withdrawal': ['window_clerk'],
  '/v1/cases/{caseNo}/extensions': ['supervisor'],
  '/v1/cases/{caseNo}/termination': ['township_leader'],
  '/v1/cases/{caseNo}/documents': [
    'window_clerk',
    'investigator',
    'village_assistant',
    'township_leader',
    'verification_officer',
    'county_examiner',
  ],
};

interface Operation {
  readonly 'x-required-permission'?: readonly string[];
}

describe('every role and every operation', () => {
  it('the document names the permission of each', async () => {
    const { paths } = (await api.raw('/openapi.json', {})).json as {
      paths: Record<string, Record<string, Operation>>;
    };
    for (const [path, methods] of Object.entries(paths))
      for (const [method, operation] of Object.entries(methods))
        expect(operation['x-required-permission']?.length, `${method} ${path}`).toBeGreaterThan(0);
    const writes = Object.keys(paths).filter(
      (path) => paths[path]?.['post'] && path.startsWith('/v1/') && !path.startsWith('/v1/worklist'),
    );
    expect(writes.toSorted()).toEqual(Object.keys(MAY).toSorted());
    for (const path of writes) {
      const named = paths[path]?.['post']?.['x-required-permission'] ?? [];
      // The written refusal shares its path with the public notice and is given by one role more.
      const expected = path.endsWith('/notices')
        ? [...(MAY[path] ?? []), 'township_leader']
        : (MAY[path] ?? []);
      expect([...named].toSorted(), path).toEqual([...expected].toSorted());
    }
  });

  it.each(ROLES.map((role): [Role] => [role]))('%s: no success that is not theirs', async (role) => {
    api.now = on('2026-03-02');
    api.desk = 'away';
    const subject = await api.hire(role, '441625103');
    const ifMatch = await api.tag('clerk', caseNo);
    for (const [path, body] of Object.entries(bodies)) {
      const answer = await api.call(subject, 'POST', path.replace('{caseNo}', caseNo), {
        body: body(),
        ifMatch,
      });
      const expected = MAY[path]?.includes(role) ? /^20[12]$/ : /^403$/;
      expect(String(answer.status), `${role} ${path} ${answer.text}`).toMatch(expected);
    }
    api.desk = 'at_work';
  });

  it.each(ROLES.map((role): [Role] => [role]))(
    '%s of a neighbouring township: 404 whatever they ask, except their own intake',
    async (role) => {
      const subject = await api.hire(role, '441625103');
      for (const [path, body] of Object.entries(bodies)) {
        if (path === '/v1/applications') continue;
        const answer = await api.call(subject, 'POST', path.replace('{caseNo}', theirs), {
          body: body(),
          ifMatch: `"${theirs}.1"`,
        });
        expect([answer.status, answer.json['code']], path).toEqual([404, 'case_not_found']);
      }
      for (const path of ['', '/timeline', '/explanation', '/documents'])
        expect((await api.call(subject, 'GET', `/v1/cases/${theirs}${path}`)).status, path).toBe(404);
    },
  );
});

describe('a thousand numbers out of scope', () => {
  it('are all answered alike, and none of them leaks', async () => {
    const elsewhere = () =>
      `AP-4416${String(randomInt(26_000, 100_000)).padStart(5, '0')}-2026-${String(randomInt(100_000)).padStart(5, '0')}`;
    const paths = ['', '/timeline', '/documents', '/explanation'];
    const authorization = `Bearer ${await api.token('clerk')}`;
    const shapes = new Set<string>();
    for (const [at, each] of [theirs, ...Array.from({ length: 999 }, elsewhere)].entries()) {
      const answer = await api.raw(`/v1/cases/${each}${paths[at % paths.length]}`, {
        headers: { authorization },
      });
      expect(answer.text).not.toContain(each);
      shapes.add(`${answer.status} ${Object.keys(answer.json).join(' ')}`);
    }
    expect([...shapes]).toEqual(['404 type title status code retryable traceId']);
  }, 120_000);

  it('so are numbers that are none', async () => {
    for (const each of ['AP-1', '..%2f', "'; DROP TABLE cases; --", 'AP-441625103-2026-00001%00', '张三'])
      expect((await api.call('clerk', 'GET', `/v1/cases/${encodeURIComponent(each)}`)).status, each).toBe(
        404,
      );
  });

  it('a command of a case out of scope is not shown', async () => {
    const { sql } = api.record.database.admin;
    const [row] = await sql<{ id: string }[]>`SELECT id FROM commands WHERE case_no = ${theirs}`;
    expect((await api.call('otherClerk', 'GET', `/v1/commands/${row?.id}`)).status).toBe(200);
    expect((await api.call('clerk', 'GET', `/v1/commands/${row?.id}`)).status).toBe(404);
    expect((await api.call('clerk', 'GET', `/v1/commands/${randomUUID()}`)).status).toBe(404);
  });
});

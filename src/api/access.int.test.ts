import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../terms/index.js';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09 } from '../../test/support/household.js';

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

describe('a neighbouring township', () => {
  // A verifier answers for a county; what they may not open is in test/verifiers-desk.test.ts.
  it.each(ROLES.filter((role) => role !== 'department_verifier').map((role): [Role] => [role]))(
    '%s: its cases do not exist, read or acted on',
    async (role) => {
      const subject = await api.hire(role, '441625103');
      for (const path of ['', '/comparison', '/timeline', '/explanation', '/documents', '/reports', '/file'])
        expect((await api.call(subject, 'GET', `/v1/cases/${theirs}${path}`)).status, path).toBe(404);
      const day = { occurredOn: '2026-03-02' };
      const content = Buffer.from('工资单').toString('base64');
      const acts = {
        acceptance: day,
        withdrawal: { ...day, documentId: randomUUID(), signedBy: randomUUID() },
        documents: { ...day, kind: 'income_proof', content },
      };
      for (const [path, body] of Object.entries(acts)) {
        const ifMatch = `"${theirs}.1"`;
        const answer = await api.call(subject, 'POST', `/v1/cases/${theirs}/${path}`, { body, ifMatch });
        expect([answer.status, answer.json['code']], path).toEqual([404, 'case_not_found']);
      }
    },
  );
});

describe('a thousand numbers out of scope', () => {
  it('are all answered alike, and none of them leaks', async () => {
    const elsewhere = () =>
      `AP-4416${String(randomInt(26_000, 100_000)).padStart(5, '0')}-2026-${String(randomInt(100_000)).padStart(5, '0')}`;
    const paths = ['', '/timeline', '/documents', '/explanation', '/comparison'];
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

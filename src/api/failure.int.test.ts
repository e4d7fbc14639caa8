import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../casefile/db.js';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09, member } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';
import { createApi } from './app.js';

let api: TestApi;
const cut = (): never => {
  throw new TypeError('canary: nobody is there');
};

beforeAll(async () => {
  // A dispatcher that breaks whenever it is touched: no worker, no Temporal.
  api = await openTestApi({
    dispatcher: {
      deliver: () => Promise.reject(new TypeError('canary: connection cut')),
      caseOpened: () => {},
      answerStored: cut,
    },
  });
});
afterAll(() => api.close());

describe('with everything behind the door stopped', () => {
  it('an application is taken, and a command is kept for later', async () => {
    const taken = await api.call('clerk', 'POST', '/v1/applications', { body: db09() });
    expect(taken.status).toBe(201);
    const caseNo = String(taken.json['caseNo']);
    const answer = await api.call('clerk', 'POST', `/v1/cases/${caseNo}/acceptance`, {
      body: { occurredOn: '2026-03-02' },
      ifMatch: await api.tag('clerk', caseNo),
    });
    expect([answer.status, answer.json['status']]).toEqual([202, 'received']);
    const place = String(answer.headers.get('location'));
    expect((await api.call('clerk', 'GET', place)).json).toMatchObject({ status: 'received', outcome: null });
    expect(api.log.filter(({ level }) => level === 'error')).toMatchObject([
      { fields: { code: 'TypeError' }, message: 'left to the sweep' },
    ]);
    expect(JSON.stringify(api.log)).not.toContain('canary');
    const { sql } = api.record.database.admin;
    expect(
      await sql`SELECT topic FROM outbox WHERE case_no = ${caseNo} AND delivered_at IS NULL ORDER BY topic`,
    ).toMatchObject([{ topic: 'command' }, { topic: 'start' }]);
  });

  it('every GET of the document answers', async () => {
    const caseNo = await api.record.walker.walkTo(
      'public_notice',
      db09({ members: [member('m1')], yearlyYuan: '600' }),
    );
    const command = await api.record.walker.act('clerk', caseNo, 'post_notice', {}, on('2026-03-10'));
    const { sql } = api.record.database.admin;
    const [paper] = await sql<{ id: string }[]>`SELECT id FROM documents WHERE case_no = ${caseNo} LIMIT 1`;
    const { paths } = (await api.raw('/openapi.json', {})).json as {
      paths: Record<string, Record<string, unknown>>;
    };
    const reads = Object.keys(paths).filter((path) => paths[path]?.['get']);
    expect(reads.length).toBeGreaterThan(7);
    for (const path of [...reads, '/livez', '/readyz', '/docs', '/openapi.json']) {
      const asked = path
        .replace('{caseNo}', caseNo)
        .replace('{id}', command.id)
        .replace('{documentId}', paper?.id ?? '')
        .replace(/\/query-file$/, '/query-file?source=bank');
      // What this house has none of is said to be missing, or not the clerk's; nothing falls over.
      const { status } = await api.call('clerk', 'GET', asked);
      expect(asked.includes('{') ? [403, 404] : [200, 403], `${asked} ${status}`).toContain(status);
    }
  });
});

describe('with the database away', () => {
  it('503 says when to come back, for reads and for writes; who is alive says so', async () => {
    const database = openDatabase('postgres://nobody:canary@127.0.0.1:1/none', { max: 1 });
    const door = createApi({
      ...api.deps,
      casefile: { ...api.deps.casefile, database },
      ready: async () => (await database.sql`SELECT 1`).length > 0,
    });
    const headers = {
      authorization: `Bearer ${await api.token('clerk')}`,
      'content-type': 'application/json',
      'idempotency-key': 'key-0000001',
    };
    const answers = [
      await door.request('/v1/cases', { headers }),
      await door.request('/v1/applications', { method: 'POST', headers, body: JSON.stringify(db09()) }),
      await door.request('/v1/public-notices'),
      await door.request('/readyz'),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ code: 'dependency_unavailable', retryable: true });
      expect(text).not.toMatch(/canary|127\.0\.0\.1|ECONN/);
    }
    expect((await door.request('/livez')).status).toBe(200);
    await database.close();
  });
});

describe('an issuer', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const issuer = (status: number, body: string): Promise<URL> =>
    new Promise((resolve) => {
      const server = createServer((_, response) => response.writeHead(status).end(body));
      servers.push(server);
      server.listen(0, '127.0.0.1', () =>
        resolve(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`)),
      );
    });
  const ask = async (url: URL) => {
    const door = createApi({
      ...api.deps,
      auth: { ...api.deps.auth, keys: createRemoteJWKSet(url, { timeoutDuration: 500 }) },
    });
    const answer = await door.request('/v1/cases', {
      headers: { authorization: `Bearer ${await api.token('clerk')}` },
    });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };

  it.each<[string, number, string]>([
    ['that is broken', 500, ''],
    ['that answers something else', 200, '<html>'],
    ['that answers something like it', 200, '{"keys":"none"}'],
  ])('%s is not the caller’s fault', async (_, status, body) => {
    expect(await ask(await issuer(status, body))).toEqual([503, 'dependency_unavailable']);
  });

  it('that is gone is not either', async () => {
    const url = await issuer(200, '');
    await new Promise((closed) => servers.splice(0)[0]?.close(closed));
    expect(await ask(url)).toEqual([503, 'dependency_unavailable']);
  });

  it('that does not know the key has not let anybody in', async () => {
    expect(await ask(await issuer(200, '{"keys":[]}'))).toEqual([401, 'unauthenticated']);
  });
});

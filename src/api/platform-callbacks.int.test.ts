import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsOf, type RequestStanding } from '../casefile/evidence.js';
import { signBody } from '../departments/signature.js';
import { openTestApi, type Answer, type TestApi } from '../../test/support/api.js';
import { PLATFORM, withPlatform } from '../../test/support/platform.js';
import { on } from '../../test/support/walk.js';

let api: TestApi;
let caseNo: string;
let requests: readonly RequestStanding[];
beforeAll(async () => {
  api = await openTestApi({ rulebook: withPlatform() });
  caseNo = await api.record.walker.walkTo('investigating');
  requests = await api.record.walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo));
  api.now = on('2026-03-05');
});
afterAll(() => api.close());

const idOf = (source: string): string => requests.find((request) => request.source === source)?.id ?? '';
const section = (source: string) => ({ requestId: idOf(source), source, outcome: 'none' });

async function send(
  { to, key = to, body }: { to: string; key?: string; body: object },
  bytes = Buffer.from(JSON.stringify(body)),
): Promise<Answer & { row: { case_no: string | null; request_id: string | null } | undefined }> {
  const id = randomUUID();
  const signing = api.deps.webhookKeys[key]?.[0];
  if (!signing) throw new Error(`no key for ${key}`);
  const headers = { ...signBody({ key: signing, id, realNow: Date.now(), body: bytes }) };
  const answer = await api.raw(`/callbacks/${to}`, { method: 'POST', headers, body: bytes });
  const { sql } = api.record.database.admin;
  const [row] = await sql<{ case_no: string | null; request_id: string | null }[]>`
    SELECT case_no, request_id FROM raw_answers WHERE webhook_id = ${id}`;
  return { ...answer, row };
}

describe('a report of a platform', () => {
  it('is filed under the first question that is one of ours, whatever its others are', async () => {
    const sections = [{ requestId: randomUUID() }, 7, section('bank'), section('social_insurance')];
    const { status, row } = await send({ to: PLATFORM, body: { sections } });
    expect([status, row]).toEqual([202, { case_no: caseNo, request_id: idOf('bank') }]);
  });

  it('about nothing that went through it belongs to no case', async () => {
    const { status, row } = await send({ to: PLATFORM, body: { sections: [section('household_register')] } });
    expect([status, row]).toEqual([202, { case_no: null, request_id: null }]);
  });

  it('may be longer than an answer, and not endless', async () => {
    const long = (bytes: number) =>
      send(
        { to: PLATFORM, body: {} },
        Buffer.from(JSON.stringify({ sections: [section('bank')] }).padEnd(bytes)),
      );
    expect((await long(200_000)).row).toMatchObject({ case_no: caseNo });
    expect((await long(262_145)).status).toBe(413);
  });
});

describe('each signs for itself', () => {
  const report = () => ({ sections: [section('bank')] });
  const answer = () => ({ requestId: idOf('bank'), source: 'bank', outcome: 'none' });

  it.each([
    ['a source’s key, no report', () => ({ to: PLATFORM, key: 'bank', body: report() })],
    ['the platform’s key, no answer of a source', () => ({ to: 'bank', key: PLATFORM, body: answer() })],
  ])('%s: 401, and nothing is stored', async (_, sent) => {
    const { status, json, row } = await send(sent());
    expect([status, json['code'], row]).toEqual([401, 'signature_invalid', undefined]);
  });

  it('a source may answer itself what the platform passed on', async () => {
    expect((await send({ to: 'bank', body: answer() })).row).toMatchObject({ case_no: caseNo });
  });

  it('and for nobody else: another source’s question is none of its', async () => {
    const { row } = await send({ to: 'social_insurance', body: answer() });
    expect(row).toEqual({ case_no: null, request_id: null });
  });
});

import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestsOf, type RequestStanding } from '../casefile/evidence.js';
import { inCasefile } from '../casefile/tx.js';
import { settleUnmatched, unmatchedIn } from '../casefile/unmatched.js';
import { signBody, type SigningKey } from '../departments/signature.js';
import { plainDate, type Source } from '../terms/index.js';
import { openTestApi, type Answer, type TestApi } from '../../test/support/api.js';
import { on } from '../../test/support/walk.js';

const ascending = (a: number, b: number): number => a - b;
let api: TestApi;
let caseNo: string;
let requests: readonly RequestStanding[];

beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo('investigating');
  requests = await api.record.walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo));
});
beforeEach(() => {
  api.now = on('2026-03-05');
});
afterAll(() => api.close());

const keyOf = (source: Source, at = 0): SigningKey =>
  api.deps.webhookKeys[source]?.[at] ?? createSecretKey(randomBytes(32));
const requestOf = (source: Source): string => requests.find((request) => request.source === source)?.id ?? '';

interface Sent {
  readonly source?: Source;
  readonly to?: string;
  readonly body?: Uint8Array | string;
  readonly id?: string;
  readonly key?: SigningKey;
  readonly realNow?: number;
  readonly alter?: (headers: Record<string, string>) => Record<string, string>;
}
const send = ({
  source = 'bank',
  to = source,
  body = JSON.stringify({ requestId: requestOf(source) }),
  id = randomUUID(),
  key = keyOf(source),
  realNow = Date.now(),
  alter = (headers) => headers,
}: Sent = {}): Promise<Answer> => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return api.raw(`/callbacks/${to}`, {
    method: 'POST',
    headers: alter({ ...signBody({ key, id, realNow, body: bytes }) }),
    body: Buffer.from(bytes),
  });
};
const stored = async (webhookId: string) => {
  const { sql } = api.record.database.admin;
  return sql<
    { id: string; case_no: string | null; request_id: string | null; body: Uint8Array }[]
  >`SELECT id, case_no, request_id, body FROM raw_answers WHERE webhook_id = ${webhookId}`;
};
const promised = async (answerId: string | undefined) => {
  const { sql } = api.record.database.admin;
  return sql`SELECT topic, case_no FROM outbox WHERE ref_id = ${answerId ?? null}`;
};

describe('an answer of a department', () => {
  it('is stored under its case with the promise to read it, before 202', async () => {
    const id = randomUUID();
    const answer = await send({ id });
    expect(answer.status).toBe(202);
    const [row, ...more] = await stored(id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ case_no: caseNo, request_id: requestOf('bank') });
    expect(await promised(row?.id)).toEqual([{ topic: 'answer', case_no: caseNo }]);
    expect(api.answersTold).toContain(row?.id);
  });

  it('twice, ten times, at once: one row, one promise, always 2xx', async () => {
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send({ id })));
    expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([
      ...Array.from({ length: 9 }, () => 200),
      202,
    ]);
    const rows = await stored(id);
    expect(rows).toHaveLength(1);
    expect(await promised(rows[0]?.id)).toHaveLength(1);
  });

  it('under an id that was used for something else is kept, once, for an operator, and changes nothing', async () => {
    const id = randomUUID();
    const other = await api.record.walker.walkTo('investigating');
    const theirs = (await api.record.walker.inside(other, '2026-03-05', (tx) => requestsOf(tx, other))).find(
      (request) => request.source === 'bank',
    );
    expect((await send({ id })).status).toBe(202);
    expect((await send({ id, body: JSON.stringify({ requestId: theirs?.id }) })).status).toBe(200);
    expect((await send({ id, body: 'not about anybody' })).status).toBe(200);
    expect((await send({ id, body: 'not about anybody' })).status).toBe(200);
    expect(await stored(id)).toMatchObject([{ case_no: caseNo }]);
    const apart = await api.record.database.reader.sql`
      SELECT case_no, request_id FROM raw_answers WHERE webhook_id LIKE ${`${id} again %`}`;
    expect(apart).toEqual([
      { case_no: null, request_id: null },
      { case_no: null, request_id: null },
    ]);
  });

  it('may be signed with either of two live keys', async () => {
    expect((await send({ key: keyOf('bank', 1) })).status).toBe(202);
  });

  it('is kept encrypted', async () => {
    const id = randomUUID();
    await send({
      id,
      body: JSON.stringify({ requestId: requestOf('bank'), note: 'canary-6222020200001234567' }),
    });
    const [row] = await stored(id);
    expect(Buffer.from(row?.body ?? []).includes('canary')).toBe(false);
  });

  it('that reaches a closed case is kept, and changes nothing', async () => {
    const closed = await api.record.walker.walkTo('in_benefit');
    const asked = (await api.record.walker.inside(closed, '2026-03-05', (tx) => requestsOf(tx, closed))).find(
      (request) => request.source === 'bank',
    );
    const id = randomUUID();
    expect((await send({ id, body: JSON.stringify({ requestId: asked?.id }) })).status).toBe(202);
    expect(await stored(id)).toMatchObject([{ case_no: closed }]);
    const { sql } = api.record.database.admin;
    expect(await sql`SELECT state FROM case_state WHERE case_no = ${closed}`).toEqual([
      { state: 'in_benefit' },
    ]);
  });
});

describe('what nobody asked for', () => {
  it.each<[string, () => string]>([
    ['a request that is not there', () => JSON.stringify({ requestId: randomUUID() })],
    ['no request', () => '{}'],
    ['no JSON', () => '\u0000\u0001 not json'],
    ['null', () => 'null'],
    ['an empty body', () => ''],
    ['a request of another source', () => JSON.stringify({ requestId: requestOf('social_insurance') })],
  ])('%s: kept for the operator, 2xx', async (_, body) => {
    const id = randomUUID();
    expect((await send({ id, body: body() })).status).toBe(202);
    const [row] = await stored(id);
    expect(row).toMatchObject({ case_no: null, request_id: null });
    expect(await promised(row?.id)).toEqual([]);
    expect((await send({ id, body: body() })).status).toBe(200);
  });
});

describe('the operator', () => {
  const tasks = () => api.record.database.admin.sql<
    { params: object; role: string; division: string; open: boolean }[]
  >`
    SELECT t.params, t.role, d.code AS division, t.done_at IS NULL AS open FROM tasks t JOIN divisions d ON d.id = t.division_id
    WHERE t.kind = 'answer_unmatched' AND t.params->>'source' = 'household_register' ORDER BY t.id`;
  const day = (on: string) => ({
    params: { source: 'household_register', on },
    role: 'operator',
    division: '441625',
    open: true,
  });
  const stray = async () =>
    expect((await send({ source: 'household_register', body: '{}' })).status).toBe(202);

  it('is told of a flood once, and again on another day', async () => {
    api.now = on('2026-03-06');
    await Promise.all(Array.from({ length: 12 }, stray));
    expect(await tasks()).toEqual([day('2026-03-06')]);
    api.now = on('2026-03-07');
    await stray();
    expect(await tasks()).toEqual([day('2026-03-06'), day('2026-03-07')]);
  });

  it('finds the task on the work list, counts what came, and closes it', async () => {
    const list = await api.call('operator', 'GET', '/v1/worklist?group=unit');
    expect(list.json['items']).toContainEqual(
      expect.objectContaining({
        kind: 'answer_unmatched',
        caseNo: null,
        params: { source: 'household_register', on: '2026-03-06' },
      }),
    );
    const { casefile, reader } = api.record.database;
    const counted = async () =>
      (await unmatchedIn(reader)).filter(({ source }) => source === 'household_register');
    expect(await counted()).toEqual([
      { source: 'household_register', on: '2026-03-06', count: 12, open: true },
      { source: 'household_register', on: '2026-03-07', count: 1, open: true },
    ]);
    const settle = () =>
      inCasefile(casefile, { actor: 'system:operator', on: plainDate('2026-03-07') }, (tx) =>
        settleUnmatched(tx, 'household_register', '2026-03-06', on('2026-03-07')),
      );
    await settle();
    expect((await counted()).map(({ open }) => open)).toEqual([false, true]);
    await expect(settle()).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a signature', () => {
  it.each<[string, Sent | (() => Sent)]>([
    ['of another key', () => ({ key: createSecretKey(randomBytes(32)) })],
    ['of another source’s key', () => ({ key: keyOf('social_insurance') })],
    ['to another source', () => ({ to: 'social_insurance' })],
    ['ten minutes old', { realNow: Date.now() - 600_000 }],
    ['ten minutes ahead', { realNow: Date.now() + 600_000 }],
    ['without its header', { alter: ({ 'webhook-signature': _, ...rest }) => rest }],
    ['without an id', { alter: ({ 'webhook-id': _, ...rest }) => rest }],
    ['under another id', { alter: (headers) => ({ ...headers, 'webhook-id': randomUUID() }) }],
    [
      'cut short',
      {
        alter: (headers) => ({
          ...headers,
          'webhook-signature': (headers['webhook-signature'] ?? '').slice(0, 20),
        }),
      },
    ],
  ])('%s: 401, nothing stored', async (_, sent) => {
    const { sql } = api.record.database.admin;
    const before = await sql`SELECT count(*)::int AS n FROM raw_answers`;
    const answer = await send(typeof sent === 'function' ? sent() : sent);
    expect([answer.status, answer.json['code']]).toEqual([401, 'signature_invalid']);
    expect(await sql`SELECT count(*)::int AS n FROM raw_answers`).toEqual(before);
  });

  it('over another body: 401', async () => {
    const headers = {
      ...signBody({ key: keyOf('bank'), id: randomUUID(), realNow: Date.now(), body: Buffer.from('{}') }),
    };
    expect((await api.raw('/callbacks/bank', { method: 'POST', headers, body: '{ }' })).status).toBe(401);
  });
});

it('T13: of 200 forged callbacks none is stored, and each is a line in the log', async () => {
  const forgeries: readonly (() => Sent)[] = [
    () => ({ key: createSecretKey(randomBytes(32)) }),
    () => ({ key: keyOf('social_insurance') }),
    () => ({ to: 'tax' }),
    () => ({ realNow: Date.now() - 301_000 }),
    () => ({ alter: (headers) => ({ ...headers, 'webhook-id': randomUUID() }) }),
  ];
  const { sql } = api.record.database.admin;
  const before = await sql`SELECT count(*)::int AS n FROM raw_answers`;
  const counted = async (): Promise<number> => {
    const { values } = (await api.deps.metrics.registry
      .getSingleMetric('onedoor_callbacks_refused_total')
      ?.get()) ?? { values: [] };
    return values.reduce((sum, { value }) => sum + value, 0);
  };
  const [lines, count] = [api.log.length, await counted()];
  for (let nth = 0; nth < 200; nth += 1)
    expect((await send(forgeries[nth % forgeries.length]?.())).status).toBe(401);
  expect(await sql`SELECT count(*)::int AS n FROM raw_answers`).toEqual(before);
  const told = api.log.slice(lines).filter(({ fields }) => fields['code'] === 'callback_refused');
  expect(told).toHaveLength(200);
  for (const { level, fields } of told) {
    expect(level).toBe('warn');
    expect(Object.keys(fields).toSorted()).toEqual(['code', 'reason', 'source']);
  }
  expect((await counted()) - count).toBe(200);
});

it('64 KiB and no more, whatever the length says; what is larger is logged and counted', async () => {
  const lines = api.log.length;
  const full = (bytes: number): string => JSON.stringify({ requestId: requestOf('bank') }).padEnd(bytes);
  expect((await send({ body: full(65_536) })).status).toBe(202);
  expect((await send({ body: full(65_537) })).json['code']).toBe('body_too_large');
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.alloc(16_384, 0x20));
    },
  });
  const endless = await api.raw('/callbacks/bank', {
    method: 'POST',
    body: stream,
    duplex: 'half',
  } as RequestInit);
  expect([endless.status, endless.json['code']]).toEqual([413, 'body_too_large']);
  const told = api.log.slice(lines).filter(({ fields }) => fields['code'] === 'callback_refused');
  expect(told.map(({ fields }) => fields)).toEqual(
    [1, 2].map(() => ({ code: 'callback_refused', source: 'bank', reason: 'too_large' })),
  );
  const metrics = await api.deps.metrics.registry.metrics();
  expect(metrics).toContain('onedoor_callbacks_refused_total{source="bank",reason="too_large"} 2');
});

it('a source nobody knows is 404', async () => {
  expect((await send({ to: 'taxi' })).status).toBe(404);
});

import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '../../src/stack/listen.js';
import { readable, runContract } from '../support/contract-run.js';
import type { Attempt, ContractReport } from '../support/contract-types.js';

/** An API that breaks its document in every way the contract test looks for, each in an operation of its own. */
const api = new Hono()
  .get('/openapi.json', (c) => c.json(DOCUMENT))
  .get('/schema', (c) => c.json({ name: 7 }))
  .get('/type', (c) => c.text('a name'))
  .get('/status', (c) => c.json({ name: 'a' }, 418))
  .get('/broken', (c) => c.json({ name: 'a' }, 500))
  .get('/open', (c) => c.json({ name: 'a' }))
  .post('/credulous', (c) => c.json({ name: 'a' }))
  .post('/careful', async (c) => {
    if (c.req.header('authorization') !== 'Bearer planted-token') return c.json({ name: 'who?' }, 401);
    const body: unknown = await c.req.json().catch(() => null);
    const amount: unknown =
      typeof body === 'object' && body !== null ? Reflect.get(body, 'amount') : undefined;
    const right = Number.isSafeInteger(amount) && Number(amount) >= 0;
    return c.json({ name: right ? 'taken' : 'refused' }, right ? 200 : 422);
  });

const NAMED = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const named = { description: 'a name', content: { 'application/json': { schema: NAMED } } };
const BODY = {
  type: 'object',
  properties: { amount: { type: 'integer', minimum: 0 } },
  required: ['amount'],
};
const asked = { required: true, content: { 'application/json': { schema: BODY } } };
const get = { get: { responses: { 200: named } } };
const secured = [{ bearer: [] }];
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'planted', version: '1' },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/schema': get,
    '/type': get,
    '/status': get,
    '/broken': { get: { responses: { 200: named, 500: named } } },
    '/open': { get: { security: secured, responses: { 200: named } } },
    '/credulous': { post: { requestBody: asked, responses: { 200: named } } },
    '/careful': {
      post: { security: secured, requestBody: asked, responses: { 200: named, 401: named, 422: named } },
    },
  },
};

const attempt = (name: string, more: Partial<Attempt> = {}): Attempt => ({
  name,
  role: 'auditor',
  path: {},
  query: {},
  ...more,
});

let report: ContractReport;
let stop: () => Promise<void>;
beforeAll(async () => {
  const door = await listen(api.fetch, 0);
  stop = () => door.stop();
  const sure = [attempt('GET /open'), attempt('POST /careful', { body: { amount: 1 } })];
  report = await runContract(
    {
      url: door.url,
      seed: 1,
      requests: 120,
      tokens: { auditor: 'planted-token' },
      operations: Object.fromEntries(sure.map((each) => [each.name, { sure: [each], sites: [each] }])),
    },
    60_000,
  );
}, 400_000);
afterAll(() => stop());

it('finds each break, where it is, by its name', () => {
  const found = report.failures.map(({ operation, check }) => `${operation}: ${check}`);
  expect(found.toSorted()).toEqual([
    'GET /broken: not_a_server_error',
    'GET /open: ignored_auth',
    'GET /schema: response_schema_conformance',
    'GET /status: status_code_conformance',
    'GET /type: content_type_conformance',
    'POST /credulous: negative_data_rejection',
  ]);
});

it('counts what was answered, and so sees what never succeeds', () => {
  expect(report.requests).toBe(120);
  expect(report.statuses['GET /broken']).toEqual({ '5xx': expect.any(Number) as number });
  expect(report.statuses['GET /status']?.['2xx']).toBeUndefined();
  expect(report.statuses['POST /careful']?.['2xx']).toBeGreaterThan(0);
});

it('says how to see it again, without the token', () => {
  const text = readable(report);
  expect(text).toMatch(/curl -i -X POST http:\/\/127\.0\.0\.1:\d+\/credulous/);
  expect(text).not.toContain('planted-token');
});

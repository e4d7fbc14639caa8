import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09, member } from '../../test/support/household.js';
import type { Casefile } from '../casefile/tx.js';
import { createMetrics, metricsApp } from './metrics.js';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

describe('every answer', () => {
  it.each([
    ['/livez', 200],
    ['/readyz', 200],
    ['/v1/cases', 401],
    ['/nowhere', 404],
    ['/docs', 200],
  ])('%s is not cached, not sniffed, and has no referrer', async (path, status) => {
    const answer = await api.raw(path, {});
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('that is a problem says so in RFC 9457', async () => {
    const answer = await api.raw('/nowhere', {});
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json).toEqual({
      type: 'urn:onedoor:problem:not_found',
      title: 'No such resource',
      status: 404,
      code: 'not_found',
      retryable: false,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('carries the trace id that came with the request, if it is one', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    expect(
      (await api.raw('/nowhere', { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } })).json[
        'traceId'
      ],
    ).toBe(trace);
    expect(
      (await api.raw('/nowhere', { headers: { traceparent: '00-<script>-x' } })).json['traceId'],
    ).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a request that cannot be read', () => {
  const post = (body: string | ReadableStream, type = 'application/json', more: RequestInit = {}) =>
    (async () =>
      api.raw('/v1/applications', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await api.token('clerk')}`,
          'content-type': type,
          'idempotency-key': 'key-0000001',
        },
        body,
        ...more,
      }))();

  it.each<[string, string, string, number, string]>([
    ['broken JSON', '{"place":', 'application/json', 422, 'body_invalid'],
    ['an empty body', '', 'application/json', 422, 'body_invalid'],
    ['a list', '[]', 'application/json', 422, 'body_invalid'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'media_type_unsupported'],
    ['text', '{}', 'text/plain', 415, 'media_type_unsupported'],
    ['too much', JSON.stringify({ place: 'x'.repeat(262_144) }), 'application/json', 413, 'body_too_large'],
  ])('%s', async (_, body, type, status, code) => {
    const answer = await post(body, type);
    expect([answer.status, answer.json['code'], answer.json['retryable']]).toEqual([status, code, false]);
  });

  it('without a media type', async () => {
    const token = await api.token('clerk');
    const answer = await api.raw('/v1/applications', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'key-0000002' },
      body: Buffer.from('{}'),
    });
    expect([415, 422]).toContain(answer.status);
  });

  it('too much without saying how much', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(65_536, 0x20)),
    });
    const answer = await post(endless, 'application/json', { duplex: 'half' } as RequestInit);
    expect([answer.status, answer.json['code']]).toEqual([413, 'body_too_large']);
  });

  it('is told where it is wrong, without its own words', async () => {
    const body = {
      ...db09({ members: [member('m1', { name: '张守田', idNumber: '441625195001050018' })] }),
      canary_property: 'canary-value',
    };
    const answer = await post(JSON.stringify(body));
    expect(answer.status).toBe(422);
    expect((answer.json['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toContain(
      '/members/0/idNumber',
    );
    for (const word of ['canary', '张守田', '441625195001050018']) expect(answer.text).not.toContain(word);
  });
});

describe('when something breaks inside', () => {
  const broken = (error: Error) => {
    const fails = () => Promise.reject(error);
    return { database: { db: { transaction: fails, execute: fails } } } as never as Casefile;
  };

  it('the answer is `internal` and holds nothing of it; the log has the trace id', async () => {
    const failing = await openTestApi({
      casefile: broken(new Error('SELECT name FROM persons -- canary-张守田 at /srv/onedoor/db.ts:12')),
    });
    try {
      const answer = await failing.call('clerk', 'GET', '/v1/cases');
      expect([answer.status, answer.json['code'], answer.json['retryable']]).toEqual([500, 'internal', true]);
      expect(Object.keys(answer.json).toSorted()).toEqual([
        'code',
        'retryable',
        'status',
        'title',
        'traceId',
        'type',
      ]);
      expect(answer.text).not.toMatch(/SELECT|canary|张|db\.ts|Error:|at \//);
      const line = failing.log.find(({ level }) => level === 'error');
      expect(line?.fields['traceId']).toBe(answer.json['traceId']);
      expect(JSON.stringify(failing.log)).not.toMatch(/SELECT|canary|张/);
    } finally {
      await failing.close();
    }
  });

  it('a database that does not answer is 503 and says when to come back', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    const failing = await openTestApi({ casefile: broken(refused), ready: () => Promise.reject(refused) });
    try {
      const answer = await failing.call('clerk', 'GET', '/v1/cases');
      expect([answer.status, answer.json['code'], answer.headers.get('retry-after')]).toEqual([
        503,
        'dependency_unavailable',
        '5',
      ]);
      expect((await failing.raw('/readyz', {})).status).toBe(503);
      expect((await failing.raw('/livez', {})).status).toBe(200);
    } finally {
      await failing.close();
    }
  });

  it('keys that cannot be had are 503 too, not 401', async () => {
    const { errors } = await import('jose');
    const failing = await openTestApi({
      auth: {
        keys: () => Promise.reject(new errors.JWKSTimeout()),
        issuer: 'https://issuer.test',
        audience: 'onedoor',
      },
    });
    try {
      expect((await failing.call('clerk', 'GET', '/v1/cases')).json['code']).toBe('dependency_unavailable');
    } finally {
      await failing.close();
    }
  });
});

describe('logs and metrics', () => {
  it('know patterns, statuses and durations, and nothing a client wrote', async () => {
    const caseNo = await api.record.walker.walkTo('submitted');
    await api.call('clerk', 'GET', `/v1/cases/${caseNo}?lang=canary-query`);
    await api.call('clerk', 'GET', '/v1/cases/canary-path');
    await api.call('clerk', 'POST', '/v1/applications', {
      body: { canary: '张守田' },
      headers: { 'user-agent': 'canary-agent' },
    });
    await api.raw('/canary-nowhere', {});
    const metrics = await (await metricsApp(api.deps.metrics).request('/metrics')).text();
    const lines = JSON.stringify(api.log);
    for (const text of [metrics, lines]) {
      expect(text).not.toMatch(/canary|张|Bearer|AP-4416/);
      expect(text).toContain('/v1/cases/');
    }
    expect(metrics).toMatch(
      /onedoor_http_request_seconds_count\{method="GET",route="\/v1\/cases\/:caseNo",status="200"\} \d+/,
    );
    const allowed = ['method', 'route', 'status', 'ms', 'traceId', 'code'];
    for (const { fields } of api.log)
      for (const field of Object.keys(fields)) expect(allowed).toContain(field);
  });

  it('are on a server of their own', async () => {
    expect((await api.raw('/metrics', {})).status).toBe(404);
    expect((await metricsApp(createMetrics()).request('/v1/cases')).status).toBe(404);
  });
});

describe('the documentation', () => {
  it('is a page that asks this server for everything', async () => {
    const page = await api.raw('/docs', {});
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.text).not.toMatch(/https?:\/\//);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets).toHaveLength(3);
    for (const path of assets) {
      const asset = await api.raw(path, {});
      expect([asset.status, path, asset.headers.get('content-type')?.split(';')[0]]).toEqual([
        200,
        path,
        path.endsWith('.css') ? 'text/css' : 'text/javascript',
      ]);
      expect(asset.text.length).toBeGreaterThan(50);
    }
  });

  it('serves nothing else from that folder', async () => {
    for (const path of ['package.json', '..%2f..%2fpackage.json', 'index.html', 'constructor', '__proto__'])
      expect((await api.raw(`/docs/${path}`, {})).status, path).toBe(404);
  });
});

import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { DomainError, ERRORS, type ErrorCode } from '../terms/index.js';
import { createMetrics } from './metrics.js';
import { answerError } from './problem.js';

const answerTo = async (error: Error) => {
  const lines: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (...line: unknown[]) => void lines.push(line) };
  const app = new Hono().get('/', () => {
    throw error;
  });
  app.onError((thrown, c) => answerError(thrown, c, { metrics: createMetrics(), log }));
  const response = await app.request('/');
  return { response, body: (await response.json()) as Record<string, unknown>, lines };
};

const caused = (fields: object): Error =>
  new Error('Failed query', { cause: Object.assign(new Error('inner'), fields) });

describe('a domain error', () => {
  it.each(Object.keys(ERRORS).map((code): [ErrorCode] => [code as ErrorCode]))(
    '%s has the status and title of the table',
    async (code) => {
      const { response, body } = await answerTo(new DomainError(code, { pointer: '/x', params: { n: 1 } }));
      expect(response.status).toBe(ERRORS[code].status);
      expect(body).toMatchObject({
        type: `urn:onedoor:problem:${code}`,
        title: ERRORS[code].title,
        status: ERRORS[code].status,
        code,
        pointer: '/x',
        params: { n: 1 },
        retryable: ERRORS[code].retryable,
      });
    },
  );

  it('says nothing about what it does not know', async () => {
    const { body } = await answerTo(new DomainError('not_found'));
    expect(Object.keys(body).toSorted()).toEqual(['code', 'retryable', 'status', 'title', 'traceId', 'type']);
  });

  it('says how to come in, and when to come back', async () => {
    expect(
      (await answerTo(new DomainError('unauthenticated'))).response.headers.get('www-authenticate'),
    ).toBe('Bearer');
    expect(
      (await answerTo(new DomainError('dependency_unavailable'))).response.headers.get('retry-after'),
    ).toBe('5');
  });
});

describe('any other error', () => {
  it.each<[string, Error, ErrorCode]>([
    ['a lost connection', caused({ code: 'ECONNRESET' }), 'dependency_unavailable'],
    ['a server that shuts down', caused({ code: '57P01' }), 'dependency_unavailable'],
    ['a server out of connections', caused({ code: '53300' }), 'dependency_unavailable'],
    [
      'two commands with one key',
      caused({ code: '23505', constraint_name: 'commands_idempotency' }),
      'idempotency_in_progress',
    ],
    ['another broken constraint', caused({ code: '23505', constraint_name: 'persons_pkey' }), 'internal'],
    [
      'a programming error',
      new TypeError("Cannot read properties of undefined (reading 'canary')"),
      'internal',
    ],
    [
      'bad JSON',
      new HTTPException(400, { message: 'Malformed JSON in request body: canary' }),
      'body_invalid',
    ],
    ['a payload too large', new HTTPException(413), 'body_too_large'],
  ])('%s becomes a problem without its words', async (_, error, code) => {
    const { response, body, lines } = await answerTo(error);
    expect([response.status, body['code']]).toEqual([ERRORS[code].status, code]);
    expect(JSON.stringify([body, lines])).not.toMatch(/canary|inner|Failed query/);
    expect(lines.length).toBe(code === 'internal' ? 1 : 0);
  });
});

import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { DomainError, ERRORS, type ErrorCode } from '../terms/index.js';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import type { ApiDeps } from './ports.js';

/** RFC 9457, with a code, a pointer, whether trying again can help, and a trace id. No internals, no personal data. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly pointer?: string;
  readonly errors?: readonly { pointer: string; message: string }[];
  readonly params?: Readonly<Record<string, string | number>>;
  readonly retryable: boolean;
  readonly traceId: string;
}

export interface ProblemMore {
  readonly pointer?: string | undefined;
  readonly errors?: readonly { pointer: string; message: string }[] | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

const newTrace = (): string => crypto.randomUUID().replaceAll('-', '');
export const traceOf = (c: Context): string => {
  const known: unknown = c.get('traceId');
  return typeof known === 'string' ? known : newTrace();
};

export function problem(c: Context, code: ErrorCode, more: ProblemMore = {}): Response {
  const { status, title, retryable } = ERRORS[code];
  const body: Problem = {
    type: `urn:onedoor:problem:${code}`,
    title,
    status,
    code,
    ...(more.pointer !== undefined && { pointer: more.pointer }),
    ...(more.errors?.length && { errors: more.errors }),
    ...(more.params && Object.keys(more.params).length > 0 && { params: more.params }),
    retryable,
    traceId: traceOf(c),
  };
  if (status === 401) c.header('WWW-Authenticate', 'Bearer');
  if (status === 503) c.header('Retry-After', '5');
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
    'content-type': 'application/problem+json; charset=utf-8',
  });
}

/** The last-resort handler: what nobody foresaw becomes `internal` and a line in the log with the trace id. */
export function answerError(error: unknown, c: Context, deps: Pick<ApiDeps, 'metrics' | 'log'>): Response {
  const { code, more } = classify(error);
  deps.metrics.problem(code);
  if (code === 'internal')
    deps.log.error(
      { code: error instanceof Error ? error.name : 'unknown', traceId: traceOf(c) },
      'request failed',
    );
  return problem(c, code, more);
}

/** Something else is away or busy: connections, and SQLSTATE classes 08, 40, 53, 55 and 57. */
const PASSING =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|EPIPE|CONNECT|(08|40|53|55|57)[0-9A-Z]{3}$)/;

function classify(error: unknown): { code: ErrorCode; more: ProblemMore } {
  if (error instanceof DomainError)
    return { code: error.code, more: { pointer: error.pointer, params: error.params } };
  if (error instanceof HTTPException) return { code: httpCode(error.status), more: {} };
  if (error instanceof CryptoError) return { code: 'internal', more: {} };
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, 'code');
    if (typeof code === 'string' && PASSING.test(code)) return { code: 'dependency_unavailable', more: {} };
    if (code === '23505' && Reflect.get(cause, 'constraint_name') === 'commands_idempotency')
      return { code: 'idempotency_in_progress', more: {} };
  }
  return { code: 'internal', more: {} };
}

function httpCode(status: number): ErrorCode {
  switch (status) {
    case 400:
      return 'body_invalid';
    case 401:
      return 'unauthenticated';
    case 404:
      return 'not_found';
    case 413:
      return 'body_too_large';
    case 415:
      return 'media_type_unsupported';
    default:
      return 'internal';
  }
}

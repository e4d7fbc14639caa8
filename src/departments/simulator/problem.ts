import { DomainError, ERRORS } from '../../terms/errors.js';
import { parseJsonBody } from '../json-body.js';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { ErrorCode } from '../../terms/errors.js';

/** A refusal as problem+json. */
export function problem(code: ErrorCode, error?: DomainError): Response {
  const { status, title, retryable } = ERRORS[code];
  const body = { ...error?.params, code, title, status, retryable, pointer: error?.pointer };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

export const tooLarge = (): Response => problem('body_too_large');

export const bytesOf = async (c: Context): Promise<Uint8Array> => new Uint8Array(await c.req.arrayBuffer());

/** @throws {DomainError} `body_invalid` with a pointer */
export function bodyAs<T>(schema: z.ZodType<T>, body: Uint8Array, maxBytes: number): T {
  const parsed = parseJsonBody({ schema, body, maxBytes });
  if (parsed.ok) return parsed.value;
  const { pointer, reason } = parsed.error;
  throw new DomainError('body_invalid', { pointer, params: { reason } });
}

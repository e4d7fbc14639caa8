import type { z } from 'zod';
import type { Result } from './contract.js';

/** Why a body was not understood. Names a place and a rule, never the content: it may be logged. */
export interface BodyFault {
  code: 'too_large' | 'not_utf8' | 'not_json' | 'schema';
  /** JSON pointer; empty for the whole body. */
  pointer: string;
  /** The rule that was broken, in the schema's words. */
  reason: string;
}

const fault = (code: BodyFault['code'], reason: string, pointer = ''): { ok: false; error: BodyFault } => ({
  ok: false,
  error: { code, pointer, reason },
});

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Checks a value that is already parsed. */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown): Result<T, BodyFault> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  if (issue === undefined) return fault('schema', 'custom');
  // Messages of unknown keys and enums may repeat what a sender wrote; codes and our own texts do not.
  return fault('schema', issue.code === 'custom' ? issue.message : issue.code, pointerOf(issue.path));
}

/** Reads UTF-8 JSON of limited size and checks it. Never throws for what a sender can cause. */
export function parseJsonBody<T>(input: {
  schema: z.ZodType<T>;
  body: Uint8Array;
  maxBytes: number;
}): Result<T, BodyFault> {
  if (input.body.byteLength > input.maxBytes) return fault('too_large', `more than ${input.maxBytes} bytes`);
  const text = decode(input.body);
  if (text === undefined) return fault('not_utf8', 'bytes are not UTF-8');
  const json = parse(text);
  if (!json.ok) return fault('not_json', 'text is not JSON');
  return checkShape(input.schema, json.value);
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function parse(text: string): Result<unknown, undefined> {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false, error: undefined };
  }
}

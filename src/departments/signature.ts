import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DomainError } from '../terms/errors.js';

/** A shared secret with one source. A KeyObject does not show its bytes when it is printed or serialised. */
export type SigningKey = KeyObject;

/** Thrown when a configured secret is not `whsec_` + base64 of at least 24 bytes. Correct the configuration. */
export class SigningKeyInvalid extends Error {
  override readonly name = 'SigningKeyInvalid';
}

/** Reads a secret in the form of the Standard Webhooks specification: `whsec_` + base64 of 24–64 bytes. */
export function signingKey(secret: string): SigningKey {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 24 || bytes.length > 64)
    throw new SigningKeyInvalid('a signing key is whsec_ and 24 to 64 bytes in base64');
  return createSecretKey(bytes);
}

export type WebhookHeaders = Readonly<
  Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>
>;

/** Ids without a dot: the signed text is `id.timestamp.body`, and a dot would let parts move between the three. */
const WEBHOOK_ID = /^[A-Za-z0-9_-]{1,100}$/;
const TIMESTAMP = /^[1-9]\d{0,10}$/;
/** Enough for several keys in rotation; each one costs a hash. */
const MAX_SIGNATURES = 8;
export const SIGNATURE_TOLERANCE_MS = 5 * 60_000;

const digest = (key: SigningKey, id: string, timestamp: string, body: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();

export interface SignInput {
  key: SigningKey;
  /** Also the receiver's dedupe key: the same for every copy and every retry. */
  id: string;
  /** Real time in milliseconds, never business time. */
  realNow: number;
  body: Uint8Array;
}

/** Standard Webhooks headers over the raw bytes (HMAC-SHA256, `v1`). */
export function signBody({ key, id, realNow, body }: SignInput): WebhookHeaders {
  const timestamp = String(Math.floor(realNow / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest(key, id, timestamp, body).toString('base64')}`,
  };
}

export interface VerifyInput {
  /** The live keys of one source: the current one and, during rotation, the other. */
  keys: readonly SigningKey[];
  headers: Pick<Headers, 'get'>;
  body: Uint8Array;
  /** Real time in milliseconds, never business time. */
  realNow: number;
}

const refused = (reason: string): DomainError => new DomainError('signature_invalid', { params: { reason } });

/**
 * Verifies a callback over its raw bytes, before anything reads them.
 * The `standardwebhooks` package decodes the body to text first, so two different byte strings can carry one
 * signature, and it reads the wall clock itself; the tests hold this code against it.
 * @returns the webhook id, by which the receiver tells a repetition from a new message.
 * @throws {DomainError} `signature_invalid`; `params.reason` is `malformed`, `stale` or `no_match`.
 */
export function verifySignature({ keys, headers, body, realNow }: VerifyInput): { webhookId: string } {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const signatures = (headers.get('webhook-signature') ?? '').split(' ').filter((part) => part !== '');
  if (!WEBHOOK_ID.test(id) || !TIMESTAMP.test(timestamp)) throw refused('malformed');
  if (signatures.length === 0 || signatures.length > MAX_SIGNATURES) throw refused('malformed');
  if (Math.abs(realNow - Number(timestamp) * 1000) > SIGNATURE_TOLERANCE_MS) throw refused('stale');
  const expected = keys.map((key) => digest(key, id, timestamp, body));
  // No early exit: how long it takes must not tell which key or which signature was close.
  let matches = 0;
  for (const signature of signatures) for (const want of expected) matches += agrees(signature, want) ? 1 : 0;
  if (matches === 0) throw refused('no_match');
  return { webhookId: id };
}

function agrees(signature: string, want: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false;
  const given = Buffer.from(signature.slice(3), 'base64');
  return given.length === want.length && timingSafeEqual(given, want);
}

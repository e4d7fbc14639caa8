import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { canonicalJson } from '../casefile/crypto/canonical.js';
import { DomainError } from '../terms/index.js';

/** Client-made, 8 to 128 visible ASCII characters, unique per person, method and path. @throws {DomainError} `idempotency_key_missing` */
export function idempotencyKey(c: Context): string {
  const key = c.req.header('idempotency-key');
  if (!key || !/^[\x21-\x7e]{8,128}$/.test(key)) throw new DomainError('idempotency_key_missing');
  return key;
}

/** The body as it is stored, and the hash by which a repetition is told from another request. */
export function fingerprintOf(body: unknown): { text: string; fingerprint: string } {
  // Absent and undefined are the same to a client.
  const text = canonicalJson(JSON.parse(JSON.stringify(body)));
  return { text, fingerprint: createHash('sha256').update(text).digest('hex') };
}

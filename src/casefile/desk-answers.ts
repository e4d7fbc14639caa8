import { createHash } from 'node:crypto';
import { DomainError, type Instant, type Source } from '../terms/index.js';
import { answerUnder, openAnswer, storeCallback } from './answers.js';
import { canonicalJson } from './crypto/canonical.js';
import type { Tx } from './tx.js';

/** What a verifier says to one question. */
export interface DeskAnswer {
  readonly source: Source;
  readonly requestId: string;
  readonly staffId: string;
  /** What makes two of them one: the same key, or the same row of a file. */
  readonly key: string;
  /** The bytes to be kept, and read like those of a callback. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  readonly realNow: Instant;
}

/** Made anew each time, so not part of what somebody said. */
const MADE_HERE = ['answerId', 'answeredAt'];
const said = (body: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(
      canonicalJson(Object.fromEntries(Object.entries(body).filter(([name]) => !MADE_HERE.includes(name)))),
    )
    .digest('hex');

/**
 * Stores a verifier's answer as it was given, unread, like a callback. The same key again adds nothing.
 * @throws {DomainError} `idempotency_key_reused` when the key came with something else before
 */
export async function storeDeskAnswer(
  tx: Tx,
  caseNo: string,
  { source, requestId, staffId, key, body, at, realNow }: DeskAnswer,
): Promise<{ answerId: string; fresh: boolean }> {
  const webhookId = `desk ${requestId} ${key}`;
  const bytes = Buffer.from(canonicalJson(body));
  const stored = await storeCallback(tx, caseNo, {
    source,
    webhookId,
    requestId,
    staffId,
    body: bytes,
    at,
    realNow,
  });
  if (stored) return { answerId: stored, fresh: true };
  const before = await answerUnder(tx, source, webhookId);
  const given: unknown = before && JSON.parse(Buffer.from(await openAnswer(tx, before)).toString('utf8'));
  if (!before || said(given as Readonly<Record<string, unknown>>) !== said(body))
    throw new DomainError('idempotency_key_reused');
  return { answerId: before.id, fresh: false };
}

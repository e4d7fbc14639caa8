import { signBody, verifySignature, type SigningKey } from '../signature.js';
import { signedLine } from '../connector-exchange.js';
import { signerOf } from './signers.js';
import type { Context } from 'hono';
import type { Source } from '../contract.js';
import type { AppParts } from './app-parts.js';
import type { Letter } from './letters.js';

/** @throws {DomainError} `signature_invalid` when nobody who has a key of the source asks for this */
export function asksWithKey(c: Context, source: Source, { signingKeys, realNow }: AppParts): void {
  verifySignature({
    keys: signingKeys[source] ?? [],
    headers: c.req.raw.headers,
    body: signedLine(c.req.method, c.req.path),
    realNow: realNow(),
  });
}

export type SignedAs = Pick<Letter, 'source' | 'signedBy' | 'signedAgoMs' | 'headers'>;
export const AS_ITSELF = { signedBy: 'own', signedAgoMs: 0 } as const;

/** What a department says when somebody comes for it, signed well or badly. */
export function signedResponse(
  { signingKeys, realNow }: AppParts,
  how: SignedAs,
  id: string,
  body: Uint8Array,
): Response {
  const key: SigningKey = signerOf(how, signingKeys);
  const signature = signBody({ key, id, realNow: realNow() - how.signedAgoMs, body });
  return new Response(new Uint8Array(body), { headers: { ...how.headers, ...signature } });
}

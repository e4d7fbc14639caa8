import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { importJWK, SignJWT } from 'jose';
import type { SigningJwk } from './keys.js';

/** The development issuer. It belongs to the stack of simulated mode; a real office has its own. */
export const DEV_ISSUER = 'http://onedoor.localhost';
const TOKEN_LIFE = '12h';

/** A token for one member of staff. Real time, as every token. */
export async function devToken(
  jwk: SigningJwk,
  claims: { subject: string; audience: string },
): Promise<string> {
  const key = await importJWK(jwk, 'ES256');
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'JWT' })
    .setSubject(claims.subject)
    .setIssuer(DEV_ISSUER)
    .setAudience(claims.audience)
    .setIssuedAt()
    .setExpirationTime(TOKEN_LIFE)
    .sign(key);
}

/** Serves the public half as a JWKS on a free port of 127.0.0.1. */
export async function serveJwks(jwk: SigningJwk): Promise<{ url: string; stop(): Promise<void> }> {
  const { d: _, ...publicHalf } = jwk;
  const keys = [{ ...publicHalf, use: 'sig' }];
  const app = new Hono().get('/.well-known/jwks.json', (c) => c.json({ keys }));
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      resolve({
        url: `http://127.0.0.1:${port}/.well-known/jwks.json`,
        stop: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}

import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTVerifyGetKey } from 'jose';

/** An issuer of one's own. */
export interface TestIssuer {
  readonly auth: { readonly keys: JWTVerifyGetKey; readonly issuer: string; readonly audience: string };
  token(subject: string): Promise<string>;
}

export async function openIssuer(): Promise<TestIssuer> {
  const issuer = 'https://issuer.test';
  const audience = 'onedoor';
  const signing = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(signing.publicKey)), alg: 'ES256', kid: 'test', use: 'sig' };
  const made = new Map<string, Promise<string>>();
  const sign = (subject: string): Promise<string> =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: 'test' })
      .setSubject(subject)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(signing.privateKey);
  return {
    auth: { keys: createLocalJWKSet({ keys: [jwk] }), issuer, audience },
    token: (subject) => {
      const token = made.get(subject) ?? sign(subject);
      made.set(subject, token);
      return token;
    },
  };
}

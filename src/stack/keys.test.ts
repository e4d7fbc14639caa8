import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, importJWK, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from './config.js';
import { completeKeys, ensureLocalKeys } from './keys.js';

let stateDir = '';
beforeEach(() => {
  stateDir = join(mkdtempSync(join(tmpdir(), 'onedoor-keys-')), 'state');
});
afterEach(() => {
  rmSync(join(stateDir, '..'), { recursive: true });
});
const path = (): string => join(stateDir, 'keys.json');

test('keys are made once, for the owner only', async () => {
  const first = await ensureLocalKeys(stateDir);
  const text = readFileSync(path(), 'utf8');
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(await ensureLocalKeys(stateDir)).toEqual(first);
  expect(readFileSync(path(), 'utf8')).toBe(text);
  expect(readdirSync(stateDir)).toEqual(['keys.json']);
});

test('four different keys of 32 bytes', async () => {
  const { keys } = await ensureLocalKeys(stateDir);
  expect(Object.keys(keys).toSorted()).toEqual(['cursor', 'field', 'index', 'payload']);
  expect(Object.values(keys).map((key) => key.length)).toEqual([32, 32, 32, 32]);
  expect(new Set(Object.values(keys).map((key) => Buffer.from(key).toString('hex'))).size).toBe(4);
});

test('starts at the same moment end with the same keys', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => ensureLocalKeys(stateDir)));
  for (const each of all) expect(each).toEqual(all[0]);
});

test('the signing key signs tokens', async () => {
  const { oidc } = await ensureLocalKeys(stateDir);
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: oidc.alg, kid: oidc.kid })
    .sign(await importJWK(oidc));
  const { d: _, ...publicJwk } = oidc;
  await expect(jwtVerify(token, await importJWK(publicJwk))).resolves.toMatchObject({
    protectedHeader: { kid: oidc.kid },
  });
});

test.each(['', '{"field":"c2VjcmV0"', '{"field":"c2VjcmV0"}'])(
  'a damaged file is named, kept, and not quoted: %j',
  async (text) => {
    await ensureLocalKeys(stateDir);
    writeFileSync(path(), text);
    const failure = ensureLocalKeys(stateDir);
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow(/^[^{]*keys\.json is damaged[^{]*$/);
    expect(readFileSync(path(), 'utf8')).toBe(text);
  },
);

test('configured keys go before local ones', async () => {
  const local = await ensureLocalKeys(stateDir);
  const field = new Uint8Array(32).fill(7);
  expect(completeKeys({ field }, local)).toEqual({ ...local.keys, field });
});

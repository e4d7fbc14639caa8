import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { ConfigError } from './config.js';
import type { ConfigKeys } from './config.js';
import { createPrivate, readIfThere } from './private-file.js';

/** All keys a process needs, 32 bytes each. */
export type Keys = Required<ConfigKeys>;

const key = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const bytes32 = key.refine((bytes) => bytes.length === 32);
const signingJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  alg: z.literal('ES256'),
  kid: z.string().min(1),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

/** The private key (ES256) that the development issuer signs tokens with. */
export type SigningJwk = z.output<typeof signingJwk>;

const keysFile = z.object({
  field: bytes32,
  index: bytes32,
  payload: bytes32,
  cursor: bytes32,
  /** Placed here so that all secrets of a laptop lie in one file. */
  oidc: signingJwk,
});

export interface LocalKeys {
  readonly keys: Keys;
  readonly oidc: SigningJwk;
}

/**
 * The keys of a simulated installation, from `keys.json` (mode 0600) in the state directory. They are made once, at
 * the first start, and never written again: without them the case file cannot be read.
 * @throws {ConfigError} when the file is there and is not whole.
 */
export async function ensureLocalKeys(stateDir: string): Promise<LocalKeys> {
  const path = join(stateDir, 'keys.json');
  const found = await readIfThere(path);
  if (found !== null) return parse(path, found);
  await createPrivate(path, JSON.stringify(await newKeys(), null, 2));
  return parse(path, await readFile(path, 'utf8'));
}

/** What the configuration gives goes before what lies in the state directory. */
export const completeKeys = (given: ConfigKeys, local: LocalKeys): Keys => ({ ...local.keys, ...given });

async function newKeys(): Promise<Record<keyof z.input<typeof keysFile>, unknown>> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const random = (): string => randomBytes(32).toString('base64');
  return {
    field: random(),
    index: random(),
    payload: random(),
    cursor: random(),
    oidc: { ...(await exportJWK(privateKey)), alg: 'ES256', kid: randomBytes(8).toString('hex') },
  };
}

function parse(path: string, text: string): LocalKeys {
  const parsed = keysFile.safeParse(json(text));
  if (!parsed.success)
    throw new ConfigError(path, 'is damaged: restore it, or remove the whole state directory to begin anew');
  const { oidc, ...keys } = parsed.data;
  return { keys, oidc };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of a JSON error quotes the text, and this text is keys.
    return null;
  }
}

import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { CryptoError } from './crypto-error.js';
import { KEY_BYTES, open, seal, sealedUnder } from './sealed.js';

/** A key-encryption key and the name that `data_keys.kek_id` holds. 32 bytes. */
export interface Kek {
  readonly kekId: string;
  readonly kek: Uint8Array;
}

/** What `data_keys` keeps of a data key; `wrapped` is null once the key was destroyed. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array | null;
}

export interface NewDataKey {
  readonly keyId: string;
  readonly kekId: string;
  /** 32 bytes, in memory only. */
  readonly plain: Uint8Array;
  readonly wrapped: Uint8Array;
}

export interface Keyring {
  /** The key that new data keys are wrapped under. */
  readonly kekId: string;
  /** @param keyId the id of the `data_keys` row; a new UUID v7 when absent. */
  newDataKey(keyId?: string): NewDataKey;
  wrap(plain: Uint8Array, keyId: string): Uint8Array;
  /**
   * @throws {CryptoError} `key_destroyed`, `key_mismatch` (no key on this ring wrapped it, or it belongs to
   * another `kekId`), `ciphertext_damaged` (also when the wrapped key belongs to another key id).
   */
  unwrap(key: WrappedKey): Uint8Array;
  /** Brings a data key under the current key; what it encrypted stays as it is. Throws as {@link Keyring.unwrap}. */
  rewrap(key: WrappedKey): { readonly kekId: string; readonly wrapped: Uint8Array };
}

/**
 * Envelope encryption: one data key per person or case, wrapped under a key that the database never sees.
 * @param options.old keys that may still unwrap while a rotation re-wraps row by row.
 * @throws {CryptoError} `key_mismatch` when a key is not 32 bytes.
 * @example const ring = createKeyring({ kek, kekId: '2026-03' });
 */
export function createKeyring(options: Kek & { readonly old?: readonly Kek[] }): Keyring {
  const { kek, kekId, old = [] } = options;
  const ring: readonly Kek[] = [{ kek, kekId }, ...old];
  for (const each of ring)
    if (each.kek.length !== KEY_BYTES) throw new CryptoError('key_mismatch', each.kekId);

  const wrap = (plain: Uint8Array, keyId: string): Uint8Array => seal(kek, kekId, plain, wrapPurpose(keyId));

  const unwrap = ({ keyId, wrapped }: WrappedKey): Uint8Array => {
    if (wrapped === null) throw new CryptoError('key_destroyed', keyId);
    const under = ring.find((each) => sealedUnder(each.kek, each.kekId, wrapped));
    if (under === undefined) throw new CryptoError('key_mismatch', keyId);
    return open(under.kek, under.kekId, wrapped, wrapPurpose(keyId));
  };

  return {
    kekId,
    newDataKey: (keyId = uuidv7()) => {
      const plain = randomBytes(KEY_BYTES);
      return { keyId, kekId, plain, wrapped: wrap(plain, keyId) };
    },
    wrap,
    unwrap,
    rewrap: (key) => ({ kekId, wrapped: wrap(unwrap(key), key.keyId) }),
  };
}

const wrapPurpose = (keyId: string): string => `data-key/${keyId}`;

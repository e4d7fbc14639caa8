import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { CryptoError } from './crypto-error.js';
import { bytesOf, lengthPrefixed } from './text-bytes.js';

/** Bytes of a key, for data keys and key-encryption keys alike. */
export const KEY_BYTES = 32;
const VERSION = 1;
const CHECK_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 2 + CHECK_BYTES;
const CONTENT_AT = NONCE_AT + NONCE_BYTES;

/** The byte after the version says how the rest was sealed, so that another suite (`gm`: SM4-GCM) can be read beside this one. */
const INTL = 1;

/** What sealed bytes belong to; they open nowhere else. */
export interface Purpose {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** The additional data of one field: moving its bytes to another row, column or table makes them unreadable. */
export const purposeOf = ({ table, column, row }: Purpose): string => JSON.stringify([table, column, row]);

/**
 * Encrypts with AES-256-GCM under a fresh random 96-bit nonce.
 *
 * Layout: version (1), algorithm (1), key check (8), nonce (12), ciphertext, tag (16). Everything before the
 * nonce is authenticated together with the key id and the purpose.
 * @param purpose see {@link purposeOf}; not stored, so it has to be given again to {@link open}.
 * @throws {DomainError} `body_invalid` for text with half a surrogate pair.
 */
export function seal(
  key: Uint8Array,
  keyId: string,
  plaintext: Uint8Array | string,
  purpose: string,
): Uint8Array {
  const header = Buffer.concat([Uint8Array.of(VERSION, INTL), keyCheck(key, keyId)]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(lengthPrefixed(header, keyId, purpose));
  const ciphertext = cipher.update(bytesOf(plaintext));
  return Buffer.concat([header, nonce, ciphertext, cipher.final(), cipher.getAuthTag()]);
}

/** @throws {CryptoError} `key_mismatch` or `ciphertext_damaged`. */
export function open(key: Uint8Array, keyId: string, sealed: Uint8Array, purpose: string): Uint8Array {
  if (sealed.length < CONTENT_AT + TAG_BYTES || sealed[0] !== VERSION || sealed[1] !== INTL)
    throw new CryptoError('ciphertext_damaged', keyId);
  if (!sealedUnder(key, keyId, sealed)) throw new CryptoError('key_mismatch', keyId);

  const tagAt = sealed.length - TAG_BYTES;
  const nonce = sealed.subarray(NONCE_AT, CONTENT_AT);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(lengthPrefixed(sealed.subarray(0, NONCE_AT), keyId, purpose));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plaintext = decipher.update(sealed.subarray(CONTENT_AT, tagAt));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    throw new CryptoError('ciphertext_damaged', keyId);
  }
}

/** {@link open} for text; a leading byte order mark is kept like every other character. */
export const openText = (key: Uint8Array, keyId: string, sealed: Uint8Array, purpose: string): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(open(key, keyId, sealed, purpose));

/** True when the bytes name this key. Says nothing about whether they are intact. */
export const sealedUnder = (key: Uint8Array, keyId: string, sealed: Uint8Array): boolean =>
  sealed.length >= NONCE_AT && timingSafeEqual(sealed.subarray(2, NONCE_AT), keyCheck(key, keyId));

/** Tells a wrong key from a damaged text, which GCM alone cannot, and reveals nothing about a random key. */
function keyCheck(key: Uint8Array, keyId: string): Uint8Array {
  if (key.length !== KEY_BYTES) throw new CryptoError('key_mismatch', keyId);
  return createHmac('sha256', key).update(`onedoor/key-check/1\0${keyId}`).digest().subarray(0, CHECK_BYTES);
}

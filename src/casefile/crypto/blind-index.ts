import { createHmac } from 'node:crypto';
import { CryptoError } from './crypto-error.js';
import { KEY_BYTES } from './sealed.js';
import { lengthPrefixed } from './text-bytes.js';

/** What may be searched by equality. The label separates the kinds: one value has a different index in each. */
export type BlindIndexLabel = 'id_number' | 'bank_account' | 'phone' | 'name';

export interface BlindIndex {
  /** 64 hex digits: the same for equal values, and worth nothing without the key. */
  of(label: BlindIndexLabel, value: string): string;
}

/**
 * Keyed equality search over encrypted fields: HMAC-SHA-256.
 * @param key 32 bytes, another key than any that encrypts: it cannot be rotated without recomputing every index.
 * @throws {CryptoError} `key_mismatch` when the key is not 32 bytes.
 */
export function createBlindIndex(key: Uint8Array): BlindIndex {
  if (key.length !== KEY_BYTES) throw new CryptoError('key_mismatch', 'blind-index');
  return {
    of: (label, value) =>
      createHmac('sha256', key)
        .update(lengthPrefixed('onedoor/blind-index/1', label, normalised(label, value)))
        .digest('hex'),
  };
}

/** Two spellings of one thing must meet: GB 11643 writes the check digit `X`, people also type `x`. */
function normalised(label: BlindIndexLabel, value: string): string {
  const text = value.normalize('NFC').trim();
  switch (label) {
    case 'id_number':
      return text.toUpperCase();
    case 'bank_account':
    case 'phone':
      return text.replace(/[\s-]/g, '');
    case 'name':
      return text;
  }
}

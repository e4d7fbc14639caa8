/**
 * - `key_mismatch`: the bytes were sealed under another key (or another key id) than the one given.
 * - `ciphertext_damaged`: right key, but the bytes or the purpose they are bound to have changed.
 * - `key_destroyed`: the data key was shredded on purpose; the content is gone for good.
 */
export type CryptoErrorCode = 'key_mismatch' | 'ciphertext_damaged' | 'key_destroyed';

const MESSAGES: Record<CryptoErrorCode, string> = {
  key_mismatch: 'the content was sealed under another key',
  ciphertext_damaged: 'the sealed content or its purpose has been altered',
  key_destroyed: 'the data key has been destroyed',
};

/** Thrown when sealed content cannot be opened. Names the key at most: never a plaintext, never a cause that holds one. */
export class CryptoError extends Error {
  constructor(
    readonly code: CryptoErrorCode,
    readonly keyId: string,
  ) {
    super(`${code}: ${MESSAGES[code]} (key ${keyId})`);
    this.name = 'CryptoError';
  }
}

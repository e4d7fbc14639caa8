import { createHash, randomBytes } from 'node:crypto';
import { lengthPrefixed } from './text-bytes.js';

export const SALT_BYTES = 16;

/** A salt for one content. Stored encrypted (else a short content could be guessed from its hash) and exported with the file. */
export const newSalt = (): Uint8Array => randomBytes(SALT_BYTES);

/**
 * SHA-256 in hex over: length of salt (8 bytes, big-endian), salt, length of plaintext (8 bytes), plaintext.
 * Whoever holds the exported salt and the plaintext can recompute it without One Door.
 */
export const contentHash = (plaintext: Uint8Array | string, salt: Uint8Array): string =>
  createHash('sha256').update(lengthPrefixed(salt, plaintext)).digest('hex');

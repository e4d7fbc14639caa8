import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentHash, newSalt } from './content-hash.js';

const salt = Uint8Array.from({ length: 16 }, (_, i) => i);

describe('content hash', () => {
  it('can be recomputed by a stranger from the exported salt', () => {
    const length = (n: number) => Buffer.from(n.toString(16).padStart(16, '0'), 'hex');
    const text = Buffer.from('买买提·艾力𠮷');
    const bytes = Buffer.concat([length(16), salt, length(text.length), text]);
    expect(contentHash('买买提·艾力𠮷', salt)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('is the same for text and for its UTF-8 bytes', () => {
    expect(contentHash(Buffer.from('收入'), salt)).toBe(contentHash('收入', salt));
  });

  it('differs by plaintext and by salt', () => {
    expect(contentHash('60', salt)).not.toBe(contentHash('61', salt));
    expect(contentHash('60', salt)).not.toBe(contentHash('60', newSalt()));
  });

  it('does not let bytes move between salt and plaintext', () => {
    expect(contentHash(Uint8Array.of(2, 3), Uint8Array.of(1))).not.toBe(
      contentHash(Uint8Array.of(3), Uint8Array.of(1, 2)),
    );
  });

  it('makes salts of 16 bytes, each once', () => {
    const salts = new Set(Array.from({ length: 1000 }, () => Buffer.from(newSalt()).toString('hex')));
    expect(salts.size).toBe(1000);
    expect(newSalt()).toHaveLength(16);
  });
});

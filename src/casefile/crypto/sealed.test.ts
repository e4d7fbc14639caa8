import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../terms/errors.js';
import { CryptoError } from './crypto-error.js';
import { open, openText, purposeOf, seal, sealedUnder } from './sealed.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const otherKey = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
const purpose = purposeOf({ table: 'persons', column: 'name', row: '0195-1' });

/** Layout of sealed bytes: version 0, algorithm 1, key check 2–9, nonce 10–21, ciphertext, tag (last 16). */
const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
};
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof CryptoError) return error.code;
    throw error;
  }
  return 'opened';
};

describe('what goes in comes out', () => {
  it.each([
    ['a plain name', '张三'],
    ['a name with a middle dot', '买买提·艾力'],
    ['a name beyond the BMP', '𠮷田𬱖'],
    ['a decomposed accent, not normalised', 'e\u0301'],
    ['a leading byte order mark', '\uFEFF王五'],
    ['a NUL', 'a\0b'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(openText(key, 'k1', seal(key, 'k1', text, purpose), purpose)).toBe(text);
  });

  it('any bytes and any well-formed text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (bytes, text) => {
        expect(Buffer.from(open(key, 'k1', seal(key, 'k1', bytes, purpose), purpose))).toEqual(
          Buffer.from(bytes),
        );
        expect(openText(key, 'k1', seal(key, 'k1', text, purpose), purpose)).toBe(text);
      }),
    );
  });

  it('refuses half a surrogate pair instead of storing a replacement character', () => {
    expect(() => seal(key, 'k1', 'a\ud842', purpose)).toThrow(DomainError);
  });

  it('hides the text, and two seals of one text differ', () => {
    const sealed = seal(key, 'k1', '441625199001011234', purpose);
    expect(Buffer.from(sealed).includes('44162519900101')).toBe(false);
    expect(Buffer.from(sealed).equals(Buffer.from(seal(key, 'k1', '441625199001011234', purpose)))).toBe(
      false,
    );
  });
});

describe('what was touched does not open', () => {
  const sealed = seal(key, 'k1', '买买提·艾力', purpose);

  it.each([
    ['version', 0, 'ciphertext_damaged'],
    ['algorithm', 1, 'ciphertext_damaged'],
    ['key check, first byte', 2, 'key_mismatch'],
    ['key check, last byte', 9, 'key_mismatch'],
    ['nonce, first byte', 10, 'ciphertext_damaged'],
    ['nonce, last byte', 21, 'ciphertext_damaged'],
    ['ciphertext', 22, 'ciphertext_damaged'],
    ['tag, first byte', -16, 'ciphertext_damaged'],
    ['tag, last byte', -1, 'ciphertext_damaged'],
  ])('%s', (_, at, code) => {
    expect(codeOf(() => open(key, 'k1', flipped(sealed, at), purpose))).toBe(code);
  });

  it('at any byte, and cut at any length', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      expect(
        codeOf(() => open(key, 'k1', flipped(sealed, at), purpose)),
        `byte ${at}`,
      ).not.toBe('opened');
      expect(
        codeOf(() => open(key, 'k1', sealed.subarray(0, at), purpose)),
        `cut at ${at}`,
      ).not.toBe('opened');
    }
  });

  it.each([
    ['another row', purposeOf({ table: 'persons', column: 'name', row: '0195-2' })],
    ['another column', purposeOf({ table: 'persons', column: 'phone', row: '0195-1' })],
    ['another table', purposeOf({ table: 'staff', column: 'name', row: '0195-1' })],
    ['no purpose', ''],
  ])('moved to %s', (_, elsewhere) => {
    expect(codeOf(() => open(key, 'k1', sealed, elsewhere))).toBe('ciphertext_damaged');
  });

  it('under another key, or under the right key with another name', () => {
    expect(codeOf(() => open(otherKey, 'k1', sealed, purpose))).toBe('key_mismatch');
    expect(codeOf(() => open(key, 'k2', sealed, purpose))).toBe('key_mismatch');
    expect(codeOf(() => open(key.subarray(1), 'k1', sealed, purpose))).toBe('key_mismatch');
  });

  it('names the key but nothing of the content', () => {
    const read = () => open(key, 'k1', flipped(sealed, 22), purpose);
    expect(read).toThrow('ciphertext_damaged: the sealed content or its purpose has been altered (key k1)');
  });
});

describe('purposes', () => {
  it('cannot be confused by separators in a name', () => {
    expect(purposeOf({ table: 'a', column: 'b.c', row: 'd' })).not.toBe(
      purposeOf({ table: 'a.b', column: 'c', row: 'd' }),
    );
  });
});

describe('nonces', () => {
  it('100,000 seals under one key use 100,000 nonces', { timeout: 30_000 }, () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i += 1)
      seen.add(Buffer.from(seal(key, 'k1', 'x', purpose)).toString('latin1', 10, 22));
    expect(seen.size).toBe(100_000);
  });
});

describe('sealedUnder', () => {
  it('knows the key without opening', () => {
    const sealed = seal(key, 'k1', 'x', purpose);
    expect(sealedUnder(key, 'k1', flipped(sealed, -1))).toBe(true);
    expect(sealedUnder(otherKey, 'k1', sealed)).toBe(false);
    expect(sealedUnder(key, 'k1', new Uint8Array(3))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { createKeyring } from './envelope.js';
import { openText, seal } from './sealed.js';

const keyOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const march = { kekId: '2026-03', kek: keyOf(1) };
const april = { kekId: '2026-04', kek: keyOf(2) };

describe('data keys', () => {
  const ring = createKeyring(march);

  it('unwrap to what was wrapped, and no two are alike', () => {
    const one = ring.newDataKey();
    const two = ring.newDataKey();
    expect(one.kekId).toBe('2026-03');
    expect(one.plain).toHaveLength(32);
    expect(Buffer.from(ring.unwrap(one))).toEqual(Buffer.from(one.plain));
    expect(one.plain).not.toEqual(two.plain);
    expect(one.keyId).not.toBe(two.keyId);
    expect(one.keyId).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
  });

  it('take the id they are given', () => {
    expect(ring.newDataKey('k1').keyId).toBe('k1');
  });

  it('are not visible in their wrapping', () => {
    const { plain, wrapped } = ring.newDataKey();
    expect(Buffer.from(wrapped).includes(Buffer.from(plain))).toBe(false);
  });

  it('belong to their row: a wrapping copied to another row does not open', () => {
    const { wrapped } = ring.newDataKey('k1');
    expect(() => ring.unwrap({ keyId: 'k2', wrapped })).toThrow(
      expect.objectContaining({ code: 'ciphertext_damaged' }),
    );
  });

  it('are damaged by a changed byte', () => {
    const { keyId, wrapped } = ring.newDataKey();
    const changed = Uint8Array.from(wrapped);
    changed[30] = (changed[30] ?? 0) ^ 1;
    expect(() => ring.unwrap({ keyId, wrapped: changed })).toThrow(
      expect.objectContaining({ code: 'ciphertext_damaged' }),
    );
  });

  it('say that they were destroyed', () => {
    expect(() => ring.unwrap({ keyId: 'k1', wrapped: null })).toThrow(
      expect.objectContaining({ code: 'key_destroyed', keyId: 'k1' }),
    );
    expect(() => ring.rewrap({ keyId: 'k1', wrapped: null })).toThrow(
      expect.objectContaining({ code: 'key_destroyed' }),
    );
  });
});

describe('a wrong key-encryption key', () => {
  it.each([
    ['other bytes', { kekId: '2026-03', kek: keyOf(9) }],
    ['another name', { kekId: '2026-05', kek: keyOf(1) }],
  ])('%s: key_mismatch, so that a start can stop', (_, wrong) => {
    const key = createKeyring(march).newDataKey();
    expect(() => createKeyring(wrong).unwrap(key)).toThrow(expect.objectContaining({ code: 'key_mismatch' }));
  });

  it.each([0, 16, 31, 33])('%i bytes: refused at once', (length) => {
    expect(() => createKeyring({ kekId: 'short', kek: new Uint8Array(length) })).toThrow('key_mismatch');
    expect(() => createKeyring({ ...march, old: [{ kekId: 'short', kek: new Uint8Array(length) }] })).toThrow(
      'short',
    );
  });
});

describe('rotation', () => {
  const before = createKeyring(march);
  const during = createKeyring({ ...april, old: [march] });
  const after = createKeyring(april);
  const key = before.newDataKey();
  const sealed = seal(key.plain, key.keyId, '买买提·艾力', 'p');

  it('reads keys of both times while it lasts, and wraps new ones under the new key', () => {
    expect(Buffer.from(during.unwrap(key))).toEqual(Buffer.from(key.plain));
    const fresh = during.newDataKey();
    expect(fresh.kekId).toBe('2026-04');
    expect(Buffer.from(after.unwrap(fresh))).toEqual(Buffer.from(fresh.plain));
  });

  it('re-wraps the data key and leaves the content as it is', () => {
    const moved = during.rewrap(key);
    expect(moved.kekId).toBe('2026-04');
    const plain = after.unwrap({ keyId: key.keyId, wrapped: moved.wrapped });
    expect(openText(plain, key.keyId, sealed, 'p')).toBe('买买提·艾力');
    expect(() => before.unwrap({ keyId: key.keyId, wrapped: moved.wrapped })).toThrow('key_mismatch');
  });

  it('can be repeated on a key that was moved already', () => {
    const moved = during.rewrap(key);
    const again = during.rewrap({ keyId: key.keyId, wrapped: moved.wrapped });
    expect(Buffer.from(after.unwrap({ keyId: key.keyId, wrapped: again.wrapped }))).toEqual(
      Buffer.from(key.plain),
    );
  });
});

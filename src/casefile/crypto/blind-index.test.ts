import { describe, expect, it } from 'vitest';
import { createBlindIndex } from './blind-index.js';

const index = createBlindIndex(new Uint8Array(32).fill(7));
const ID = '44162519900101123X';

describe('blind index', () => {
  it.each([
    ['id_number', ID, '44162519900101123x'],
    ['id_number', ID, ' 44162519900101123X\n'],
    ['id_number', ID, '\u300044162519900101123x'],
    ['phone', '13800138000', '138 0013-8000'],
    ['bank_account', '6222020200112233445', '6222 0202 0011 2233 445'],
    ['name', 'é', 'e\u0301'],
    ['name', '买买提·艾力', '买买提·艾力 '],
  ] as const)('%s: two spellings of %j meet', (label, one, other) => {
    expect(index.of(label, other)).toBe(index.of(label, one));
  });

  it.each([
    ['another value', 'id_number', '441625199001011239'],
    ['another kind', 'bank_account', ID],
  ] as const)('%s has another index', (_, label, value) => {
    expect(index.of(label, value)).not.toBe(index.of('id_number', ID));
  });

  it('keeps names beyond the BMP apart', () => {
    expect(index.of('name', '𠮷田')).not.toBe(index.of('name', '吉田'));
  });

  it('is fixed for ever: what is in the database must be found again', () => {
    expect(index.of('id_number', ID)).toMatchInlineSnapshot(
      `"8290de6eb9d046e4c50c59022aaac8bb536f5c623ce0470d71df249ef5e872be"`,
    );
  });

  it('is worth nothing without the key', () => {
    expect(createBlindIndex(new Uint8Array(32).fill(8)).of('id_number', ID)).not.toBe(
      index.of('id_number', ID),
    );
  });

  it('refuses a key of another length, and text that UTF-8 cannot hold', () => {
    expect(() => createBlindIndex(new Uint8Array(16))).toThrow('key_mismatch');
    expect(() => index.of('name', '\ud842')).toThrow(expect.objectContaining({ code: 'body_invalid' }));
  });
});

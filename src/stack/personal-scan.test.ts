import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../policy/resident-id.js';
import { personalScan } from './personal-scan.js';

const ID = `44162519620105003${checkCharacter('44162519620105003')}`;
const scan = personalScan(['买买提·依明', '𠮷野家']);

describe('what looks like a person', () => {
  it.each([
    ['an ID number', `{"idNumber":"${ID}"}`, 'an ID number'],
    ['an ID number in small letters', `id=${ID.toLowerCase()}`, 'an ID number'],
    ['a phone number', 'call 13800138009 now', 'a phone number'],
    ['a phone number with the country code', '+86 13800138009', 'a phone number'],
    ['a bank card', '"6222021234567890128"', 'a bank account'],
    ['a planted name', '户主 买买提·依明 ', 'planted text 1'],
    ['a planted name beyond the BMP', 'x𠮷野家y', 'planted text 2'],
  ])('%s', (_, text, what) => {
    expect(scan(text)).toEqual([what]);
  });

  it.each([
    ['an ID number with a wrong check character', ID.slice(0, 17) + (ID.endsWith('1') ? '2' : '1')],
    ['an instant in milliseconds', '1772413200000'],
    ['a case number', 'AP-441625103-2026-00001'],
    ['a UUID', '01a20aec-051e-70ef-ac66-513800138009'],
    ['a hash', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['digits inside a hash', `a${ID}f`],
    ['a card number with a wrong check digit', '6222021234567890123'],
    ['an amount in fen', '13800138'],
  ])('is not %s', (_, text) => {
    expect(scan(text)).toEqual([]);
  });

  it('is found again and again: the scan keeps no state', () => {
    expect([scan('13800138009'), scan('13800138009')]).toEqual([['a phone number'], ['a phone number']]);
  });
});

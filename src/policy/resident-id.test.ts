import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../terms/errors.js';
import { birthDate, checkCharacter, parseIdNumber, sex } from './resident-id.js';

/** Numbers are made here from invented digits; none is taken from a person. */
const withCheck = (digits: string): string => digits + checkCharacter(digits);

function refusal(text: string): string {
  try {
    parseIdNumber(text);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('an ID number', () => {
  it('has the check character of the example printed in GB 11643-1999', () => {
    expect(parseIdNumber('11010519491231002X')).toBe('11010519491231002X');
  });

  it('is written with a large X', () => {
    expect(parseIdNumber('11010519491231002x')).toBe('11010519491231002X');
  });

  it('tells the date of birth and the sex', () => {
    const woman = parseIdNumber('11010519491231002X');
    expect(birthDate(woman)).toBe('1949-12-31');
    expect(sex(woman)).toBe('female');
    expect(sex(parseIdNumber(withCheck('44162519800229101')))).toBe('male');
  });

  it.each([
    ['a leap day of a leap year', '44162520000229102'],
    ['the code of a county abolished in 1988 (Heyuan, 442527)', '44252719600101001'],
    ['an invented region code', '99999919600101001'],
  ])('is accepted: %s', (_, digits) => {
    expect(refusal(withCheck(digits))).toBe('accepted');
  });

  it.each([
    ['a wrong check character', '110105194912310021'],
    ['29 February of a common year', withCheck('44162519810229101')],
    ['month 13', withCheck('44162519811301101')],
    ['day 00', withCheck('44162519811000101')],
    ['X before the end', '1101051949123100X2'],
    ['fifteen digits, as before 1999', '110105491231002'],
    ['nineteen characters', '11010519491231002X0'],
    ['a leading zero', withCheck('01010519491231002')],
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
    ['a space behind', '11010519491231002X '],
    ['nothing', ''],
  ])('is refused: %s', (_, text) => {
    expect(refusal(text)).toBe('id_number_invalid');
  });

  it('names no digits in its refusal', () => {
    expect(() => parseIdNumber('110105194912310021')).toThrow(/^id_number_invalid$/);
  });

  it('detects every single wrong digit and every swap of neighbours', () => {
    const number = parseIdNumber('11010519491231002X');
    const changed = fc
      .tuple(fc.nat(16), fc.nat(9))
      .map(([at, digit]) => number.slice(0, at) + String(digit) + number.slice(at + 1));
    const swapped = fc
      .nat(15)
      .map((at) => number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2));
    fc.assert(
      fc.property(
        fc.oneof(changed, swapped),
        (text) => text === number || refusal(text) === 'id_number_invalid',
      ),
    );
  });
});

import { plainDate, type PlainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import type { IdNumber } from '../terms/ids.js';

const SHAPE = /^[1-9]\d{16}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export type Sex = 'female' | 'male';

/**
 * Reads an 18-character resident identity number (GB 11643): check character and a real date of birth.
 * A small `x` is written large, so that equal numbers are equal texts. The region code is not looked up:
 * people keep the code they were given, also after the county was abolished.
 * @throws {DomainError} `id_number_invalid`
 */
export function parseIdNumber(text: string): IdNumber {
  const number = text.toUpperCase();
  if (!SHAPE.test(number) || number[17] !== checkCharacter(number))
    throw new DomainError('id_number_invalid');
  const id = number as IdNumber;
  birthDate(id);
  return id;
}

/** The check character for the first 17 digits (ISO 7064, MOD 11-2). */
export function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** @throws {DomainError} `id_number_invalid` when digits 7 to 14 are not a calendar day */
export function birthDate(id: IdNumber): PlainDate {
  try {
    return plainDate(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`);
  } catch {
    throw new DomainError('id_number_invalid');
  }
}

/** The 17th digit: odd for men, even for women. */
export const sex = (id: IdNumber): Sex => (Number(id[16]) % 2 === 1 ? 'male' : 'female');

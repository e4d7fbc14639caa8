import type { PersonalScan } from '../casefile/invariants/i11-personal-text.js';
import { parseIdNumber } from '../policy/resident-id.js';
import { DomainError } from '../terms/index.js';

/** Digits that stand alone: a hash, a UUID or an instant that happens to contain such a run is not a number of somebody. */
const alone = (digits: string): RegExp => new RegExp(`(?<![0-9A-Za-z.])${digits}(?![0-9A-Za-z])`, 'g');
const ID_NUMBER = alone('[1-9]\\d{16}[\\dXx]');
const PHONE = alone('(?:\\+?86[- ]?)?1[3-9]\\d{9}');
const BANK_CARD = alone('62\\d{14,17}');

/**
 * Finds ID numbers (with a true check character), mobile numbers and bank cards (with a true check digit), and texts
 * that somebody planted. Names are found only where they were planted.
 * @param planted texts that must appear nowhere
 */
export function personalScan(planted: readonly string[] = []): PersonalScan {
  return (text) => [
    ...((text.match(ID_NUMBER) ?? []).some(isIdNumber) ? ['an ID number'] : []),
    ...(PHONE.test(reset(PHONE, text)) ? ['a phone number'] : []),
    ...((text.match(BANK_CARD) ?? []).some(passesLuhn) ? ['a bank account'] : []),
    ...planted.flatMap((canary, index) => (text.includes(canary) ? [`planted text ${index + 1}`] : [])),
  ];
}

/** A global expression remembers where it stopped. */
function reset(pattern: RegExp, text: string): string {
  pattern.lastIndex = 0;
  return text;
}

function isIdNumber(text: string): boolean {
  try {
    parseIdNumber(text);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

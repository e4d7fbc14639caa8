import { checkCharacter } from './resident-id.js';
import { digitRuns, plainText } from './written-digits.js';

/** What must not hang on a board, in the order in which it is looked for. */
export const PERSONAL_DETAILS = ['id_number', 'account', 'phone', 'illness', 'minor_name'] as const;
export type PersonalDetail = (typeof PERSONAL_DETAILS)[number];

export interface DetailContext {
  /** The office's own telephone numbers, which may be read. */
  readonly ownPhones?: readonly string[];
  /** Full names of people under eighteen. */
  readonly minors?: readonly string[];
}

/** Illness and disability, simplified and traditional. One sign where one is enough: a board needs none of these. */
const ILLNESS =
  /病|癌|瘤|残|殘|疾|症|癥|瘫|癱|聋|聾|哑|啞|盲|瘸|癫|癲|痫|癇|疯|瘋|痴呆|精神|抑郁|抑鬱|自闭|自閉|孤独症|智障|智力|弱智|失能|半失能|失明|肢体|肢體|视力|視力|听力|聽力|透析|化疗|化療|放疗|放療|移植|尿毒|肝炎|艾滋|结核|結核|梅毒|肾衰|腎衰|脑瘫|腦癱|脑梗|腦梗|中风|中風|卒中|肿瘤|腫瘤|唐氏|侏儒|戒毒|吸毒|怀孕|懷孕|hiv|aids|cancer/i;

/**
 * Finds what a notice may not say. It would rather find too much: what it finds is not posted, and a person looks.
 * Texts are read as a reader reads them: whatever script, width or spacing the digits have (see `digitRuns`).
 */
export function personalDetail(text: string, context: DetailContext = {}): PersonalDetail[] {
  const own = new Set((context.ownPhones ?? []).flatMap((phone) => digitRuns(phone)).map(withoutCountry));
  const runs = digitRuns(text).filter((run) => !own.has(withoutCountry(run)));
  const letters = lettersOf(text);
  const found: Record<PersonalDetail, boolean> = {
    id_number: runs.some(holdsIdNumber),
    account: runs.some(isAccount),
    phone: runs.some(holdsPhone),
    illness: ILLNESS.test(letters),
    minor_name: (context.minors ?? [])
      .map(lettersOf)
      .some((name) => name.length > 1 && letters.includes(name)),
  };
  return PERSONAL_DETAILS.filter((kind) => found[kind]);
}

const withoutCountry = (digits: string): string => digits.replace(/^(00)?86(?=\d{7})/, '');
const lettersOf = (text: string): string =>
  plainText(text)
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

const windows = (run: string, length: number): string[] =>
  Array.from({ length: Math.max(0, run.length - length + 1) }, (_, at) => run.slice(at, at + length));

/** Eighteen with a true check character (GB 11643), or fifteen of the old kind with a day of birth in them. */
const holdsIdNumber = (run: string): boolean =>
  windows(run, 18).some((each) => /^[1-9]\d{16}[\dX]$/.test(each) && checkCharacter(each) === each[17]) ||
  /^[1-9]\d{5}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$/.test(run);

/** Sixteen digits and more are no number that a notice needs; from thirteen on, those with a true check digit. */
const isAccount = (run: string): boolean => run.length >= 16 || (run.length >= 13 && passesLuhn(run));

/** Mobile, landline with its area code, or a local number of seven or eight digits that is no day. */
const holdsPhone = (run: string): boolean =>
  windows(run, 11).some((each) => /^1[3-9]\d{9}$/.test(each)) ||
  /^(86)?0\d{2,3}[2-9]\d{6,7}$/.test(run) ||
  /^(400|800)\d{7}$/.test(run) ||
  (/^[2-9]\d{6,7}$/.test(run) && !/^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(run));

function passesLuhn(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

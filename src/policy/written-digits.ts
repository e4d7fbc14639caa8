/** Signs that stand for a digit to a reader: letters that look like one, and numerals written out. */
const LOOKS_LIKE: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['0', 'OoОоΟο〇零○◯洞'],
      ['1', 'lIІ|ｌ丨一壹弌幺'],
      ['2', '二贰貳弍'],
      ['3', '三叁參弎'],
      ['4', '四肆'],
      ['5', '五伍'],
      ['6', '六陆陸'],
      ['7', '七柒'],
      ['8', '八捌'],
      ['9', '九玖'],
      ['X', 'xХхΧχ×✕'],
    ] as const
  ).flatMap(([digit, signs]) => Array.from(signs, (sign) => [sign, digit] as const)),
);

const DECIMAL = /^\p{Nd}$/u;

/** The value of a decimal digit of any script: their blocks run from nought to nine without gaps. */
function decimal(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let zero = code;
  while (DECIMAL.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** Compatibility forms (full-width, circled, Kangxi radicals) resolved; invisible characters and accents gone. */
export const plainText = (text: string): string =>
  text.normalize('NFKC').replace(/[\p{Cf}\p{M}\u115f\u1160\u3164\uffa0]/gu, '');

/**
 * Runs of digits as a reader would dictate them: whatever script, with at most three signs between two digits that are
 * neither letter nor digit. A line break ends a run.
 * @returns digits only, with `X` where an ID number may have one
 */
export function digitRuns(text: string): string[] {
  const digits = Array.from(plainText(text), (sign) =>
    DECIMAL.test(sign) ? decimal(sign) : (LOOKS_LIKE[sign] ?? sign),
  ).join('');
  return (digits.match(/\d(?:[^\p{L}\p{N}\n]{0,3}[\dX])*/gu) ?? []).map((run) => run.replace(/[^\dX]/g, ''));
}

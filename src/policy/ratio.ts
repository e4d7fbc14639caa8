import { DomainError } from '../terms/errors.js';
import { fen, type Fen } from '../terms/fen.js';

/** An exact fraction, always reduced, denominator positive. Money in it is in fen. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `floor`, `ceil` and `half_up` round; `exact` refuses whatever is not already whole. */
export type RoundingMode = 'half_up' | 'ceil' | 'floor' | 'exact';

/** @throws {RangeError} when the denominator is zero or a number is not whole */
export function ratio(numerator: bigint | number, denominator: bigint | number = 1): Ratio {
  const over = BigInt(numerator);
  const under = BigInt(denominator);
  if (under === 0n) throw new RangeError('a ratio has no zero denominator');
  const sign = under < 0n ? -1n : 1n;
  const shared = gcd(over < 0n ? -over : over, under * sign);
  return { numerator: (sign * over) / shared, denominator: (sign * under) / shared };
}

export const minus = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
export const times = (a: Ratio, n: bigint | number): Ratio => ratio(a.numerator * BigInt(n), a.denominator);
export const over = (a: Ratio, n: bigint | number): Ratio => ratio(a.numerator, a.denominator * BigInt(n));

/** Strictly below (低于), by cross-multiplication. */
export const isBelow = (a: Ratio, b: Ratio): boolean =>
  a.numerator * b.denominator < b.numerator * a.denominator;

/**
 * Rounds an amount in fen to whole multiples of `unitFen`.
 * @throws {DomainError} `amount_not_whole_fen` when the mode is `exact` and something is left over
 */
export function roundToUnit(amount: Ratio, unitFen: number, mode: RoundingMode): Fen {
  const { numerator, denominator } = over(amount, unitFen);
  const below = floorDivide(numerator, denominator);
  const rest = numerator - below * denominator;
  return fen(Number(rest === 0n ? below : below + lift(mode, rest, denominator)) * unitFen);
}

function lift(mode: RoundingMode, rest: bigint, denominator: bigint): bigint {
  switch (mode) {
    case 'floor':
      return 0n;
    case 'ceil':
      return 1n;
    case 'half_up':
      return rest * 2n >= denominator ? 1n : 0n;
    case 'exact':
      throw new DomainError('amount_not_whole_fen');
  }
}

/** BigInt division cuts towards zero; a floor goes down. */
function floorDivide(a: bigint, b: bigint): bigint {
  const cut = a / b;
  return a % b < 0n ? cut - 1n : cut;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a || 1n : gcd(b, a % b);
}

import { describe, expect, it } from 'vitest';
import { isBelow, minus, over, ratio, roundToUnit, times, type RoundingMode } from './ratio.js';

describe('ratio', () => {
  it.each([
    [ratio(6, 4), 3n, 2n],
    [ratio(0, 5), 0n, 1n],
    [ratio(-6, 4), -3n, 2n],
    [ratio(6, -4), -3n, 2n],
    [minus(ratio(1, 2), ratio(1, 3)), 1n, 6n],
    [times(ratio(1000, 3), 3), 1000n, 1n],
    [over(ratio(100), 3), 100n, 3n],
  ])('is reduced, with a positive denominator (%#)', (value, numerator, denominator) => {
    expect(value).toEqual({ numerator, denominator });
  });

  it('has no zero denominator', () => {
    expect(() => ratio(1, 0)).toThrow(RangeError);
  });

  it.each([
    [ratio(1, 3), ratio(1, 2), true],
    [ratio(1, 2), ratio(2, 4), false],
    [ratio(63133, 100), ratio(632), true],
    [ratio(BigInt(Number.MAX_SAFE_INTEGER) * 12n + 1n, 12), ratio(Number.MAX_SAFE_INTEGER), false],
  ])('is below strictly, also past what a double holds (%#)', (a, b, expected) => {
    expect(isBelow(a, b)).toBe(expected);
  });
});

describe('rounding to a unit of 100 fen', () => {
  it.each<[number, number, RoundingMode, number]>([
    [36_666, 1, 'floor', 36_600],
    [36_666, 1, 'half_up', 36_700],
    [36_650, 1, 'half_up', 36_700],
    [36_649, 1, 'half_up', 36_600],
    [36_601, 1, 'ceil', 36_700],
    [36_600, 1, 'ceil', 36_600],
    [36_600, 1, 'exact', 36_600],
    [110_000, 3, 'half_up', 36_700],
    [1, 1_000_000, 'ceil', 100],
    [-50, 1, 'half_up', 0],
    [-51, 1, 'half_up', -100],
    [-1, 1, 'floor', -100],
    [-1, 1, 'ceil', 0],
  ])('%i/%i %s → %i', (numerator, denominator, mode, expected) => {
    expect(roundToUnit(ratio(numerator, denominator), 100, mode)).toBe(expected);
  });

  it('exact refuses what is left over', () => {
    expect(() => roundToUnit(ratio(10_001), 100, 'exact')).toThrow('amount_not_whole_fen');
    expect(() => roundToUnit(ratio(1, 3), 1, 'exact')).toThrow('amount_not_whole_fen');
  });
});

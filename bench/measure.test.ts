import { describe, expect, it } from 'vitest';
import { measureOf, meets, median, percentile, roundOf } from './measure.js';

describe('the middle of measurements', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[1, 2, 3, 10], 2.5],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('does not exist without any', () => {
    expect(() => median([])).toThrow('no values');
  });

  it.each([
    [0, 1],
    [50, 51],
    [99, 100],
    [100, 101],
  ])('the %d-th percentile of 1…101 is %d', (percent, value) => {
    expect(
      percentile(
        Array.from({ length: 101 }, (_, i) => 101 - i),
        percent,
      ),
    ).toBe(value);
  });
});

describe('a goal', () => {
  it.each([
    [0.85, { atLeast: 0.85 }, true],
    [0.8499, { atLeast: 0.85 }, false],
    [3, { atMost: 3 }, true],
    [3.01, { atMost: 3 }, false],
  ])('%d against %j', (value, goal, met) => {
    expect(meets(value, goal)).toBe(met);
  });

  it('is met by the median of the rounds’ ratios, not by the ratio of their medians', () => {
    const rounds = [roundOf('ours', 1, 1), roundOf('bare', 9, 10), roundOf('ours', 8, 4)];
    const measure = measureOf('work', 'per second', rounds, { atLeast: 0.95 });
    expect(measure).toMatchObject({ median: { ours: 8, bare: 4 }, ratio: 1, met: true });
  });

  it('is not met where none is set', () => {
    expect(measureOf('work', 'ms', [roundOf('ours', 1, 2)]).met).toBeNull();
  });
});

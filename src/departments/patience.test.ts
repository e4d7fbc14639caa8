import { describe, expect, it } from 'vitest';
import { patienceMs, pollingPatienceMs } from './patience.js';

const HOUR = 3_600_000;

describe('how often a department that fails is asked again', () => {
  it('a few times at once, then hourly for two days, then daily', () => {
    const waits = Array.from({ length: 60 }, (_, index) => patienceMs(index + 1));
    expect(waits.slice(0, 3)).toEqual([1_000, 5_000, 25_000]);
    expect(waits.slice(3, 51)).toEqual(Array.from({ length: 48 }, () => HOUR));
    expect(waits.slice(51)).toEqual(Array.from({ length: 9 }, () => 24 * HOUR));
  });
  it('later when the department asks for it, and never later than a day', () => {
    expect(patienceMs(1, 90_000)).toBe(90_000);
    expect(patienceMs(10, 90_000)).toBe(HOUR);
    expect(patienceMs(1, 30 * 24 * HOUR)).toBe(24 * HOUR);
  });
});

describe('how often a department that is polled is asked whether the answer is there', () => {
  it('a few times soon, then hourly for a day, then daily', () => {
    const waits = Array.from({ length: 40 }, (_, index) => pollingPatienceMs(index + 1));
    expect(waits.slice(0, 4)).toEqual([2_000, 30_000, 300_000, 1_800_000]);
    expect(waits.slice(4, 28)).toEqual(Array.from({ length: 24 }, () => HOUR));
    expect(waits.slice(28)).toEqual(Array.from({ length: 12 }, () => 24 * HOUR));
  });
  it('later when the department asks for it, and never later than a day', () => {
    expect(pollingPatienceMs(1, 90_000)).toBe(90_000);
    expect(pollingPatienceMs(10, 90_000)).toBe(HOUR);
    expect(pollingPatienceMs(1, 30 * 24 * HOUR)).toBe(24 * HOUR);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Refusals } from '../casefile/gateway.js';
import { instant } from '../terms/index.js';
import { createRefusalCounter } from './refusal-counter.js';

const EVERY = 1_000;
let written: (readonly Refusals[])[];
let broken: boolean;
const counter = () =>
  createRefusalCounter({
    write: (refusals) => {
      if (broken) return Promise.reject(new Error('away'));
      written.push(refusals);
      return Promise.resolve();
    },
    everyMs: EVERY,
    real: () => instant(Date.now()),
  });

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  broken = false;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('refused callbacks', () => {
  it('a flood of them is one write at once and one a second, and none is missed', async () => {
    const { refused } = counter();
    refused('bank', 'signature');
    await vi.advanceTimersByTimeAsync(0);
    for (let n = 0; n < 5_000; n += 1) refused('bank', 'signature');
    refused('tax', 'timestamp');
    await vi.advanceTimersByTimeAsync(EVERY - 1);
    expect(written).toEqual([[{ source: 'bank', reason: 'signature', count: 1 }]]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written[1]).toEqual([
      { source: 'bank', reason: 'signature', count: 5_000 },
      { source: 'tax', reason: 'timestamp', count: 1 },
    ]);
    await vi.advanceTimersByTimeAsync(10 * EVERY);
    expect(written).toHaveLength(2);
  });

  it('what could not be written is written with the next', async () => {
    const { refused } = counter();
    broken = true;
    refused('bank', 'signature');
    await vi.advanceTimersByTimeAsync(0);
    broken = false;
    refused('bank', 'signature');
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(written).toEqual([[{ source: 'bank', reason: 'signature', count: 2 }]]);
  });
});

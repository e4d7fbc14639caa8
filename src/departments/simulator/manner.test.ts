import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannerOf } from './manner.js';
import type { Profile } from './profile.js';

const HOUR = 3_600_000;
const manner = (profile: Profile, seed = 1, question: readonly (string | number)[] = ['bank', 'x', 0]) =>
  mannerOf({ profile, seed, question });

describe('mannerOf', () => {
  it.each<[string, Profile, number, number]>([
    ['prompt: an hour', { kind: 'prompt' }, HOUR, 1],
    ['slow without jitter: three days', { kind: 'slow', jitter: 0 }, 72 * HOUR, 1],
    ['slow in its own time', { kind: 'slow', delayHours: 720, jitter: 0 }, 720 * HOUR, 1],
    ['doubles with its own number', { kind: 'doubles', copies: 5 }, HOUR, 5],
    ['at once', { kind: 'prompt', delayHours: 0 }, 0, 1],
  ])('%s', (_, profile, delayMs, copies) => {
    expect(manner(profile)).toEqual({ kind: 'after', delayMs, copies });
  });

  it('silent: never, whatever else it says', () => {
    expect(manner({ kind: 'silent', delayHours: 1, copies: 3 })).toEqual({ kind: 'never' });
  });

  it('keeps within its jitter, in whole seconds, and never answers before the question', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (seed, delayHours, jitter) => {
          const { delayMs } = manner({ kind: 'slow', delayHours, jitter }, seed) as { delayMs: number };
          expect(delayMs % 1000).toBe(0);
          expect(delayMs).toBeGreaterThanOrEqual(Math.max(0, delayHours - jitter) * HOUR);
          expect(delayMs).toBeLessThanOrEqual((delayHours + jitter) * HOUR + 1000);
        },
      ),
    );
  });

  it('doubles sends two or three copies, both of which occur', () => {
    const copies = Array.from({ length: 50 }, (_, nth) => manner({ kind: 'doubles' }, 1, ['bank', 'x', nth]));
    expect(new Set(copies.map((m) => (m.kind === 'after' ? m.copies : 0)))).toEqual(new Set([2, 3]));
  });

  it('depends on seed and question only', () => {
    expect(manner({ kind: 'slow' }, 7)).toEqual(manner({ kind: 'slow' }, 7));
    expect(manner({ kind: 'slow' }, 7)).not.toEqual(manner({ kind: 'slow' }, 8));
    expect(manner({ kind: 'slow' }, 7)).not.toEqual(manner({ kind: 'slow' }, 7, ['bank', 'y', 0]));
  });
});

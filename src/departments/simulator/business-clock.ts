import { instant } from '../../terms/dates.js';
import type { Instant } from '../../terms/dates.js';

/** Business time as real time plus an offset. */
export interface BusinessClock {
  now(): Instant;
  offsetMs(): number;
  /** Moves to an offset. With `onwardOnly` an earlier time than now changes nothing. */
  move(offsetMs: number, mode: 'freely' | 'onwardOnly'): void;
}

export function createBusinessClock(realNow: () => number, initialOffsetMs: number): BusinessClock {
  let offset = initialOffsetMs;
  return {
    now: () => instant(realNow() + offset),
    offsetMs: () => offset,
    move(offsetMs, mode) {
      offset = mode === 'onwardOnly' ? Math.max(offset, offsetMs) : offsetMs;
    },
  };
}

import { clockOffset } from '../casefile/business-clock.js';
import type { Database } from '../casefile/db.js';
import { instant, type Instant } from '../terms/index.js';

/** Real time for signatures and tokens, business time for everything the law counts. */
export interface BusinessTime {
  real(): Instant;
  now(): Promise<Instant>;
  /** Business time minus real time, in milliseconds. */
  offset(): Promise<number>;
  /** The same in whole seconds, as a workflow carries it. */
  offsetSeconds(): Promise<number>;
}

export function businessTime(database: Database, mode: 'simulated' | 'production'): BusinessTime {
  const real = () => instant(Date.now());
  const offset = () => (mode === 'simulated' ? clockOffset(database) : Promise.resolve(0));
  const offsetSeconds = async () => Math.round((await offset()) / 1000);
  return { real, offset, offsetSeconds, now: async () => instant(real() + (await offset())) };
}

import { instant, type Instant } from '../../terms/index.js';
import { firstOfEach, windowMs, type Access, type Signal, type SignalContext } from './access.js';
import { noOpenCase, sequenceBrowsing } from './browsing.js';
import { isOffHours, nightBegan, offHours } from './off-hours.js';
import { colleague, namesake, noGround } from './persons.js';

export type { Access, Signal, SignalContext } from './access.js';

const PATTERNS = [offHours, sequenceBrowsing, colleague, namesake, noOpenCase, noGround];

/**
 * What an auditor should be told about the accesses of one member of staff. A signal stops nothing and is no finding:
 * a person looks, and says whether it is explained.
 * @param accesses oldest first, from {@link lookBack} of the first new one on
 */
export const signalsIn = (accesses: readonly Access[], context: SignalContext): Signal[] =>
  firstOfEach(PATTERNS.flatMap((pattern) => pattern(accesses, context)));

/** From when on accesses must be known to judge one at `at`. */
export function lookBack(at: Instant, context: SignalContext): Instant {
  const window = instant(at - windowMs(context.rule));
  return isOffHours(at, context) ? instant(Math.min(window, nightBegan(at, context.hours))) : window;
}

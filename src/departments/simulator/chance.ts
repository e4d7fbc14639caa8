import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that depends on the seed and on what it is for, not on the order of requests:
 * two runs in which questions race each other still behave alike.
 */
export function chance(seed: number, ...purpose: readonly (string | number)[]): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, ...purpose]))
    .digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}

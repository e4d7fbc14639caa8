import type { Round } from './measure.js';

export const ROUNDS = 5;

export interface Pair<T> {
  readonly first: Round['first'];
  readonly ours: T;
  readonly bare: T;
}

/**
 * Runs both sides `rounds` times in turn, and another goes first each time: what warms up, throttles or fills a cache
 * does it to both.
 */
export async function interleave<T>(sides: {
  ours: (round: number) => Promise<T>;
  bare: (round: number) => Promise<T>;
  rounds?: number;
}): Promise<Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let round = 0; round < (sides.rounds ?? ROUNDS); round += 1) {
    if (round % 2 === 0) {
      const ours = await sides.ours(round);
      pairs.push({ first: 'ours', ours, bare: await sides.bare(round) });
    } else {
      const bare = await sides.bare(round);
      pairs.push({ first: 'bare', ours: await sides.ours(round), bare });
    }
  }
  return pairs;
}

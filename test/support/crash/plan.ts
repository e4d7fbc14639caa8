import { chance } from '../../../src/departments/simulator/chance.js';
import { FAILPOINT_NAMES, type Failpoint } from '../../../src/terms/index.js';

/** Every process of an installation. */
export const KINDS = ['worker', 'api', 'departments', 'temporal', 'postgres'] as const;
export type Kind = (typeof KINDS)[number];

export interface Kill {
  readonly kind: Kind;
  /** Real time since everything ran again. */
  readonly afterMs: number;
}

export interface Death {
  readonly at: Failpoint;
  /** At which passing. */
  readonly nth: number;
}

export interface PlanOptions {
  readonly seed: number;
  /** So many kills of every kind. */
  readonly each: number;
  /** The longest time that everything runs between two kills. */
  readonly longestMs: number;
  /** Default: every one. */
  readonly failpoints?: readonly Failpoint[] | undefined;
}

const SHORTEST_MS = 200;
const PASSINGS = 3;

/** Who is killed when, and where processes kill themselves: the same for the same seed. */
export function planOf(options: PlanOptions): { kills: readonly Kill[]; deaths: readonly Death[] } {
  const { seed, each, longestMs, failpoints = FAILPOINT_NAMES } = options;
  const all = KINDS.flatMap((kind) => Array.from({ length: each }, (_, nth) => ({ kind, nth })));
  const kills = all
    .map(({ kind, nth }) => ({
      order: chance(seed, 'order', kind, nth),
      kill: {
        kind,
        afterMs: Math.round(SHORTEST_MS + chance(seed, 'pause', kind, nth) * (longestMs - SHORTEST_MS)),
      },
    }))
    .sort((a, b) => a.order - b.order)
    .map(({ kill }) => kill);
  const deaths = failpoints.map((at) => ({
    at,
    // The sweep tells a desk only what the door could not: one passing is all there may be.
    nth: at.startsWith('sweep.') ? 1 : 1 + Math.floor(chance(seed, 'passing', at) * PASSINGS),
  }));
  return { kills, deaths };
}

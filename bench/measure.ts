/** One round: ours and bare, measured one after the other on the same machine. */
export interface Round {
  readonly first: 'ours' | 'bare';
  readonly ours: number;
  readonly bare: number;
  /** ours ÷ bare */
  readonly ratio: number;
}

/** What the ratio has to reach; a bound on `ours` itself where there is nothing to compare with. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One figure of a bench, compared over all its rounds. */
export interface Measure {
  readonly what: string;
  readonly unit: string;
  readonly rounds: readonly Round[];
  readonly median: { readonly ours: number; readonly bare: number };
  /** Median of the rounds' ratios. */
  readonly ratio: number;
  readonly goal: Goal | null;
  /** Null where nothing is demanded. */
  readonly met: boolean | null;
}

/** @throws when there is nothing to take the middle of */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Linear between neighbours, so that the median of an even number of values is their middle. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('no values');
  const sorted = values.toSorted((a, b) => a - b);
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

export const meets = (value: number, goal: Goal): boolean =>
  'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;

export function measureOf(
  what: string,
  unit: string,
  rounds: readonly Round[],
  goal: Goal | null = null,
): Measure {
  const ratio = median(rounds.map((round) => round.ratio));
  return {
    what,
    unit,
    rounds,
    median: {
      ours: median(rounds.map((round) => round.ours)),
      bare: median(rounds.map((round) => round.bare)),
    },
    ratio,
    goal,
    met: goal && meets(ratio, goal),
  };
}

export const roundOf = (first: Round['first'], ours: number, bare: number): Round => ({
  first,
  ours,
  bare,
  ratio: ours / bare,
});

/** How a draw is made. Its name is stored with each draw, so that a later way of drawing never explains an earlier one. */
export const SAMPLING = 'sha256-rank/1';

export interface Draw {
  readonly seed: string;
  /** Case numbers that could be drawn, each once. */
  readonly population: readonly string[];
  /** 1 to 100: the share that is looked at again, rounded up to whole cases. */
  readonly percent: number;
}

/**
 * A fair sample: every case gets a rank from the seed and its own number, and the first share is drawn. Nothing about a
 * household enters, so nothing about one can make it likelier; whoever has the seed and the numbers draws the same.
 * @param hash SHA-256 in hex
 */
export function drawSample({ seed, population, percent }: Draw, hash: (text: string) => string): string[] {
  if (!Number.isInteger(percent) || percent < 1 || percent > 100)
    throw new RangeError(`not a share in percent: ${percent}`);
  const size = Math.ceil((new Set(population).size * percent) / 100);
  return [...new Set(population)]
    .map((caseNo) => ({ caseNo, rank: hash(`${SAMPLING} ${seed} ${caseNo}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ caseNo }) => caseNo)
    .toSorted();
}

/** The population as one text, for its hash: sorted, one number a line. */
export const populationText = (population: readonly string[]): string =>
  [...new Set(population)].toSorted().join('\n');

import { sumFen, type FactCategory, type Fen, type Month, type Source } from '../terms/index.js';
import type { StandingFact, WeighedFact } from './adoptable.js';
import { isAbout, topics } from './adoption.js';

/** A line of the comparison as it is printed: one for each person, category, period and source that speaks of it. */
export interface ReportLine {
  readonly personId: string | null;
  readonly category: FactCategory;
  readonly from: Month;
  readonly to: Month;
  /** Null: no source stated anything. */
  readonly source: Source | null;
  readonly declaredFen: Fen | null;
  readonly verifiedFen: Fen | null;
  readonly adoptedFen: Fen | null;
  readonly chosenBy: 'rule' | 'person' | null;
}

/** Several facts of one side for the same months are one sum; what two sources say stays two lines. */
export function reportLines({
  declared,
  answered,
  adopted,
}: {
  readonly declared: readonly WeighedFact[];
  readonly answered: readonly WeighedFact[];
  readonly adopted: readonly StandingFact[];
}): ReportLine[] {
  return topics(declared, answered, adopted).flatMap((topic) => {
    const facts = [...declared, ...answered, ...adopted].filter((fact) => isAbout(topic, fact));
    const periods = new Map(
      facts.map(({ periodFrom, periodTo }) => [`${periodFrom} ${periodTo}`, [periodFrom, periodTo] as const]),
    );
    return [...periods.values()].flatMap(([from, to]) => {
      const here = <F extends WeighedFact>(side: readonly F[]): F[] =>
        side.filter((fact) => isAbout(topic, fact) && fact.periodFrom === from && fact.periodTo === to);
      const stated = here(answered);
      const standing = here(adopted);
      const sources = [...new Set(stated.flatMap(({ source }) => source ?? []))];
      return (sources.length > 0 ? sources : [null]).map((source) => ({
        ...topic,
        from,
        to,
        source,
        declaredFen: total(here(declared)),
        verifiedFen: total(stated.filter((fact) => fact.source === source)),
        adoptedFen: total(standing),
        chosenBy: standing[0]?.by ?? null,
      }));
    });
  });
}

/** Nothing stated is no zero. */
const total = (facts: readonly WeighedFact[]): Fen | null =>
  facts.length === 0 ? null : sumFen(facts.map(({ amountFen }) => amountFen));

import { fen, type AdoptionEntry, type FactKind, type Instant, type Source } from '../terms/index.js';
import type { StatedFact } from './adoption.js';
import type { AdoptedFact } from './income.js';

/** A fact with what the rule takes it for. */
export interface WeighedFact extends StatedFact {
  readonly kind: FactKind;
}

/** An adopted fact that no later one corrects, and what it rests on. */
export interface StandingFact extends WeighedFact {
  readonly declaredFactId: string | null;
  readonly answerFactId: string | null;
  readonly documentId: string | null;
  readonly by: 'rule' | 'person';
  readonly at: Instant;
}

/** All but the reason, which is the person's own. */
export type ProposedEntry = Omit<AdoptionEntry, 'reasonCode'>;

/** One thing that can be adopted for a person and category: what one side states, or nothing. */
export interface Adoptable {
  readonly origin: 'declared' | 'source' | 'none';
  /** Whose statement, when it is a source's. */
  readonly source: Source | null;
  readonly facts: readonly WeighedFact[];
  /** What `adopt` has to be given for it, besides the reason. */
  readonly entries: readonly ProposedEntry[];
}

interface Sides {
  readonly declared: readonly WeighedFact[];
  /** What each source that speaks of this states; empty when it says that there is nothing. */
  readonly stated: ReadonlyMap<Source, readonly WeighedFact[]>;
  readonly standing: readonly StandingFact[];
}

/**
 * Everything that a person may adopt: the declaration, one of several declared facts alone, what each source states, and
 * nothing. A side that states nothing is no option of its own.
 */
export function adoptables({ declared, stated, standing }: Sides): Adoptable[] {
  const spoken = [...declared, ...[...stated.values()].flat()];
  const option = (
    origin: Adoptable['origin'],
    facts: readonly WeighedFact[],
    source: Source | null = null,
  ) => ({
    origin,
    source,
    facts,
    entries: entriesFor(facts, standing, spoken),
  });
  const singly = declared.length > 1 ? declared.map((fact) => option('declared', [fact])) : [];
  return [
    ...(declared.length > 0 ? [option('declared', declared), ...singly] : []),
    ...[...stated].flatMap(([source, facts]) => (facts.length > 0 ? [option('source', facts, source)] : [])),
    ...(spoken.length > 0 || standing.length > 0 ? [option('none', [])] : []),
  ];
}

/** What stands after these entries, the rest as it is: what the means test is asked about before anybody adopts. */
export function afterwards(
  standing: readonly StandingFact[],
  entries: readonly ProposedEntry[],
): AdoptedFact[] {
  const corrected = new Set(entries.flatMap(({ supersedes }) => supersedes ?? []));
  return [
    ...standing
      .filter(({ id }) => !corrected.has(id))
      .map((row) => ({ id: row.id, memberRef: row.personId, ...saying(row) })),
    ...entries.flatMap(({ fact, declaredFactId, answerFactId, supersedes }) =>
      fact
        ? [
            {
              id: answerFactId ?? declaredFactId ?? supersedes ?? '',
              memberRef: fact.person ?? null,
              ...saying(fact),
            },
          ]
        : [],
    ),
  ];
}

const saying = ({
  kind,
  category,
  amountFen,
  periodFrom,
  periodTo,
}: Omit<WeighedFact, 'id' | 'personId'>) => ({
  kind,
  category,
  amountFen,
  periodFrom,
  periodTo,
});

/**
 * Each fact takes the place of one that stands. What is left standing beyond them becomes zero, and where nothing stands
 * a zero says on what it rests that there is nothing: a question is settled by a fact, not by silence about it.
 */
function entriesFor(
  facts: readonly WeighedFact[],
  standing: readonly StandingFact[],
  spoken: readonly WeighedFact[],
): ProposedEntry[] {
  const adopted = facts.map((fact, at) => ({ ...stating(fact), ...superseding(standing[at]) }));
  const given = standing.slice(facts.length).map((row) => ({ ...nothing(row), ...superseding(row) }));
  const [first] = spoken;
  if (adopted.length + given.length > 0 || !first) return [...adopted, ...given];
  return [nothing(first)];
}

const superseding = (row: StandingFact | undefined) => (row ? { supersedes: row.id } : {});

function stating(fact: WeighedFact | StandingFact): ProposedEntry {
  const { personId } = fact;
  return { fact: { ...(personId !== null && { person: personId }), ...saying(fact) }, ...citation(fact) };
}

/** Of one month, so that no window of income cuts through it. */
function nothing(fact: WeighedFact | StandingFact): ProposedEntry {
  return stating({ ...fact, amountFen: fen(0), periodFrom: fact.periodTo });
}

function citation(fact: WeighedFact | StandingFact): ProposedEntry {
  if (!('by' in fact))
    return fact.source === undefined ? { declaredFactId: fact.id } : { answerFactId: fact.id };
  const { declaredFactId, answerFactId, documentId } = fact;
  return {
    ...(declaredFactId !== null && { declaredFactId }),
    ...(answerFactId !== null && { answerFactId }),
    ...(documentId !== null && { documentId }),
  };
}

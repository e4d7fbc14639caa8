import { CATEGORIES_OF, type FactCategory, type Fen, type Month, type Source } from '../terms/index.js';

export interface StatedFact {
  readonly id: string;
  readonly personId: string | null;
  /** Who stated it; absent for what the household declared. */
  readonly source?: Source;
  readonly category: FactCategory;
  readonly amountFen: Fen;
  readonly periodFrom: Month;
  readonly periodTo: Month;
}

/** How far the question to a source about a person has come. `unanswered` is silence, never `none`. */
export interface AskedSource {
  readonly personId: string;
  readonly source: Source;
  /** Of what it learns all there is. A category that no source covers rests on the declaration. */
  readonly covers: readonly FactCategory[];
  readonly standing: 'pending' | 'found' | 'none' | 'unanswered';
}

export type AdoptionRule = 'declared_no_source' | 'declared_matches_register';

export interface RuleAdoption {
  readonly declaredFactId: string;
  readonly answerFactId: string | null;
  readonly rule: AdoptionRule;
}

/** What only a person can settle: which fact to rest on, for this person and category. */
export interface OpenQuestion {
  readonly personId: string | null;
  readonly category: FactCategory;
  readonly why: 'contradiction' | 'unanswered';
}

export interface AdoptionInput {
  readonly declared: readonly StatedFact[];
  readonly answered: readonly StatedFact[];
  readonly asked: readonly AskedSource[];
}

/**
 * Which declared facts a rule may adopt, and what is left to a person (DIBAO-2021 art. 13–17).
 * A rule adopts only what nobody contradicts; a difference is a question, never a suspicion.
 */
export function adoptions({ declared, answered, asked }: AdoptionInput): {
  adopt: RuleAdoption[];
  open: OpenQuestion[];
} {
  const adopt: RuleAdoption[] = [];
  const open: OpenQuestion[] = [];
  for (const { personId, category } of topics(declared, answered)) {
    const stated = declared.filter((fact) => fact.personId === personId && fact.category === category);
    const found = answered.filter((fact) => fact.personId === personId && fact.category === category);
    const covering = asked.filter((each) => each.personId === personId && each.covers.includes(category));
    if (covering.length === 0 && found.length === 0) {
      adopt.push(
        ...stated.map((fact) => ({
          declaredFactId: fact.id,
          answerFactId: null,
          rule: 'declared_no_source' as const,
        })),
      );
      continue;
    }
    if (covering.some(({ standing }) => standing === 'pending')) continue;
    if (covering.some(({ standing }) => standing === 'unanswered')) {
      open.push({ personId, category, why: 'unanswered' });
      continue;
    }
    // Each source is compared by itself: two that state one wage do not make two wages.
    const speaking = new Set([...covering.map(({ source }) => source), ...found.map((fact) => fact.source)]);
    const views = [...speaking].map((source) =>
      matchUp(
        stated,
        found.filter((fact) => fact.source === source),
        category,
      ),
    );
    const [pairs] = views;
    if (pairs && views.every((view) => view !== undefined))
      adopt.push(
        ...pairs.map(([fact, answer]) => ({
          declaredFactId: fact.id,
          answerFactId: answer.id,
          rule: 'declared_matches_register' as const,
        })),
      );
    else open.push({ personId, category, why: 'contradiction' });
  }
  return { adopt, open };
}

function topics(...lists: (readonly StatedFact[])[]): { personId: string | null; category: FactCategory }[] {
  const seen = new Map<string, { personId: string | null; category: FactCategory }>();
  for (const { personId, category } of lists.flat())
    seen.set(`${personId ?? ''}/${category}`, { personId, category });
  return [...seen.values()];
}

/** One answer for each declared fact and none left over; otherwise undefined. */
function matchUp(
  stated: readonly StatedFact[],
  found: readonly StatedFact[],
  category: FactCategory,
): [StatedFact, StatedFact][] | undefined {
  if (stated.length !== found.length) return undefined;
  const left = [...found];
  const pairs: [StatedFact, StatedFact][] = [];
  for (const fact of stated) {
    const at = left.findIndex(
      (answer) => answer.amountFen === fact.amountFen && (isBalance(category) || samePeriod(fact, answer)),
    );
    const [answer] = at < 0 ? [] : left.splice(at, 1);
    if (!answer) return undefined;
    pairs.push([fact, answer]);
  }
  return pairs;
}

/** What is there on a day, and belongs to no period. */
const isBalance = (category: FactCategory): boolean => CATEGORIES_OF.property.includes(category);

const samePeriod = (a: StatedFact, b: StatedFact): boolean =>
  a.periodFrom === b.periodFrom && a.periodTo === b.periodTo;

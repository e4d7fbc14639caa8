import {
  CATEGORIES_OF,
  type FactCategory,
  type Fen,
  type Instant,
  type Month,
  type Source,
} from '../terms/index.js';

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
  /** Of what it can state something at all: nothing is adopted without it while its answer may still come. */
  readonly mayState: readonly FactCategory[];
  readonly standing: 'pending' | 'found' | 'none' | 'unanswered';
  /** When it took back what it had answered before; null when it never did. */
  readonly correctedAt: Instant | null;
  /** It stated something else as well. Heard before what holds, that was taken back; heard after it, it never held. */
  readonly saidOtherwise: boolean;
}

/** What stands adopted, as far as a question needs to know it. */
export interface Choice {
  readonly personId: string | null;
  readonly category: FactCategory;
  readonly by: 'rule' | 'person';
  readonly at: Instant;
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

/** What a line is about: a person (null: the household) and a category. */
export type Topic = Pick<OpenQuestion, 'personId' | 'category'>;
export const isAbout = (a: Topic, b: Topic): boolean =>
  a.personId === b.personId && a.category === b.category;

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
    const awaited = asked.some(
      (each) => each.personId === personId && each.standing === 'pending' && each.mayState.includes(category),
    );
    if (awaited) continue;
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

/**
 * Open questions that no person has settled. A rule settles none: where it adopted something before a source said
 * otherwise, a person is asked. Nor does a choice that was made before its source took the answer back.
 */
export function unsettled(
  open: readonly OpenQuestion[],
  chosen: readonly Choice[],
  asked: readonly AskedSource[],
): OpenQuestion[] {
  return open.filter((question) => {
    const corrected = lastCorrection(question, asked);
    return !chosen.some(
      (choice) =>
        isAbout(choice, question) && choice.by === 'person' && (corrected === null || choice.at > corrected),
    );
  });
}

/** When a source that speaks of this last took something back; null when none did. */
export function lastCorrection({ personId, category }: Topic, asked: readonly AskedSource[]): Instant | null {
  const times = asked.flatMap((each) =>
    each.personId === personId && each.mayState.includes(category) && each.correctedAt !== null
      ? [each.correctedAt]
      : [],
  );
  return times.reduce<Instant | null>((last, at) => (last === null || at > last ? at : last), null);
}

export function topics(...lists: (readonly Topic[])[]): Topic[] {
  const seen = new Map<string, Topic>();
  for (const { personId, category } of lists.flat())
    seen.set(`${personId ?? ''}/${category}`, { personId, category });
  return [...seen.values()];
}

/** One answer for each declared fact and none left over; otherwise undefined. */
export function matchUp<A extends Said, B extends Said>(
  stated: readonly A[],
  found: readonly B[],
  category: FactCategory,
): [A, B][] | undefined {
  if (stated.length !== found.length) return undefined;
  const left = [...found];
  const pairs: [A, B][] = [];
  for (const fact of stated) {
    const at = left.findIndex((answer) => saysTheSame(fact, answer, category));
    const [answer] = at < 0 ? [] : left.splice(at, 1);
    if (!answer) return undefined;
    pairs.push([fact, answer]);
  }
  return pairs;
}

/** The same amount for the same months; what is there on a day belongs to no months. */
export const saysTheSame = (a: Said, b: Said, category: FactCategory): boolean =>
  a.amountFen === b.amountFen && (isBalance(category) || samePeriod(a, b));

type Said = Pick<StatedFact, 'amountFen' | 'periodFrom' | 'periodTo'>;
export const isBalance = (category: FactCategory): boolean => CATEGORIES_OF.property.includes(category);

const samePeriod = (a: Said, b: Said): boolean => a.periodFrom === b.periodFrom && a.periodTo === b.periodTo;

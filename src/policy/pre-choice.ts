import type { FactCategory, Source } from '../terms/index.js';
import type { Adoptable } from './adoptable.js';
import { isBalance, matchUp } from './adoption.js';
import type { BenefitOutlook } from './benefit-on.js';

/** Why an option lies on top. */
export type PreChoiceRule = 'sources_agree' | 'register_complete' | 'later_valuation';

export interface Weighed extends Adoptable {
  /** The benefit if this were adopted, everything else as it stands. */
  readonly outlook: BenefitOutlook;
  /** It is what stands adopted now. */
  readonly stands: boolean;
}

/**
 * Which option of an open line a rule lays on top for the person who has to choose. It adopts nothing: without a
 * person's command the line stays open.
 *
 * - `sources_agree`: two sources or more state the same, and none states anything else.
 * - `register_complete`: of the sources that state something, the one that knows all there is of the kind states it
 *   (DIBAO-2021 art. 17): a register goes before a declaration.
 * - `later_valuation`: of property, the statement of the latest month (a balance is worth what it is on a day, art. 14).
 *
 * Never pre-chosen is what a department's silence would be, nor "there is nothing": that a register does not know of an
 * income is no proof against the household's own word, and taking it for one would be a guess. And a single source may not
 * lay on top what leaves the household with less than its own declaration or than what stands: one register that
 * contradicts a family is a question to it (art. 18: it is told, and may object), and a default that costs it money would
 * answer that question before anybody asked. Where two sources say the same independently the contradiction is confirmed,
 * and a person who lets it stand has been shown both. Where the cost cannot be computed yet nothing is pre-chosen.
 */
export function preChoice(
  category: FactCategory,
  options: readonly Weighed[],
  complete: readonly Source[],
): { readonly option: Weighed; readonly rule: PreChoiceRule } | null {
  const stated = options.filter(({ origin }) => origin === 'source');
  const [first] = stated;
  if (!first) return null;
  if (stated.length > 1 && stated.every((each) => matchUp(first.facts, each.facts, category)))
    return costKnown(first) ? { option: first, rule: 'sources_agree' } : null;
  const chosen = register(stated, complete) ?? later(category, stated);
  if (!chosen) return null;
  const before = options.filter((each) => each.stands || each === declaration(options));
  return before.every((each) => noLess(chosen.option, each)) ? chosen : null;
}

const costKnown = ({ outlook }: Weighed): boolean => 'monthlyBenefitFen' in outlook;

/** What the household itself says; that it has nothing, when it declared nothing. */
const declaration = (options: readonly Weighed[]): Weighed | undefined =>
  options.find(({ origin }) => origin === 'declared') ?? options.find(({ origin }) => origin === 'none');

const noLess = ({ outlook }: Weighed, { outlook: than }: Weighed): boolean =>
  'monthlyBenefitFen' in outlook &&
  'monthlyBenefitFen' in than &&
  outlook.monthlyBenefitFen >= than.monthlyBenefitFen;

function register(stated: readonly Weighed[], complete: readonly Source[]) {
  const knowing = stated.filter(({ source }) => source !== null && complete.includes(source));
  const [option] = knowing;
  return option && knowing.length === 1 ? { option, rule: 'register_complete' as const } : null;
}

function later(category: FactCategory, stated: readonly Weighed[]) {
  if (!isBalance(category)) return null;
  const month = ({ facts }: Weighed): string =>
    facts
      .map(({ periodTo }) => periodTo)
      .toSorted()
      .at(-1) ?? '';
  const latest = stated.map(month).toSorted().at(-1);
  const [option, another] = stated.filter((each) => month(each) === latest);
  return option && !another ? { option, rule: 'later_valuation' as const } : null;
}

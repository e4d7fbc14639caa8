import { CATEGORIES_OF, type RuleInput, type Source } from '../terms/codes.js';
import { nextMonth } from '../terms/dates.js';
import type { DepartmentAnswer, Fact, LookupItem } from './contract.js';
import { definitionsIn, SourceInvalid } from './definitions.js';
import { isAmount, type Amount, type Item, type Meaning, type SourceDefinition } from './source.js';

/** Every file of `sources/` is a source. In the order of their names. */
export const SOURCE_BOOK: readonly SourceDefinition[] = (
  await definitionsIn<SourceDefinition>(new URL('./sources/', import.meta.url), 'source')
).map(checked);
export const SOURCES: readonly Source[] = SOURCE_BOOK.map(({ code }) => code);
export const isSource = (text: string): boolean => SOURCES.includes(text);

const ITEMS = new Map<LookupItem, Item>();
for (const { code, items } of SOURCE_BOOK)
  for (const [item, definition] of Object.entries(items)) {
    // An item is known by its own name in records and on the wire: no two sources may share one.
    if (ITEMS.has(item)) throw new SourceInvalid(`${code}: item ${item} is another source’s already`);
    ITEMS.set(item, definition);
  }
export const ALL_ITEMS: readonly LookupItem[] = [...ITEMS.keys()];

/** Those that never call: the house comes for their answers. */
export const POLLED: readonly Source[] = SOURCE_BOOK.filter(({ wire }) => wire === 'polling').map(
  ({ code }) => code,
);

/** @throws {SourceInvalid} when there is no such source */
export function sourceOf(code: Source): SourceDefinition {
  const found = SOURCE_BOOK.find((each) => each.code === code);
  if (!found) throw new SourceInvalid(`there is no source ${code}`);
  return found;
}

export const itemsOf = (source: Source): readonly LookupItem[] => Object.keys(sourceOf(source).items);

/** Those of its items that one of these inputs of a rule needs. */
export const itemsFor = (source: Source, inputs: readonly RuleInput[]): readonly LookupItem[] =>
  Object.entries(sourceOf(source).items)
    .filter(([, { settles }]) => settles.some((input) => inputs.includes(input)))
    .map(([item]) => item);

/** Those of these items that a text of this version names, so that whoever signed it agreed to them. */
export const namedIn = (textVersion: string, items: readonly LookupItem[]): readonly LookupItem[] =>
  items.filter((item) => {
    const since = ITEMS.get(item)?.since;
    return since === undefined || since <= textVersion;
  });

/** True when every item is one the source can be asked for. */
export const belongTo = (source: Source, items: readonly LookupItem[]): boolean =>
  items.every((item) => itemsOf(source).includes(item));

export const categoriesOf = (item: LookupItem): readonly string[] =>
  Object.keys(ITEMS.get(item)?.answers ?? {});

/** What a fact means; undefined when it does not answer its item. */
export const meaningOf = ({ item, category }: Pick<Fact, 'item' | 'category'>): Meaning | undefined =>
  ITEMS.get(item)?.answers[category];

const amountsOf = (items: readonly LookupItem[]): Amount[] =>
  items.flatMap((item) => Object.values(ITEMS.get(item)?.answers ?? {}).filter(isAmount));

/** An answer cut to what a question asks: who was asked for more has answered for less, too. */
export function onlyItems(answer: DepartmentAnswer, items: readonly LookupItem[]): DepartmentAnswer {
  const facts = answer.facts.filter(({ item }) => items.includes(item));
  return { ...answer, facts, outcome: facts.length > 0 ? 'found' : 'none' };
}

/** Of what such a question learns all there is, so that nothing found contradicts a declaration. */
export const coveredBy = (items: readonly LookupItem[]): Amount['category'][] => [
  ...new Set(
    amountsOf(items)
      .filter(({ complete }) => complete)
      .map(({ category }) => category),
  ),
];

/** Of what such a question may learn something, whether or not it is all there is. */
const statedBy = (items: readonly LookupItem[]): Amount['category'][] => [
  ...new Set(amountsOf(items).map(({ category }) => category)),
];

/** How far the answer to such a question reaches. */
export const reachOf = (items: readonly LookupItem[]) => ({
  covers: coveredBy(items),
  mayState: statedBy(items),
});

/** Whether an amount is larger than anything real: yuan were taken for ten thousand yuan, and a person has to look. */
export function implausible(fact: Fact): boolean {
  const meaning = meaningOf(fact);
  if (!meaning || !isAmount(meaning) || fact.amountFen === undefined) return false;
  const { fen, per } = meaning.most;
  return fact.amountFen > fen * (per === 'month' ? monthsOf(fact) : 1);
}

function monthsOf({ periodFrom, periodTo }: Fact): number {
  if (periodFrom === undefined || periodTo === undefined) return 1;
  let months = 1;
  for (let month = periodFrom; month < periodTo; month = nextMonth(month)) months += 1;
  return months;
}

/** From what a source states to what the rule weighs. */
export const valued = (source: Source, facts: readonly Fact[]): readonly Fact[] =>
  (sourceOf(source).valuation ?? ((each) => each))(facts);

function checked(definition: SourceDefinition): SourceDefinition {
  const { code, items } = definition;
  const wrong = (reason: string) => new SourceInvalid(`${code}: ${reason}`);
  if (Object.keys(items).length === 0) throw wrong('has no items');
  for (const [item, { settles, answers }] of Object.entries(items)) {
    if (settles.length === 0) throw wrong(`nothing needs ${item}`);
    for (const meaning of Object.values(answers))
      if (isAmount(meaning) && !CATEGORIES_OF[meaning.kind].includes(meaning.category))
        throw wrong(`${item}: ${meaning.category} is no ${meaning.kind}`);
  }
  return definition;
}

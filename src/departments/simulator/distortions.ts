import { isAmount } from '../source.js';
import { categoriesOf, meaningOf } from '../sources.js';
import type { DepartmentAnswer, Fact, LookupItem } from '../contract.js';
import type { Fen } from '../../terms/fen.js';
import type { IdNumber } from '../../terms/ids.js';

// What a wrong answer says instead of a right one. Pure: an answer in, an answer or something like one out. Results need
// not fit the contract; that is what most of them are for.

/** What was asked for; a department that makes something up stays within it. */
type Items = readonly LookupItem[];

/** The first category of an item that is about money. */
const moneyOf = (item: LookupItem): string | undefined =>
  categoriesOf(item).find((category) => {
    const meaning = meaningOf({ item, category });
    return meaning !== undefined && isAmount(meaning);
  });

/** 100 yuan, or a word, about the first of the items that is about money, else about the first. */
function madeUp(items: Items): Fact[] {
  const item = items.find((each) => moneyOf(each) !== undefined) ?? items[0];
  if (item === undefined) return [];
  const category = moneyOf(item);
  if (category !== undefined) return [{ item, category, amountFen: 10_000 as Fen }];
  return [{ item, category: categoriesOf(item)[0] ?? '', text: '农业户口' }];
}

/** An answer that says something, so that there is something to get wrong. */
const telling = (answer: DepartmentAnswer, items: Items): DepartmentAnswer =>
  answer.outcome === 'found' ? answer : { ...answer, outcome: 'found', facts: madeUp(items) };

const withAmounts = (answer: DepartmentAnswer, change: (fen: number) => number): DepartmentAnswer => ({
  ...answer,
  facts: answer.facts.map((fact) =>
    fact.amountFen === undefined ? fact : { ...fact, amountFen: change(fact.amountFen) as Fen },
  ),
});

/** Same name, another ID number: one digit of the serial differs. */
export function aboutNamesake(answer: DepartmentAnswer, items: Items): DepartmentAnswer {
  const { idNumber, name } = answer.subject;
  const digit = (Number(idNumber[15]) + 1) % 10;
  const other = `${idNumber.slice(0, 15)}${digit}${idNumber.slice(16)}` as IdNumber;
  return { ...telling(answer, items), subject: { idNumber: other, name } };
}

/** "We do not know this person", which is not the contract's "nothing found about this person". */
export const notFound = (answer: DepartmentAnswer): object => ({
  ...answer,
  outcome: 'person_not_found',
  facts: [],
});

/** A column kept in 万元 that somebody reads as 元. Nothing found stays nothing. */
export const tenThousandTimes = (answer: DepartmentAnswer): DepartmentAnswer =>
  withAmounts(answer, (fen) => fen * 10_000);

export const twiceAsMuch = (answer: DepartmentAnswer): DepartmentAnswer =>
  withAmounts(answer, (fen) => fen * 2);

/** Money becomes a debt; what has no amount gets one. */
export const negative = (answer: DepartmentAnswer, items: Items): object => ({
  ...telling(answer, items),
  facts: telling(answer, items).facts.map((fact) => ({
    ...fact,
    amountFen: -Number(fact.amountFen ?? 1) || -1,
  })),
});

/** The day that spreadsheets begin with. */
export const in1900 = (answer: DepartmentAnswer, items: Items): object => ({
  ...telling(answer, items),
  facts: telling(answer, items).facts.map(({ periodTo: _, ...fact }) => ({ ...fact, periodFrom: '1900-01' })),
});

/** Nothing where there was something, something where there was nothing. */
export const opposite = (answer: DepartmentAnswer, items: Items): DepartmentAnswer =>
  answer.outcome === 'found' ? { ...answer, outcome: 'none', facts: [] } : telling(answer, items);

import type { FactCategory, FactKind, RuleInput, Source } from '../terms/codes.js';
import type { Fact } from './contract.js';

/**
 * How a source is asked, and how it answers. `callback`: a signed question over HTTP, a signed callback later. `polling`:
 * the same question, and the house comes for the answer. `batch`: files of questions, files of answers.
 */
export type Wire = 'callback' | 'polling' | 'batch';

export interface Name {
  readonly zh: string;
  readonly en: string;
}

/** An amount that the rule weighs. */
export interface Amount {
  readonly kind: FactKind;
  readonly category: FactCategory;
  /**
   * The source knows every one there is, so that its "none" contradicts a declaration. Elsewhere "none" says nothing:
   * whoever earns too little to be taxed is not in the tax register.
   */
  readonly complete?: true;
  /** In fen. More on one line is a mistake of units (元 for 万元), and a person looks at it. */
  readonly most: { readonly fen: number; readonly per: 'month' | 'line' };
}

/** Something that no rule weighs by itself: a task for a person. */
export interface Finding {
  readonly finding: string;
}

/** What a kind of fact means: an amount, something for a person to look into, or nothing that is weighed. */
export type Meaning = Amount | Finding | 'noted';

export interface Item {
  readonly name: Name;
  /** What the rule needs it for. An item that no rule of the programme needs is not asked. */
  readonly settles: readonly RuleInput[];
  /**
   * The first version of the authorisation text (核对授权书) that names it: whoever signed an earlier one did not agree to it.
   * Versions are compared as text. Absent: every version names it.
   */
  readonly since?: string;
  /** The categories of fact that may answer it. */
  readonly answers: Readonly<Record<string, Meaning>>;
}

/** A department or institution that can be asked, in full: one file of `sources/` each. */
export interface SourceDefinition {
  readonly code: Source;
  readonly name: Name;
  /** The ground on which it may be asked. */
  readonly article: string;
  readonly wire: Wire;
  /** What it can bear: questions a minute, and questions under way at once. */
  readonly limits: { readonly perMinute: number; readonly atOnce: number };
  readonly items: Readonly<Record<string, Item>>;
  /** From what the source states to what the rule weighs. Absent: each amount counts as it was stated. */
  readonly valuation?: (facts: readonly Fact[]) => readonly Fact[];
}

export const isAmount = (meaning: Meaning): meaning is Amount =>
  typeof meaning === 'object' && 'category' in meaning;

/** Ten thousand million yuan. A larger sum on one person's line is a unit mistake, not a fact. */
export const MAX_AMOUNT_FEN = 1_000_000_000_000;

/** Yuan a month that nobody who applies has: whoever does should be looked at, and so should the units. */
export const monthly = (yuan: number): Amount['most'] => ({ fen: yuan * 100, per: 'month' });
export const line = (yuan: number): Amount['most'] => ({ fen: yuan * 100, per: 'line' });

/**
 * Accounts, policies or holdings of one item as the one sum that a household declares (rules of valuation: deposits are
 * the sum of balances, securities market value and cash).
 */
export function summedUp(facts: readonly Fact[]): readonly Fact[] {
  const sums = new Map<string, Fact>();
  for (const fact of facts) {
    const key = [fact.item, fact.category, fact.periodFrom, fact.periodTo].join(' ');
    const before = sums.get(key);
    if (fact.amountFen === undefined) sums.set(`${key} ${sums.size}`, fact);
    else if (!before?.amountFen) sums.set(key, fact);
    else
      sums.set(key, { ...before, amountFen: (before.amountFen + fact.amountFen) as typeof fact.amountFen });
  }
  return [...sums.values()];
}

import type { FactCategory, FactKind } from '../terms/codes.js';
import { monthOf, type Month, type PlainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import { fen, sumFen, type Fen } from '../terms/fen.js';

/** A fact that a rule or a named person chose from declaration, answer and proof. */
export interface AdoptedFact {
  readonly id: string;
  /** Whose it is; null for the household's. */
  readonly memberRef: string | null;
  readonly kind: FactKind;
  readonly category: FactCategory;
  /** The whole amount for the period, never per month. Not negative. */
  readonly amountFen: Fen;
  /** First and last month the money is for. Of property: the month in which it was found. */
  readonly periodFrom: Month;
  readonly periodTo: Month;
}

/** The months whose income counts (规定期限), both included. */
export interface IncomeWindow {
  readonly from: Month;
  readonly to: Month;
  readonly months: number;
}

/** What a household's facts add up to within the window. All in fen for the whole window. */
export interface HouseholdIncome {
  readonly byCategory: Readonly<Partial<Record<FactCategory, Fen>>>;
  readonly countedFen: Fen;
  /** What the law leaves out (DIBAO-2021 art. 13, second paragraph). */
  readonly exemptFen: Fen;
  readonly deductedFen: Fen;
  /** Income of months outside the window: seen, not counted. */
  readonly outsideFen: Fen;
  /** Counted less deducted, not below zero: a deduction lowers income, it does not raise the benefit over the standard. */
  readonly countableFen: Fen;
}

/** The full months before the month of the application. */
export function incomeWindow(appliedOn: PlainDate, months: number): IncomeWindow {
  const applied = monthOf(appliedOn);
  return { from: monthsBefore(applied, months), to: monthsBefore(applied, 1), months };
}

/**
 * Adds up the facts of a household.
 * @throws {DomainError} `guard_not_met` with `{ guard: 'income_period', fact, from, to }` when an amount's period lies
 * partly outside the window. Money belongs to the months it is for, so a person splits it; nothing is averaged.
 * @throws {DomainError} `amount_not_whole_fen` when an amount is negative
 */
export function householdIncome(facts: readonly AdoptedFact[], window: IncomeWindow): HouseholdIncome {
  const dated = facts.filter((fact) => fact.kind !== 'property');
  const [astride] = straddling(dated, window);
  if (astride) {
    throw new DomainError('guard_not_met', {
      params: { guard: 'income_period', fact: astride.id, from: window.from, to: window.to },
    });
  }
  if (facts.some((fact) => fact.amountFen < 0)) throw new DomainError('amount_not_whole_fen');
  const inside = dated.filter((fact) => window.from <= fact.periodFrom && fact.periodTo <= window.to);
  const income = inside.filter((fact) => fact.kind === 'income');
  const countedFen = total(income);
  const deductedFen = total(inside.filter((fact) => fact.kind === 'deduction'));
  return {
    byCategory: byCategory(income),
    countedFen,
    exemptFen: total(inside.filter((fact) => fact.kind === 'exempt_income')),
    deductedFen,
    outsideFen: total(dated.filter((fact) => fact.kind === 'income' && !inside.includes(fact))),
    countableFen: fen(Math.max(0, countedFen - deductedFen)),
  };
}

/** Facts about income whose period is neither within nor without the window, or ends before it begins. */
export function straddling(facts: readonly AdoptedFact[], window: IncomeWindow): readonly AdoptedFact[] {
  return facts.filter(({ kind, periodFrom, periodTo }) => {
    if (kind === 'property') return false;
    if (periodTo < periodFrom) return true;
    const apart = periodTo < window.from || window.to < periodFrom;
    return !apart && (periodFrom < window.from || window.to < periodTo);
  });
}

const total = (facts: readonly AdoptedFact[]): Fen => sumFen(facts.map((fact) => fact.amountFen));

function byCategory(facts: readonly AdoptedFact[]): Partial<Record<FactCategory, Fen>> {
  const sums: Partial<Record<FactCategory, Fen>> = {};
  for (const { category, amountFen } of facts) sums[category] = fen((sums[category] ?? 0) + amountFen);
  return sums;
}

function monthsBefore(month: Month, count: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}` as Month;
}

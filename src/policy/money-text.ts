import type { FactCategory } from '../terms/codes.js';
import { fen, yuanText, type Fen } from '../terms/fen.js';
import type { Fraction } from './determination.js';

/** Yuan with thousands separators: `648000` fen → `'6,480'`. */
export function money(amount: Fen): string {
  const [whole = '', part] = yuanText(amount).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part ? `${grouped}.${part}` : grouped;
}

/** An exact amount; where it is not whole fen it is cut, and `…` says so. */
export function exactMoney({ numerator, denominator }: Fraction): string {
  const rest = ((numerator % denominator) + denominator) % denominator;
  const cut = money(fen((numerator - rest) / denominator));
  if (rest === 0) return cut;
  return `${cut.includes('.') ? cut : `${cut}.00`}…`;
}

/** Categories with an amount, in a stable order. */
export function amounts(byCategory: Readonly<Partial<Record<FactCategory, Fen>>>): [FactCategory, Fen][] {
  return (Object.entries(byCategory) as [FactCategory, Fen][]).sort(([a], [b]) => (a < b ? -1 : 1));
}

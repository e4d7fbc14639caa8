import type { Brand } from './brand.js';
import { DomainError } from './errors.js';

/** Money in whole fen (分, 1/100 yuan) as a safe integer. Never a fraction, never a float sum of yuan. */
export type Fen = Brand<number, 'Fen'>;

/** @throws {DomainError} `amount_not_whole_fen` when the number is not a safe integer. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new DomainError('amount_not_whole_fen');
  return value as Fen;
}

const YUAN = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/**
 * Reads a decimal amount in yuan, at most two decimals.
 * @example fenFromYuan('6480') // 648000
 * @throws {DomainError} `amount_not_whole_fen`
 */
export function fenFromYuan(yuan: string): Fen {
  const match = YUAN.exec(yuan);
  if (!match) throw new DomainError('amount_not_whole_fen');
  const [, sign = '', whole = '0', part = ''] = match;
  return fen((sign ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, '0'))));
}

/** `6000` → `'60'`, `6050` → `'60.50'`. */
export function yuanText(amount: Fen): string {
  const sign = amount < 0 ? '-' : '';
  const abs = Math.abs(amount);
  const rest = abs % 100;
  return `${sign}${(abs - rest) / 100}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}

export const sumFen = (amounts: readonly Fen[]): Fen => fen(amounts.reduce<number>((a, b) => a + b, 0));

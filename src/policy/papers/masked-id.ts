import type { Brand } from '../../terms/brand.js';
import type { IdNumber } from '../../terms/ids.js';

/** `441625********1234`: the only form of an ID number that a paper can carry. */
export type MaskedId = Brand<string, 'MaskedId'>;

export const maskId = (number: IdNumber): MaskedId =>
  `${number.slice(0, 6)}********${number.slice(-4)}` as MaskedId;

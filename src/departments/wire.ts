import { z } from 'zod';
import type { Fen } from '../terms/fen.js';
import type { Id, IdNumber } from '../terms/ids.js';
import type { Month } from '../terms/dates.js';
import type { Fact, LookupItem } from './contract.js';
import { isAmount, MAX_AMOUNT_FEN } from './source.js';
import { categoriesOf, meaningOf, SOURCES } from './sources.js';

export const sourceSchema = z.enum(SOURCES);
export const idSchema = z.uuid() as z.ZodType<string> as z.ZodType<Id>;
/** Months before 1950 are typing errors (year 1900 is a common default). */
const monthSchema = z
  .string()
  .regex(/^(19[5-9]\d|20\d\d)-(0[1-9]|1[0-2])$/) as z.ZodType<string> as z.ZodType<Month>;

/** Names hold letters of any script, spaces and the dots minority names are written with; no control characters. */
export const subjectShape = {
  idNumber: z.string().regex(/^\d{17}[\dX]$/) as z.ZodType<string> as z.ZodType<IdNumber>,
  name: z
    .string()
    .max(100)
    .regex(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u),
};
export const subjectSchema = z.strictObject(subjectShape);

/** A fact about one of these items, with the category, amount and months it needs to mean anything. */
export const factSchema = (items: readonly LookupItem[]): z.ZodType<Fact> =>
  z
    .strictObject({
      item: z.enum(items),
      category: z.enum([...new Set(items.flatMap(categoriesOf))]),
      amountFen: (
        z
          .int()
          .min(0)
          .max(MAX_AMOUNT_FEN)
          .describe(
            'Total over the period for income, balance for a deposit; required for both.',
          ) as z.ZodType<number> as z.ZodType<Fen>
      ).optional(),
      periodFrom: monthSchema.optional().describe('First month covered.'),
      periodTo: monthSchema.optional().describe('Last month covered; needs periodFrom.'),
      text: z.string().min(1).max(200).optional(),
    })
    .check((ctx) => {
      const { item, category, amountFen, periodFrom, periodTo } = ctx.value;
      const wrong = (field: string, message: string): void => {
        ctx.issues.push({ code: 'custom', message, path: [field], input: undefined });
      };
      const meaning = meaningOf({ item, category });
      if (!meaning) wrong('category', 'does not answer this item');
      else if (isAmount(meaning) && amountFen === undefined) wrong('amountFen', 'is missing');
      if (periodTo !== undefined && (periodFrom === undefined || periodTo < periodFrom))
        wrong('periodTo', 'lies before periodFrom');
    }) as z.ZodType<unknown> as z.ZodType<Fact>;

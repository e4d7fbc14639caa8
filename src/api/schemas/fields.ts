import { z } from '@hono/zod-openapi';
import { parseIdNumber } from '../../policy/resident-id.js';
import {
  DomainError,
  fen,
  plainDate,
  type DivisionCode,
  type Fen,
  type Month,
  type PlainDate,
} from '../../terms/index.js';

/** A calendar day, `YYYY-MM-DD`, Asia/Shanghai. */
export const day = z
  .string()
  .refine(isDay, 'not a calendar day')
  .transform((text): PlainDate => plainDate(text))
  .openapi({ type: 'string', format: 'date', example: '2026-03-02' });
export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .transform((text) => text as Month)
  .openapi({ type: 'string', example: '2026-02' });
/** Whole fen, not negative. */
export const amount = z
  .int()
  .min(0)
  .max(1_000_000_000_00)
  .transform((value): Fen => fen(value))
  .openapi({ type: 'integer', example: 648000 });
/** A code of ours or of the office: letters, digits, underscores. Never free text. */
export const code = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,63}$/)
  .openapi({ example: 'below_standard' });
export const division = z
  .string()
  .regex(/^\d{6}(\d{3}(\d{3})?)?$/)
  .transform((text) => text as DivisionCode)
  .openapi({ type: 'string', example: '441625103' });
export const codeOf = (digits: number, example: string) =>
  z
    .string()
    .regex(new RegExp(`^\\d{${digits}}$`))
    .transform((text) => text as DivisionCode)
    .openapi({ type: 'string', example });
export const township = codeOf(9, '441625103');
export const village = codeOf(12, '441625103201');
export const uuid = z.uuid();
export const ref = z.string().min(1).max(40).refine(isWellFormed, 'not well-formed Unicode');
/** Text about people, kept encrypted. */
export const freeText = z.string().regex(/\S/).max(4000).refine(isWellFormed, 'not well-formed Unicode');
export const personName = z.string().regex(/\S/).max(100).refine(isWellFormed, 'not well-formed Unicode');

/** Eighteen characters with a true check digit (GB 11643). */
export const idNumber = z
  .string()
  .length(18)
  .refine(checks, 'fails its check digit')
  .transform((text) => text.toUpperCase());

/** No value twice. */
export const isSet = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

export const act = {
  occurredOn: day.openapi({ type: 'string', format: 'date', description: 'The day on the signed paper.' }),
  lateReasonCode: code.optional(),
};

function checks(text: string): boolean {
  try {
    parseIdNumber(text);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

function isDay(text: string): boolean {
  try {
    plainDate(text);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

function isWellFormed(text: string): boolean {
  return (
    !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text) &&
    !text.includes('\u0000')
  );
}

import { z } from '@hono/zod-openapi';
import {
  CATEGORIES_OF,
  DELIVERY_RESULTS,
  DELIVERY_WAYS,
  FACT_CATEGORIES,
  FACT_KINDS,
  VISIT_METHODS,
  type Reporter,
} from '../../terms/index.js';
import { amount, code, freeText, isSet, month, personName, uuid } from './fields.js';

/** What several bodies have in common. */
export const delivered = { how: z.enum(DELIVERY_WAYS), result: z.enum(DELIVERY_RESULTS) };
export const delivery = z.strictObject(delivered);

export const seen = {
  method: z.enum(VISIT_METHODS),
  investigators: z.array(uuid).min(1).max(10).refine(isSet, 'names one twice'),
  householdSignatory: uuid.optional(),
  propertyWithinLimits: z.enum(['yes', 'no', 'not_judged']),
  findings: freeText,
};

const reporter = z.strictObject({
  name: personName,
  phone: z
    .string()
    .regex(/^[+\d][\d -]{4,24}$/)
    .optional(),
}) satisfies z.ZodType<Reporter>;
export const named = { realName: z.boolean(), reporter: reporter.optional() };

/** 实名: with a name, and only then with one. */
export function namedOrNot(
  body: { readonly realName: boolean; readonly reporter?: Reporter | undefined },
  context: z.RefinementCtx,
): void {
  if (body.realName !== (body.reporter !== undefined))
    context.addIssue({
      code: 'custom',
      path: ['reporter'],
      message: 'must be there exactly when realName is true',
    });
}

export const adoptions = z
  .array(
    z.strictObject({
      fact: z
        .strictObject({
          person: uuid.optional(),
          kind: z.enum(FACT_KINDS),
          category: z.enum(FACT_CATEGORIES),
          amountFen: amount,
          periodFrom: month,
          periodTo: month,
        })
        .refine(({ kind, category }) => CATEGORIES_OF[kind].includes(category), {
          path: ['category'],
          message: 'is none of its kind',
        })
        .optional(),
      link: z.strictObject({ id: uuid, verdict: z.enum(['same_person', 'different_persons']) }).optional(),
      requestId: uuid.optional(),
      declaredFactId: uuid.optional(),
      answerFactId: uuid.optional(),
      documentId: uuid.optional(),
      supersedes: uuid.optional(),
      reasonCode: code,
    }),
  )
  .max(100);

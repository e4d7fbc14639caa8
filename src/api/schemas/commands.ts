import { z } from '@hono/zod-openapi';
import {
  CATEGORIES_OF,
  FACT_CATEGORIES,
  FACT_KINDS,
  PAPERS,
  type ApplicationBodies,
} from '../../terms/index.js';
import { consentEntry } from './application.js';
import { BODY_EXAMPLES } from './examples.js';
import { act, amount, code, freeText, isSet, month, uuid } from './fields.js';

const items = z.array(z.enum(PAPERS)).min(1).max(PAPERS.length).refine(isSet, 'names one twice');

/** Bodies of the acts on a case, by path. People are named by the ids that `GET /v1/cases/{caseNo}` shows. */
export const supplementRequest = z
  .strictObject({ ...act, items })
  .openapi('SupplementRequest', { example: BODY_EXAMPLES.supplementRequest }) satisfies z.ZodType<
  ApplicationBodies['request_supplement']
>;
export const supplement = z
  .strictObject({
    ...act,
    items,
    consents: z
      .array(consentEntry.extend({ person: uuid, signedBy: uuid }))
      .max(100)
      .default([]),
  })
  .superRefine(({ consents, occurredOn }, context) => {
    consents.forEach(({ validTo }, at) => {
      if (validTo < occurredOn)
        context.addIssue({
          code: 'custom',
          path: ['consents', at, 'validTo'],
          message: 'lies before occurredOn',
        });
    });
  })
  .openapi('Supplement', { example: BODY_EXAMPLES.supplement }) satisfies z.ZodType<
  ApplicationBodies['supply']
>;
export const acceptance = z
  .strictObject({ ...act, nearRelative: z.boolean().default(false) })
  .openapi('Acceptance', { example: BODY_EXAMPLES.acceptance }) satisfies z.ZodType<
  ApplicationBodies['accept']
>;
export const visit = z
  .strictObject({
    ...act,
    method: z.enum(['home_visit', 'neighbour_inquiry', 'letter_inquiry']),
    investigators: z.array(uuid).min(1).max(10),
    householdSignatory: uuid.optional(),
    propertyWithinLimits: z.enum(['yes', 'no', 'not_judged']),
    findings: freeText,
  })
  .openapi('Visit', { example: BODY_EXAMPLES.visit }) satisfies z.ZodType<ApplicationBodies['record_visit']>;
export const adoption = z
  .strictObject({
    ...act,
    adoptions: z
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
          link: z
            .strictObject({ id: uuid, verdict: z.enum(['same_person', 'different_persons']) })
            .optional(),
          requestId: uuid.optional(),
          declaredFactId: uuid.optional(),
          answerFactId: uuid.optional(),
          documentId: uuid.optional(),
          supersedes: uuid.optional(),
          reasonCode: code,
        }),
      )
      .min(1)
      .max(100),
  })
  .openapi('Adoption', { example: BODY_EXAMPLES.adoption }) satisfies z.ZodType<ApplicationBodies['adopt']>;
export const opinion = z
  .strictObject({
    ...act,
    proposes: z.enum(['grant', 'refuse']),
    reasonCode: code,
    remarks: freeText.optional(),
    objectionFinding: z.enum(['upheld', 'partly_upheld', 'not_upheld']).optional(),
  })
  .openapi('Opinion', { example: BODY_EXAMPLES.opinion }) satisfies z.ZodType<
  ApplicationBodies['form_opinion']
>;
export const notice = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('public'), ...act }),
    z.strictObject({
      kind: z.literal('refusal'),
      ...act,
      how: z.enum(['in_person', 'post', 'left_with_adult', 'village_committee']),
      result: z.enum(['delivered', 'refused', 'undeliverable']),
    }),
  ])
  .openapi('Notice', { example: BODY_EXAMPLES.notice });
export const objection = z
  .strictObject({ ...act, groundCode: code, realName: z.boolean(), text: freeText })
  .openapi('Objection', { example: BODY_EXAMPLES.objection }) satisfies z.ZodType<
  ApplicationBodies['object']
>;
export const countyOpinion = z
  .strictObject({
    ...act,
    proposes: z.enum(['grant', 'refuse']),
    reasonCode: code,
    remarks: freeText.optional(),
  })
  .openapi('CountyOpinion', { example: BODY_EXAMPLES.countyOpinion }) satisfies z.ZodType<
  ApplicationBodies['county_opine']
>;
export const decision = z
  .strictObject({
    ...act,
    kind: z.enum(['confirm', 'refuse', 'return']),
    reasonCode: code,
    remarks: freeText.optional(),
  })
  .openapi('Decision', { example: BODY_EXAMPLES.decision }) satisfies z.ZodType<ApplicationBodies['confirm']>;
/** Branches whose story comes later: who asks is told so by the table. */
export const plainAct = z
  .strictObject({ ...act, reasonCode: code, documentId: uuid.optional() })
  .openapi('PlainAct', { example: BODY_EXAMPLES.plainAct });

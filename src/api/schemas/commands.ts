import { z } from '@hono/zod-openapi';
import { NEAR_RELATIONS, PAPERS, VERIFIABLE_PAPERS, type ApplicationBodies } from '../../terms/index.js';
import { consentEntry } from './application.js';
import { BODY_EXAMPLES } from './examples.js';
import { act, code, freeText, isSet, uuid } from './fields.js';
import { adoptions, delivered, delivery, named, namedOrNot, seen } from './parts.js';

const items = z.array(z.enum(PAPERS)).min(1).max(PAPERS.length).refine(isSet, 'names one twice');

/** Bodies of the acts on a case, by path. People are named by the ids that `GET /v1/cases/{caseNo}` shows. */
export const supplementRequest = z
  .strictObject({
    ...act,
    items: z
      .array(z.enum([...PAPERS, ...VERIFIABLE_PAPERS]))
      .min(1)
      .max(PAPERS.length)
      .refine(isSet, 'names one twice')
      .openapi({ description: 'What verification supplies is refused with `supplied_by_verification`.' }),
    delivery: delivery.optional(),
  })
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
  .strictObject({
    ...act,
    nearRelatives: z
      .array(z.strictObject({ person: uuid, relation: z.enum(NEAR_RELATIONS), handlerId: uuid.optional() }))
      .max(50)
      .default([])
      .openapi({ description: 'As declared; who stands on the roster is found by itself.' }),
    delivery: delivery.optional(),
  })
  .openapi('Acceptance', { example: BODY_EXAMPLES.acceptance }) satisfies z.ZodType<
  ApplicationBodies['accept']
>;
export const visit = z
  .strictObject({
    ...act,
    ...seen,
  })
  .openapi('Visit', { example: BODY_EXAMPLES.visit }) satisfies z.ZodType<ApplicationBodies['record_visit']>;
export const adoption = z
  .strictObject({ ...act, adoptions: adoptions.min(1) })
  .openapi('Adoption', { example: BODY_EXAMPLES.adoption }) satisfies z.ZodType<ApplicationBodies['adopt']>;
export const opinion = z
  .strictObject({
    ...act,
    draftId: uuid.optional(),
    proposes: z.enum(['grant', 'refuse']),
    reasonCode: code,
    remarks: freeText.optional(),
    objectionFinding: z.enum(['upheld', 'partly_upheld', 'not_upheld']).optional(),
  })
  .openapi('Opinion', { example: BODY_EXAMPLES.opinion }) satisfies z.ZodType<
  ApplicationBodies['form_opinion']
>;
const given = { ...act, ...delivered };
export const notice = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('public'),
      ...act,
      photos: z.array(uuid).max(10).refine(isSet, 'names one twice').optional(),
    }),
    z.strictObject({ kind: z.literal('confirmation'), ...given }),
    z.strictObject({ kind: z.literal('refusal'), ...given }),
    z.strictObject({ kind: z.literal('closing'), ...given }),
  ])
  .openapi('Notice', { example: BODY_EXAMPLES.notice });
export const objection = z
  .strictObject({ ...act, ...named, groundCode: code, text: freeText })
  .superRefine(namedOrNot)
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
    kind: z.enum(['confirm', 'refuse', 'return', 'confirm_delegated', 'refuse_delegated']),
    reasonCode: code,
    remarks: freeText.optional(),
  })
  .openapi('Decision', { example: BODY_EXAMPLES.decision }) satisfies z.ZodType<ApplicationBodies['confirm']>;

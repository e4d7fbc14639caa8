import { z } from '@hono/zod-openapi';
import { COMMITTABLE } from '../../policy/application-form.js';
import { SOURCES } from '../../departments/sources.js';
import {
  CAPACITIES,
  EXCLUSION_REASONS,
  FACT_CATEGORIES,
  FACT_KINDS,
  MEMBER_REASONS,
  PAPERS,
  type SubmitBody,
} from '../../terms/index.js';
import { BODY_EXAMPLES } from './examples.js';
import {
  act,
  amount,
  day,
  division,
  idNumber,
  isSet,
  month,
  personName,
  ref,
  township,
  village,
} from './fields.js';
import { contradictions } from './household-rules.js';

const person = {
  ref,
  name: personName,
  idStatus: z.enum(['valid', 'none', 'disputed']),
  idNumber: idNumber.optional(),
  phone: z
    .string()
    .regex(/^[+\d][\d -]{4,24}$/)
    .optional(),
  bankAccount: z
    .string()
    .regex(/^[\d -]{8,40}$/)
    .optional(),
  provisional: z.boolean().default(false),
  hukouType: z.enum(['urban', 'rural', 'unknown']),
  hukouCode: z
    .string()
    .regex(/^\d{6,12}$/)
    .optional(),
  residenceCode: z
    .string()
    .regex(/^\d{6,12}$/)
    .optional(),
  residencePermit: z.boolean().default(false),
};

const member = z.strictObject({
  ...person,
  included: z.boolean().default(true),
  reasonCode: z.enum([...MEMBER_REASONS, ...EXCLUSION_REASONS]),
  capacity: z.enum(CAPACITIES).optional(),
  guardian: ref
    .optional()
    .openapi({ description: 'Who signs for a child, or for an adult without full capacity.' }),
});
const proxy = z.strictObject({
  ...person,
  capacityIn: z.enum(['village_committee', 'relative', 'social_worker', 'other']),
});
const obligor = z.strictObject({ ...person, owesTo: ref, relation: z.string().regex(/^[a-z_]{2,40}$/) });

const sources = z.array(z.enum(SOURCES)).min(1).max(SOURCES.length).refine(isSet, 'names one twice');
const textVersion = z.string().regex(/^[\w.-]{1,20}$/);
const channel = z.enum(['paper', 'digital']);
export const consentEntry = z.strictObject({
  person: ref,
  signedBy: ref,
  sources,
  textVersion,
  channel,
  validTo: day,
});

/** A household knocks. Members name each other by `ref`, which means something inside this one body only. */
export const submitBody = z
  .strictObject({
    ...act,
    place: division,
    township,
    village,
    area: z.enum(['urban', 'rural']),
    applicant: ref,
    members: z.array(member).min(1).max(50),
    obligors: z.array(obligor).max(50).default([]),
    declared: z
      .array(
        z.strictObject({
          member: ref.optional(),
          kind: z.enum(FACT_KINDS),
          category: z.enum(FACT_CATEGORIES),
          amountFen: amount,
          periodFrom: month,
          periodTo: month,
        }),
      )
      .max(500)
      .default([]),
    consents: z
      .array(consentEntry)
      .max(100)
      .default([])
      .openapi({ description: 'Single signatures; obligors sign here, each for themselves.' }),
    authorisation: z
      .strictObject({
        textVersion,
        channel,
        validTo: day,
        sources,
        signatures: z
          .array(z.strictObject({ by: ref }))
          .min(1)
          .max(50),
      })
      .optional()
      .openapi({
        description: 'One form, one signature per adult; each stands for the signer and the signer’s wards.',
      }),
    commitments: z
      .array(
        z.strictObject({
          by: ref,
          kind: z.enum(['truthfulness', 'notice_and_commitment']),
          textVersion,
          covers: z
            .array(z.enum(PAPERS).refine((paper) => COMMITTABLE.includes(paper), 'cannot be replaced'))
            .max(PAPERS.length),
        }),
      )
      .max(50)
      .default([]),
    proxy: proxy.optional(),
    papers: z.array(z.enum(PAPERS)).max(PAPERS.length).refine(isSet, 'names one twice'),
    parametersOn: day.optional(),
  })
  .superRefine((body, context) => {
    for (const { path, message } of contradictions(body))
      context.addIssue({ code: 'custom', path: [...path], message });
  })
  .openapi('Application', { example: BODY_EXAMPLES.application }) satisfies z.ZodType<SubmitBody>;

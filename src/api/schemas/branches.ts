import { z } from '@hono/zod-openapi';
import { SOURCES } from '../../departments/sources.js';
import {
  APPRAISAL_GROUPS,
  EXTENSION_GROUNDS,
  REFUSALS_TO_COOPERATE,
  type ApplicationBodies,
} from '../../terms/index.js';
import { consentEntry } from './application.js';
import { BODY_EXAMPLES } from './examples.js';
import { act, code, day, freeText, isSet, personName, township, uuid, village } from './fields.js';
import { adoptions, delivered, delivery, named, namedOrNot, seen } from './parts.js';

/** Bodies of the acts beside the straight path, by path. */
type Body<K extends keyof ApplicationBodies> = z.ZodType<ApplicationBodies[K]>;

export const reasoned = z
  .strictObject({ ...act, reasonCode: code, remarks: freeText.optional() })
  .openapi('Reasoned', { example: BODY_EXAMPLES.reasoned }) satisfies Body<'return_file'>;
export const signatures = z
  .strictObject({
    ...act,
    consents: z
      .array(consentEntry.extend({ person: uuid, signedBy: uuid }))
      .max(100)
      .default([]),
    refusals: z
      .array(
        z.strictObject({
          person: uuid,
          sources: z.array(z.enum(SOURCES)).min(1).max(SOURCES.length).refine(isSet, 'names one twice'),
          reasonCode: code,
        }),
      )
      .max(100)
      .default([]),
    withdrawals: z
      .array(z.strictObject({ person: uuid }))
      .max(100)
      .optional()
      .openapi({
        description:
          'Who takes back every signature of theirs in this file: nothing more is asked about them, and what is answered from then on is not read.',
      }),
  })
  .refine(
    ({ consents, refusals, withdrawals = [] }) => consents.length + refusals.length + withdrawals.length > 0,
    { path: ['consents'], message: 'nobody signed, nobody refused and nobody withdrew' },
  )
  .openapi('Signatures', { example: BODY_EXAMPLES.signatures }) satisfies Body<'record_consents'>;
export const cooperation = z
  .strictObject({
    ...act,
    division: township,
    duty: z.enum(['home_visit', 'neighbour_inquiry']),
    person: uuid,
  })
  .openapi('Cooperation', { example: BODY_EXAMPLES.cooperation }) satisfies Body<'request_cooperation'>;
export const cooperationCancellation = z
  .strictObject({ ...act, cooperationId: uuid, reasonCode: code })
  .openapi('CooperationCancellation', {
    example: BODY_EXAMPLES.cooperationCancellation,
  }) satisfies Body<'cancel_cooperation'>;
/** Without the id: the path names the cooperation. */
export const cooperationReport = z
  .strictObject({ ...act, ...seen })
  .openapi('CooperationReport', { example: BODY_EXAMPLES.cooperationReport });
export const handOver = z
  .strictObject({
    ...act,
    township,
    village,
    reasonCode: z.enum(['household_moved', 'hukou_moved']),
    documentId: uuid,
  })
  .openapi('HandOver', { example: BODY_EXAMPLES.handOver }) satisfies Body<'hand_over'>;
export const findingsNotice = z
  .strictObject({ ...act, delivery })
  .openapi('FindingsNotice', { example: BODY_EXAMPLES.findingsNotice }) satisfies Body<'inform_findings'>;
export const verificationObjection = z
  .strictObject({
    ...act,
    groundCode: code,
    documentId: uuid,
    values: z.array(uuid).min(1).max(50).refine(isSet, 'names a value twice').optional(),
  })
  .openapi('VerificationObjection', {
    example: BODY_EXAMPLES.verificationObjection,
  }) satisfies Body<'object_to_verification'>;
export const recheck = z
  .strictObject({
    ...act,
    finding: z.enum(['upheld', 'partly_upheld', 'not_upheld']),
    adoptions: adoptions.default([]),
    values: z
      .array(
        z
          .strictObject({
            answerFactId: uuid,
            verdict: z.enum(['confirmed', 'corrected']),
            documentId: uuid.optional(),
            reasonCode: code,
          })
          .refine(({ verdict, documentId }) => verdict === 'confirmed' || documentId !== undefined, {
            path: ['documentId'],
            message: 'a correction needs its proof',
          }),
      )
      .max(50)
      .refine((values) => isSet(values.map(({ answerFactId }) => answerFactId)), 'names a value twice')
      .optional(),
    reasonCode: code,
  })
  .openapi('Recheck', { example: BODY_EXAMPLES.recheck }) satisfies Body<'recheck'>;
export const lookAgain = z
  .strictObject({ ...act, requestId: uuid, reasonCode: code })
  .openapi('LookAgain', { example: BODY_EXAMPLES.lookAgain }) satisfies Body<'look_again'>;
export const opinionDraft = z
  .strictObject({
    ...act,
    proposes: z.enum(['grant', 'refuse']),
    reasonCode: code,
    remarks: freeText.optional(),
  })
  .openapi('OpinionDraft', { example: BODY_EXAMPLES.opinionDraft }) satisfies Body<'draft_opinion'>;
export const appraisal = z
  .strictObject({
    ...act,
    calledOn: day,
    venue: personName,
    chair: personName,
    recorder: personName,
    participants: z
      .array(z.strictObject({ group: z.enum(APPRAISAL_GROUPS), name: personName }))
      .min(1)
      .max(200),
    votes: z.strictObject({
      truthful: z.int().min(0).max(200),
      untruthful: z.int().min(0).max(200),
      abstained: z.int().min(0).max(200),
    }),
    steps: z.array(freeText).length(5),
  })
  .openapi('Appraisal', { example: BODY_EXAMPLES.appraisal }) satisfies Body<'hold_appraisal'>;
export const report = z
  .strictObject({
    ...act,
    ...named,
    groundCode: code,
    channel: z.enum(['window', 'hotline', 'letter', 'online']),
    text: freeText,
  })
  .superRefine(namedOrNot)
  .openapi('Report', { example: BODY_EXAMPLES.report }) satisfies Body<'report'>;
export const reportAnswer = z
  .strictObject({
    ...act,
    ...delivered,
    finding: z.enum(['confirmed', 'partly_confirmed', 'not_confirmed']),
    checked: freeText,
    measures: freeText.optional(),
  })
  .openapi('ReportAnswer', { example: BODY_EXAMPLES.reportAnswer });
export const publication = z
  .strictObject(act)
  .openapi('Publication', { example: BODY_EXAMPLES.publication }) satisfies Body<'publish'>;
export const withdrawal = z
  .strictObject({ ...act, documentId: uuid, signedBy: uuid })
  .openapi('Withdrawal', { example: BODY_EXAMPLES.withdrawal }) satisfies Body<'withdraw'>;
export const extension = z
  .strictObject({ ...act, ground: z.enum(EXTENSION_GROUNDS) })
  .openapi('Extension', { example: BODY_EXAMPLES.extension }) satisfies Body<'extend'>;
export const warning = z
  .strictObject({
    ...act,
    person: uuid,
    refusal: z.enum(REFUSALS_TO_COOPERATE),
    delivery: delivery.optional(),
  })
  .openapi('Warning', { example: BODY_EXAMPLES.warning }) satisfies Body<'warn'>;
export const termination = z
  .strictObject({
    ...act,
    warningId: uuid,
    reasonCode: z.enum(REFUSALS_TO_COOPERATE),
    remarks: freeText.optional(),
  })
  .openapi('Termination', { example: BODY_EXAMPLES.termination }) satisfies Body<'terminate'>;
export const paperDelivery = z
  .strictObject({ ...act, documentId: uuid, person: uuid.optional(), ...delivered })
  .openapi('PaperDelivery', { example: BODY_EXAMPLES.paperDelivery }) satisfies Body<'record_delivery'>;

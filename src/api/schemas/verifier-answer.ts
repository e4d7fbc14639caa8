import { z } from '@hono/zod-openapi';
import { SOURCES } from '../../departments/sources.js';
import { CANNOT_VERIFY_REASONS } from '../../terms/index.js';
import { VERIFICATION_EXAMPLES } from './verification-examples.js';
import { amount, code, month } from './fields.js';

const fact = z.strictObject({
  item: code.openapi({ example: 'deposits' }),
  category: code.openapi({ example: 'deposit' }),
  amountFen: amount.optional(),
  periodFrom: month.optional(),
  periodTo: month.optional(),
  text: z.string().min(1).max(200).optional(),
});

/** 有 / 无 / 无法核实: what a verifier can say to one question. */
export const verifierAnswer = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('found'), facts: z.array(fact).min(1).max(200) }),
    z.strictObject({ outcome: z.literal('none') }),
    z.strictObject({ outcome: z.literal('cannot_verify'), reasonCode: z.enum(CANNOT_VERIFY_REASONS) }),
  ])
  .openapi('VerifierAnswer', { example: VERIFICATION_EXAMPLES.verifierAnswer });
export type VerifierAnswer = z.infer<typeof verifierAnswer>;

/** A file as `GET /v1/verification/query-file` is answered with one. */
export const answersFile = z
  .strictObject({ source: z.enum(SOURCES), content: z.base64().min(4) })
  .openapi('AnswersFile', { example: VERIFICATION_EXAMPLES.answersFile });

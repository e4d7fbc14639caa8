import { z } from 'zod';
import { CANNOT_VERIFY_REASONS, type CannotVerifyReason } from '../terms/codes.js';
import { parseJsonBody } from './json-body.js';
import { MAX_ANSWER_BYTES } from './answer-schema.js';
import { idSchema, sourceSchema, subjectSchema } from './wire.js';
import type { BodyFault } from './json-body.js';
import type { DepartmentAnswer, Result } from './contract.js';

/** 无法核实: somebody looked and cannot say. A person's word only: a machine that cannot say keeps silent. */
export interface CannotVerify extends Omit<DepartmentAnswer, 'outcome' | 'facts'> {
  readonly outcome: 'cannot_verify';
  readonly reasonCode: CannotVerifyReason;
}

const cannotVerifySchema: z.ZodType<CannotVerify> = z.strictObject({
  answerId: idSchema,
  requestId: idSchema,
  source: sourceSchema,
  answeredAt: z.iso.datetime({ offset: true }),
  subject: subjectSchema,
  outcome: z.literal('cannot_verify'),
  reasonCode: z.enum(CANNOT_VERIFY_REASONS),
});

/** Reads what a verifier entered, when it says that nothing can be said. Anything else is an answer like a callback's. */
export const parseCannotVerify = (body: Uint8Array): Result<CannotVerify, BodyFault> =>
  parseJsonBody({ schema: cannotVerifySchema, body, maxBytes: MAX_ANSWER_BYTES });

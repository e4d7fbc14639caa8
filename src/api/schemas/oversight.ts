import { z } from '@hono/zod-openapi';
import { NEAR_RELATIONS, SIGNAL_CONCLUSIONS } from '../../terms/index.js';
import { BODY_EXAMPLES } from './examples.js';
import { act, code, day, division, idNumber, personName, uuid } from './fields.js';

/** Bodies about who handles cases and how they are looked at again. */
export const rosterEntry = z
  .strictObject({
    handlerId: uuid.optional().openapi({ description: 'The handler, when it is one of the staff.' }),
    committeeMember: personName
      .optional()
      .openapi({ description: 'A member of a village committee, by name.' }),
    division,
    relative: personName,
    idNumber,
    relation: z.enum(NEAR_RELATIONS),
    validFrom: day,
  })
  .refine(({ handlerId, committeeMember }) => (handlerId === undefined) !== (committeeMember === undefined), {
    path: ['handlerId'],
    message: 'either a handler or a committee member',
  })
  .openapi('RosterEntry', { example: BODY_EXAMPLES.rosterEntry });
export const rosterEnd = z
  .strictObject({ endedFrom: day })
  .openapi('RosterEnd', { example: BODY_EXAMPLES.rosterEnd });
export const sample = z
  .strictObject({
    from: day,
    to: day,
    seed: z
      .string()
      .regex(/^[\x21-\x7e]{8,128}$/)
      .optional()
      .openapi({ description: 'Drawn by lot in public, say. Without one the house makes it and prints it.' }),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'lies before from' })
  .openapi('SampleAsked', { example: BODY_EXAMPLES.sample });
export const sampleFinding = z
  .strictObject({ ...act, finding: z.enum(['in_order', 'needs_review']), reasonCode: code })
  .openapi('SampleFinding', { example: BODY_EXAMPLES.sampleFinding });
export const lookupRelease = z
  .strictObject({ ...act, reasonCode: code })
  .openapi('LookupRelease', { example: BODY_EXAMPLES.lookupRelease });
export const signalConclusion = z
  .strictObject({ conclusion: z.enum(SIGNAL_CONCLUSIONS), reasonCode: code })
  .openapi('SignalConclusion', { example: BODY_EXAMPLES.signalConclusion });

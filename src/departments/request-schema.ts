import { z } from 'zod';
import { VERIFICATION_PURPOSES } from '../terms/codes.js';
import { plainDate } from '../terms/dates.js';
import { idSchema, sourceSchema, subjectSchema } from './wire.js';
import { ALL_ITEMS, belongTo } from './sources.js';
import type { PlainDate } from '../terms/dates.js';
import type { LookupRequest } from './contract.js';

const isDay = (text: string): boolean => {
  try {
    plainDate(text);
    return true;
  } catch {
    return false;
  }
};

const questionShape = {
  requestId: idSchema,
  source: sourceSchema,
  purpose: z.enum(VERIFICATION_PURPOSES),
  caseRef: z.string().min(8).max(100),
  consentHash: z.string().regex(/^[0-9a-f]{64}$/),
  items: z.array(z.enum(ALL_ITEMS)).min(1).max(20),
  subject: subjectSchema,
  asOf: z
    .string()
    .refine(isDay)
    .transform((text) => text as PlainDate),
  dueAt: z.iso.datetime({ offset: true }),
};
const ofTheSource = ({ source, items }: Pick<LookupRequest, 'source' | 'items'>): boolean =>
  belongTo(source, items);
const notOfIt = { path: ['items'], error: 'not for this source' };

/** A question as a department receives it. Strict: whatever else a house sent would be more than it may. */
export const requestSchema: z.ZodType<LookupRequest> = z
  .strictObject({ ...questionShape, callbackUrl: z.url({ protocol: /^https?$/ }).max(500) })
  .refine(ofTheSource, notOfIt);

/** The same as a row of a file. */
export const batchQuestionSchema: z.ZodType<Omit<LookupRequest, 'callbackUrl'>> = z
  .strictObject(questionShape)
  .refine(ofTheSource, notOfIt);

import { z } from 'zod';
import { DEPARTMENT_FAULTS, FAULT_CODES } from './faults.js';
import type { FaultCode } from './faults.js';

/** How a department behaves. Hours are business time, 24 a day. */
export interface Profile {
  kind: 'prompt' | 'slow' | 'doubles' | 'silent';
  delayHours?: number | undefined;
  jitter?: number | undefined;
  copies?: number | undefined;
  /** For each fault, the share of questions that it befalls, 0 to 1; 1 altogether at most. */
  faults?: Readonly<Partial<Record<FaultCode, number>>> | undefined;
  /** Faults of taking spoil every attempt at a question instead of the first one to three. */
  lasting?: boolean | undefined;
}

export const PROFILE_KINDS = [
  'prompt',
  'slow',
  'doubles',
  'silent',
] as const satisfies readonly Profile['kind'][];

const HOURS_OF_A_LEAP_YEAR = 8_784;
/** Ten tenths, added up, are not quite one. */
const ROUNDING = 1e-9;

const profileWith = (faults: [FaultCode, ...FaultCode[]]): z.ZodType<Profile> =>
  z.strictObject({
    kind: z
      .enum(PROFILE_KINDS)
      .describe(
        'prompt: one answer after 1 hour. slow: one answer after 72 hours, up to 12 earlier or later. ' +
          'doubles: 2 or 3 copies after 1 hour. silent: takes the question and never answers.',
      ),
    delayHours: z
      .number()
      .min(0)
      .max(HOURS_OF_A_LEAP_YEAR)
      .optional()
      .describe('Business hours, 24 a day, between question and answer.'),
    jitter: z
      .number()
      .min(0)
      .max(HOURS_OF_A_LEAP_YEAR)
      .optional()
      .describe('The most hours by which the answer comes earlier or later; the seed decides.'),
    copies: z.int().min(1).max(5).optional().describe('How often each answer is sent, with one webhook id.'),
    faults: z
      .partialRecord(z.enum(faults), z.number().min(0).max(1))
      .refine((rates) => Object.values(rates).reduce((sum, rate) => sum + rate, 0) <= 1 + ROUNDING, {
        error: 'rates come to more than 1',
      })
      .optional()
      .describe(
        'For each fault of docs/department-faults.md the share of questions that it befalls, instead of the kind; ' +
          '1 altogether at most. The seed decides which.',
      ),
    lasting: z
      .boolean()
      .optional()
      .describe('Faults of taking a question spoil every attempt instead of the first one to three.'),
  });

export const profileSchema = profileWith(DEPARTMENT_FAULTS);
/** Of a platform, which can do more wrong. */
export const platformProfileSchema = profileWith(FAULT_CODES);

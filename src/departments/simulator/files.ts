import { z } from 'zod';
import { itemsOf, SOURCES } from '../sources.js';
import { factSchema, subjectShape } from '../wire.js';
import type { Fact, Source, Subject } from '../contract.js';

/** What one department holds about one person. */
export type Entry = Subject & { facts: readonly Fact[] };
/** A source that is absent answers about nobody; a source that does not list a person answers "none". */
export type Registers = { readonly [S in Source]?: readonly Entry[] | undefined };
/** `schemas/register.json`. */
export interface RegisterFile {
  $schema?: string | undefined;
  registers: Registers;
}

/** How a department behaves. Hours are business time, 24 a day. */
export interface Profile {
  kind: 'prompt' | 'slow' | 'doubles' | 'silent';
  delayHours?: number | undefined;
  jitter?: number | undefined;
  copies?: number | undefined;
}
export type Profiles = { readonly [S in Source]?: Profile | undefined };

/** Room for a township. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;
const HOURS_OF_A_LEAP_YEAR = 8_784;

const entries = (source: Source): z.ZodType<readonly Entry[] | undefined> =>
  z
    .array(z.strictObject({ ...subjectShape, facts: z.array(factSchema(itemsOf(source))).max(200) }))
    .max(20_000)
    .optional();

export const registerFileSchema: z.ZodType<RegisterFile> = z
  .strictObject({
    $schema: z.string().optional(),
    registers: z
      .strictObject(Object.fromEntries(SOURCES.map((source) => [source, entries(source)] as const)))
      .describe('An absent source never answers. A source that does not list a person answers "none".'),
  })
  .describe('What the simulated departments hold about people.');

const profile: z.ZodType<Profile | undefined> = z
  .strictObject({
    kind: z
      .enum(['prompt', 'slow', 'doubles', 'silent'])
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
  })
  .optional();

/** `schemas/department-profile.json`, without the `$schema` that editors want. */
export const profileFileSchema: z.ZodType<Profiles> = z
  .strictObject({
    $schema: z.string().optional(),
    ...Object.fromEntries(SOURCES.map((source) => [source, profile] as const)),
  })
  .describe('How each simulated department behaves; an absent source is prompt.')
  .transform(({ $schema: _, ...profiles }) => profiles);

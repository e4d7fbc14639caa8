import { z } from 'zod';
import { PLATFORMS } from '../platforms.js';
import { itemsOf, SOURCES } from '../sources.js';
import { factSchema, subjectShape } from '../wire.js';
import { platformProfileSchema, profileSchema } from './profile.js';
import type { Fact, Source, Subject } from '../contract.js';
import type { Profile } from './profile.js';

/** What one department holds about one person, and the mistakes it makes with it. */
export type Entry = Subject & {
  facts: readonly Fact[];
  /** People about whom it answers with this entry by mistake: it looked for the name, not for the number. */
  mistakenFor?: readonly string[] | undefined;
  /** What it says instead, some days after its first answer. */
  correction?: { afterDays: number; facts: readonly Fact[] } | undefined;
};
/** A source that is absent answers about nobody; a source that does not list a person answers "none". */
export type Registers = { readonly [S in Source]?: readonly Entry[] | undefined };
/** `schemas/register.json`. */
export interface RegisterFile {
  $schema?: string | undefined;
  registers: Registers;
}

export type Profiles = { readonly [S in Source]?: Profile | undefined };

/** Room for a township. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** One entry of the register of a source, in a register file or a household file. */
export function entrySchema(source: Source): z.ZodType<Entry> {
  const facts = z.array(factSchema(itemsOf(source))).max(200);
  return z.strictObject({
    ...subjectShape,
    facts,
    mistakenFor: z
      .array(subjectShape.idNumber)
      .max(20)
      .optional()
      .describe('ID numbers of namesakes about whom it answers with this entry by mistake.'),
    correction: z
      .strictObject({ afterDays: z.int().min(1).max(366), facts })
      .optional()
      .describe('What it says instead, that many days after its first answer.'),
  });
}

const entries = (source: Source): z.ZodType<readonly Entry[] | undefined> =>
  z.array(entrySchema(source)).max(20_000).optional();

export const registerFileSchema: z.ZodType<RegisterFile> = z
  .strictObject({
    $schema: z.string().optional(),
    registers: z
      .strictObject(Object.fromEntries(SOURCES.map((source) => [source, entries(source)] as const)))
      .describe('An absent source never answers. A source that does not list a person answers "none".'),
  })
  .describe('What the simulated departments hold about people.');

const profile = profileSchema.optional();
const platformProfile = platformProfileSchema.optional();

/** `schemas/department-profile.json`, without the `$schema` that editors want. */
export const profileFileSchema: z.ZodType<Profiles> = z
  .strictObject({
    $schema: z.string().optional(),
    ...Object.fromEntries(SOURCES.map((source) => [source, profile] as const)),
    ...Object.fromEntries(PLATFORMS.map((platform) => [platform, platformProfile] as const)),
  })
  .describe('How each simulated department and platform behaves; an absent one is prompt.')
  .transform(({ $schema: _, ...profiles }) => profiles);

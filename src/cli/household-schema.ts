import { z } from 'zod';
import { entrySchema } from '../departments/simulator/files.js';
import { subjectShape } from '../departments/wire.js';
import type { Source } from '../departments/contract.js';
import { SOURCES } from '../departments/sources.js';
import { APPLICATION_COMMANDS } from '../policy/application.js';
import { parseIdNumber } from '../policy/resident-id.js';
import {
  EXCLUSION_REASONS,
  FACT_CATEGORIES,
  FACT_KINDS,
  MEMBER_REASONS,
  ROLES,
  plainDate,
} from '../terms/index.js';

/** Messages complete the sentence "PATH …" and never hold a value: a household file is about people. */
const holds = (check: (text: string) => unknown) => (text: string) => {
  try {
    check(text);
    return true;
  } catch {
    return false;
  }
};

const date = z
  .string('must be a day, YYYY-MM-DD')
  .refine(holds(plainDate), 'must be a day of the calendar, YYYY-MM-DD')
  .meta({ format: 'date' });
const month = z
  .string('must be a month, YYYY-MM')
  .regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM');
const ref = z
  .string('must be a text')
  .regex(/^[A-Za-z][\w-]{0,31}$/, 'must begin with a letter and hold at most 32 letters, digits, - and _');
const code = z
  .string('must be a division code in quotes')
  .regex(/^\d{6}(\d{3}(\d{3})?)?$/, 'must be a division code of 6, 9 or 12 digits');

const idNumber = z
  .string('must be an ID number in quotes, or null')
  .regex(/^\d{17}[\dXx]$/, 'must have 17 digits and a check character')
  .refine(holds(parseIdNumber), 'fails its check digit or date of birth (GB 11643)')
  .nullable()
  .describe('Null: no ID. Use invented numbers; the check character must be right.');

const person = {
  ref: ref.describe('How this file names the person.'),
  name: subjectShape.name,
  idNumber,
  idStatus: z
    .enum(['valid', 'none', 'disputed'])
    .optional()
    .describe('Default: valid with a number, none without.'),
  provisional: z.boolean().optional().describe('Default false. True: not yet known who this is.'),
  hukouType: z.enum(['urban', 'rural', 'unknown']),
  hukouCode: code.optional(),
  residenceCode: code.optional(),
  residencePermit: z.boolean().optional().describe('Default false.'),
  phone: z
    .string()
    .regex(/^\+?\d{5,15}$/, 'must be 5 to 15 digits')
    .optional(),
  bankAccount: z
    .string()
    .regex(/^\d{8,32}$/, 'must be 8 to 32 digits')
    .optional(),
};

const member = z.strictObject({
  ...person,
  reasonCode: z
    .enum([...MEMBER_REASONS, ...EXCLUSION_REASONS])
    .describe(
      'Why the person belongs to the household, or does not (DIBAO-2021 art. 7). One is the applicant.',
    ),
  included: z.boolean().optional().describe('Default: what reasonCode says.'),
});

const obligor = z.strictObject({
  ...person,
  hukouType: person.hukouType.optional().describe('Default unknown.'),
  owesTo: ref.describe('The member who is owed support.'),
  relation: z
    .string('must be a text')
    .regex(/^[a-z_]{2,40}$/, 'must be a code such as adult_child: small letters and _'),
});

const declared = z.strictObject({
  member: ref.optional().describe('Absent: the household as a whole.'),
  kind: z.enum(FACT_KINDS),
  category: z.enum(FACT_CATEGORIES),
  amountFen: z
    .int('must be a whole number of fen')
    .min(0, 'must not be negative')
    .max(100_000_000_000, 'is too large for one household')
    .describe('The whole amount of periodFrom–periodTo in fen (1/100 yuan), never per month.'),
  periodFrom: month,
  periodTo: month,
});

const entries = (source: Source) => z.array(entrySchema(source)).max(1_000).optional();

const event = z.strictObject({
  on: date,
  as: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{1,40}$/, 'must be a staff subject such as clerk-1, or a role')
    .describe(`A seeded staff subject, or a role: ${ROLES.join(', ')}.`),
  do: z.enum(APPLICATION_COMMANDS).describe('A command of the application procedure.'),
  body: z
    .record(z.string(), z.json())
    .optional()
    .describe('Laid over what the straight path would send. Members by ref, staff by subject.'),
});

/** `schemas/household.json`. What spans several entries is checked by `householdIssues`. */
export const householdSchema = z
  .strictObject({
    $schema: z.string().optional(),
    place: code.describe(
      'The county, township or village of the application. Seeded: 441625 Dongyuan, 231025 Linkou.',
    ),
    appliedOn: date.describe('The simulated day begins here.'),
    parametersOn: date
      .optional()
      .describe('The day whose published values are used. Default appliedOn. The decision says so.'),
    members: z.array(member).min(1, 'must name at least one person').max(30),
    obligors: z.array(obligor).max(30),
    declared: z.array(declared).max(200),
    registers: z
      .strictObject(Object.fromEntries(SOURCES.map((source) => [source, entries(source)] as const)))
      .describe(
        'What departments hold. Absent: the source never answers. []: it answers "none" about everybody.',
      ),
    events: z
      .array(event)
      .max(200)
      .describe('What people do on which day. Empty: the straight path.')
      .optional(),
  })
  .describe('A household for `onedoor demo --case FILE`.');

export type HouseholdFile = z.output<typeof householdSchema>;

/** The published form, `schemas/household.json`. */
export const householdJsonSchema = (): object => ({
  title: 'A household',
  ...z.toJSONSchema(householdSchema, { io: 'input', target: 'draft-2020-12' }),
});

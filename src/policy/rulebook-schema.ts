import { z } from 'zod';
import { plainDate, yearOf } from '../terms/dates.js';
import { fenFromYuan } from '../terms/fen.js';
import { divisionCode } from '../terms/ids.js';
import {
  CONFIDENCES,
  EXCLUDED_PERIODS,
  LAWS,
  type AppraisalRule,
  type NationalEntries,
  type OfficeHours,
  type PlaceEntries,
  type PropertyLimit,
  type Rounding,
  type SignalRule,
  type VerificationPlatform,
} from './rulebook-types.js';

/** The shapes of the files under `policy/`. Amounts are written in yuan and come out in fen. */

const date = z
  .string()
  .refine(isCalendarDay, { error: 'not a calendar day' })
  .transform((text) => plainDate(text));
const yuan = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,13}(\.\d{1,2})?$/)])
  .transform((amount) => fenFromYuan(String(amount)));
const days = z.int().positive();

const source = {
  from: date,
  to: date.nullable(),
  published: date.nullable(),
  known: date.nullable(),
  document: z.string().min(1).nullable(),
  url: z.url().nullable(),
  confidence: z.enum(CONFIDENCES),
  area: z.enum(['urban', 'rural']).optional(),
  note: z.string().optional(),
};

const law = z.enum(LAWS);
const article = z.int().positive();

/** A list of dated values. Only what nobody published may stand without a document. */
const dated = <V extends z.ZodType>(unit: string, value: V) =>
  list(
    z.strictObject({
      value,
      unit: z.literal(unit),
      ...source,
      law: law.optional(),
      article: article.optional(),
    }),
  );
/** The same for what a law fixes. */
const statutory = <V extends z.ZodType>(unit: string, value: V) =>
  list(z.strictObject({ value, unit: z.literal(unit), ...source, law, article }));

interface Entry {
  from: string;
  to: string | null;
  confidence: (typeof CONFIDENCES)[number];
  document: string | null;
}

const list = <S extends z.ZodType<Entry>>(entry: S) =>
  z
    .array(
      entry
        .refine(({ from, to }) => to === null || from <= to, { error: 'ends before it begins' })
        .refine(({ confidence, document }) => isOurs(confidence) === (document === null), {
          error: 'a document is required exactly when the confidence claims one',
        }),
    )
    .min(1)
    .optional();

const rounding: z.ZodType<Rounding> = z.strictObject({
  stage: z.enum(['household_month', 'per_capita_month']),
  mode: z.enum(['half_up', 'ceil', 'floor', 'exact']),
  to: z.enum(['yuan', 'fen']),
});
const propertyLimit: z.ZodType<PropertyLimit> = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('person_finds') }),
  z.strictObject({ rule: z.literal('deposits_per_person'), monthsOfStandard: z.int().positive() }),
]);

const appraisal: z.ZodType<AppraisalRule> = z.strictObject({
  minPresent: z.int().positive(),
  representatives: z
    .strictObject({ atLeast: z.int().nonnegative(), of: z.int().positive() })
    .refine(({ atLeast, of }) => atLeast <= of, { error: 'a share is at most the whole' }),
});

const code = z.string().regex(/^[a-z][a-z_]{1,39}$/);
const platform: z.ZodType<VerificationPlatform> = z.strictObject({
  platform: code,
  sources: z.array(code).min(1).refine(isSet, { error: 'names one twice' }),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const officeHours: z.ZodType<OfficeHours> = z
  .strictObject({ opens: time, closes: time })
  .refine(({ opens, closes }) => opens < closes, { error: 'closes before it opens' });
const several = z.int().min(2);
const signalRule: z.ZodType<SignalRule> = z.strictObject({
  windowMinutes: z.int().min(1).max(720),
  runOfNumbers: several,
  filesInWindow: several,
  offHoursFiles: several,
  numbersNotFound: several,
  personsWithoutGround: several,
});

const perPersonMonth = dated('yuan_per_person_month', yuan);
const perMonth = dated('yuan_per_month', yuan);
const perMuYear = dated('yuan_per_mu_year', yuan);
const months = dated('months', z.int().positive());
const inWorkingDays = dated('working_days', days);
const inCalendarDays = dated('calendar_days', days);
const flag = dated('flag', z.boolean());

const placeValues = z.strictObject({
  dibao_standard: perPersonMonth,
  income_window: months,
  benefit_method: dated('rule', z.literal('gap')),
  benefit_rounding: dated('rule', rounding),
  property_limit: dated('rule', propertyLimit),
  supplement_period: inWorkingDays,
  department_answer_period: inWorkingDays,
  verification_before_acceptance: flag,
  verification_platform: dated('rule', platform),
  entry_tolerance: inWorkingDays,
  clock_excludes: dated(
    'rule',
    z.array(z.enum(EXCLUDED_PERIODS)).refine(isSet, { error: 'names one twice' }),
  ),
  second_notice: flag,
  second_notice_days: inCalendarDays,
  refusals_posted: flag,
  board_name: dated('rule', z.enum(['full', 'masked'])),
  complaint_phone: dated('text', z.string().regex(/^[\d-]{3,20}$/)),
  appraisal: dated('rule', appraisal),
  remote_visits: flag,
  confirmation_document: dated('rule', z.enum(['notice', 'certificate'])),
  publication_days: inCalendarDays,
  delegated_sampling_percent: dated('percent', z.int().min(1).max(100)),
  warning_period: inWorkingDays,
  verification_objection_period: inWorkingDays,
  recheck_period: inWorkingDays,
  cooperation_period: inWorkingDays,
  escalation_period: inWorkingDays,
  report_answer_days: inCalendarDays,
  verification_validity: months,
  confirmation_delegated: flag,
  lookup_quota_clerk_day: dated('questions', z.int().positive()),
  lookup_quota_person_month: dated('questions', z.int().positive()),
  office_hours: dated('rule', officeHours),
  lookup_signals: dated('rule', signalRule),
  category_supplement: perPersonMonth,
  single_person_dibao: perMonth,
  grace_period: months,
  minimum_wage: perMonth,
  land_income_self_farmed: perMuYear,
  land_income_sublet: perMuYear,
  land_income_contracted_in: perMuYear,
  tekun_dispersed: perPersonMonth,
  tekun_centralised: perPersonMonth,
  tekun_care_self: perPersonMonth,
  tekun_care_semi: perPersonMonth,
  tekun_care_full: perPersonMonth,
}) satisfies z.ZodType<PlaceEntries>;

const limit = statutory('working_days', days);

const nationalValues = z.strictObject({
  investigation_start_working_days: limit,
  verification_start_working_days: limit,
  public_notice_days: statutory('calendar_days', days),
  county_opinion_working_days: limit,
  refusal_notice_working_days: limit,
  total_working_days: limit,
  total_working_days_delegated: limit,
  total_working_days_special: limit,
  benefit_start: statutory('months', z.int().positive()),
  income_comparison: statutory('rule', z.literal('strictly_below')),
}) satisfies z.ZodType<NationalEntries>;

/** Anchors that the values of the same file merge in. */
const sources = z.record(z.string(), z.unknown()).optional();

export const nationalFile = z.strictObject({ sources, parameters: nationalValues });

export const placeFile = z.strictObject({
  place: z
    .string()
    .regex(/^\d{6}$/, { error: 'a place is the six digits of a county, in quotes' })
    .transform((code) => divisionCode(code)),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  sources,
  parameters: placeValues,
});

export const calendarFile = z
  .strictObject({
    year: z.int(),
    document: z.string().min(1),
    published: date,
    url: z.url(),
    holidays: z.array(date).min(1),
    workdays: z.array(date),
  })
  .refine((file) => [...file.holidays, ...file.workdays].every((day) => isOfNotice(file.year, day)), {
    error: 'a day outside the year of the notice',
  })
  .refine((file) => file.workdays.every((day) => !file.holidays.includes(day)), {
    error: 'a day both off and worked',
  });

function isCalendarDay(text: string): boolean {
  try {
    return plainDate(text) === text;
  } catch {
    return false;
  }
}

/** New Year's days off may begin in the December before. */
function isOfNotice(year: number, day: ReturnType<typeof plainDate>): boolean {
  return yearOf(day) === year || day.startsWith(`${year - 1}-12`);
}

function isSet(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

const isOurs = (confidence: (typeof CONFIDENCES)[number]): boolean =>
  confidence === 'none_published' || confidence === 'assumed_for_demonstration';

import type { DibaoArea, Source } from '../terms/codes.js';
import type { PlainDate } from '../terms/dates.js';
import type { Fen } from '../terms/fen.js';
import type { DivisionCode } from '../terms/ids.js';
import type { WorkingCalendar } from './calendar.js';
import type { RoundingMode } from './ratio.js';

/** Short names of the laws that a value or a step may cite. */
export const LAWS = ['DIBAO-2021', 'NOTICE-2022', 'REG-649', 'LAW-2026'] as const;
export type Law = (typeof LAWS)[number];

/**
 * How sure we are of a value. `text_read`: the law itself was read. `published_page`: an authority's page states it.
 * `practitioner_record`: from an office's own system. `none_published`: the place publishes none, and this says so.
 * `assumed_for_demonstration`: ours, so that the procedure can run; a real office replaces it.
 */
export const CONFIDENCES = [
  'text_read',
  'published_page',
  'practitioner_record',
  'none_published',
  'assumed_for_demonstration',
] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Where the one rounding happens, in which mode, and to what. */
export interface Rounding {
  readonly stage: 'household_month' | 'per_capita_month';
  readonly mode: RoundingMode;
  readonly to: 'yuan' | 'fen';
}

/** `person_finds`: no limit in figures, a person states the finding. Otherwise deposits per head, strictly over (超过). */
export type PropertyLimit =
  | { readonly rule: 'person_finds' }
  | { readonly rule: 'deposits_per_person'; readonly monthsOfStandard: number };

export const EXCLUDED_PERIODS = ['public_notice', 'appraisal'] as const;
export type ExcludedPeriod = (typeof EXCLUDED_PERIODS)[number];

/** 民主评议: how many must come, and the share of representatives among them. */
export interface AppraisalRule {
  readonly minPresent: number;
  /** Party and villager representatives: at least `atLeast` of every `of` present. */
  readonly representatives: { readonly atLeast: number; readonly of: number };
}

/** A platform above the departments, and which of them the place asks through it. */
export interface VerificationPlatform {
  readonly platform: string;
  readonly sources: readonly Source[];
}

/** Hours of the office on a working day, local time, `HH:MM`. */
export interface OfficeHours {
  readonly opens: string;
  readonly closes: string;
}

/** From how much on the auditor is told. Files with a task for whoever reads them, or in which they act, do not count. */
export interface SignalRule {
  readonly windowMinutes: number;
  /** Case numbers that follow each other, within the window. */
  readonly runOfNumbers: number;
  /** Different files within the window. */
  readonly filesInWindow: number;
  /** Different files in one night, weekend day or holiday. */
  readonly offHoursFiles: number;
  /** Case numbers that are nobody's or out of reach, within the window. */
  readonly numbersNotFound: number;
  /** Persons in a row about whom nothing could be asked, within the window. */
  readonly personsWithoutGround: number;
}

/** Values a place fixes. Money is in fen; the YAML has yuan. */
export interface PlaceValues {
  /** Per person and month. */
  dibao_standard: Fen;
  /** Months of income that are looked at (规定期限). */
  income_window: number;
  /** Standard less income; tiers (分档) are another procedure's work. */
  benefit_method: 'gap';
  benefit_rounding: Rounding;
  property_limit: PropertyLimit;
  /** Working days in which a household brings what was missing. */
  supplement_period: number;
  /** Working days after which a department counts as unanswered. */
  department_answer_period: number;
  /** 核对前置: whether the departments are asked as soon as a household applies, and the file is accepted afterwards. */
  verification_before_acceptance: boolean;
  /** Absent: the place asks every source itself. */
  verification_platform: VerificationPlatform;
  /** Working days between an act on paper and its entry before a reason is asked. */
  entry_tolerance: number;
  /** Periods after acceptance that the place's own rule leaves out of the total limit. */
  clock_excludes: readonly ExcludedPeriod[];
  /** Whether a second notice follows the opinion after an objection or a return, and for how many calendar days. */
  second_notice: boolean;
  second_notice_days: number;
  /** Whether proposed refusals are posted. */
  refusals_posted: boolean;
  /** How the applicant is named on the village board; online the name is always masked. */
  board_name: 'full' | 'masked';
  appraisal: AppraisalRule;
  /** The published hotline (art. 36; LAW-2026 art. 60). */
  complaint_phone: string;
  /** Whether a declared emergency lets phone or video stand in for the visit (art. 16). */
  remote_visits: boolean;
  confirmation_document: 'notice' | 'certificate';
  /** Calendar days for which the publication (公布) stays online. */
  publication_days: number;
  /** Percent of the confirmations by townships that the county looks at again. */
  delegated_sampling_percent: number;
  /** Working days after a warning before a procedure may be ended (art. 29). */
  warning_period: number;
  /** Working days in which a household may object to what verification found (art. 18). */
  verification_objection_period: number;
  recheck_period: number;
  /** Working days for a cooperating township. */
  cooperation_period: number;
  /** Working days between the supervisor's task and the county's. */
  escalation_period: number;
  /** Calendar days in which a report by name is answered (art. 37). */
  report_answer_days: number;
  /** Months for which a verification report may be rested on. */
  verification_validity: number;
  /** Whether the province lets townships confirm. */
  confirmation_delegated: boolean;
  /** Questions to departments that the acts of one member of staff may cause on a day. */
  lookup_quota_clerk_day: number;
  /** Questions about one person in a calendar month, over all files. */
  lookup_quota_person_month: number;
  office_hours: OfficeHours;
  lookup_signals: SignalRule;
  category_supplement: Fen;
  single_person_dibao: Fen;
  grace_period: number;
  minimum_wage: Fen;
  /** Per mu and year. */
  land_income_self_farmed: Fen;
  land_income_sublet: Fen;
  land_income_contracted_in: Fen;
  tekun_dispersed: Fen;
  tekun_centralised: Fen;
  tekun_care_self: Fen;
  tekun_care_semi: Fen;
  tekun_care_full: Fen;
}

/** Values the law fixes: limits in working days, the notice in calendar days, the start in months. */
export interface NationalValues {
  investigation_start_working_days: number;
  verification_start_working_days: number;
  public_notice_days: number;
  county_opinion_working_days: number;
  refusal_notice_working_days: number;
  total_working_days: number;
  total_working_days_delegated: number;
  total_working_days_special: number;
  benefit_start: number;
  income_comparison: 'strictly_below';
}

/** A value as it stands in a file. */
export interface Dated<V> {
  readonly value: V;
  readonly unit: string;
  readonly area?: DibaoArea | undefined;
  readonly from: PlainDate;
  /** Last day in force; null while it is not known to end. */
  readonly to: PlainDate | null;
  /** Day of publication; null when no source states it. */
  readonly published: PlainDate | null;
  /** Day on which the office learned of it; null when not recorded. */
  readonly known: PlainDate | null;
  readonly law?: Law | undefined;
  readonly article?: number | undefined;
  readonly document: string | null;
  readonly url: string | null;
  readonly confidence: Confidence;
  readonly note?: string | undefined;
}

/** A value that a law fixes names its article. */
export interface Statutory<V> extends Dated<V> {
  readonly law: Law;
  readonly article: number;
}

export type PlaceEntries = {
  readonly [K in keyof PlaceValues]?: readonly Dated<PlaceValues[K]>[] | undefined;
};
export type NationalEntries = {
  readonly [K in keyof NationalValues]?: readonly Statutory<NationalValues[K]>[] | undefined;
};

interface RulebookFile<Entries> {
  readonly path: string;
  /** SHA-256 of the file's text. */
  readonly version: string;
  readonly values: Entries;
}

export type NationalFile = RulebookFile<NationalEntries>;

export interface PlaceFile extends RulebookFile<PlaceEntries> {
  readonly place: DivisionCode;
  readonly name: { readonly zh: string; readonly en: string };
}

export interface Rulebook {
  readonly national: NationalFile;
  readonly places: ReadonlyMap<DivisionCode, PlaceFile>;
  readonly calendar: WorkingCalendar;
  /** Version by path, calendars too. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Which value it is, for whom, and from which version of which file. */
interface Origin<K extends string> {
  readonly key: K;
  readonly place: string;
  readonly path: string;
  readonly version: string;
}

/** A value with everything a decision has to cite. */
export type Parameter<K extends string, V> = Dated<V> & Origin<K>;
export type StatutoryParameter<K extends string, V> = Statutory<V> & Origin<K>;

/** Who may act. One person may hold several, each dated and for a division (role_grants). */
export const ROLES = [
  'window_clerk',
  'investigator',
  'village_assistant',
  'township_leader',
  'county_examiner',
  'county_confirmer',
  'verification_officer',
  'department_verifier',
  'supervisor',
  'auditor',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

/** Why somebody of a department cannot say what there is: the question ends as unanswered, and other proof is looked for. */
export const CANNOT_VERIFY_REASONS = [
  'register_does_not_hold_it',
  'register_unavailable',
  'identity_not_clear',
  'kept_by_another_office',
  // A file of answers has no column for it.
  'not_stated',
] as const;
export type CannotVerifyReason = (typeof CANNOT_VERIFY_REASONS)[number];

/** Acts that no person did: timers, department answers, the sweep. Always within one case. */
export type SystemActor = `system:${'clock' | 'answers' | 'sweep' | 'verification' | 'sealer' | 'operator'}`;
export type Actor = `staff:${string}` | SystemActor;

export type Procedure = 'application';
export type Programme = 'dibao';
/**
 * What a verification is for (PIPL art. 6; LAW-2026 art. 11): whoever signs agrees to one purpose, and an answer learned
 * for one is used for no other. Named for every programme that verifies means, also those that are not built yet.
 */
export const VERIFICATION_PURPOSES = [
  'dibao_means_verification',
  'tekun_means_verification',
  'marginal_household_means_verification',
  'rigid_expenditure_means_verification',
  'temporary_assistance_means_verification',
] as const;
export type VerificationPurpose = (typeof VERIFICATION_PURPOSES)[number];

/** Why a person wants a question put anew although an earlier report answers it. */
export const AFRESH_REASONS = [
  'circumstances_changed',
  'household_disputes_it',
  'answer_doubtful',
  'different_persons',
] as const;
export type AfreshReason = (typeof AFRESH_REASONS)[number];

export type DibaoArea = 'urban' | 'rural';
export type Turn = 'household' | 'township' | 'county' | 'public' | 'departments' | 'nobody';

/**
 * The code of a department or institution that can be asked. Which there are is not part of the vocabulary: each is a
 * file of its own, and the doors check against those.
 */
export type Source = string;

/** DIBAO-2021 art. 7: why a person belongs to the household, or does not. */
export const MEMBER_REASONS = [
  'applicant',
  'spouse',
  'minor_child',
  'dependent_adult_child',
  'supported_living_together',
] as const;
export type MemberReason = (typeof MEMBER_REASONS)[number];
export const EXCLUSION_REASONS = [
  'clergy_apart_three_years',
  'imprisoned',
  'compulsory_rehabilitation',
  'declared_missing',
  'provincial',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export const FACT_KINDS = ['income', 'property', 'exempt_income', 'deduction'] as const;
export type FactKind = (typeof FACT_KINDS)[number];
export const FACT_CATEGORIES = [
  'wage',
  'business_net',
  'property_net',
  'transfer_net',
  'other',
  'deposit',
  'wallet',
  'security',
  'insurance',
  'housing_fund',
  'vehicle',
  'home',
  'employment_cost',
  'illness_cost',
] as const;
export type FactCategory = (typeof FACT_CATEGORIES)[number];

const INCOME_CATEGORIES = ['wage', 'business_net', 'property_net', 'transfer_net', 'other'] as const;
/** Which categories a kind of fact can have (DIBAO-2021 art. 13–14). */
export const CATEGORIES_OF: Readonly<Record<FactKind, readonly FactCategory[]>> = {
  income: INCOME_CATEGORIES,
  exempt_income: INCOME_CATEGORIES,
  property: ['deposit', 'wallet', 'security', 'insurance', 'housing_fund', 'vehicle', 'home'],
  deduction: ['employment_cost', 'illness_cost'],
};

/** What a rule has to know of a person: a kind of income or property, or something that is not money. */
export type RuleInput = FactCategory | 'membership' | 'alive' | 'enterprise' | 'other_aid' | 'disability';

/** How a case ended; null while it is open. */
export type Outcome = 'confirmed' | 'refused' | 'withdrawn' | 'closed' | 'terminated';

/** Papers that only the household can bring; the rest is verified, not asked (LAW-2026 art. 62). */
export const PAPERS = [
  'application_form',
  'commitment',
  'verification_authorisation',
  'income_declaration',
  'mandate',
  'guardianship_proof',
] as const;
export type Paper = (typeof PAPERS)[number];

/** Certificates that offices used to ask for and that a source answers instead. */
export const VERIFIABLE_PAPERS = [
  'household_register_copy',
  'wage_certificate',
  'pension_certificate',
  'bank_statement',
] as const;
export type VerifiablePaper = (typeof VERIFIABLE_PAPERS)[number];

/** Civil Code art. 17–24: whoever has no full capacity is signed for by a guardian. */
export const CAPACITIES = ['full', 'limited', 'none'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** Near relatives (近亲属): DIBAO-2012 art. 14 has the only written list. `self`: the handler's own household. */
export const NEAR_RELATIONS = [
  'self',
  'spouse',
  'parent',
  'child',
  'sibling',
  'grandparent',
  'grandchild',
] as const;
export type NearRelation = (typeof NEAR_RELATIONS)[number];

/** What a household can be found to refuse, DIBAO-2021 art. 29. */
export const REFUSALS_TO_COOPERATE = [
  'refuses_verification',
  'refuses_home_visit',
  'refuses_signature',
  'conceals_whereabouts',
] as const;
export type RefusalToCooperate = (typeof REFUSALS_TO_COOPERATE)[number];

/** NOTICE-2022 section 4 (1): what makes a case a special one, up to 45 working days. */
export const EXTENSION_GROUNDS = [
  'objection_to_notice',
  'hukou_residence_split',
  'away_from_hukou',
  'hard_investigation',
] as const;
export type ExtensionGround = (typeof EXTENSION_GROUNDS)[number];

/** 送达: how a paper was brought. `left_witnessed` is 留置送达. */
export const DELIVERY_WAYS = [
  'in_person',
  'post',
  'left_with_adult',
  'left_witnessed',
  'village_committee',
] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];
export const DELIVERY_RESULTS = ['delivered', 'refused', 'undeliverable'] as const;
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];

export const VISIT_METHODS = [
  'home_visit',
  'neighbour_inquiry',
  'letter_inquiry',
  'phone_visit',
  'video_visit',
] as const;
export type VisitMethod = (typeof VISIT_METHODS)[number];

/** What staff look at, and what became of a question that their act caused. */
export const ACCESS_KINDS = [
  'case_list',
  'case_page',
  'timeline',
  'explanation',
  'comparison',
  'case_file',
  'documents',
  'document',
  'person_lookups',
  'reports',
  'reporter',
  'cooperation',
  'access_log',
  'verifier_look',
  'question_left',
  'question_held',
  'question_without_ground',
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** How whoever is looked up stands to whoever looks, or to the office. */
export const ACCESS_MARKS = [
  'colleague',
  'relative_of_colleague',
  'own_relative',
  'name_of_colleague',
  'same_name',
  'same_surname_and_village',
] as const;
export type AccessMark = (typeof ACCESS_MARKS)[number];

/** Patterns that an auditor is told of (LAW-2026 art. 70 (6)). None of them is a finding. */
export const SIGNAL_KINDS = [
  'off_hours',
  'sequence_browsing',
  'colleague',
  'namesake',
  'no_open_case',
  'no_ground',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];
export const SIGNAL_CONCLUSIONS = ['explained', 'passed_on'] as const;
export type SignalConclusion = (typeof SIGNAL_CONCLUSIONS)[number];

/** Which measure a question is over: of whoever caused it, or of the person it is about. */
export const QUOTAS = ['clerk_day', 'person_month'] as const;
export type Quota = (typeof QUOTAS)[number];

export const SENSITIVITIES = ['public', 'internal', 'personal', 'sensitive'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

import type { Sensitivity } from '../../terms/codes.js';

/** Names of columns, as SQL writes them, apart by spaces. */
type Classes = Partial<Readonly<Record<Sensitivity, string>>>;

/** Columns that mean the same in whichever table they stand, and are internal there. */
const EVERYWHERE = 'id case_no key_id staff_id command_id occurred_on recorded_at at';

/** What a fact says about money and property of a household. */
const FACT = { internal: 'person_id', sensitive: 'kind category amount_fen period_from period_to' };

/**
 * One class for every column that is not in {@link EVERYWHERE}. Public may be printed anywhere; internal stays in the
 * house and says nothing about a life; personal is about somebody; sensitive harms them when it leaks (PIPL art. 28).
 * Personal and sensitive columns never go into logs, payloads, ids or error texts.
 */
const COLUMNS: Readonly<Record<string, Classes>> = {
  divisions: { public: 'code name level parent_id valid_from' },
  division_successions: { public: 'from_division_id to_division_id on_date' },
  staff: { internal: 'subject division_id', personal: 'name' },
  role_grants: { internal: 'role division_id valid_from valid_to source' },
  role_revocations: { internal: 'grant_id revoked_from' },
  data_keys: { internal: 'owner kek_id destroyed_at', sensitive: 'wrapped' },
  business_clock: { internal: 'only offset_ms' },
  case_counters: { internal: 'division_id year last' },

  cases: { internal: 'procedure division_id opened_on' },
  case_state: { internal: 'state turn open outcome version working_division_id updated_at' },
  case_cooperations: { internal: 'division_id duty person_id' },
  cooperation_cancellations: { internal: 'cooperation_id reason_code' },
  case_assignments: {
    internal: 'division_id place_code reason_code from_day document_id',
    personal: 'village_code',
  },
  transitions: {
    public: 'article',
    internal: 'seq from_state to_state on_kind name actor ref_id turn entered_late late_reason_code',
  },
  clocks: {
    public: 'article',
    internal:
      'code turn ref_id started_by_seq from_date due_on due_at provisional missing_year done_on ended_by_seq expired_at late',
  },
  tasks: {
    internal: 'division_id role kind params opened_at due_on overdue claimed_by claimed_at done_at done_by',
  },
  commands: {
    internal: 'method path idempotency_key fingerprint kind if_match received_at status outcome settled_at',
    sensitive: 'body',
  },
  outbox: { internal: 'topic ref_id attempts next_attempt_at last_error delivered_at parked_at' },
  duties: { internal: 'duty' },
  supplement_requests: { internal: 'items document_id' },
  supplements: { internal: 'request_id items' },
  acceptances: { internal: 'receipt_document_id', personal: 'near_relative' },
  documents: {
    internal: 'person_id kind media_type size_bytes content_hash made_by_system version template',
    sensitive: 'salt bytes',
  },
  audit_events: {
    public: 'article',
    internal: 'chain seq actor code params rows prev_hash hash written_at_ms',
  },
  audit_seals: { internal: 'seq chain chain_seq chain_hash prev_hash hash sealed_at_ms' },

  persons: {
    internal: 'provisional',
    personal: 'name id_status',
    sensitive: 'id_number id_index phone bank_account',
  },
  person_places: {
    internal: 'person_id valid_from',
    personal: 'hukou_code hukou_type residence_code residence_permit',
  },
  person_links: { internal: 'person_id other_case_no other_person_id' },
  person_link_resolutions: { internal: 'link_id reason_code', personal: 'verdict' },
  households: {},
  household_members: {
    internal: 'household_id person_id valid_from',
    personal: 'included',
    sensitive: 'reason_code',
  },
  obligors: { internal: 'person_id owes_to', personal: 'relation' },
  representations: {
    internal: 'person_id representative_id mandate_document_id valid_from',
    personal: 'kind',
  },
  capacities: { internal: 'person_id valid_from', sensitive: 'capacity' },
  commitments: { internal: 'person_id kind text_version covers' },
  authorisations: {
    internal: 'text_version purpose sources channel valid_from valid_to document_id',
  },
  applications: {
    internal: 'household_id applicant_id place_code parameters_on papers entered_late late_reason_code',
    personal: 'dibao_area village_code',
  },
  requests: { internal: 'programme unit_kind unit_person_id' },
  open_requests: { internal: 'request_id division_id programme open', sensitive: 'unit_index' },
  consents: {
    internal:
      'person_id signed_by_id text_version purpose sources channel valid_from valid_to signature_hash authorisation_id',
  },
  consent_refusals: { internal: 'person_id sources reason_code' },
  consent_withdrawals: { internal: 'consent_id withdrawn_on' },
  remarks: { internal: 'about ref_id seq', sensitive: 'body' },

  declared_facts: FACT,
  department_requests: {
    internal:
      'person_id source items purpose case_ref consent_id ground_code via caused_by again_of requested_on due_on supersedes',
  },
  question_looks: { internal: 'request_id what on_day' },
  gateway_circuits: { internal: 'source process state since seen_at' },
  refused_callbacks: { internal: 'source reason slot hour count' },
  lookup_attempts: { internal: 'request_id attempt phase code' },
  lookup_releases: { internal: 'request_id reason_code' },
  answer_files: {
    internal: 'source file_id digest content_hash received_at',
    sensitive: 'body salt',
  },
  answer_file_readings: {
    internal: 'answer_file_id complete fault taken unmatched repeated unable refused',
  },
  raw_answers: {
    internal: 'source webhook_id request_id content_hash report_id section received_at answer_file_id',
    sensitive: 'body salt',
  },
  answer_readings: { internal: 'answer_id request_id valued_on', personal: 'verdict' },
  answer_facts: { internal: `${FACT.internal} answer_id source item`, sensitive: FACT.sensitive },
  request_outcomes: { internal: 'request_id answer_id', personal: 'outcome reason_code' },
  adopted_facts: {
    internal: `${FACT.internal} declared_fact_id answer_fact_id document_id rule_code reason_code supersedes`,
    sensitive: FACT.sensitive,
  },
  proof_adoptions: { internal: 'request_id document_id reason_code' },
  visits: {
    internal: 'method household_signatory_id objection_id level cooperation_id',
    sensitive: 'property_within_limits',
  },
  visit_investigators: { internal: 'visit_id signed_on' },
  cooperation_reports: { internal: 'cooperation_id visit_id' },
  // The content says of whom a source knew something, not what: as personal as the outcome of a question.
  verification_reports: {
    internal: 'version evidence_hash document_id made_on valid_to purpose valid_from content_hash',
    personal: 'content',
  },
  recognised_reports: {
    internal: 'place_code purpose made_on valid_to document_id document_hash',
    personal: 'details',
  },
  recognised_answers: {
    internal: 'recognised_id person_id source items',
    personal: 'outcome',
    sensitive: 'facts',
  },
  answer_origins: {
    internal:
      'request_id answer_id kind purpose valued_on valid_to link_id from_case_no from_report_id from_version from_hash from_request_id from_answer_id from_answer_hash asked_at recognised_id',
  },
  fresh_questions: { internal: 'request_id reason_code' },
  verification_notices: { internal: 'report_id document_id' },
  verification_objections: { internal: 'notice_id document_id', personal: 'ground_code' },
  contested_values: { internal: 'objection_id answer_fact_id' },
  value_findings: { internal: 'contested_id document_id reason_code', personal: 'verdict' },
  rechecks: { internal: 'objection_id report_id reason_code', personal: 'finding' },

  determinations: {
    internal: 'format inputs_hash parameters',
    sensitive: 'inputs steps eligible monthly_benefit_fen',
  },
  opinion_drafts: { internal: 'reason_code', personal: 'proposes monthly_benefit_fen' },
  opinions: {
    public: 'article',
    internal: 'level version determination_id reason_code evidence_hash rests_on units draft_id',
    personal: 'proposes category monthly_benefit_fen',
  },
  public_notices: {
    public: 'village_code masked_name member_count monthly_benefit_fen posted_on ends_on',
    internal: 'opinion_id document_id round',
  },
  notice_photos: { internal: 'notice_id document_id' },
  public_notice_removals: { internal: 'notice_id reason_code', public: 'removed_on' },
  objections: { internal: 'notice_id', personal: 'ground_code real_name' },
  appraisals: {
    internal:
      'objection_id called_on township_staff committee_members party_representatives villager_representatives document_id',
    personal: 'truthful untruthful abstained',
  },
  file_returns: { internal: 'reason_code' },
  extensions: { internal: 'ground' },
  warnings: { internal: 'person_id document_id', personal: 'refusal' },
  endings: { internal: 'kind reason_code document_id signed_by_id warning_id' },
  objection_findings: { internal: 'objection_id opinion_id', personal: 'finding' },
  decisions: {
    public: 'article',
    internal:
      'stage county_opinion_id township_opinion_id determination_id reason_code evidence_hash parameters_on',
    personal: 'kind monthly_benefit_fen effective_month',
  },
  recognitions: {
    internal: 'request_id decision_id programme unit_kind household_id person_id',
    personal: 'from_month recognised_on',
  },
  entitlement_lines: { internal: 'recognition_id person_id', personal: 'component month amount_fen' },
  deliveries: { internal: 'document_id person_id receipt_document_id', personal: 'how result' },
  publications: {
    public: 'village_code masked_name member_count monthly_benefit_fen published_on ends_on',
    internal: 'decision_id document_id',
  },

  relative_roster: {
    internal: 'holder_kind handler_id division_id valid_from entered_by',
    personal: 'relation',
    sensitive: 'holder_name relative_name id_index',
  },
  relative_roster_ends: { internal: 'roster_id ended_from entered_by' },
  near_relative_filings: { internal: 'person_id ground roster_id handler_id', personal: 'relation' },
  reports: { internal: 'channel', personal: 'ground_code real_name' },
  reporters: { internal: 'ref_id', sensitive: 'name phone words' },
  report_answers: { internal: 'report_id document_id', personal: 'finding how result' },
  samples: {
    internal: 'division_id from_day to_day seed algorithm percent population population_hash',
  },
  sample_draws: { internal: 'sample_id' },
  sample_findings: { internal: 'draw_id reason_code', personal: 'finding' },

  access_events: { internal: 'kind channel about_case person_id found', personal: 'marks' },
  lookup_signals: { internal: 'division_id key from_at to_at', personal: 'kind params' },
  lookup_signal_conclusions: { internal: 'signal_id reason_code', personal: 'conclusion' },
  access_watch: { internal: 'only upto' },
};

export interface ClassedColumn {
  readonly table: string;
  /** As SQL names it. */
  readonly column: string;
  readonly sensitivity: Sensitivity;
}

const words = (text: string | undefined): string[] => text?.split(' ').filter((word) => word !== '') ?? [];

/** Every class that is stated, table by table; a column stated twice stands here twice. */
export const CLASSED_COLUMNS: readonly ClassedColumn[] = Object.entries(COLUMNS).flatMap(([table, classes]) =>
  (Object.entries(classes) as [Sensitivity, string][]).flatMap(([sensitivity, columns]) =>
    words(columns).map((column) => ({ table, column, sensitivity })),
  ),
);

/** Columns that are internal in every table that has them. */
export const INTERNAL_EVERYWHERE: readonly string[] = words(EVERYWHERE);

/** The class of a column. @throws {RangeError} when nobody has given it one */
export function sensitivityOf(table: string, column: string): Sensitivity {
  const stated = CLASSED_COLUMNS.find((each) => each.table === table && each.column === column);
  if (stated) return stated.sensitivity;
  if (table in COLUMNS && INTERNAL_EVERYWHERE.includes(column)) return 'internal';
  throw new RangeError(`${table}.${column} has no sensitivity class`);
}

/** Tables that {@link sensitivityOf} knows. */
export const CLASSED_TABLES: readonly string[] = Object.keys(COLUMNS);

import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type {
  CannotVerifyReason,
  FactCategory,
  FactKind,
  Source,
  VerificationPurpose,
  VisitMethod,
} from '../../terms/codes.js';
import type { Fen, Month, PlainDate } from '../../terms/index.js';
import { bytea, businessTime, caseRef, day, humanAct, id, purposeKnown, recordedAt } from './columns.js';
import { caseCooperations, cases, documents } from './case.js';
import { consents, persons } from './people.js';
import { staff } from './registry.js';

const money = (name: string) => bigint(name, { mode: 'number' }).$type<Fen>();
/** What a fact says, wherever it comes from. */
const fact = () => ({
  personId: id('person_id').references(() => persons.id),
  kind: text('kind').$type<FactKind>().notNull(),
  category: text('category').$type<FactCategory>().notNull(),
  amountFen: money('amount_fen').notNull(),
  periodFrom: text('period_from').$type<Month>().notNull(),
  periodTo: text('period_to').$type<Month>().notNull(),
});

export const declaredFacts = pgTable(
  'declared_facts',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    ...fact(),
    ...humanAct(),
  },
  (t) => [index('declared_facts_case').on(t.caseNo)],
);

export const departmentRequests = pgTable(
  'department_requests',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    source: text('source').$type<Source>().notNull(),
    items: jsonb('items').$type<string[]>().notNull(),
    purpose: text('purpose').$type<VerificationPurpose>().notNull(),
    /** Pseudonym of the case that the department sees. */
    caseRef: text('case_ref').notNull(),
    consentId: id('consent_id').references(() => consents.id),
    groundCode: text('ground_code'),
    /** The platform that passes the question on and reports; null where the source itself is asked. */
    via: text('via'),
    /** Whose act opened the question; null for those from before this was kept. */
    causedBy: id('caused_by').references(() => staff.id),
    /** The answered question that the same source is asked to look into again. */
    againOf: id('again_of'),
    requestedOn: day('requested_on').notNull(),
    dueOn: day('due_on').notNull(),
    /** The question that a person wanted put anew: its answer counts no more. */
    supersedes: id('supersedes').unique(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('department_requests_case').on(t.caseNo),
    uniqueIndex('department_requests_once')
      .on(t.caseNo, t.personId, t.source, t.requestedOn)
      .where(sql`supersedes IS NULL AND again_of IS NULL`),
    purposeKnown('department_requests_purpose', t.purpose),
    uniqueIndex('department_requests_again').on(t.againOf),
    index('department_requests_source').on(t.source, t.dueOn),
    foreignKey({ columns: [t.againOf], foreignColumns: [t.id], name: 'department_requests_again_of' }),
    check('department_requests_ground', sql`${t.consentId} IS NOT NULL OR ${t.groundCode} IS NOT NULL`),
    check(
      'department_requests_ground_code',
      sql`${t.groundCode} IS NULL OR ${t.groundCode} IN ('art_41_household_member', 'guardian_consent')`,
    ),
  ],
);

/** A row before a lookup leaves, and one after: what was tried is known even if the process dies between. `held`: a quota was used up. */
export const lookupAttempts = pgTable(
  'lookup_attempts',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    requestId: id('request_id')
      .notNull()
      .references(() => departmentRequests.id),
    attempt: integer('attempt').notNull(),
    phase: text('phase', { enum: ['leaving', 'accepted', 'refused', 'failed', 'held'] }).notNull(),
    code: text('code'),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('lookup_attempts_case').on(t.caseNo), index('lookup_attempts_request').on(t.requestId)],
);

/** Files of answers as they came, verified but unread. A file that was half-written comes again with other bytes. */
export const answerFiles = pgTable(
  'answer_files',
  {
    id: id().primaryKey(),
    source: text('source').$type<Source>().notNull(),
    /** As the department names it. */
    fileId: id('file_id').notNull(),
    /** SHA-256 of the bytes, in hex. */
    digest: text('digest').notNull(),
    keyId: id('key_id').notNull(),
    body: bytea('body').notNull(),
    salt: bytea('salt').notNull(),
    contentHash: text('content_hash').notNull(),
    receivedAt: businessTime('received_at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [unique('answer_files_once').on(t.source, t.fileId, t.digest)],
);

/** A row of a file that became no answer: where, and by which code. */
export interface RefusedRow {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
}

/** What a file of answers came to. */
export const answerFileReadings = pgTable('answer_file_readings', {
  answerFileId: id('answer_file_id')
    .primaryKey()
    .references(() => answerFiles.id),
  /** False when its trailer is missing, or nothing of it could be read: it is fetched again. */
  complete: boolean('complete').notNull(),
  /** Why nothing of it was read. */
  fault: text('fault'),
  /** Answers that it brought, those that name no question of ours among them. */
  taken: integer('taken').notNull(),
  unmatched: integer('unmatched').notNull(),
  /** Rows that said once more what was known. */
  repeated: integer('repeated').notNull(),
  /** Answers in which the department says that it cannot tell. */
  unable: integer('unable').notNull(),
  refused: jsonb('refused').$type<RefusedRow[]>().notNull(),
  at: businessTime('at').notNull(),
  recordedAt: recordedAt(),
});

/** That a verifier was shown whom a question is about, or what was signed: once for each day. */
export const questionLooks = pgTable(
  'question_looks',
  {
    id: id().primaryKey(),
    requestId: id('request_id')
      .notNull()
      .references(() => departmentRequests.id),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    what: text('what', { enum: ['inbox', 'authorization', 'query_file'] }).notNull(),
    onDay: day('on_day').notNull(),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [unique('question_looks_once').on(t.requestId, t.staffId, t.what, t.onDay)],
);

/**
 * Answers as they came by whichever wire, or from a verifier, unread. One row per source and webhook id. What a platform's report
 * says of one source is a row without bytes: they are the report's, which is kept once.
 */
export const rawAnswers = pgTable(
  'raw_answers',
  {
    id: id().primaryKey(),
    /** Who signed it, or, of a section, whose answer it is; a platform for a whole report. */
    source: text('source').$type<Source>().notNull(),
    webhookId: text('webhook_id').notNull(),
    /** Null: no request of ours; the operator's. */
    caseNo: text('case_no'),
    requestId: id('request_id'),
    /** Whoever answered at the verifier's desk; null for a machine. */
    staffId: id('staff_id').references(() => staff.id),
    keyId: id('key_id').notNull(),
    body: bytea('body'),
    salt: bytea('salt'),
    contentHash: text('content_hash'),
    /** The report that this is a section of, and which one, from 0. */
    reportId: id('report_id').references((): AnyPgColumn => rawAnswers.id),
    section: integer('section'),
    receivedAt: businessTime('received_at').notNull(),
    recordedAt: recordedAt(),
    /** The file whose row it was. */
    answerFileId: id('answer_file_id').references(() => answerFiles.id),
  },
  (t) => [
    unique('raw_answers_webhook').on(t.source, t.webhookId),
    index('raw_answers_case').on(t.caseNo),
    index('raw_answers_file').on(t.answerFileId),
    unique('raw_answers_section').on(t.reportId, t.section),
    check(
      'raw_answers_bytes_once',
      sql`CASE WHEN ${t.reportId} IS NULL THEN num_nulls(${t.body}, ${t.salt}, ${t.contentHash}) = 0 AND ${t.section} IS NULL
        ELSE num_nonnulls(${t.body}, ${t.salt}, ${t.contentHash}) = 0 AND num_nulls(${t.section}, ${t.caseNo}, ${t.requestId}) = 0 END`,
    ),
  ],
);

export const answerReadings = pgTable(
  'answer_readings',
  {
    answerId: id('answer_id')
      .primaryKey()
      .references(() => rawAnswers.id),
    caseNo: caseRef().references(() => cases.caseNo),
    /** Null: a platform's report as a whole, which answers no question by itself; its sections have readings of their own. */
    requestId: id('request_id').references(() => departmentRequests.id),
    verdict: text('verdict', {
      enum: [
        'corrected_found',
        'corrected_none',
        'confirmed',
        'outdated',
        'found',
        'none',
        'unreadable',
        'implausible',
        'wrong_person',
        'cannot_verify',
        'consent_withdrawn',
        'repeated',
        'after_closing',
        'report',
        'not_answered',
      ],
    }).notNull(),
    /** The day on which the facts stood like that, where a platform's section says so. */
    valuedOn: day('valued_on'),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('answer_readings_case').on(t.caseNo),
    check(
      'answer_readings_of_question',
      sql`CASE WHEN ${t.requestId} IS NULL THEN ${t.verdict} IN ('report', 'unreadable') ELSE ${t.verdict} <> 'report' END`,
    ),
  ],
);

export const answerFacts = pgTable(
  'answer_facts',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    answerId: id('answer_id')
      .notNull()
      .references(() => answerReadings.answerId),
    source: text('source').$type<Source>().notNull(),
    item: text('item').notNull(),
    ...fact(),
  },
  (t) => [index('answer_facts_case').on(t.caseNo)],
);

/** How a request ended: with an answer, or in silence. Silence is a value of its own, never zero. */
export const requestOutcomes = pgTable(
  'request_outcomes',
  {
    requestId: id('request_id')
      .primaryKey()
      .references(() => departmentRequests.id),
    caseNo: caseRef().references(() => cases.caseNo),
    outcome: text('outcome', { enum: ['found', 'none', 'unanswered'] }).notNull(),
    answerId: id('answer_id').references(() => rawAnswers.id),
    /** Why a verifier could not say; null for silence. */
    reasonCode: text('reason_code').$type<CannotVerifyReason>(),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('request_outcomes_case').on(t.caseNo)],
);

/** The fact the decision rests on, where it comes from, and who or which rule chose it. */
export const adoptedFacts = pgTable(
  'adopted_facts',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    ...fact(),
    declaredFactId: id('declared_fact_id').references(() => declaredFacts.id),
    answerFactId: id('answer_fact_id').references(() => answerFacts.id),
    documentId: id('document_id').references(() => documents.id),
    ruleCode: text('rule_code'),
    staffId: id('staff_id').references(() => staff.id),
    commandId: id('command_id'),
    reasonCode: text('reason_code'),
    /** The adopted fact that this one corrects. */
    supersedes: id('supersedes').unique(),
    occurredOn: day('occurred_on').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('adopted_facts_case').on(t.caseNo),
    check(
      'adopted_facts_source',
      sql`num_nonnulls(${t.declaredFactId}, ${t.answerFactId}, ${t.documentId}) >= 1`,
    ),
    check('adopted_facts_chooser', sql`num_nonnulls(${t.ruleCode}, ${t.staffId}) = 1`),
  ],
);

/** A person's word on a source that did not answer: which other proof stands in for it. */
export const proofAdoptions = pgTable(
  'proof_adoptions',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    requestId: id('request_id')
      .notNull()
      .unique()
      .references(() => departmentRequests.id),
    documentId: id('document_id').references(() => documents.id),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('proof_adoptions_case').on(t.caseNo)],
);

export const visits = pgTable(
  'visits',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    method: text('method').$type<VisitMethod>().notNull(),
    householdSignatoryId: id('household_signatory_id').references(() => persons.id),
    propertyWithinLimits: text('property_within_limits', { enum: ['yes', 'no', 'not_judged'] }).notNull(),
    objectionId: id('objection_id'),
    /** `county` for a visit of art. 20; null for the township's own. */
    level: text('level', { enum: ['county'] }),
    /** The cooperation it was made for, by the township where somebody lives. */
    cooperationId: id('cooperation_id').references(() => caseCooperations.id),
    ...humanAct(),
  },
  (t) => [index('visits_case').on(t.caseNo)],
);

export const visitInvestigators = pgTable(
  'visit_investigators',
  {
    id: id().primaryKey(),
    visitId: id('visit_id')
      .notNull()
      .references(() => visits.id),
    caseNo: caseRef().references(() => cases.caseNo),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    signedOn: day('signed_on').notNull(),
  },
  (t) => [
    index('visit_investigators_case').on(t.caseNo),
    unique('visit_investigators_once').on(t.visitId, t.staffId),
  ],
);

/** What a cooperating township did, on the visit it recorded. One for each cooperation. */
export const cooperationReports = pgTable(
  'cooperation_reports',
  {
    cooperationId: id('cooperation_id')
      .primaryKey()
      .references(() => caseCooperations.id),
    caseNo: caseRef().references(() => cases.caseNo),
    visitId: id('visit_id')
      .notNull()
      .references(() => visits.id),
    ...humanAct(),
  },
  (t) => [index('cooperation_reports_case').on(t.caseNo)],
);

/** What a report says, in ids, codes, days and hashes: a person, a name or an amount is not in it. */
export interface ReportContent {
  readonly format: 1;
  readonly caseNo: string;
  readonly version: number;
  readonly purpose: VerificationPurpose;
  readonly madeOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
  /** The day whose values were asked for; of several the earliest. */
  readonly valuedOn: PlainDate;
  readonly evidenceHash: string;
  readonly questions: readonly ReportedQuestion[];
}

/** One source about one person: what it was asked on which signature, and what came of it. */
export interface ReportedQuestion {
  readonly request: string;
  readonly person: string;
  readonly source: Source;
  readonly items: readonly string[];
  readonly askedOn: PlainDate;
  readonly consent: { readonly id: string; readonly hash: string } | null;
  readonly ground: string | null;
  readonly outcome: 'found' | 'none' | 'unanswered';
  readonly answer: { readonly id: string; readonly hash: string } | null;
  /** Null: the department itself was asked. */
  readonly origin: {
    readonly kind: 'reused_report' | 'recognised_report';
    readonly valuedOn: PlainDate;
    readonly validTo: PlainDate;
    /** The hash of the report that answered instead, or of its paper in the file. */
    readonly hash: string;
  } | null;
}

/** 核对报告: how every question ended and what stands declared, verified and adopted. A recheck makes the next version. */
export const verificationReports = pgTable(
  'verification_reports',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    version: integer('version').notNull(),
    /** The evidence hash it was made on. */
    evidenceHash: text('evidence_hash').notNull(),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    madeOn: day('made_on').notNull(),
    validTo: day('valid_to').notNull(),
    /** These four are null in reports of before: nothing reuses them. */
    purpose: text('purpose').$type<VerificationPurpose>(),
    validFrom: day('valid_from'),
    content: jsonb('content').$type<ReportContent>(),
    /** SHA-256 over the canonical form of the content. */
    contentHash: text('content_hash'),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    unique('verification_reports_version').on(t.caseNo, t.version),
    purposeKnown('verification_reports_purpose', t.purpose),
    check(
      'verification_reports_content',
      sql`num_nonnulls(${t.purpose}, ${t.validFrom}, ${t.content}, ${t.contentHash}) IN (0, 4)`,
    ),
  ],
);

/** That the household was told what stands against it (art. 18). */
export const verificationNotices = pgTable(
  'verification_notices',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    reportId: id('report_id')
      .notNull()
      .references(() => verificationReports.id),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    ...humanAct(),
  },
  (t) => [index('verification_notices_case').on(t.caseNo)],
);

export const verificationObjections = pgTable(
  'verification_objections',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    noticeId: id('notice_id')
      .notNull()
      .references(() => verificationNotices.id),
    groundCode: text('ground_code').notNull(),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    ...humanAct(),
  },
  (t) => [index('verification_objections_case').on(t.caseNo)],
);

/** 复查: its finding, and the report it led to. */
export const rechecks = pgTable(
  'rechecks',
  {
    objectionId: id('objection_id')
      .primaryKey()
      .references(() => verificationObjections.id),
    caseNo: caseRef().references(() => cases.caseNo),
    reportId: id('report_id')
      .notNull()
      .references(() => verificationReports.id),
    finding: text('finding', { enum: ['upheld', 'partly_upheld', 'not_upheld'] }).notNull(),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('rechecks_case').on(t.caseNo)],
);

/** A value of the findings notice that the household says is wrong. */
export const contestedValues = pgTable(
  'contested_values',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    objectionId: id('objection_id')
      .notNull()
      .references(() => verificationObjections.id),
    answerFactId: id('answer_fact_id')
      .notNull()
      .references(() => answerFacts.id),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('contested_values_case').on(t.caseNo),
    unique('contested_values_once').on(t.objectionId, t.answerFactId),
  ],
);

/** What the recheck came to for one contested value. A corrected one is compared no more; its line is open again. */
export const valueFindings = pgTable(
  'value_findings',
  {
    contestedId: id('contested_id')
      .primaryKey()
      .references(() => contestedValues.id),
    caseNo: caseRef().references(() => cases.caseNo),
    verdict: text('verdict', { enum: ['confirmed', 'corrected'] }).notNull(),
    /** The proof. */
    documentId: id('document_id').references(() => documents.id),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [
    index('value_findings_case').on(t.caseNo),
    check('value_findings_proof', sql`${t.verdict} = 'confirmed' OR ${t.documentId} IS NOT NULL`),
  ],
);

import { check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { AfreshReason, Source, VerificationPurpose } from '../../terms/codes.js';
import { bytea, businessTime, caseRef, day, humanAct, id, purposeKnown, recordedAt } from './columns.js';
import { cases, documents } from './case.js';
import { departmentRequests, rawAnswers } from './evidence.js';
import { personLinks, persons } from './people.js';

/** A report that another place made and that is recognised here (LAW-2026 art. 42), as its paper in the file says. */
export const recognisedReports = pgTable(
  'recognised_reports',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    /** County or larger, whose body made it. */
    placeCode: text('place_code').notNull(),
    keyId: id('key_id').notNull(),
    /** Body and number, as printed on it: text that somebody typed. */
    details: bytea('details').notNull(),
    purpose: text('purpose').$type<VerificationPurpose>().notNull(),
    madeOn: day('made_on').notNull(),
    /** As it says itself; how long it counts here, the parameters of this place say too. */
    validTo: day('valid_to').notNull(),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    documentHash: text('document_hash').notNull(),
    ...humanAct(),
  },
  (t) => [
    index('recognised_reports_case').on(t.caseNo),
    purposeKnown('recognised_reports_purpose', t.purpose),
    check('recognised_reports_dates', sql`${t.validTo} >= ${t.madeOn}`),
  ],
);

/** What such a report says one source answered about one member, in the words of our own wire. */
export const recognisedAnswers = pgTable(
  'recognised_answers',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    recognisedId: id('recognised_id')
      .notNull()
      .references(() => recognisedReports.id),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    source: text('source').$type<Source>().notNull(),
    items: jsonb('items').$type<string[]>().notNull(),
    outcome: text('outcome', { enum: ['found', 'none'] }).notNull(),
    keyId: id('key_id').notNull(),
    facts: bytea('facts').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('recognised_answers_case').on(t.caseNo),
    unique('recognised_answers_once').on(t.recognisedId, t.personId, t.source),
  ],
);

/** Where the answer to a question comes from, when its department was not asked: an earlier report, here or elsewhere. */
export const answerOrigins = pgTable(
  'answer_origins',
  {
    requestId: id('request_id')
      .primaryKey()
      .references(() => departmentRequests.id),
    caseNo: caseRef().references(() => cases.caseNo),
    /** The answer as it lies in this file. */
    answerId: id('answer_id')
      .notNull()
      .references(() => rawAnswers.id),
    kind: text('kind', { enum: ['reused_report', 'recognised_report'] }).notNull(),
    purpose: text('purpose').$type<VerificationPurpose>().notNull(),
    /** The day whose values it states, and the last day on which it may be rested on. */
    valuedOn: day('valued_on').notNull(),
    validTo: day('valid_to').notNull(),
    /** What was reused: the report, question and answer of the other file, and when the question left it. */
    linkId: id('link_id').references(() => personLinks.id),
    fromCaseNo: text('from_case_no'),
    fromReportId: id('from_report_id'),
    fromVersion: integer('from_version'),
    fromHash: text('from_hash'),
    fromRequestId: id('from_request_id'),
    fromAnswerId: id('from_answer_id'),
    fromAnswerHash: text('from_answer_hash'),
    askedAt: businessTime('asked_at'),
    recognisedId: id('recognised_id').references(() => recognisedReports.id),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('answer_origins_case').on(t.caseNo),
    index('answer_origins_from').on(t.fromRequestId),
    purposeKnown('answer_origins_purpose', t.purpose),
    check(
      'answer_origins_kind',
      sql`CASE ${t.kind} WHEN 'reused_report' THEN ${t.recognisedId} IS NULL AND num_nulls(${t.linkId}, ${t.fromCaseNo}, ${t.fromReportId}, ${t.fromVersion}, ${t.fromHash}, ${t.fromRequestId}, ${t.fromAnswerId}, ${t.fromAnswerHash}, ${t.askedAt}) = 0
        WHEN 'recognised_report' THEN ${t.recognisedId} IS NOT NULL AND num_nonnulls(${t.linkId}, ${t.fromCaseNo}, ${t.fromReportId}, ${t.fromVersion}, ${t.fromHash}, ${t.fromRequestId}, ${t.fromAnswerId}, ${t.fromAnswerHash}, ${t.askedAt}) = 0
        ELSE false END`,
    ),
  ],
);

/** A person's demand that the department itself is asked, although an earlier report answers. One for each question. */
export const freshQuestions = pgTable(
  'fresh_questions',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    requestId: id('request_id')
      .notNull()
      .unique()
      .references(() => departmentRequests.id),
    reasonCode: text('reason_code').$type<AfreshReason>().notNull(),
    ...humanAct(),
  },
  (t) => [index('fresh_questions_case').on(t.caseNo)],
);

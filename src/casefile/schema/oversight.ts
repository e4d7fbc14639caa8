import { boolean, check, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { DeliveryResult, DeliveryWay, NearRelation } from '../../terms/codes.js';
import { bytea, businessTime, caseRef, day, humanAct, id, recordedAt } from './columns.js';
import { cases, documents } from './case.js';
import { persons } from './people.js';
import { divisions, staff } from './registry.js';

/**
 * 近亲属备案: relatives of whoever handles or is in charge of cases, and of village committees, as they stated them.
 * A table of its own, dated. Matched by ID number when a household applies.
 */
export const relativeRoster = pgTable(
  'relative_roster',
  {
    id: id().primaryKey(),
    holderKind: text('holder_kind', { enum: ['staff', 'committee'] }).notNull(),
    /** The handler; null for a member of a village committee. */
    handlerId: id('handler_id').references(() => staff.id),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    keyId: id('key_id').notNull(),
    /** Of a committee member; staff have theirs on their own row. */
    holderName: bytea('holder_name'),
    relativeName: bytea('relative_name').notNull(),
    relation: text('relation').$type<NearRelation>().notNull(),
    idIndex: text('id_index').notNull(),
    validFrom: day('valid_from').notNull(),
    enteredBy: id('entered_by')
      .notNull()
      .references(() => staff.id),
    recordedAt: recordedAt(),
  },
  (t) => [
    unique('relative_roster_once')
      .on(t.idIndex, t.holderKind, t.handlerId, t.divisionId, t.relation, t.validFrom)
      .nullsNotDistinct(),
    index('relative_roster_index').on(t.idIndex),
    check('relative_roster_holder', sql`(${t.holderKind} = 'staff') = (${t.handlerId} IS NOT NULL)`),
  ],
);

/** The relation, or the office, ended. */
export const relativeRosterEnds = pgTable('relative_roster_ends', {
  rosterId: id('roster_id')
    .primaryKey()
    .references(() => relativeRoster.id),
  endedFrom: day('ended_from').notNull(),
  enteredBy: id('entered_by')
    .notNull()
    .references(() => staff.id),
  recordedAt: recordedAt(),
});

/** 单独登记: a case that is registered separately, and therefore visited by the county (art. 11, 20). */
export const nearRelativeFilings = pgTable(
  'near_relative_filings',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    ground: text('ground', { enum: ['roster', 'declaration'] }).notNull(),
    rosterId: id('roster_id').references(() => relativeRoster.id),
    handlerId: id('handler_id').references(() => staff.id),
    relation: text('relation').$type<NearRelation>().notNull(),
    ...humanAct(),
  },
  (t) => [index('near_relative_filings_case').on(t.caseNo)],
);

/** 举报: that somebody reported something about a case, on which ground. What they said stands with who they are. */
export const reports = pgTable(
  'reports',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    groundCode: text('ground_code').notNull(),
    channel: text('channel', { enum: ['window', 'hotline', 'letter', 'online'] }).notNull(),
    realName: boolean('real_name').notNull(),
    ...humanAct(),
  },
  (t) => [index('reports_case').on(t.caseNo)],
);

/** Who reported or objected, and in which words. Row-level security keeps it from the readers of the case. */
export const reporters = pgTable(
  'reporters',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    /** The report, or the objection to a notice. */
    refId: id('ref_id').notNull().unique(),
    keyId: id('key_id').notNull(),
    name: bytea('name'),
    phone: bytea('phone'),
    words: bytea('words').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('reporters_case').on(t.caseNo)],
);

/** A report by name is answered (art. 37): what was found, and that the answer reached them. */
export const reportAnswers = pgTable(
  'report_answers',
  {
    reportId: id('report_id')
      .primaryKey()
      .references(() => reports.id),
    caseNo: caseRef().references(() => cases.caseNo),
    finding: text('finding', { enum: ['confirmed', 'partly_confirmed', 'not_confirmed'] }).notNull(),
    how: text('how').$type<DeliveryWay>().notNull(),
    result: text('result').$type<DeliveryResult>().notNull(),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    ...humanAct(),
  },
  (t) => [index('report_answers_case').on(t.caseNo)],
);

/** A draw among the confirmations of townships: anyone can repeat it from what stands here. */
export const samples = pgTable(
  'samples',
  {
    id: id().primaryKey(),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    fromDay: day('from_day').notNull(),
    toDay: day('to_day').notNull(),
    seed: text('seed').notNull(),
    algorithm: text('algorithm').notNull(),
    percent: integer('percent').notNull(),
    population: integer('population').notNull(),
    /** SHA-256 over the case numbers that could be drawn, sorted, one a line. */
    populationHash: text('population_hash').notNull(),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    unique('samples_once').on(t.divisionId, t.fromDay, t.toDay),
    check('samples_days', sql`${t.toDay} >= ${t.fromDay}`),
  ],
);

export const sampleDraws = pgTable(
  'sample_draws',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    sampleId: id('sample_id')
      .notNull()
      .references(() => samples.id),
    recordedAt: recordedAt(),
  },
  (t) => [index('sample_draws_case').on(t.caseNo), unique('sample_draws_once').on(t.sampleId, t.caseNo)],
);

/** What the county found when it looked again. */
export const sampleFindings = pgTable(
  'sample_findings',
  {
    drawId: id('draw_id')
      .primaryKey()
      .references(() => sampleDraws.id),
    caseNo: caseRef().references(() => cases.caseNo),
    finding: text('finding', { enum: ['in_order', 'needs_review'] }).notNull(),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('sample_findings_case').on(t.caseNo)],
);

import { bigint, boolean, check, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Programme } from '../../terms/codes.js';
import type { Fen, Month } from '../../terms/index.js';
import { businessTime, caseRef, day, humanAct, id, recordedAt } from './columns.js';
import { cases, documents } from './case.js';
import { households, persons, requests } from './people.js';

const money = (name: string) => bigint(name, { mode: 'number' }).$type<Fen>();

/** The arithmetic, frozen: inputs, parameter versions and steps. It can be re-performed from this row alone. */
export const determinations = pgTable('determinations', {
  id: id().primaryKey(),
  caseNo: caseRef().references(() => cases.caseNo),
  format: integer('format').notNull(),
  inputs: jsonb('inputs').$type<unknown>().notNull(),
  inputsHash: text('inputs_hash').notNull(),
  parameters: jsonb('parameters').$type<unknown>().notNull(),
  steps: jsonb('steps').$type<unknown>().notNull(),
  eligible: boolean('eligible').notNull(),
  monthlyBenefitFen: money('monthly_benefit_fen').notNull(),
  at: businessTime('at').notNull(),
  recordedAt: recordedAt(),
});

export const opinions = pgTable(
  'opinions',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    level: text('level', { enum: ['township', 'county'] }).notNull(),
    version: integer('version').notNull(),
    proposes: text('proposes', { enum: ['grant', 'refuse'] }).notNull(),
    category: text('category').notNull(),
    determinationId: id('determination_id')
      .notNull()
      .references(() => determinations.id),
    monthlyBenefitFen: money('monthly_benefit_fen').notNull(),
    article: text('article').notNull(),
    reasonCode: text('reason_code').notNull(),
    /** What the signer had before them: the hash of the adopted facts, visits and answers. */
    evidenceHash: text('evidence_hash').notNull(),
    ...humanAct(),
  },
  (t) => [unique('opinions_version').on(t.caseNo, t.level, t.version)],
);

export const publicNotices = pgTable('public_notices', {
  id: id().primaryKey(),
  caseNo: caseRef().references(() => cases.caseNo),
  opinionId: id('opinion_id')
    .notNull()
    .unique()
    .references(() => opinions.id),
  villageCode: text('village_code').notNull(),
  /** Masked, for the online page: 「张*」. The full name goes on the village board only. */
  maskedName: text('masked_name').notNull(),
  memberCount: integer('member_count').notNull(),
  monthlyBenefitFen: money('monthly_benefit_fen').notNull(),
  postedOn: day('posted_on').notNull(),
  endsOn: day('ends_on').notNull(),
  ...humanAct(),
});

export const publicNoticeRemovals = pgTable('public_notice_removals', {
  noticeId: id('notice_id')
    .primaryKey()
    .references(() => publicNotices.id),
  caseNo: caseRef().references(() => cases.caseNo),
  removedOn: day('removed_on').notNull(),
  reasonCode: text('reason_code').notNull(),
  at: businessTime('at').notNull(),
  recordedAt: recordedAt(),
});

export const objections = pgTable('objections', {
  id: id().primaryKey(),
  caseNo: caseRef().references(() => cases.caseNo),
  noticeId: id('notice_id')
    .notNull()
    .references(() => publicNotices.id),
  groundCode: text('ground_code').notNull(),
  realName: boolean('real_name').notNull(),
  ...humanAct(),
});

export const objectionFindings = pgTable('objection_findings', {
  objectionId: id('objection_id')
    .primaryKey()
    .references(() => objections.id),
  caseNo: caseRef().references(() => cases.caseNo),
  opinionId: id('opinion_id')
    .notNull()
    .references(() => opinions.id),
  finding: text('finding', { enum: ['upheld', 'partly_upheld', 'not_upheld'] }).notNull(),
  recordedAt: recordedAt(),
});

export const decisions = pgTable(
  'decisions',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    stage: text('stage', { enum: ['county_confirmation'] }).notNull(),
    kind: text('kind', { enum: ['confirm', 'refuse'] }).notNull(),
    countyOpinionId: id('county_opinion_id')
      .notNull()
      .references(() => opinions.id),
    determinationId: id('determination_id')
      .notNull()
      .references(() => determinations.id),
    monthlyBenefitFen: money('monthly_benefit_fen').notNull(),
    effectiveMonth: text('effective_month').$type<Month>(),
    article: text('article').notNull(),
    reasonCode: text('reason_code').notNull(),
    evidenceHash: text('evidence_hash').notNull(),
    /** Set when simulated mode decided on another year's parameters. */
    parametersOn: day('parameters_on').notNull(),
    ...humanAct(),
  },
  (t) => [
    unique('decisions_one_per_stage').on(t.caseNo, t.stage),
    check('decisions_effective', sql`(${t.kind} = 'confirm') = (${t.effectiveMonth} IS NOT NULL)`),
  ],
);

export const recognitions = pgTable('recognitions', {
  id: id().primaryKey(),
  caseNo: caseRef().references(() => cases.caseNo),
  requestId: id('request_id')
    .notNull()
    .unique()
    .references(() => requests.id),
  decisionId: id('decision_id')
    .notNull()
    .references(() => decisions.id),
  programme: text('programme').$type<Programme>().notNull(),
  unitKind: text('unit_kind', { enum: ['household', 'person'] }).notNull(),
  householdId: id('household_id').references(() => households.id),
  personId: id('person_id').references(() => persons.id),
  fromMonth: text('from_month').$type<Month>().notNull(),
  recognisedOn: day('recognised_on').notNull(),
  recordedAt: recordedAt(),
});

export const entitlementLines = pgTable(
  'entitlement_lines',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    recognitionId: id('recognition_id')
      .notNull()
      .references(() => recognitions.id),
    personId: id('person_id').references(() => persons.id),
    component: text('component', { enum: ['dibao_gap'] }).notNull(),
    month: text('month').$type<Month>().notNull(),
    amountFen: money('amount_fen').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    unique('entitlement_lines_once').on(t.recognitionId, t.personId, t.component, t.month).nullsNotDistinct(),
    check('entitlement_lines_amount', sql`${t.amountFen} > 0`),
  ],
);

/** That a paper reached somebody: how, when, with which result. A notice that was not delivered starts nothing. */
export const deliveries = pgTable('deliveries', {
  id: id().primaryKey(),
  caseNo: caseRef().references(() => cases.caseNo),
  documentId: id('document_id')
    .notNull()
    .references(() => documents.id),
  personId: id('person_id').references(() => persons.id),
  how: text('how', { enum: ['in_person', 'post', 'left_with_adult', 'village_committee'] }).notNull(),
  result: text('result', { enum: ['delivered', 'refused', 'undeliverable'] }).notNull(),
  ...humanAct(),
});

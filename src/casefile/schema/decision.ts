import { bigint, boolean, check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type {
  DeliveryResult,
  DeliveryWay,
  ExtensionGround,
  Programme,
  RefusalToCooperate,
} from '../../terms/codes.js';
import type { Fen, Month } from '../../terms/index.js';
import { businessTime, caseRef, day, humanAct, id, recordedAt } from './columns.js';
import { cases, documents } from './case.js';
import { households, persons, requests } from './people.js';

const money = (name: string) => bigint(name, { mode: 'number' }).$type<Fen>();

/** The arithmetic, frozen: inputs, parameter versions and steps. It can be re-performed from this row alone. */
export const determinations = pgTable(
  'determinations',
  {
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
  },
  (t) => [index('determinations_case').on(t.caseNo)],
);

/** What the receiver drafted for a leader to sign, with the arithmetic as it stood then. */
export const opinionDrafts = pgTable(
  'opinion_drafts',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    proposes: text('proposes', { enum: ['grant', 'refuse'] }).notNull(),
    monthlyBenefitFen: money('monthly_benefit_fen').notNull(),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('opinion_drafts_case').on(t.caseNo)],
);

/** What an opinion rested on, by id: adopted facts, visits, and how each question had ended. */
export interface RestsOn {
  readonly facts: readonly string[];
  readonly seen: readonly string[];
  readonly asked: readonly string[];
}

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
    restsOn: jsonb('rests_on').$type<RestsOn>(),
    /** The persons it is about: the household's members who count. */
    units: jsonb('units').$type<string[]>(),
    draftId: id('draft_id').references(() => opinionDrafts.id),
    ...humanAct(),
  },
  (t) => [unique('opinions_version').on(t.caseNo, t.level, t.version)],
);

export const publicNotices = pgTable(
  'public_notices',
  {
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
    /** The sheet for the village board, which may carry the full name. */
    documentId: id('document_id').references(() => documents.id),
    /** 1, or 2 for the notice after an objection or a return. */
    round: integer('round'),
    ...humanAct(),
  },
  (t) => [index('public_notices_case').on(t.caseNo)],
);

/** Photographs of the board, as they were brought. */
export const noticePhotos = pgTable(
  'notice_photos',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    noticeId: id('notice_id')
      .notNull()
      .references(() => publicNotices.id),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
  },
  (t) => [index('notice_photos_case').on(t.caseNo)],
);

export const publicNoticeRemovals = pgTable(
  'public_notice_removals',
  {
    noticeId: id('notice_id')
      .primaryKey()
      .references(() => publicNotices.id),
    caseNo: caseRef().references(() => cases.caseNo),
    removedOn: day('removed_on').notNull(),
    reasonCode: text('reason_code').notNull(),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('public_notice_removals_case').on(t.caseNo)],
);

export const objections = pgTable(
  'objections',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    noticeId: id('notice_id')
      .notNull()
      .references(() => publicNotices.id),
    groundCode: text('ground_code').notNull(),
    realName: boolean('real_name').notNull(),
    ...humanAct(),
  },
  (t) => [index('objections_case').on(t.caseNo)],
);

export const objectionFindings = pgTable(
  'objection_findings',
  {
    objectionId: id('objection_id')
      .primaryKey()
      .references(() => objections.id),
    caseNo: caseRef().references(() => cases.caseNo),
    opinionId: id('opinion_id')
      .notNull()
      .references(() => opinions.id),
    finding: text('finding', { enum: ['upheld', 'partly_upheld', 'not_upheld'] }).notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('objection_findings_case').on(t.caseNo)],
);

/** 民主评议 about an objection: who came, how they voted, whether quorum and shares of the place were kept. */
export const appraisals = pgTable(
  'appraisals',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    objectionId: id('objection_id')
      .notNull()
      .references(() => objections.id),
    calledOn: day('called_on').notNull(),
    townshipStaff: integer('township_staff').notNull(),
    committeeMembers: integer('committee_members').notNull(),
    partyRepresentatives: integer('party_representatives').notNull(),
    villagerRepresentatives: integer('villager_representatives').notNull(),
    truthful: integer('truthful').notNull(),
    untruthful: integer('untruthful').notNull(),
    abstained: integer('abstained').notNull(),
    documentId: id('document_id').references(() => documents.id),
    ...humanAct(),
  },
  (t) => [
    index('appraisals_case').on(t.caseNo),
    check('appraisals_called', sql`${t.calledOn} <= ${t.occurredOn}`),
    check(
      'appraisals_votes',
      sql`${t.truthful} + ${t.untruthful} + ${t.abstained} = ${t.townshipStaff} + ${t.committeeMembers} + ${t.partyRepresentatives} + ${t.villagerRepresentatives}`,
    ),
  ],
);

/** The file was sent back, by whom and why; what had been formed stays on record. */
export const fileReturns = pgTable(
  'file_returns',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('file_returns_case').on(t.caseNo)],
);

/** 45 working days instead of 30 or 20, once, on a listed ground. */
export const extensions = pgTable('extensions', {
  id: id().primaryKey(),
  caseNo: caseRef()
    .unique()
    .references(() => cases.caseNo),
  ground: text('ground').$type<ExtensionGround>().notNull(),
  ...humanAct(),
});

/** 催告: a member was asked to cooperate and told what follows if they do not (art. 29). */
export const warnings = pgTable(
  'warnings',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    refusal: text('refusal').$type<RefusalToCooperate>().notNull(),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    ...humanAct(),
  },
  (t) => [index('warnings_case').on(t.caseNo)],
);

/** How a case ended without a decision about the benefit, by whom, on which paper. */
export const endings = pgTable(
  'endings',
  {
    id: id().primaryKey(),
    caseNo: caseRef()
      .unique()
      .references(() => cases.caseNo),
    kind: text('kind', { enum: ['withdrawn', 'unsupplied', 'terminated'] }).notNull(),
    reasonCode: text('reason_code').notNull(),
    /** The signed request of a withdrawal; the notice of the others. */
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    signedById: id('signed_by_id').references(() => persons.id),
    warningId: id('warning_id').references(() => warnings.id),
    ...humanAct(),
  },
  (t) => [
    check('endings_signed', sql`(${t.kind} = 'withdrawn') = (${t.signedById} IS NOT NULL)`),
    check('endings_warned', sql`(${t.kind} = 'terminated') = (${t.warningId} IS NOT NULL)`),
  ],
);

export const decisions = pgTable(
  'decisions',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    stage: text('stage', { enum: ['county_confirmation', 'delegated_confirmation'] }).notNull(),
    kind: text('kind', { enum: ['confirm', 'refuse'] }).notNull(),
    /** The opinion it follows: the county's, or the township's where the province delegates. */
    countyOpinionId: id('county_opinion_id').references(() => opinions.id),
    townshipOpinionId: id('township_opinion_id').references(() => opinions.id),
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
    check(
      'decisions_opinion',
      sql`(${t.stage} = 'county_confirmation') = (${t.countyOpinionId} IS NOT NULL) AND (${t.stage} = 'delegated_confirmation') = (${t.townshipOpinionId} IS NOT NULL)`,
    ),
    check('decisions_effective', sql`(${t.kind} = 'confirm') = (${t.effectiveMonth} IS NOT NULL)`),
  ],
);

export const recognitions = pgTable(
  'recognitions',
  {
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
  },
  (t) => [index('recognitions_case').on(t.caseNo)],
);

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
    index('entitlement_lines_case').on(t.caseNo),
    unique('entitlement_lines_once').on(t.recognitionId, t.personId, t.component, t.month).nullsNotDistinct(),
    check('entitlement_lines_amount', sql`${t.amountFen} > 0`),
  ],
);

/** That a paper reached somebody: how, when, with which result. A notice that was not delivered starts nothing. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    documentId: id('document_id')
      .notNull()
      .references(() => documents.id),
    personId: id('person_id').references(() => persons.id),
    how: text('how').$type<DeliveryWay>().notNull(),
    result: text('result').$type<DeliveryResult>().notNull(),
    /** 送达回证, for whatever was brought. */
    receiptDocumentId: id('receipt_document_id').references(() => documents.id),
    ...humanAct(),
  },
  (t) => [index('deliveries_case').on(t.caseNo)],
);

/** 公布 after the confirmation: name, family size, amount, nothing else (art. 24). */
export const publications = pgTable('publications', {
  id: id().primaryKey(),
  caseNo: caseRef()
    .unique()
    .references(() => cases.caseNo),
  decisionId: id('decision_id')
    .notNull()
    .references(() => decisions.id),
  villageCode: text('village_code').notNull(),
  maskedName: text('masked_name').notNull(),
  memberCount: integer('member_count').notNull(),
  monthlyBenefitFen: money('monthly_benefit_fen').notNull(),
  publishedOn: day('published_on').notNull(),
  /** The last day online. */
  endsOn: day('ends_on').notNull(),
  documentId: id('document_id')
    .notNull()
    .references(() => documents.id),
  ...humanAct(),
});

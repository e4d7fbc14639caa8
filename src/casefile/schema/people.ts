import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type {
  Capacity,
  DibaoArea,
  ExclusionReason,
  MemberReason,
  Paper,
  Programme,
  Source,
  VerificationPurpose,
} from '../../terms/codes.js';
import { bytea, caseRef, day, humanAct, id, purposeKnown, recordedAt } from './columns.js';
import { cases } from './case.js';
import { divisions } from './registry.js';

/** A person as one file knows them. The same person in two files is two rows and a link that a human resolves. */
export const persons = pgTable(
  'persons',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    keyId: id('key_id').notNull(),
    name: bytea('name').notNull(),
    idStatus: text('id_status', { enum: ['valid', 'none', 'disputed'] }).notNull(),
    idNumber: bytea('id_number'),
    /** Keyed hash for equality search; null for provisional persons, who therefore never collide. */
    idIndex: text('id_index'),
    phone: bytea('phone'),
    bankAccount: bytea('bank_account'),
    provisional: boolean('provisional').notNull().default(false),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('persons_case').on(t.caseNo),
    index('persons_id_index').on(t.idIndex),
    check('persons_id_number', sql`(${t.idStatus} = 'none') = (${t.idNumber} IS NULL)`),
    check('persons_provisional', sql`NOT ${t.provisional} OR ${t.idIndex} IS NULL`),
  ],
);

/** Dated hukou place and type, residence and permit. */
export const personPlaces = pgTable(
  'person_places',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    hukouCode: text('hukou_code'),
    hukouType: text('hukou_type', { enum: ['urban', 'rural', 'unknown'] }).notNull(),
    residenceCode: text('residence_code'),
    residencePermit: boolean('residence_permit').notNull(),
    validFrom: day('valid_from').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('person_places_case').on(t.caseNo)],
);

export const personLinks = pgTable(
  'person_links',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    otherCaseNo: text('other_case_no').notNull(),
    otherPersonId: id('other_person_id').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('person_links_case').on(t.caseNo),
    unique('person_links_pair').on(t.personId, t.otherPersonId),
  ],
);

export const personLinkResolutions = pgTable(
  'person_link_resolutions',
  {
    linkId: id('link_id')
      .primaryKey()
      .references(() => personLinks.id),
    caseNo: caseRef().references(() => cases.caseNo),
    verdict: text('verdict', { enum: ['same_person', 'different_persons'] }).notNull(),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('person_link_resolutions_case').on(t.caseNo)],
);

export const households = pgTable(
  'households',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    recordedAt: recordedAt(),
  },
  (t) => [index('households_case').on(t.caseNo)],
);

export const householdMembers = pgTable(
  'household_members',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    householdId: id('household_id')
      .notNull()
      .references(() => households.id),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    included: boolean('included').notNull(),
    reasonCode: text('reason_code').$type<MemberReason | ExclusionReason>().notNull(),
    validFrom: day('valid_from').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('household_members_case').on(t.caseNo),
    unique('household_members_from').on(t.householdId, t.personId, t.validFrom),
  ],
);

/** People outside the household who owe support. Looked up only with a consent of their own (LAW-2026 art. 41). */
export const obligors = pgTable(
  'obligors',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    owesTo: id('owes_to')
      .notNull()
      .references(() => persons.id),
    relation: text('relation').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('obligors_case').on(t.caseNo)],
);

export const representations = pgTable(
  'representations',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    kind: text('kind', { enum: ['proxy', 'guardian'] }).notNull(),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    representativeId: id('representative_id')
      .notNull()
      .references(() => persons.id),
    mandateDocumentId: id('mandate_document_id'),
    validFrom: day('valid_from').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('representations_case').on(t.caseNo)],
);

/** Who cannot sign alone, from when. Nobody without a row here lacks capacity. */
export const capacities = pgTable(
  'capacities',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    capacity: text('capacity').$type<Capacity>().notNull(),
    validFrom: day('valid_from').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('capacities_case').on(t.caseNo)],
);

/** 承诺书 and 告知承诺: a signed statement, and the papers it stands in for. */
export const commitments = pgTable(
  'commitments',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    kind: text('kind', { enum: ['truthfulness', 'notice_and_commitment'] }).notNull(),
    textVersion: text('text_version').notNull(),
    covers: jsonb('covers').$type<Paper[]>().notNull(),
    ...humanAct(),
  },
  (t) => [index('commitments_case').on(t.caseNo)],
);

/** 核对授权书: the one form of a household. Its signatures are rows of `consents`. */
export const authorisations = pgTable(
  'authorisations',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    textVersion: text('text_version').notNull(),
    purpose: text('purpose').$type<VerificationPurpose>().notNull(),
    sources: jsonb('sources').$type<Source[]>().notNull(),
    channel: text('channel', { enum: ['paper', 'digital'] }).notNull(),
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to').notNull(),
    documentId: id('document_id'),
    ...humanAct(),
  },
  (t) => [index('authorisations_case').on(t.caseNo)],
);

export const applications = pgTable('applications', {
  caseNo: text('case_no')
    .primaryKey()
    .references(() => cases.caseNo),
  householdId: id('household_id')
    .notNull()
    .references(() => households.id),
  applicantId: id('applicant_id')
    .notNull()
    .references(() => persons.id),
  dibaoArea: text('dibao_area').$type<DibaoArea>().notNull(),
  /** Place whose published parameters apply (county code). */
  placeCode: text('place_code').notNull(),
  /** The day whose parameters are used; differs from the day of application in simulated mode only. */
  parametersOn: day('parameters_on').notNull(),
  papers: jsonb('papers').$type<string[]>().notNull(),
  enteredLate: boolean('entered_late').notNull(),
  lateReasonCode: text('late_reason_code'),
  villageCode: text('village_code').notNull(),
  ...humanAct(),
});

export const requests = pgTable(
  'requests',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    programme: text('programme').$type<Programme>().notNull(),
    unitKind: text('unit_kind', { enum: ['household', 'person'] }).notNull(),
    unitPersonId: id('unit_person_id').references(() => persons.id),
    recordedAt: recordedAt(),
  },
  (t) => [index('requests_case').on(t.caseNo)],
);

/** Working state: which requests are open. One per unit and programme in a township. */
export const openRequests = pgTable(
  'open_requests',
  {
    requestId: id('request_id')
      .primaryKey()
      .references(() => requests.id),
    caseNo: caseRef().references(() => cases.caseNo),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    programme: text('programme').$type<Programme>().notNull(),
    unitIndex: text('unit_index'),
    open: boolean('open').notNull(),
  },
  (t) => [
    index('open_requests_case').on(t.caseNo),
    uniqueIndex('open_requests_unit')
      .on(t.divisionId, t.programme, t.unitIndex)
      .where(sql`open`),
  ],
);

export const consents = pgTable(
  'consents',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    signedById: id('signed_by_id')
      .notNull()
      .references(() => persons.id),
    textVersion: text('text_version').notNull(),
    purpose: text('purpose').$type<VerificationPurpose>().notNull(),
    sources: jsonb('sources').$type<Source[]>().notNull(),
    channel: text('channel', { enum: ['paper', 'digital'] }).notNull(),
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to').notNull(),
    signatureHash: text('signature_hash').notNull(),
    authorisationId: id('authorisation_id').references(() => authorisations.id),
    ...humanAct(),
  },
  (t) => [
    index('consents_case').on(t.caseNo),
    index('consents_person').on(t.personId),
    purposeKnown('consents_purpose', t.purpose),
    check('consents_dates', sql`${t.validTo} >= ${t.validFrom}`),
  ],
);

export const consentWithdrawals = pgTable(
  'consent_withdrawals',
  {
    consentId: id('consent_id')
      .primaryKey()
      .references(() => consents.id),
    caseNo: caseRef().references(() => cases.caseNo),
    withdrawnOn: day('withdrawn_on').notNull(),
    ...humanAct(),
  },
  (t) => [index('consent_withdrawals_case').on(t.caseNo)],
);

/** Somebody would not sign. Of an obligor it means nothing for the case (art. 29 speaks of members). */
export const consentRefusals = pgTable(
  'consent_refusals',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id')
      .notNull()
      .references(() => persons.id),
    sources: jsonb('sources').$type<Source[]>().notNull(),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('consent_refusals_case').on(t.caseNo)],
);

/** Free text about persons, kept apart from the rows it explains. */
export const remarks = pgTable(
  'remarks',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    about: text('about').notNull(),
    refId: id('ref_id').notNull(),
    keyId: id('key_id').notNull(),
    body: bytea('body').notNull(),
    seq: integer('seq').notNull().default(1),
    recordedAt: recordedAt(),
  },
  (t) => [index('remarks_case').on(t.caseNo)],
);

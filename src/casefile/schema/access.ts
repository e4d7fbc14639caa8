import { boolean, index, jsonb, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { AccessKind, AccessMark, SignalConclusion, SignalKind } from '../../terms/codes.js';
import { businessTime, caseRef, humanAct, id, recordedAt } from './columns.js';
import { cases } from './case.js';
import { departmentRequests } from './evidence.js';
import { divisions, staff } from './registry.js';

/**
 * Who looked at what, and for whose act a question left: one row for each, never what was seen. Not in the chain of the
 * case, for a read takes no lock; rows are added and never edited like all others.
 */
export const accessEvents = pgTable(
  'access_events',
  {
    id: id().primaryKey(),
    /** No reference: it would lock the row of whoever looks, at every look. Only a known actor's id gets here. */
    staffId: id('staff_id').notNull(),
    kind: text('kind').$type<AccessKind>().notNull(),
    channel: text('channel', { enum: ['api', 'gate'] }).notNull(),
    /** The case number as it was asked for: it may be nobody's, or out of reach. Null for lists. */
    aboutCase: text('about_case'),
    personId: id('person_id'),
    /** False: no such case, or none that this person may see. */
    found: boolean('found').notNull(),
    /** What the gate noticed about requester and person, who are both known only there. */
    marks: jsonb('marks').$type<AccessMark[]>().notNull(),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('access_events_staff').on(t.staffId, t.at), index('access_events_new').on(t.recordedAt)],
);

/** Something an auditor should look at. It stops nothing, and says nothing about a person. */
export const lookupSignals = pgTable(
  'lookup_signals',
  {
    id: id().primaryKey(),
    kind: text('kind').$type<SignalKind>().notNull(),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    /** Where the member of staff belongs: its auditor is told. */
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    /** What it is about within its kind: a night, a day, a person. The same is said once. */
    key: text('key').notNull(),
    /** The accesses that gave rise to it, in business time. */
    fromAt: businessTime('from_at').notNull(),
    toAt: businessTime('to_at').notNull(),
    /** Counts, codes, case numbers and ids. */
    params: jsonb('params').$type<Record<string, string | number>>().notNull(),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    unique('lookup_signals_once').on(t.staffId, t.kind, t.key),
    index('lookup_signals_division').on(t.divisionId, t.id),
  ],
);

/** What an auditor made of a signal, once. */
export const lookupSignalConclusions = pgTable('lookup_signal_conclusions', {
  signalId: id('signal_id')
    .primaryKey()
    .references(() => lookupSignals.id),
  conclusion: text('conclusion').$type<SignalConclusion>().notNull(),
  reasonCode: text('reason_code').notNull(),
  staffId: id('staff_id')
    .notNull()
    .references(() => staff.id),
  at: businessTime('at').notNull(),
  recordedAt: recordedAt(),
});

/** A supervisor lets a question go that a quota held back. */
export const lookupReleases = pgTable(
  'lookup_releases',
  {
    requestId: id('request_id')
      .primaryKey()
      .references(() => departmentRequests.id),
    caseNo: caseRef().references(() => cases.caseNo),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('lookup_releases_case').on(t.caseNo)],
);

/** Working state: up to which real time accesses have been looked through. */
export const accessWatch = pgTable('access_watch', {
  only: boolean('only').primaryKey().default(true),
  upto: timestamp('upto', { withTimezone: true, mode: 'string' }).notNull(),
});

import { boolean, check, index, integer, pgTable, text, unique, bigint } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Role, Source } from '../../terms/codes.js';
import { bytea, businessTime, day, id, recordedAt } from './columns.js';

/** Divisions of a dated tree. A division ends when a succession names it (merge, split). */
export const divisions = pgTable(
  'divisions',
  {
    id: id().primaryKey(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    level: text('level', { enum: ['province', 'prefecture', 'county', 'township', 'village'] }).notNull(),
    parentId: id('parent_id'),
    validFrom: day('valid_from').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [unique('divisions_code_from').on(t.code, t.validFrom), index('divisions_parent').on(t.parentId)],
);

export const divisionSuccessions = pgTable('division_successions', {
  id: id().primaryKey(),
  fromDivisionId: id('from_division_id')
    .notNull()
    .references(() => divisions.id),
  toDivisionId: id('to_division_id')
    .notNull()
    .references(() => divisions.id),
  onDate: day('on_date').notNull(),
  recordedAt: recordedAt(),
});

export const staff = pgTable('staff', {
  id: id().primaryKey(),
  /** Subject of the OIDC token. */
  subject: text('subject').notNull().unique(),
  name: text('name').notNull(),
  divisionId: id('division_id')
    .notNull()
    .references(() => divisions.id),
  recordedAt: recordedAt(),
});

export const roleGrants = pgTable(
  'role_grants',
  {
    id: id().primaryKey(),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    role: text('role').$type<Role>().notNull(),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    validFrom: day('valid_from').notNull(),
    validTo: day('valid_to'),
    /** Of a verifier: the one source they answer for. Such a grant opens no case. */
    source: text('source').$type<Source>(),
    recordedAt: recordedAt(),
  },
  (t) => [
    check('role_grants_source', sql`(${t.role} = 'department_verifier') = (${t.source} IS NOT NULL)`),
    index('role_grants_staff').on(t.staffId),
    index('role_grants_division').on(t.divisionId, t.role),
    check('role_grants_dates', sql`${t.validTo} IS NULL OR ${t.validTo} >= ${t.validFrom}`),
  ],
);

/** A grant that ends early: a new row, the grant itself is never edited. */
export const roleRevocations = pgTable('role_revocations', {
  grantId: id('grant_id')
    .primaryKey()
    .references(() => roleGrants.id),
  revokedFrom: day('revoked_from').notNull(),
  recordedAt: recordedAt(),
});

/** Working state: the only table where a key is re-wrapped or destroyed. */
export const dataKeys = pgTable('data_keys', {
  id: id().primaryKey(),
  owner: text('owner', { enum: ['person', 'case', 'system', 'reporter'] }).notNull(),
  caseNo: text('case_no'),
  kekId: text('kek_id').notNull(),
  wrapped: bytea('wrapped'),
  destroyedAt: businessTime('destroyed_at'),
});

/** Working state: one row in simulated mode, none in production. */
export const businessClock = pgTable(
  'business_clock',
  {
    only: boolean('only').primaryKey().default(true),
    offsetMs: bigint('offset_ms', { mode: 'number' }).notNull(),
  },
  (t) => [check('business_clock_single', sql`${t.only}`)],
);

/** Working state: the last case number given in a township and year. */
export const caseCounters = pgTable(
  'case_counters',
  {
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [unique('case_counters_key').on(t.divisionId, t.year)],
);

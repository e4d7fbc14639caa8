import { sql } from 'drizzle-orm';
import { check, customType, date, text, timestamp, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { VERIFICATION_PURPOSES } from '../../terms/codes.js';
import type { Instant, PlainDate } from '../../terms/dates.js';
import { instant as asInstant } from '../../terms/dates.js';

/** A `timestamptz` as milliseconds, so that business time and real time are both plain numbers in code. */
const timestamptz = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => new Date(value).toISOString(),
  fromDriver: (value) => instantOf(value),
});

/** A `timestamptz` as the database writes it. */
export const instantOf = (text: string): Instant =>
  asInstant(Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')));

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

export const id = (name = 'id') => uuid(name);
export const day = (name: string) => date(name, { mode: 'string' }).$type<PlainDate>();
/** Business time: passed in, never defaulted. */
export const businessTime = (name: string) => timestamptz(name);
/** Real time of the write. The only column that may default to now(). */
export const recordedAt = () =>
  timestamp('recorded_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow();
export const caseRef = () => text('case_no').notNull();
/** What a human act carries: who, by which command, the day on the paper. `recorded_at` is the day of the entry. */
export const humanAct = () => ({
  staffId: id('staff_id').notNull(),
  commandId: id('command_id').notNull(),
  occurredOn: day('occurred_on').notNull(),
  recordedAt: recordedAt(),
});
/** A purpose is one of the vocabulary: no report, consent or question is for something that nobody has named. */
export const purposeKnown = (name: string, column: AnyPgColumn) =>
  check(name, sql`${column} IN (${sql.raw(VERIFICATION_PURPOSES.map((code) => `'${code}'`).join(', '))})`);

import { integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { Source } from '../../terms/codes.js';
import { businessTime } from './columns.js';

/** Working state: whether a worker process leaves a department, or a platform, alone, as it said last. Real time. */
export const gatewayCircuits = pgTable(
  'gateway_circuits',
  {
    source: text('source').$type<Source>().notNull(),
    /** A number that the process drew at its start. */
    process: text('process').notNull(),
    state: text('state', { enum: ['open', 'half_open', 'closed'] }).notNull(),
    since: businessTime('since').notNull(),
    /** When the process said so last: one that has gone says nothing more. Null from one of an earlier release. */
    seenAt: businessTime('seen_at'),
  },
  (t) => [unique('gateway_circuits_key').on(t.source, t.process)],
);

/** Working state: callbacks that were refused in the name of a source, summed up by the hour of a day, so that nobody fills it. */
export const refusedCallbacks = pgTable(
  'refused_callbacks',
  {
    source: text('source').$type<Source>().notNull(),
    /** The reason. */
    reason: text('reason').notNull(),
    /** 0 to 23: the next day writes over it. */
    slot: integer('slot').notNull(),
    /** When that hour began. Real time. */
    hour: businessTime('hour').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [unique('refused_callbacks_key').on(t.source, t.reason, t.slot)],
);

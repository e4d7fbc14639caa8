import {
  bigint,
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
import type { Outcome, Paper, Procedure, Role, Turn } from '../../terms/codes.js';
import { bytea, businessTime, caseRef, day, humanAct, id, recordedAt } from './columns.js';
import { divisions, staff } from './registry.js';

export const cases = pgTable(
  'cases',
  {
    caseNo: text('case_no').primaryKey(),
    procedure: text('procedure').$type<Procedure>().notNull(),
    /** The accepting township. */
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    keyId: id('key_id').notNull(),
    openedOn: day('opened_on').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [index('cases_division').on(t.divisionId, t.caseNo)],
);

/** Working state: where the case is. Recomputed from `transitions`; `verify` compares. */
export const caseState = pgTable(
  'case_state',
  {
    caseNo: text('case_no')
      .primaryKey()
      .references(() => cases.caseNo),
    state: text('state').notNull(),
    turn: text('turn').$type<Turn>().notNull(),
    open: boolean('open').notNull(),
    outcome: text('outcome').$type<Outcome>(),
    /** Counts transitions and every row that a person could decide on: the ETag. */
    version: integer('version').notNull(),
    /** Township (9 digits) and name of the division where the case is being worked on. */
    workingDivisionId: id('working_division_id').notNull(),
    updatedAt: businessTime('updated_at').notNull(),
  },
  (t) => [index('case_state_open').on(t.open, t.caseNo)],
);

export const caseCooperations = pgTable(
  'case_cooperations',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    duty: text('duty').notNull(),
    /** Whom the cooperating township visits. A plain id: persons are another file of the model. */
    personId: id('person_id'),
    ...humanAct(),
  },
  (t) => [index('case_cooperations_case').on(t.caseNo)],
);

/** A cooperation that is no longer needed, or that the accepting township did itself. */
export const cooperationCancellations = pgTable(
  'cooperation_cancellations',
  {
    cooperationId: id('cooperation_id')
      .primaryKey()
      .references(() => caseCooperations.id),
    caseNo: caseRef().references(() => cases.caseNo),
    reasonCode: text('reason_code').notNull(),
    ...humanAct(),
  },
  (t) => [index('cooperation_cancellations_case').on(t.caseNo)],
);

/** The file went to another division: the household moved, or the division merged or split. The newest row counts. */
export const caseAssignments = pgTable(
  'case_assignments',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    /** Place whose published parameters apply from then on (county code). */
    placeCode: text('place_code').notNull(),
    villageCode: text('village_code').notNull(),
    reasonCode: text('reason_code', {
      enum: ['household_moved', 'hukou_moved', 'division_succeeded'],
    }).notNull(),
    fromDay: day('from_day').notNull(),
    /** The household's request; none where the divisions themselves changed. */
    documentId: id('document_id'),
    commandId: id('command_id'),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('case_assignments_case').on(t.caseNo),
    index('case_assignments_division').on(t.divisionId, t.caseNo),
  ],
);

/** Every step of the procedure, by whom, on which day, under which article. */
export const transitions = pgTable(
  'transitions',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    seq: integer('seq').notNull(),
    fromState: text('from_state').notNull(),
    toState: text('to_state').notNull(),
    onKind: text('on_kind', { enum: ['command', 'answer', 'due'] }).notNull(),
    name: text('name').notNull(),
    article: text('article').notNull(),
    actor: text('actor').notNull(),
    commandId: id('command_id'),
    refId: id('ref_id'),
    turn: text('turn').$type<Turn>().notNull(),
    occurredOn: day('occurred_on').notNull(),
    /** Entered later than the place tolerates; `lateReason` is then required. */
    enteredLate: boolean('entered_late').notNull().default(false),
    lateReasonCode: text('late_reason_code'),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    unique('transitions_seq').on(t.caseNo, t.seq),
    check('transitions_actor', sql`${t.onKind} <> 'command' OR ${t.commandId} IS NOT NULL`),
  ],
);

/** Working state: statutory clocks. I12 recomputes them from `transitions`. */
export const clocks = pgTable(
  'clocks',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    code: text('code').notNull(),
    article: text('article').notNull(),
    turn: text('turn').$type<Turn>().notNull(),
    refId: id('ref_id'),
    startedBySeq: integer('started_by_seq').notNull(),
    fromDate: day('from_date').notNull(),
    dueOn: day('due_on').notNull(),
    dueAt: businessTime('due_at').notNull(),
    provisional: boolean('provisional').notNull().default(false),
    missingYear: integer('missing_year'),
    doneOn: day('done_on'),
    /** The step that ended it; null while it runs, and when no step did. */
    endedBySeq: integer('ended_by_seq'),
    /** Set when the due instant was reached while the clock ran. */
    expiredAt: businessTime('expired_at'),
    late: boolean('late').notNull().default(false),
  },
  (t) => [
    index('clocks_case').on(t.caseNo),
    index('clocks_due')
      .on(t.dueAt)
      .where(sql`done_on IS NULL AND expired_at IS NULL`),
  ],
);

/** Working state: what waits for a person. */
export const tasks = pgTable(
  'tasks',
  {
    id: id().primaryKey(),
    caseNo: text('case_no'),
    divisionId: id('division_id')
      .notNull()
      .references(() => divisions.id),
    role: text('role').$type<Role>().notNull(),
    kind: text('kind').notNull(),
    /** Codes only. */
    params: jsonb('params').$type<Record<string, string | number>>().notNull(),
    openedAt: businessTime('opened_at').notNull(),
    dueOn: day('due_on'),
    overdue: boolean('overdue').notNull().default(false),
    claimedBy: id('claimed_by'),
    claimedAt: businessTime('claimed_at'),
    doneAt: businessTime('done_at'),
    doneBy: text('done_by'),
  },
  (t) => [
    // The order of a work list: by due day, what has none last, then by id.
    index('tasks_waiting')
      .on(t.divisionId, t.role, sql`coalesce(due_on, '9999-12-31'::date)`, t.id)
      .where(sql`done_at IS NULL`),
    index('tasks_case').on(t.caseNo),
    index('tasks_claimed')
      .on(t.claimedBy)
      .where(sql`done_at IS NULL`),
  ],
);

/** Working state: what people asked for, stored before anything acts on it. */
export const commands = pgTable(
  'commands',
  {
    id: id().primaryKey(),
    caseNo: text('case_no'),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    method: text('method').notNull(),
    path: text('path').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    kind: text('kind').notNull(),
    keyId: id('key_id').notNull(),
    body: bytea('body').notNull(),
    ifMatch: text('if_match'),
    occurredOn: day('occurred_on').notNull(),
    receivedAt: businessTime('received_at').notNull(),
    recordedAt: recordedAt(),
    status: text('status', { enum: ['received', 'applied', 'rejected'] }).notNull(),
    /** HTTP status and a body of ids, states and dates. */
    outcome: jsonb('outcome').$type<CommandOutcome>(),
    settledAt: businessTime('settled_at'),
  },
  (t) => [
    uniqueIndex('commands_idempotency').on(t.staffId, t.method, t.path, t.idempotencyKey),
    index('commands_waiting')
      .on(t.caseNo)
      .where(sql`status = 'received'`),
  ],
);

/** What a command came to. `code` is an error code when it was rejected. */
export interface CommandOutcome {
  readonly httpStatus: number;
  readonly code?: string;
  readonly pointer?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly result?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Working state: what has to reach Temporal. */
export const outbox = pgTable(
  'outbox',
  {
    id: id().primaryKey(),
    topic: text('topic', { enum: ['start', 'command', 'answer', 'refresh'] }).notNull(),
    caseNo: caseRef(),
    refId: id('ref_id').notNull(),
    recordedAt: recordedAt(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: businessTime('next_attempt_at').notNull(),
    lastError: text('last_error'),
    deliveredAt: businessTime('delivered_at'),
    /** Tried often enough: nobody tries it again before an operator says so. */
    parkedAt: businessTime('parked_at'),
  },
  (t) => [
    index('outbox_case').on(t.caseNo),
    index('outbox_waiting')
      .on(t.nextAttemptAt)
      .where(sql`delivered_at IS NULL AND parked_at IS NULL`),
    index('outbox_parked')
      .on(t.caseNo)
      .where(sql`delivered_at IS NULL AND parked_at IS NOT NULL`),
  ],
);

/** One duty per person and case: receiver, examiner and confirmer can never be the same. Filled by triggers. */
export const duties = pgTable(
  'duties',
  {
    caseNo: caseRef().references(() => cases.caseNo),
    staffId: id('staff_id')
      .notNull()
      .references(() => staff.id),
    duty: text('duty', { enum: ['receiver', 'examiner', 'confirmer'] }).notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [unique('duties_one_per_person').on(t.caseNo, t.staffId)],
);

export const supplementRequests = pgTable('supplement_requests', {
  id: id().primaryKey(),
  /** Everything missing is told once (art. 11): a second row for a case cannot exist. */
  caseNo: caseRef()
    .unique()
    .references(() => cases.caseNo),
  items: jsonb('items').$type<Paper[]>().notNull(),
  documentId: id('document_id'),
  ...humanAct(),
});

export const supplements = pgTable(
  'supplements',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    requestId: id('request_id')
      .notNull()
      .references(() => supplementRequests.id),
    items: jsonb('items').$type<Paper[]>().notNull(),
    ...humanAct(),
  },
  (t) => [index('supplements_case').on(t.caseNo)],
);

export const acceptances = pgTable('acceptances', {
  id: id().primaryKey(),
  caseNo: caseRef()
    .unique()
    .references(() => cases.caseNo),
  receiptDocumentId: id('receipt_document_id'),
  nearRelative: boolean('near_relative').notNull(),
  ...humanAct(),
});

export const documents = pgTable(
  'documents',
  {
    id: id().primaryKey(),
    caseNo: caseRef().references(() => cases.caseNo),
    personId: id('person_id'),
    kind: text('kind').notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    keyId: id('key_id').notNull(),
    contentHash: text('content_hash').notNull(),
    salt: bytea('salt').notNull(),
    bytes: bytea('bytes').notNull(),
    madeBySystem: boolean('made_by_system').notNull(),
    /** The n-th paper of its kind in the file, and the form it was made with; null for what somebody brought. */
    version: integer('version'),
    template: text('template'),
    staffId: id('staff_id'),
    occurredOn: day('occurred_on').notNull(),
    at: businessTime('at').notNull(),
    recordedAt: recordedAt(),
  },
  (t) => [
    index('documents_case').on(t.caseNo),
    check('documents_size', sql`${t.sizeBytes} BETWEEN 1 AND 10485760`),
  ],
);

export const auditEvents = pgTable(
  'audit_events',
  {
    id: id().primaryKey(),
    /** A case number, or `system`. */
    chain: text('chain').notNull(),
    seq: integer('seq').notNull(),
    at: businessTime('at').notNull(),
    actor: text('actor').notNull(),
    code: text('code').notNull(),
    article: text('article'),
    params: jsonb('params').$type<Record<string, string | number | boolean | null>>().notNull(),
    rows: jsonb('rows').$type<{ table: string; id: string; hash: string }[]>().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
    /** Milliseconds, inside the hash, so it is written by code and not by a default. */
    writtenAtMs: bigint('written_at_ms', { mode: 'number' }).notNull(),
  },
  (t) => [unique('audit_events_seq').on(t.chain, t.seq)],
);

export const auditSeals = pgTable('audit_seals', {
  seq: integer('seq').primaryKey(),
  chain: text('chain').notNull(),
  chainSeq: integer('chain_seq').notNull(),
  chainHash: text('chain_hash').notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
  sealedAtMs: bigint('sealed_at_ms', { mode: 'number' }).notNull(),
});

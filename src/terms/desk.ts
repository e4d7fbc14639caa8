import type { Instant } from './dates.js';
import type { Procedure, Turn } from './codes.js';

/** What a workflow is told about its case: ids, states and instants, nothing about a person. */
export interface CaseView {
  readonly record: string;
  readonly state: string;
  readonly turn: Turn;
  readonly open: boolean;
  readonly version: number;
  /** Of the clocks that still run those that run out next, and those that run out at once; in business time. */
  readonly clocks: readonly { readonly id: string; readonly code: string; readonly dueAt: Instant }[];
  /** Stored and not yet settled. */
  readonly commands: readonly { readonly id: string; readonly kind: string }[];
  readonly answers: readonly string[];
  /**
   * Questions that somebody has to go after: not taken yet, or to be come for. As `source/id`; of a run before there were
   * queues only the id. `released/source/id`: somebody let it go that a quota held back.
   */
  readonly lookups: readonly string[];
}

/**
 * How a run of a case workflow begins. `offsetSeconds` is business time minus workflow time, fixed for the chain
 * of runs; in seconds, so that no count of milliseconds is ever mistaken for a telephone number.
 */
export interface DeskInput {
  readonly version: 1;
  readonly procedure: Procedure;
  readonly record: string;
  readonly offsetSeconds: number;
}

/** The Update carries an id and a kind; the body stays in Postgres. */
export interface CommandMessage {
  readonly id: string;
  readonly kind: string;
}

/** What the Update returns: how the command ended. The body of the answer is read from the command row. */
export interface CommandReceipt {
  readonly id: string;
  readonly status: 'applied' | 'rejected' | 'waiting';
  readonly state: string;
}

export const COMMAND_UPDATE = 'command';
export const ANSWER_SIGNAL = 'answer';
/** Asks the desk to read its record again: a new calendar arrived, or an operator mended something. */
export const REFRESH_SIGNAL = 'refresh';
export const STANDING_QUERY = 'standing';
/** Where a desk believes its case to be. */
export interface Standing {
  readonly state: string;
  readonly version: number;
}
export const CASES_QUEUE = 'cases';
/** Each department has a task queue of its own: one that is slow or down holds up nothing but its own questions. */
export const departmentQueue = (source: string): string => `department/${source}`;

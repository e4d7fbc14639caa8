import type { JWTVerifyGetKey } from 'jose';
import type { Casefile } from '../casefile/tx.js';
import type { SigningKey } from '../departments/signature.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import type { ErrorCode, Failpoints, Instant, Source } from '../terms/index.js';
import type { ApiMetrics } from './metrics.js';

/**
 * `settled`: look at the command row. `waiting`: nobody answered in time, the sweep goes on; `failed` when the desk did answer,
 * and could not carry it out. `refused`: the table said no.
 */
export type Delivery =
  | { readonly kind: 'settled' }
  | { readonly kind: 'waiting'; readonly failed?: true }
  | { readonly kind: 'refused'; readonly code: ErrorCode };

/** Brings a stored command to its desk; the stack implements it with a Temporal Update. */
export interface Dispatcher {
  deliver(command: { id: string; kind: string; caseNo: string }, timeoutMs: number): Promise<Delivery>;
  /** A new case is on record: start its workflow now rather than at the next sweep. Never throws. */
  caseOpened(caseNo: string, outboxRef: string): void;
  /** An answer is stored: tell its desk now. Never throws. */
  answerStored(caseNo: string, answerId: string): void;
}

export interface ApiClock {
  /** Business time. */
  now(): Promise<Instant>;
  /** Real time, for signatures and tokens. */
  real(): Instant;
}

export interface ApiLog {
  info(fields: Record<string, string | number>, message: string): void;
  warn(fields: Record<string, string | number>, message: string): void;
  error(fields: Record<string, string | number>, message: string): void;
}

export interface ApiDeps {
  readonly casefile: Casefile;
  readonly dispatcher: Dispatcher;
  readonly clock: ApiClock;
  readonly rulebook: Rulebook;
  readonly auth: { readonly keys: JWTVerifyGetKey; readonly issuer: string; readonly audience: string };
  readonly simulated: boolean;
  /** 32 bytes; signs page cursors. */
  readonly cursorKey: Uint8Array;
  readonly webhookKeys: Readonly<Record<Source, readonly SigningKey[]>>;
  readonly metrics: ApiMetrics;
  readonly log: ApiLog;
  /** True when everything a request may need answers. */
  readonly ready: () => Promise<boolean>;
  readonly failpoints?: Failpoints;
}

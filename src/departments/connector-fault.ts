import { DomainError } from '../terms/errors.js';
import type { Source } from './contract.js';

/** Technical ways in which a department did not take a question, and whether asking again can help. */
export const FAULTS = {
  unreachable: { retryable: true },
  timeout: { retryable: true },
  server_error: { retryable: true },
  too_busy: { retryable: true },
  response_too_large: { retryable: true },
  unexpected_response: { retryable: true },
  /** Of a question that was taken: the department has no answer yet. */
  not_ready: { retryable: true },
  /** What came back was not signed by the department. Nothing of it is read. */
  signature_invalid: { retryable: true },
  /** Nothing was sent: too many questions before this one came to nothing. */
  circuit_open: { retryable: true },
  /** The house never follows: where a department lives is configuration. A person must look. */
  redirected: { retryable: false },
  /** The configured address may not be called, or its name leads inside a network. Nothing has left. */
  not_allowed: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

export type Fault = keyof typeof FAULTS;

/**
 * A question may or may not have arrived (one that was `not_allowed` has not): nothing is known about the person. Ask again with the same request id
 * when {@link retryable}, else open an operator task. Never an answer, and never "nothing found".
 */
export class ConnectorFault extends DomainError {
  readonly retryable: boolean;
  readonly source: Source;
  readonly fault: Fault;
  /** How long the department asked us to wait, in real milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** How often this question has met a fault, this time included; undefined while nobody has counted. */
  readonly nth: number | undefined;
  constructor(
    input: { source: Source; fault: Fault; status?: number; retryAfterMs?: number; nth?: number },
    options: ErrorOptions = {},
  ) {
    const { source, fault, status } = input;
    super('dependency_unavailable', {
      params: { source, fault, ...(status === undefined ? {} : { status }) },
    });
    this.name = 'ConnectorFault';
    this.source = source;
    this.fault = fault;
    this.retryable = FAULTS[fault].retryable;
    this.retryAfterMs = input.retryAfterMs;
    this.nth = input.nth;
    if (options.cause !== undefined) this.cause = options.cause;
  }

  /** The same, by whoever has counted. */
  counted(nth: number): ConnectorFault {
    const { source, fault, retryAfterMs } = this;
    const status = this.params['status'];
    return new ConnectorFault(
      {
        source,
        fault,
        nth,
        ...(typeof status === 'number' && { status }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      },
      { cause: this.cause },
    );
  }
}

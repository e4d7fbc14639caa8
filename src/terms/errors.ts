/**
 * Every refusal One Door gives, once: HTTP status, whether trying again can help, and a title.
 * `detail` is for a person, is never built from input, and holds no personal data.
 */
export const ERRORS = {
  amount_not_whole_fen: { status: 422, retryable: false, title: 'The amount is not a whole number of fen' },
  date_invalid: { status: 422, retryable: false, title: 'The date is not a calendar day' },
  body_invalid: { status: 422, retryable: false, title: 'The request body does not fit its schema' },
  household_file_invalid: {
    status: 422,
    retryable: false,
    title: 'The household file does not fit its schema',
  },
  id_number_invalid: { status: 422, retryable: false, title: 'The ID number fails its check digit' },
  division_unknown: { status: 422, retryable: false, title: 'The division is not known on that date' },
  parameter_missing: {
    status: 422,
    retryable: false,
    title: 'The place has published no value for that date',
  },
  parameters_on_not_allowed: {
    status: 422,
    retryable: false,
    title: 'parametersOn is accepted in simulated mode only',
  },
  occurred_in_future: { status: 422, retryable: false, title: 'The act is dated in the future' },
  occurred_out_of_order: {
    status: 422,
    retryable: false,
    title: 'The act is dated before the step it follows',
  },
  idempotency_key_missing: { status: 400, retryable: false, title: 'Idempotency-Key is required' },
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    title: 'Idempotency-Key was used with another body',
  },
  idempotency_in_progress: {
    status: 409,
    retryable: true,
    title: 'The first request with this key is still running',
  },
  if_match_missing: { status: 428, retryable: false, title: 'If-Match is required' },
  evidence_changed: { status: 412, retryable: true, title: 'The file has changed since it was read' },
  unauthenticated: { status: 401, retryable: false, title: 'A valid token is required' },
  forbidden: { status: 403, retryable: false, title: 'This role may not do this' },
  contributor_barred: {
    status: 403,
    retryable: false,
    title: 'Whoever contributed to a case may not decide it',
  },
  relative_barred: {
    status: 403,
    retryable: false,
    title: 'Nobody handles the case of a near relative or their own',
  },
  opinion_stale: {
    status: 412,
    retryable: false,
    title: 'The evidence has changed since the opinion was formed',
  },
  supplied_by_verification: {
    status: 422,
    retryable: false,
    title: 'Verification supplies this; the household may not be asked for it',
  },
  case_not_found: { status: 404, retryable: false, title: 'No such case' },
  not_found: { status: 404, retryable: false, title: 'No such resource' },
  not_allowed_now: { status: 409, retryable: false, title: 'The procedure does not allow this now' },
  stage_not_available: {
    status: 409,
    retryable: false,
    title: 'This branch of the procedure is not open yet',
  },
  guard_not_met: { status: 409, retryable: false, title: 'Something the step requires is missing' },
  open_request_exists: { status: 409, retryable: false, title: 'This unit already has an open request' },
  task_taken: { status: 409, retryable: false, title: 'Somebody else holds this task' },
  no_ground_for_lookup: { status: 403, retryable: false, title: 'There is no ground for this lookup' },
  signature_invalid: { status: 401, retryable: false, title: 'The signature does not verify' },
  body_too_large: { status: 413, retryable: false, title: 'The body is too large' },
  media_type_unsupported: { status: 415, retryable: false, title: 'The media type is not accepted' },
  cursor_invalid: { status: 400, retryable: false, title: 'The cursor is not one of ours' },
  simulated_mode_only: { status: 409, retryable: false, title: 'This exists in simulated mode only' },
  case_closed: { status: 409, retryable: false, title: 'The case is closed' },
  dependency_unavailable: {
    status: 503,
    retryable: true,
    title: 'Something One Door needs is not answering',
  },
  internal: { status: 500, retryable: true, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorOptionsOf {
  /** JSON pointer to what is wrong in the request body. */
  pointer?: string;
  /** Codes and dates that name what is missing; never personal data. */
  params?: Readonly<Record<string, string | number>>;
}

/** A refusal with a code from {@link ERRORS}. The API answers problem+json, the desk an ApplicationFailure. */
export class DomainError extends Error {
  readonly pointer: string | undefined;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(
    readonly code: ErrorCode,
    options: ErrorOptionsOf = {},
  ) {
    super(code);
    this.name = 'DomainError';
    this.pointer = options.pointer;
    this.params = options.params ?? {};
  }
}

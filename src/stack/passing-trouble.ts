import { isGrpcServiceError } from '@temporalio/client';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import { DomainError, ERRORS } from '../terms/index.js';

/** Postgres is away, busy, or wants the transaction again. */
const PASSING = /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|CONNECT|CONNECTION_|08|40|53|55|57)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** What Temporal says of the message itself: invalid argument, failed precondition, out of range, unimplemented, data loss. */
const OF_THE_MESSAGE: ReadonlySet<number> = new Set([3, 9, 11, 12, 15]);

function* causesOf(error: unknown): Generator<Error> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause;
}
const codeOf = (error: Error): string => {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : '';
};

/** The case file cannot be reached just now; the same step will do later. */
export function isCasefileAway(error: unknown): boolean {
  for (const cause of causesOf(error)) if (PASSING.test(codeOf(cause))) return true;
  return false;
}

/**
 * What is wrong with this one message, as a code, where that is certain; null for whatever may pass. A doubt is no defect:
 * what everybody suffers from must not set everything aside.
 */
export function defectOf(error: unknown): string | null {
  if (isCasefileAway(error)) return null;
  for (const cause of causesOf(error)) {
    if (cause instanceof DomainError) return ERRORS[cause.code].retryable ? null : cause.code;
    if (cause instanceof CryptoError) return cause.code;
    if (isGrpcServiceError(cause))
      return OF_THE_MESSAGE.has(Number(cause.code)) ? `grpc_${cause.code}` : null;
    if (SQLSTATE.test(codeOf(cause))) return `sql_${codeOf(cause)}`;
    if (cause instanceof TypeError || cause instanceof RangeError || cause instanceof SyntaxError)
      return cause.name;
  }
  return null;
}

import {
  createExchange,
  faultIn,
  type Exchange,
  type ExchangeOptions,
  type Sending,
} from './connector-exchange.js';
import type { LookupRequest, Source } from './contract.js';
import type { Id } from '../terms/ids.js';

/** The department has the question and will answer, by callback, when it is asked for the answer, or in a file. */
export interface Accepted {
  kind: 'accepted';
  /** The file it went out in, with others. */
  fileId?: Id;
}
/** The department will not answer this question, and asking it again changes nothing (HTTP 4xx). */
export interface Refused {
  kind: 'refused';
  status: number;
}

/** Bytes that the department signed, unread. */
export interface Signed {
  kind: 'signed';
  /** Tells a repetition from a new message. */
  webhookId: string;
  body: Uint8Array;
}
export interface NotReady {
  kind: 'not_ready';
  /** How long the department asked us to wait, in real milliseconds. */
  retryAfterMs?: number;
}

/** One file of answers that a department offers. */
export interface OfferedFile {
  fileId: Id;
  /** Of its bytes as they are now, in hex: a file that was half-written has another one later. */
  sha256: string;
}
export interface AnswerFileDoor {
  /** @throws {ConnectorFault} */
  list(): Promise<readonly OfferedFile[]>;
  /** `not_ready` when it is not there. @throws {ConnectorFault} */
  fetch(fileId: Id): Promise<Signed | NotReady>;
}

/** How one source, or a platform, is asked. Only the lookup gate may call it: consent and audit come first. */
export interface Asker<Question> {
  readonly source: Source;
  /** @throws {ConnectorFault} `circuit_open` while the department is left alone: nothing shall be sent now. */
  ready?(): void;
  /** @throws {ConnectorFault} when it is not known whether the question arrived, or it was not allowed to leave. */
  ask(question: Question): Promise<Accepted | Refused>;
  /** Of a source that is polled. @throws {ConnectorFault} `signature_invalid` when it is nobody's answer */
  collect?(requestId: Id): Promise<Signed | NotReady>;
  /** Of a source that answers in files. */
  readonly files?: AnswerFileDoor;
}
export type Connector = Asker<LookupRequest>;

/** A 202 needs no body; this leaves room for a polite one. */
const MAX_RESPONSE_BYTES = 16_384;

/** Asks over HTTP with a Standard Webhooks signature. The request id is the webhook id, so retries are one question. */
export const createHttpConnector = (options: ExchangeOptions): Connector =>
  createHttpAsker(options, { idOf: ({ requestId }) => requestId, bodyOf: questionOf });

/** The same for whatever is asked: `idOf` is what a repetition has in common, `bodyOf` all that leaves the house. */
export function createHttpAsker<Question>(
  options: ExchangeOptions,
  { idOf, bodyOf }: { idOf: (question: Question) => string; bodyOf: (question: Question) => object },
): Asker<Question> {
  const exchange = createExchange(options);
  return {
    source: options.source,
    ask: (question) =>
      handOver(exchange, {
        method: 'POST',
        path: '/requests',
        id: idOf(question),
        content: { type: 'application/json', body: Buffer.from(JSON.stringify(bodyOf(question))) },
      }),
  };
}

/**
 * Gives a department something that it takes with 202 and nothing else.
 * @throws {ConnectorFault} when it is not known whether it did
 */
export async function handOver(
  exchange: Exchange,
  sending: Omit<Sending, 'reads'>,
): Promise<Accepted | Refused> {
  const received = await exchange.send({ ...sending, reads: { status: 202, maxBytes: MAX_RESPONSE_BYTES } });
  const { status } = received;
  if (status === 202) return { kind: 'accepted' };
  const fault = faultIn(status);
  if (fault === 'unexpected_response' && status >= 400) return { kind: 'refused', status };
  throw exchange.faultOf(fault, received);
}

/** Field by field, so that a caller's richer object cannot leave the house unnoticed. */
const questionOf = (request: LookupRequest): LookupRequest => ({
  requestId: request.requestId,
  source: request.source,
  purpose: request.purpose,
  caseRef: request.caseRef,
  consentHash: request.consentHash,
  items: [...request.items],
  subject: { idNumber: request.subject.idNumber, name: request.subject.name },
  callbackUrl: request.callbackUrl,
  asOf: request.asOf,
  dueAt: request.dueAt,
});

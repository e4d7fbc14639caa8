import { ConnectorFault } from './connector-fault.js';
import { ResponseTooLarge, readLimited } from './limited-body.js';
import { TargetNotAllowed } from './outgoing-target.js';
import { signBody } from './signature.js';
import type { Fault } from './connector-fault.js';
import type { LookupRequest, Source } from './contract.js';
import type { Outgoing } from './outgoing.js';
import type { SigningKey } from './signature.js';

/** The department has the question and will answer by callback. */
export interface Accepted {
  kind: 'accepted';
}
/** The department will not answer this question, and asking it again changes nothing (HTTP 4xx). */
export interface Refused {
  kind: 'refused';
  status: number;
}

/** How one source is asked. Only the lookup gate may call it: consent and audit come first. */
export interface Connector {
  readonly source: Source;
  /** @throws {ConnectorFault} `circuit_open` while the department is left alone: nothing shall be sent now. */
  ready?(): void;
  /** @throws {ConnectorFault} when it is not known whether the question arrived, or it was not allowed to leave. */
  ask(request: LookupRequest): Promise<Accepted | Refused>;
}

export interface HttpConnectorOptions {
  source: Source;
  /** Without a trailing slash; the question goes to `${baseUrl}/${source}/requests`. From configuration only. */
  baseUrl: string;
  signingKey: SigningKey;
  /** Real milliseconds for the whole exchange, body included. */
  timeoutMs: number;
  /** Decides whether `baseUrl` may be called at all. */
  outgoing: Outgoing;
  /** Real time in milliseconds, for the signature. */
  realNow?: () => number;
}

/** A 202 needs no body; this leaves room for a polite one. */
const MAX_RESPONSE_BYTES = 16_384;

/** Asks over HTTP with a Standard Webhooks signature. The request id is the webhook id, so retries are one question. */
export function createHttpConnector(options: HttpConnectorOptions): Connector {
  const { source, baseUrl, timeoutMs, outgoing } = options;
  const realNow = options.realNow ?? Date.now;

  async function ask(request: LookupRequest): Promise<Accepted | Refused> {
    const body = Buffer.from(JSON.stringify(questionOf(request)));
    const signed = signBody({ key: options.signingKey, id: request.requestId, realNow: realNow(), body });
    const signal = AbortSignal.timeout(timeoutMs);
    const reached = (cause: unknown): ConnectorFault => {
      const fault = signal.aborted ? 'timeout' : faultBehind(cause);
      return new ConnectorFault({ source, fault }, { cause });
    };
    const headers = { ...signed, 'content-type': 'application/json', 'accept-encoding': 'identity' };
    const response = await outgoing
      .post(`${baseUrl}/${source}/requests`, { headers, body, signal })
      .catch((cause: unknown) => {
        throw reached(cause);
      });
    const verdict = verdictOn(response.status);
    if (verdict !== 'accepted') await response.body?.cancel();
    if (verdict === 'refused') return { kind: 'refused', status: response.status };
    if (verdict !== 'accepted') {
      const retryAfterMs = secondsToMs(response.headers.get('retry-after'));
      throw new ConnectorFault({
        source,
        fault: verdict,
        status: response.status,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    }
    await readLimited(response, MAX_RESPONSE_BYTES).catch((cause: unknown) => {
      throw reached(cause);
    });
    return { kind: 'accepted' };
  }

  return { source, ask };
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

function faultBehind(cause: unknown): Fault {
  if (cause instanceof TargetNotAllowed) return 'not_allowed';
  return cause instanceof ResponseTooLarge ? 'response_too_large' : 'unreachable';
}

function verdictOn(status: number): 'accepted' | 'refused' | Fault {
  if (status === 202) return 'accepted';
  if (status >= 500) return 'server_error';
  if (status === 408 || status === 425 || status === 429) return 'too_busy';
  if (status >= 400) return 'refused';
  if (status >= 300) return 'redirected';
  // 200 with an error page is how gateways fail politely: only 202 means that the question was taken.
  return 'unexpected_response';
}

const secondsToMs = (text: string | null): number | undefined =>
  text !== null && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;

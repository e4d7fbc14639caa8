import { ConnectorFault, type Fault } from './connector-fault.js';
import { ResponseTooLarge, readLimited } from './limited-body.js';
import { TargetNotAllowed } from './outgoing-target.js';
import { signBody, type SigningKey } from './signature.js';
import type { Source } from './contract.js';
import type { Outgoing } from './outgoing.js';

export interface ExchangeOptions {
  source: Source;
  /** Without a trailing slash; what is asked goes to `${baseUrl}/${source}/…`. From configuration only. */
  baseUrl: string;
  signingKey: SigningKey;
  /** Real milliseconds for the whole exchange, body included. */
  timeoutMs: number;
  /** Decides whether `baseUrl` may be called at all. */
  outgoing: Outgoing;
  /** Real time in milliseconds, for the signature. */
  realNow?: () => number;
}

export interface Sending {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the source, with a leading slash. */
  readonly path: string;
  /** Becomes the webhook id. */
  readonly id: string;
  readonly content?: { readonly type: string; readonly body: Uint8Array };
  /** The one status whose body is read, and how much of it at most. */
  readonly reads: { readonly status: number; readonly maxBytes: number };
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** Empty unless the status is the one to be read. */
  readonly body: Uint8Array;
}

/** What a message without a body is signed over: nothing else would say what is asked for. */
export const signedLine = (method: string, path: string): Uint8Array => Buffer.from(`${method} ${path}`);

/** Signed HTTP with one department: limited in time and bytes, never redirected. */
export interface Exchange {
  /** @throws {ConnectorFault} when there was no whole response, or nothing was allowed to leave */
  send(sending: Sending): Promise<Received>;
  /** A status that is not what was hoped for, as a fault. */
  faultOf(fault: Fault, received?: Received): ConnectorFault;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { source, baseUrl, timeoutMs, outgoing, signingKey: key } = options;
  const realNow = options.realNow ?? Date.now;

  async function send({ method, path, id, content, reads }: Sending): Promise<Received> {
    const below = `/${source}${path}`;
    const body = content?.body ?? signedLine(method, below);
    const signed = signBody({ key, id, realNow: realNow(), body });
    const signal = AbortSignal.timeout(timeoutMs);
    const reached = (cause: unknown): ConnectorFault => {
      const fault = signal.aborted ? 'timeout' : faultBehind(cause);
      return new ConnectorFault({ source, fault }, { cause });
    };
    const headers = {
      ...signed,
      'accept-encoding': 'identity',
      ...(content && { 'content-type': content.type }),
    };
    const response = await outgoing
      .call(method, baseUrl + below, { headers, signal, ...(content && { body }) })
      .catch((cause: unknown) => {
        throw reached(cause);
      });
    const { status } = response;
    if (status !== reads.status) {
      await response.body?.cancel();
      return { status, headers: response.headers, body: new Uint8Array() };
    }
    const read = await readLimited(response, reads.maxBytes).catch((cause: unknown) => {
      throw reached(cause);
    });
    return { status, headers: response.headers, body: read };
  }

  function faultOf(fault: Fault, received?: Received): ConnectorFault {
    const retryAfterMs = secondsToMs(received?.headers.get('retry-after') ?? null);
    return new ConnectorFault({
      source,
      fault,
      ...(received && { status: received.status }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }

  return { send, faultOf };
}

/** Everything between 300 and 599 that no caller has a use for of its own. */
export function faultIn(status: number): Fault {
  if (status >= 500) return 'server_error';
  if (status === 408 || status === 425 || status === 429) return 'too_busy';
  if (status >= 300 && status < 400) return 'redirected';
  // 200 with an error page is how gateways fail politely.
  return 'unexpected_response';
}

function faultBehind(cause: unknown): Fault {
  if (cause instanceof TargetNotAllowed) return 'not_allowed';
  return cause instanceof ResponseTooLarge ? 'response_too_large' : 'unreachable';
}

export const secondsToMs = (text: string | null): number | undefined =>
  text !== null && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;

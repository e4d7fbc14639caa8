import { MAX_ANSWER_BYTES } from './answer-schema.js';
import { createHttpConnector, type Connector, type NotReady, type Signed } from './connector.js';
import {
  createExchange,
  faultIn,
  secondsToMs,
  type Exchange,
  type ExchangeOptions,
  type Received,
} from './connector-exchange.js';
import { verifySignature, type SigningKey } from './signature.js';
import { DomainError } from '../terms/errors.js';

export interface CollectingOptions extends ExchangeOptions {
  /** The live keys of the source: what it answers must be signed with one of them. */
  verifyingKeys: readonly SigningKey[];
}

/** A department that takes questions like others and never calls: the house comes for the answer. */
export function createPollingConnector(options: CollectingOptions): Connector {
  const collect = createCollecting(createExchange(options), options);
  return {
    ...createHttpConnector(options),
    collect: (requestId) => collect(`/requests/${requestId}/answer`, requestId, MAX_ANSWER_BYTES),
  };
}

/** There is no answer, no file, or none yet. */
const NOTHING_THERE = [202, 204, 404];

/** Fetches what a department has signed, and believes nothing else. */
export function createCollecting(exchange: Exchange, options: CollectingOptions) {
  const realNow = options.realNow ?? Date.now;
  return async function collect(path: string, id: string, maxBytes: number): Promise<Signed | NotReady> {
    const received = await exchange.send({ method: 'GET', path, id, reads: { status: 200, maxBytes } });
    const { status, body } = received;
    if (NOTHING_THERE.includes(status)) {
      const retryAfterMs = secondsToMs(received.headers.get('retry-after'));
      return { kind: 'not_ready', ...(retryAfterMs !== undefined && { retryAfterMs }) };
    }
    if (status !== 200) throw exchange.faultOf(faultIn(status), received);
    return { kind: 'signed', webhookId: signerOf(received), body };
  };

  /** A page that is answered with 200 is no answer either: it is nobody's. */
  function signerOf(received: Received): string {
    const { headers, body } = received;
    try {
      return verifySignature({ keys: options.verifyingKeys, headers, body, realNow: realNow() }).webhookId;
    } catch (error) {
      if (error instanceof DomainError) throw exchange.faultOf('signature_invalid', received);
      throw error;
    }
  }
}

import { lookup as systemLookup } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { createAllowList, permitsAddress, TargetNotAllowed } from './outgoing-target.js';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { TargetRules } from './outgoing-target.js';

export interface OutgoingOptions extends TargetRules {
  /** The departments, from configuration only: nothing but their origins is ever called. */
  baseUrls: readonly string[];
  /** How a name becomes addresses; default: the system's way. */
  lookup?: LookupFunction;
}

export interface OutgoingMessage {
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array;
  /** Ends the exchange wherever it is: looking the name up, connecting, waiting, reading the body. */
  signal: AbortSignal;
}

/** The only way in which anything leaves the house for a department. */
export interface Outgoing {
  /**
   * Calls a target and returns what is answered, redirects included: nothing is followed, nothing is unpacked.
   * @throws {TargetNotAllowed} before anything leaves; else what the network throws.
   */
  call(method: 'GET' | 'POST' | 'PUT', target: string, message: OutgoingMessage): Promise<Response>;
}

/** A response that has no body by definition; `Response` refuses to be given one. */
const BODILESS = new Set([204, 205, 304]);

/**
 * Calls over HTTP(S). A name is resolved once for each call, by the connection itself: the addresses that were
 * checked are those connected to, so a name that changes its mind in between gains nothing. A connection serves one
 * call, so none outlives its check.
 */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const allowed = createAllowList(options.baseUrls, options);
  const lookup = checkedLookup(options.lookup ?? systemLookup, (address) => permitsAddress(address, options));

  const call: Outgoing['call'] = async (method, target, { headers, body, signal }) => {
    const url = allowed(target);
    const open = url.protocol === 'https:' ? overHttps : overHttp;
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = open(url, { method, headers, lookup, signal, agent: false });
      request.on('response', resolve);
      request.on('error', reject);
      request.end(body);
    });
    return responseOf(incoming);
  };

  return { call };
}

/** Passes addresses on only when every one of them is permitted: a name that mixes them is up to something. */
function checkedLookup(lookup: LookupFunction, permits: (address: string) => boolean): LookupFunction {
  return function lookupChecked(hostname, options, callback) {
    lookup(hostname, options, (error, found, family) => {
      if (error) return callback(error, found, family);
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      const refused = addresses.length === 0 || !addresses.every((each) => isIP(each) && permits(each));
      return refused ? callback(new TargetNotAllowed('address'), []) : callback(null, found, family);
    });
  };
}

function responseOf(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  if (!BODILESS.has(status))
    return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array>, { status, headers });
  incoming.destroy();
  return new Response(null, { status, headers });
}

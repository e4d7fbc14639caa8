import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** Why the house does not call a URL; `address` also when a name resolves to one that is not public. */
export type Refusal = 'unreadable' | 'credentials' | 'scheme' | 'address' | 'origin';

/** Thrown before anything leaves. Holds a code and neither the URL nor the address: it may be logged. */
export class TargetNotAllowed extends Error {
  override readonly name = 'TargetNotAllowed';
  constructor(readonly refusal: Refusal) {
    super(refusal);
  }
}

/** What a target is measured by. */
export interface TargetRules {
  /** In simulated mode the departments are on this machine: http and addresses that are not public may be called. */
  simulated: boolean;
  /** Given by tests only; a machine without a network has no public address to call. */
  isPublic?: (address: string) => boolean;
}

/** What is wrong with a URL wherever it comes from; `null` when nothing is. Names are not resolved here. */
export function refusalOf(url: URL, rules: TargetRules): Exclude<Refusal, 'unreadable' | 'origin'> | null {
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (url.protocol !== 'https:' && !(rules.simulated && url.protocol === 'http:')) return 'scheme';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !permitsAddress(host, rules) ? 'address' : null;
}

/** Whether a connection may go to this address. */
export const permitsAddress = (address: string, { simulated, isPublic }: TargetRules): boolean =>
  simulated || (isPublic ?? isPublicAddress)(address);

/**
 * Reads a target whose origin – scheme, host and port, exactly – is that of one of the base URLs. The URL that is
 * returned is the one to call: two readers of one text can disagree about its host.
 * @throws {TargetNotAllowed}
 */
export function createAllowList(baseUrls: readonly string[], rules: TargetRules): (target: string) => URL {
  const origins = new Set(baseUrls.map((baseUrl) => new URL(baseUrl).origin));
  return function allowed(target) {
    if (!URL.canParse(target)) throw new TargetNotAllowed('unreadable');
    const url = new URL(target);
    const refusal = refusalOf(url, rules) ?? (origins.has(url.origin) ? null : 'origin');
    if (refusal !== null) throw new TargetNotAllowed(refusal);
    return url;
  };
}

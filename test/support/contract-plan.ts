import { Semaphore } from 'async-mutex';
import type { CaseNo, Role } from '../../src/terms/index.js';
import { caseAt, type Place } from '../contract/places.js';
import type { Preparation } from '../contract/preparation.js';
import { PREPARATIONS } from '../contract/preparations.js';
import type { Attempt, Plan } from './contract-types.js';
import { TODAY, type Site } from './contract-site.js';
import { bodyOf, operationOf, type Document } from './contract-names.js';

/** One attempt at an entry; on a case of its own unless it is given one. */
export async function attemptAt(
  site: Site,
  document: Document,
  name: string,
  { by, at, body, path, query = {}, tag, signedBy }: Preparation,
  given?: CaseNo,
): Promise<Attempt> {
  const caseNo = given ?? (at && (await caseAt(site, at)));
  const role: Role | null = by === 'nobody' ? null : by;
  const its = { site, caseNo: caseNo ?? ('' as CaseNo), by: role ?? ('window_clerk' as const) };
  // What the document shows for this operation, so that what people copy is what is tried.
  const example = bodyOf(document, operationOf(name))?.example;
  const laid = typeof example === 'object' &&
    example && {
      ...example,
      ...('occurredOn' in example && { occurredOn: TODAY }),
      ...(typeof body === 'function' ? await body(its) : body),
    };
  return {
    name,
    role,
    path: { ...(caseNo && name.includes('{caseNo}') && { caseNo }), ...(await path?.(its)) },
    query,
    ...(laid && { body: laid }),
    ...(tag && caseNo && { tagOf: caseNo }),
    ...(signedBy && { sign: site.house.webhookKeys[signedBy]?.[0].export().toString('base64') ?? '' }),
  };
}

/**
 * One sure attempt for each entry, on a case of its own when it moves the case on; and `rounds` sites for made-up data,
 * which share a case with the readers of their place.
 */
export async function planFor(
  site: Site,
  document: Document,
  { seed, requests, rounds }: { seed: number; requests: number; rounds: number },
): Promise<Plan> {
  const shared = new Map<string, Promise<CaseNo>>();
  const sharedAt = (place: Place, round: number): Promise<CaseNo> => {
    const key = `${place} ${round}`;
    const found = shared.get(key) ?? caseAt(site, place);
    shared.set(key, found);
    return found;
  };
  const entries = Object.entries(PREPARATIONS);
  const made = await Promise.all(
    entries.map(([name, preparation]) =>
      inTurn(async () => {
        const { at } = preparation;
        const attempt = async (round?: number): Promise<Attempt> =>
          attemptAt(
            site,
            document,
            name,
            preparation,
            at && round !== undefined ? await sharedAt(at, round) : undefined,
          );
        const sites = [];
        for (let round = 0; round < rounds; round += 1) sites.push(await attempt(round));
        const ownCase = movesCase(name, preparation);
        return { name, sure: await attempt(ownCase ? undefined : 0), sites };
      }),
    ),
  );
  const operations: Record<string, { sure: Attempt[]; sites: Attempt[] }> = {};
  for (const { name, sure, sites } of made) {
    const entry = (operations[operationOf(name)] ??= { sure: [], sites: [] });
    entry.sure.push(sure);
    entry.sites.push(...sites);
  }
  return { url: site.house.apiUrl, seed, requests, tokens: site.tokens, operations };
}

/** Whether the case stands elsewhere afterwards, so that nobody else can use it. */
export const movesCase = (name: string, { at, stays }: Preparation): boolean =>
  at !== undefined && !stays && !name.startsWith('GET ');

/** More at once only wait for each other. */
const turns = new Semaphore(4);
const inTurn = <T>(work: () => Promise<T>): Promise<T> => turns.runExclusive(work);

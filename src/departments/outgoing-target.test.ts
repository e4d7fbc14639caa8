import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectorFault } from './connector-fault.js';
import { createHttpConnector } from './connector.js';
import { refusalOf, TargetNotAllowed } from './outgoing-target.js';
import { createOutgoing } from './outgoing.js';
import { HOSTILE_URLS } from './test-hostile-urls.js';
import { KEYS, lookupOf } from './test-support.js';
import { messageOf, names, setTrap } from './test-trap.js';
import type { Outgoing } from './outgoing.js';
import type { Trap } from './test-trap.js';

const BANK = 'https://bank.gov.example';
const KINDS = Object.entries(HOSTILE_URLS);

let trap: Trap;
beforeAll(async () => {
  trap = await setTrap();
});
afterAll(() => trap.stop());
beforeEach(() => trap.reset());

const at = (url: string): string => url.replace('PORT', String(trap.port));
/** What becomes of each URL, so that a failure shows which one was let out. */
async function fates(urls: readonly string[], outgoingFor: (target: string) => Outgoing) {
  const found = urls.map(async (url) => {
    const error: unknown = await outgoingFor(at(url))
      .call('POST', at(url), messageOf('question'))
      .catch((caught: unknown) => caught);
    return [url, error instanceof TargetNotAllowed ? 'not allowed' : 'let out'] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
const allRefused = (urls: readonly string[]) => Object.fromEntries(urls.map((url) => [url, 'not allowed']));
const nothingLeft = (): void => {
  expect({ tried: trap.tried(), arrived: trap.arrived }).toEqual({ tried: [], arrived: 0 });
};

it('there are a hundred hostile addresses and more, each once', () => {
  const all = KINDS.flatMap(([, urls]) => urls);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(100);
});

describe.each(KINDS)('%s', (_, urls) => {
  it('is not called, nor its name looked up', async () => {
    const { lookup, asked } = names(['127.0.0.1']);
    const outgoing = createOutgoing({ baseUrls: [BANK], simulated: false, lookup });
    expect(await fates(urls, () => outgoing)).toEqual(allRefused(urls));
    expect(asked).toEqual([]);
    nothingLeft();
  });

  it('is not called in simulated mode either', async () => {
    const { lookup, asked } = names(['127.0.0.1']);
    const outgoing = createOutgoing({ baseUrls: [BANK, 'http://127.0.0.1:9'], simulated: true, lookup });
    expect(await fates(urls, () => outgoing)).toEqual(allRefused(urls));
    expect(asked).toEqual([]);
    nothingLeft();
  });

  it('is not called when the configuration itself names it', async () => {
    const readable = urls.filter((url) => URL.canParse(at(url)));
    const { lookup } = names(['127.0.0.1']);
    const named = (url: string) => createOutgoing({ baseUrls: [url], simulated: false, lookup });
    expect(await fates(readable, named)).toEqual(allRefused(readable));
    nothingLeft();
  });

  it('is a fault that nobody tries again and that does not say where', async () => {
    const outgoing = createOutgoing({ baseUrls: [BANK], simulated: false });
    const settings = { source: 'bank', signingKey: KEYS.bank[0], timeoutMs: 2_000, outgoing } as const;
    for (const url of urls) {
      const asking = createHttpConnector({ ...settings, baseUrl: at(url) }).ask(lookupOf());
      const error: unknown = await asking.catch((caught: unknown) => caught);
      if (!(error instanceof ConnectorFault)) throw new Error(`no fault for ${url}`);
      expect(error).toMatchObject({ fault: 'not_allowed', retryable: false, params: { source: 'bank' } });
      expect(error.message).toBe('dependency_unavailable');
      expect(String(error.cause)).toMatch(
        /^TargetNotAllowed: (unreadable|credentials|scheme|address|origin)$/,
      );
    }
    nothingLeft();
  });
});

describe('the first thing that is wrong', () => {
  it.each([
    ['https://user@10.0.0.1/', 'credentials', 'credentials'],
    ['https://:secret@bank.gov.example/', 'credentials', 'credentials'],
    ['http://bank.gov.example/', 'scheme', null],
    ['ftp://bank.gov.example/', 'scheme', 'scheme'],
    ['https://10.0.0.1/', 'address', null],
    ['https://[::1]/', 'address', null],
    ['https://bank.gov.example/', null, null],
    ['https://[2400:3200::1]:8443/', null, null],
  ])('%s: %s, in simulated mode %s', (text, otherwise, simulated) => {
    const url = new URL(text);
    expect(refusalOf(url, { simulated: false })).toBe(otherwise);
    expect(refusalOf(url, { simulated: true })).toBe(simulated);
  });
});

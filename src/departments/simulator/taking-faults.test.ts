import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIN, NOW } from '../test-support.js';
import { slownessMs } from './fault-choice.js';
import { ASK, attemptAt, openFaultyBank, openHouse, read, HOUR } from './test-township.js';
import type { FaultCode } from './faults.js';
import type { Profile } from './profile.js';
import type { House, Opening, Township } from './test-township.js';

let house: House;
let town: Township;
const open = async (
  fault: FaultCode,
  opening: Opening = {},
  profile: Partial<Profile> = {},
): Promise<void> => {
  town = await openFaultyBank(house, { fault, opening, profile });
};
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await town.stop();
  await house.stop();
});

const later = (hours: number) => town.moveTo(NOW + hours * HOUR);
const attempt = () => attemptAt(town);
/** Attempts until one is accepted, four at most. */
async function attempts(): Promise<string[]> {
  const heard: string[] = [];
  while (heard.length < 4 && heard.at(-1) !== 'accepted') heard.push(await attempt());
  return heard;
}

describe('taking badly', () => {
  it.each<[FaultCode, string]>([
    ['no_response', 'timeout'],
    ['executes_and_times_out', 'timeout'],
    ['connection_reset', 'unreachable'],
    ['too_many_requests', 'too_busy'],
    ['server_error', 'server_error'],
    ['bad_gateway', 'server_error'],
    ['unavailable', 'server_error'],
    ['ok_with_error_body', 'unexpected_response'],
    ['ok_with_html', 'unexpected_response'],
    ['large_response', 'response_too_large'],
    ['gzip_bomb_response', 'response_too_large'],
  ])('%s: %s for one to three attempts, then 202, and one answer', async (fault, heard) => {
    await open(fault, { timeoutMs: heard === 'timeout' ? 300 : 5_000 });
    const all = await attempts();
    expect(all.at(-1)).toBe('accepted');
    expect(new Set(all.slice(0, -1))).toEqual(new Set([heard]));
    await later(24);
    expect(house.callbacks).toHaveLength(1);
    expect(read(house.callbacks[0])).toMatchObject({ requestId: ASK.bank.requestId, outcome: 'found' });
  });

  it('executes_and_times_out: has the question although it never said so', async () => {
    await open('executes_and_times_out', { timeoutMs: 300 });
    expect(await attempt()).toBe('timeout');
    expect(await town.clock()).toMatchObject({ pending: 1 });
  });

  it('no_response: does not have it', async () => {
    await open('no_response', { timeoutMs: 300 });
    expect(await attempt()).toBe('timeout');
    expect(await town.clock()).toMatchObject({ pending: 0 });
  });

  it('too_many_requests: says when to come back', async () => {
    await open('too_many_requests');
    const error: unknown = await town.ask('bank').catch((each: unknown) => each);
    expect(error).toMatchObject({ fault: 'too_busy', retryAfterMs: 2_000 });
  });

  it('slow_response: takes the time the seed says, and the question', async () => {
    const question = ['bank', LIN.idNumber, 0];
    const seed = Array.from({ length: 2_000 }, (_, n) => n).find((n) => {
      const ms = slownessMs({ seed: n, question });
      return ms > 250 && ms < 600;
    });
    await open('slow_response', { seed: seed ?? 0, timeoutMs: 5_000 });
    const begun = performance.now();
    expect(await attempt()).toBe('accepted');
    expect(performance.now() - begun).toBeGreaterThan(slownessMs({ seed: seed ?? 0, question }) - 5);
    expect(await town.clock()).toMatchObject({ pending: 1 });
  });

  it('lasting: for as long as anybody tries', async () => {
    await open('unavailable', {}, { lasting: true });
    for (let n = 0; n < 5; n += 1) expect(await attempt()).toBe('server_error');
    await town.put('/departments/bank/profile', { kind: 'prompt' });
    expect(await attempt()).toBe('accepted');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAnswer } from '../answer-check.js';
import { signBody } from '../signature.js';
import { KEYS, LIN, NOW, lookupOf } from '../test-support.js';
import { instant } from '../../terms/dates.js';
import { ASK, HOUR, REGISTERS, openHouse, openTownship, read } from './test-township.js';
import type { Source } from '../contract.js';
import type { House, Opening, Reading, Township } from './test-township.js';

let house: House;
let town: Township;
async function open(opening: Opening = {}): Promise<void> {
  town = await openTownship(house, opening);
}
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await town.stop();
  await house.stop();
});

const hoursUntil = (reading: Reading): number => (Date.parse(reading.nextDueAt ?? '') - NOW) / HOUR;

describe('the four profiles', () => {
  it('prompt: one signed answer, an hour of business time later', async () => {
    await open();
    expect(await town.ask('bank')).toEqual({ kind: 'accepted' });
    const before = await town.clock();
    expect(before).toMatchObject({ pending: 1, undelivered: 0 });
    expect(hoursUntil(before)).toBeCloseTo(1, 2);
    await town.moveTo(NOW + 0.9 * HOUR);
    expect(house.callbacks).toEqual([]);
    expect(await town.moveTo(before.nextDueAt ?? '')).toMatchObject({
      nextDueAt: null,
      pending: 0,
      now: before.nextDueAt,
    });
    expect(house.callbacks.map(({ source }) => source)).toEqual(['bank']);
    const answer = read(house.callbacks[0]);
    expect(answer).toMatchObject({
      outcome: 'found',
      facts: REGISTERS.bank[0]?.facts,
      answeredAt: before.nextDueAt,
    });
    const request = lookupOf(ASK.bank);
    const now = instant(NOW + 2 * HOUR);
    expect(checkAnswer({ answer, request, askedAt: instant(NOW), now })).toMatchObject({
      value: { kind: 'found' },
    });
  });

  it('slow: three days, give or take', async () => {
    await open({ profiles: { social_insurance: { kind: 'slow' } } });
    await town.ask('social_insurance');
    const due = await town.clock();
    expect(Math.abs(hoursUntil(due) - 72)).toBeLessThan(12.01);
    await town.moveTo(NOW + 59 * HOUR);
    expect(house.callbacks).toEqual([]);
    await town.moveTo(due.nextDueAt ?? '');
    expect(read(house.callbacks[0])).toMatchObject({ outcome: 'none', facts: [], subject: LIN });
  });

  it('doubles: the same message two or three times under one id', async () => {
    await open({ profiles: { household_register: { kind: 'doubles' } } });
    await town.ask('household_register');
    await town.moveTo(NOW + 2 * HOUR);
    expect([2, 3]).toContain(house.callbacks.length);
    expect(new Set(house.callbacks.map(({ webhookId }) => webhookId)).size).toBe(1);
    expect(new Set(house.callbacks.map(({ body }) => body.toString())).size).toBe(1);
  });

  it('silent: takes the question and never answers', async () => {
    await open({ profiles: { bank: { kind: 'silent' } } });
    expect(await town.ask('bank')).toEqual({ kind: 'accepted' });
    expect(await town.clock()).toMatchObject({ nextDueAt: null, pending: 0 });
    await town.moveTo(NOW + 365 * 24 * HOUR);
    expect(house.callbacks).toEqual([]);
  });

  it('is silent, too, where no register was given', async () => {
    await open({ registers: { household_register: [], social_insurance: [] } });
    expect(await town.ask('bank')).toEqual({ kind: 'accepted' });
    expect(await town.moveTo(NOW + 365 * 24 * HOUR)).toMatchObject({ nextDueAt: null, pending: 0 });
    expect(house.callbacks).toEqual([]);
  });
});

describe('questions', () => {
  it('are one question however often they come', async () => {
    await open();
    for (let n = 0; n < 3; n += 1) expect(await town.ask('bank')).toEqual({ kind: 'accepted' });
    expect(await town.moveTo(NOW + 2 * HOUR)).toMatchObject({ pending: 0 });
    expect(await town.ask('bank')).toEqual({ kind: 'accepted' });
    await town.moveTo(NOW + 9 * HOUR);
    expect(house.callbacks.length).toBe(1);
  });

  it('may not change under the same id', async () => {
    await open();
    await town.ask('bank');
    expect(await town.ask('bank', { asOf: '2026-03-03' })).toEqual({ kind: 'refused', status: 422 });
  });

  it.each([
    ['unsigned', {}, 401],
    ['signed by another source', { key: KEYS.social_insurance[0] }, 401],
    ['signed long ago', { realNow: Date.now() - 6 * 60_000 }, 401],
    [
      'signed but about another source',
      { key: KEYS.bank[0], request: { source: 'household_register', items: ['hukou'] } },
      422,
    ],
    [
      'signed but saying too much',
      { key: KEYS.bank[0], request: { caseNo: 'AP-441625103-2026-00001' } },
      422,
    ],
  ])('are refused when %s', async (_, { key, realNow = Date.now(), request = {} }: Forgery, status) => {
    await open();
    const body = Buffer.from(JSON.stringify({ ...lookupOf(), ...request }));
    const headers = key === undefined ? {} : signBody({ key, id: 'q1', realNow, body });
    const response = await fetch(`${town.url}/bank/requests`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.text()).not.toContain(LIN.idNumber);
    expect(await town.clock()).toMatchObject({ pending: 0 });
  });

  interface Forgery {
    key?: (typeof KEYS.bank)[0];
    realNow?: number;
    request?: object;
  }

  it('are refused when they are too long', async () => {
    await open();
    const response = await fetch(`${town.url}/bank/requests`, {
      method: 'POST',
      body: 'x'.repeat(70_000),
    });
    expect(response.status).toBe(413);
  });
});

describe('one seed', () => {
  const dues = async (seed: number, order: readonly Source[]): Promise<string[]> => {
    await open({ seed, profiles: { bank: { kind: 'slow' }, household_register: { kind: 'slow' } } });
    for (const source of order) await town.ask(source);
    const first = await town.clock();
    const second = await town.moveTo(first.nextDueAt ?? '');
    const found = [first, second].map(({ nextDueAt }) => (nextDueAt ?? '').slice(0, 15));
    return found;
  };

  it('gives the same delays whatever order the questions come in; another seed gives others', async () => {
    const one = await dues(3, ['bank', 'household_register']);
    await town.stop();
    const again = await dues(3, ['household_register', 'bank']);
    await town.stop();
    const other = await dues(4, ['bank', 'household_register']);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

it('is alive, and knows no other paths', async () => {
  await open();
  expect((await fetch(`${town.url}/livez`)).status).toBe(200);
  expect((await fetch(`${town.url}/police/requests`, { method: 'POST' })).status).toBe(404);
});

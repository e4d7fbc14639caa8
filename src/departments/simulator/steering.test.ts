import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOW, until } from '../test-support.js';
import { HOUR, REGISTERS, openHouse, openTownship, read } from './test-township.js';
import type { House, Opening, Township } from './test-township.js';

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

describe('the clock', () => {
  it('sends by itself what real time makes due', async () => {
    await open({ profiles: { bank: { kind: 'prompt', delayHours: 0 } } });
    await town.ask('bank');
    await until(() => house.callbacks.length === 1);
  });

  it('goes from due to due, and answers only when each was sent', async () => {
    await open({ profiles: { social_insurance: { kind: 'slow' } } });
    await town.ask('bank');
    await town.ask('social_insurance');
    const first = await town.clock();
    const second = await town.moveTo(first.nextDueAt ?? '');
    expect(house.callbacks.map(({ source }) => source)).toEqual(['bank']);
    expect(await town.moveTo(second.nextDueAt ?? '')).toMatchObject({ nextDueAt: null });
    expect(house.callbacks.map(({ source }) => source)).toEqual(['bank', 'social_insurance']);
  });

  it('may be set anywhere before the first question, and never goes back after it', async () => {
    await open();
    expect((await town.moveTo('2025-06-01T09:00:00+08:00')).now).toMatch(/^2025-06-01T09:00:0/);
    await town.ask('bank');
    expect((await town.moveTo('2025-05-01T09:00:00+08:00')).now).toMatch(/^2025-06-01T09:00:0/);
    expect((await town.moveTo('2025-06-02T00:00:00+08:00')).now).toMatch(/^2025-06-02T00:00:0/);
  });

  it('takes an offset as well', async () => {
    await open();
    const offsetMs = NOW + 24 * HOUR - Date.now();
    const response = await town.post('/clock', { offsetMs });
    expect(await response.json()).toMatchObject({ offsetMs });
  });

  it.each([
    [{}],
    [{ to: 'tomorrow' }],
    [{ to: '2026-03-02' }],
    [{ offsetMs: 0.5 }],
    [{ offsetMs: 1, to: null }],
  ])('refuses %j', async (body) => {
    await open();
    expect((await town.post('/clock', body)).status).toBe(422);
  });
});

describe('a house that does not answer', () => {
  it('is tried again within one move of the clock', async () => {
    await open();
    await town.ask('bank');
    house.statuses.push(500, 503);
    expect(await town.moveTo(NOW + 2 * HOUR)).toMatchObject({ pending: 0, undelivered: 0 });
    expect(house.callbacks.length).toBe(1);
    const said = town.events.map((event) => (event.kind === 'fault' ? event : [event.kind, event.status]));
    expect(said).toEqual([
      ['undelivered', 500],
      ['undelivered', 503],
      ['delivered', 204],
    ]);
  });

  it('is tried again later: nothing is lost while it is down', async () => {
    await open();
    await town.ask('bank');
    await house.stop();
    expect(await town.moveTo(NOW + 2 * HOUR)).toMatchObject({ nextDueAt: null, pending: 1, undelivered: 1 });
    await house.reopen();
    await until(() => house.callbacks.length === 1);
    expect(await town.moveTo(NOW + 2 * HOUR)).toMatchObject({ pending: 0, undelivered: 0 });
    expect(house.callbacks.length).toBe(1);
  });

  it('is not asked to believe a redirect', async () => {
    await open();
    await town.ask('bank');
    house.statuses.push(302, 302, 302);
    expect(await town.moveTo(NOW + 2 * HOUR)).toMatchObject({ undelivered: 1 });
    expect(house.callbacks).toEqual([]);
  });
});

describe('registers', () => {
  const MEI = { idNumber: '441625198001010011', name: '陈梅', facts: [] };

  it('are loaded while running', async () => {
    await open({ registers: {} });
    const response = await town.post('/registers', { registers: { bank: REGISTERS.bank } });
    expect(await response.json()).toMatchObject({
      people: { household_register: null, social_insurance: null, bank: 1 },
    });
    await town.ask('bank');
    await town.moveTo(NOW + 2 * HOUR);
    expect(read(house.callbacks[0])).toMatchObject({ outcome: 'found' });
  });

  it('are merged, or replaced when asked to', async () => {
    await open();
    const merged = await town.post('/registers', { registers: { bank: [MEI] } });
    expect(await merged.json()).toMatchObject({
      people: { household_register: 1, social_insurance: 0, bank: 2 },
    });
    const replaced = await town.post('/registers?mode=replace', { registers: { bank: [MEI] } });
    expect(await replaced.json()).toMatchObject({
      people: { household_register: null, social_insurance: null, bank: 1 },
    });
  });

  it('answer as they were when the question came', async () => {
    await open();
    await town.ask('bank');
    await town.post('/registers?mode=replace', { registers: {} });
    await town.moveTo(NOW + 2 * HOUR);
    expect(read(house.callbacks[0])).toMatchObject({ outcome: 'found' });
  });

  it('are refused by path when they are wrong', async () => {
    await open();
    const response = await town.post('/registers', { registers: { bank: [{ ...MEI, idNumber: '1' }] } });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: 'body_invalid',
      pointer: '/registers/bank/0/idNumber',
    });
    expect((await town.post('/registers?mode=destroy', { registers: {} })).status).toBe(422);
  });
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, openHouse, openTownship, type House, type Township } from './test-township.js';
import { fileMemory } from './memory.js';

let dir: string;
let path: string;
let house: House;
const towns: Township[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'onedoor-memory-'));
  path = join(dir, 'ledger.jsonl');
  house = await openHouse();
});
afterEach(async () => {
  for (const town of towns.splice(0)) await town.stop();
  await house.stop();
  rmSync(dir, { recursive: true });
});

/** One life of the departments; the next begins where it ended, however it ended. */
async function live(opening: Parameters<typeof openTownship>[1] = {}): Promise<Township> {
  for (const town of towns.splice(0)) await town.stop();
  const town = await openTownship(house, { ...opening, memory: fileMemory(path) });
  towns.push(town);
  return town;
}
const bodies = () => house.callbacks.map(({ webhookId, body }) => `${webhookId} ${body.toString()}`);

describe('departments that keep a ledger', () => {
  it('answer in another life what they took in the one before, as they would have', async () => {
    const first = await live({ profiles: { bank: { kind: 'doubles' } } });
    await first.ask('bank');
    await first.ask('household_register');
    const second = await live({ profiles: { bank: { kind: 'doubles' } } });
    const { now, pending } = await second.clock();
    expect(pending).toBe(2);
    await second.moveTo(Date.parse(now) + 2 * HOUR);
    const heard = bodies();
    expect(new Set(heard).size).toBe(2);
    expect(heard.length).toBeGreaterThanOrEqual(3);
    const third = await live({ profiles: { bank: { kind: 'doubles' } } });
    expect(await third.clock()).toMatchObject({ pending: 0 });
    expect(bodies()).toEqual(heard);
  });

  it('take a question once in all their lives', async () => {
    await (await live()).ask('bank');
    const second = await live();
    await second.ask('bank');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('"taken"'))).toHaveLength(1);
    expect(await second.clock()).toMatchObject({ pending: 1 });
  });

  it('know their registers, their manners and the time as they were changed', async () => {
    const first = await live();
    const entry = { idNumber: '110105194912310021', name: '林晚', facts: [] };
    await first.post('/registers?mode=merge', { registers: { tax: [entry] } });
    await first.put('/departments/bank/profile', { kind: 'silent' });
    await first.moveTo('2026-03-09T09:00:00+08:00');
    const second = await live();
    await second.ask('bank');
    expect(await second.clock()).toMatchObject({ pending: 0 });
    expect(Date.parse((await second.clock()).now)).toBeGreaterThanOrEqual(
      Date.parse('2026-03-09T09:00:00+08:00'),
    );
    const people = await (await second.post('/registers?mode=merge', { registers: {} })).json();
    expect(people).toMatchObject({ people: { tax: 1, household_register: 1 } });
  });

  it('begin anew with other files, and still owe what they took under the old ones', async () => {
    await (await live()).ask('bank');
    const second = await live({ profiles: { bank: { kind: 'silent' } } });
    expect(await second.clock()).toMatchObject({ pending: 1 });
    await second.ask('bank', { requestId: '0195552e-7a00-7000-8000-000000000099' });
    expect(await second.clock()).toMatchObject({ pending: 1 });
  });

  it('answer what they took under another seed as that one would have', async () => {
    const first = await live({ seed: 1 });
    await first.ask('bank');
    const second = await live({ seed: 2 });
    await second.moveTo(Date.parse((await second.clock()).now) + 2 * HOUR);
    const [answer] = bodies();
    await live({ seed: 3 });
    expect(bodies()).toEqual([answer]);
    rmSync(path);
    const alone = await live({ seed: 1 });
    await alone.ask('bank');
    await alone.moveTo(Date.parse((await alone.clock()).now) + 2 * HOUR);
    expect(new Set(house.callbacks.map(({ webhookId }) => webhookId)).size).toBe(1);
  });

  it('forget a line that was being written when they died, and name one that is broken', async () => {
    await (await live()).ask('bank');
    appendFileSync(path, '{"kind":"taken","requ');
    expect(await (await live()).clock()).toMatchObject({ pending: 1 });
    writeFileSync(path, 'no JSON\n');
    await expect(live()).rejects.toMatchObject({ code: 'body_invalid', params: { file: path } });
  });

  it('keep it to themselves', async () => {
    await live();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

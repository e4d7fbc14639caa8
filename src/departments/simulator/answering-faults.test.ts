import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ANSWER_BYTES, parseAnswer } from '../answer-schema.js';
import { verifySignature } from '../signature.js';
import { SOURCES } from '../sources.js';
import { KEYS, keyFor, LIN, NOW } from '../test-support.js';
import { BOMB_BYTES, LARGE_BYTES } from './bad-bytes.js';
import { ASK, attemptAt, HOUR, openFaultyBank, openHouse, read, REGISTERS } from './test-township.js';
import type { SigningKey } from '../signature.js';
import type { FaultCode } from './faults.js';
import type { House, Knock, Opening, Township } from './test-township.js';

let house: House;
let town: Township;
const open = async (fault: FaultCode, opening: Opening = {}): Promise<void> => {
  town = await openFaultyBank(house, { fault, opening });
};
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await town.stop();
  await house.stop();
});

const REQUEST_ID = ASK.bank.requestId as string;
const MEI = { idNumber: '441625198001010011', name: '陈梅' };
const MEI_ID = '0195552e-7a00-7000-8000-0000000000ee';
const later = (hours: number) => town.moveTo(NOW + hours * HOUR);
/** Asks once, and gives what knocked at the house within a day. */
async function answersWithin(hours = 24): Promise<Knock[]> {
  expect(await attemptAt(town)).toBe('accepted');
  await later(hours);
  return house.knocks;
}
const jsonOf = (knock: Knock | undefined): Record<string, unknown> =>
  JSON.parse(knock?.body.toString() ?? '{}') as Record<string, unknown>;
const readingOf = (knock: Knock | undefined): string => {
  const parsed = parseAnswer(knock?.body ?? Buffer.alloc(0));
  return parsed.ok ? parsed.value.outcome : `${parsed.error.code} ${parsed.error.pointer}`;
};

describe('answering in other bytes', () => {
  it('truncated_json: an object that never closes, truly signed', async () => {
    await open('truncated_json');
    const [knock] = await answersWithin();
    expect(knock?.status).toBe(204);
    expect(readingOf(knock)).toBe('not_json ');
  });

  it('gbk_as_utf8: the name in GBK under a label that says UTF-8', async () => {
    await open('gbk_as_utf8');
    const [knock] = await answersWithin();
    expect(knock?.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(readingOf(knock)).toBe('not_utf8 ');
    expect(new TextDecoder('gbk').decode(knock?.body)).toContain(`"name":"${LIN.name}"`);
  });

  it('large_callback: five megabytes of one answer', async () => {
    await open('large_callback');
    const [knock] = await answersWithin();
    expect(knock?.body.byteLength).toBe(LARGE_BYTES);
    expect(jsonOf(knock)).toMatchObject({ requestId: REQUEST_ID });
    expect(readingOf(knock)).toBe('too_large ');
  });

  it('gzip_bomb_callback: little on the wire, 32 megabytes for whoever unpacks it', async () => {
    await open('gzip_bomb_callback');
    const [knock] = await answersWithin();
    expect(knock?.headers.get('content-encoding')).toBe('gzip');
    expect(knock?.body.byteLength).toBeLessThan(MAX_ANSWER_BYTES);
    expect(gunzipSync(knock?.body ?? Buffer.alloc(0)).byteLength).toBe(BOMB_BYTES);
  });
});

describe('answering at another time', () => {
  it('doubled_five_times: one message, five times', async () => {
    await open('doubled_five_times');
    await answersWithin();
    expect(house.callbacks).toHaveLength(5);
    expect(new Set(house.callbacks.map(({ webhookId }) => webhookId)).size).toBe(1);
  });

  it('before_acceptance: the answer is there before the 202', async () => {
    await open('before_acceptance');
    expect(await attemptAt(town)).toBe('accepted');
    expect(house.callbacks).toHaveLength(1);
    await later(24);
    expect(house.callbacks).toHaveLength(1);
  });

  it('after_thirty_days: not a day sooner', async () => {
    await open('after_thirty_days');
    expect(await answersWithin(29.9 * 24)).toEqual([]);
    await later(30.1 * 24);
    expect(read(house.callbacks[0]).outcome).toBe('found');
  });

  it('out_of_order: within three days, in an order of its own', async () => {
    await open('out_of_order');
    const asked = Array.from({ length: 8 }, (_, n) => `0195552e-7a00-7000-8000-00000000010${n}`);
    for (const requestId of asked) await town.ask('bank', { requestId });
    for (let reading = await town.clock(); reading.nextDueAt;) reading = await town.moveTo(reading.nextDueAt);
    const answered = house.callbacks.map((callback) => read(callback).requestId as string);
    expect(answered.toSorted()).toEqual(asked);
    expect(answered).not.toEqual(asked);
    expect(Date.parse((await town.clock()).now)).toBeLessThanOrEqual(NOW + 73 * HOUR);
  });

  it('later_correction: twice as much, and five days later the truth', async () => {
    await open('later_correction');
    expect(await answersWithin()).toHaveLength(1);
    await later(6 * 24);
    const [first, second] = house.callbacks.map(read);
    expect([first?.facts[0]?.amountFen, second?.facts[0]?.amountFen]).toEqual([172_800, 86_400]);
    expect(first?.answerId).not.toBe(second?.answerId);
    expect(second?.requestId).toBe(first?.requestId);
  });

  it('silence: for ever', async () => {
    await open('silence');
    expect(await answersWithin(365 * 24)).toEqual([]);
  });

  it('silence_about_one: one person of the register, whoever is asked about first', async () => {
    const registers = { ...REGISTERS, bank: [...REGISTERS.bank, { ...MEI, facts: [] }] };
    const answeredIn = async (order: readonly object[]): Promise<string[]> => {
      await open('silence_about_one', { registers });
      for (const changes of order) await town.ask('bank', changes);
      await later(24);
      await town.stop();
      return house.callbacks.splice(0).map((callback) => read(callback).subject.name);
    };
    const both = [{}, { requestId: MEI_ID, subject: MEI }];
    const answered = await answeredIn(both);
    expect(answered).toHaveLength(1);
    expect(await answeredIn(both.toReversed())).toEqual(answered);
  });
});

describe('answering about the wrong thing', () => {
  it('for_another_case: the oldest question about somebody else', async () => {
    await open('for_another_case');
    await town.put('/departments/bank/profile', { kind: 'silent' });
    await town.ask('bank', { requestId: MEI_ID, subject: MEI });
    await town.put('/departments/bank/profile', { kind: 'prompt', faults: { for_another_case: 1 } });
    const [knock] = await answersWithin();
    expect(jsonOf(knock)).toMatchObject({ requestId: MEI_ID, subject: LIN });
  });

  it('for_unknown_id: an id that nobody asked under', async () => {
    await open('for_unknown_id');
    const [knock] = await answersWithin();
    expect(readingOf(knock)).toBe('found');
    expect(jsonOf(knock)['requestId']).not.toBe(REQUEST_ID);
  });

  it('namesake: the name of the one and the number of another', async () => {
    await open('namesake');
    await answersWithin();
    const { subject } = read(house.callbacks[0]);
    expect(subject.name).toBe(LIN.name);
    expect(subject.idNumber).not.toBe(LIN.idNumber);
  });

  it('person_not_found: an outcome that the contract does not have', async () => {
    await open('person_not_found');
    const [knock] = await answersWithin();
    expect([jsonOf(knock)['outcome'], readingOf(knock)]).toEqual(['person_not_found', 'schema /outcome']);
  });

  it('wan_for_yuan: ten thousand times as much', async () => {
    await open('wan_for_yuan');
    await answersWithin();
    expect(read(house.callbacks[0]).facts[0]?.amountFen).toBe(864_000_000);
  });

  it('negative_amount: below nothing', async () => {
    await open('negative_amount');
    expect(readingOf((await answersWithin())[0])).toBe('schema /facts/0/amountFen');
  });

  it('year_1900: since 1900', async () => {
    await open('year_1900');
    expect(readingOf((await answersWithin())[0])).toBe('schema /facts/0/periodFrom');
  });

  it('contradictory_answers: something and nothing, under two ids', async () => {
    await open('contradictory_answers');
    await answersWithin();
    expect(house.callbacks.map((callback) => read(callback).outcome).toSorted()).toEqual(['found', 'none']);
    expect(new Set(house.callbacks.map(({ webhookId }) => webhookId)).size).toBe(2);
  });
});

describe('signing badly', () => {
  it.each<[FaultCode, string]>([
    ['wrong_key', 'no_match'],
    ['old_key', 'no_match'],
    ['another_departments_key', 'no_match'],
    ['expired_timestamp', 'stale'],
  ])('%s: refused once as %s, and given up', async (fault, reason) => {
    await open(fault);
    const knocks = await answersWithin();
    expect(knocks.map(({ status }) => status)).toEqual([401]);
    const [{ headers, body }] = knocks as [Knock];
    const verify = (keys: readonly [SigningKey]) => () =>
      verifySignature({ keys, headers, body, realNow: Date.now() });
    expect(verify(KEYS.bank)).toThrow(expect.objectContaining({ params: { reason } }));
    if (fault === 'another_departments_key')
      expect(verify([keyFor(SOURCES.find((each) => each !== 'bank') ?? '')])).not.toThrow();
    expect(await town.clock()).toMatchObject({ pending: 0, undelivered: 0 });
  });
});

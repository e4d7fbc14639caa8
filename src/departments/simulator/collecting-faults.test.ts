import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAnswer } from '../answer-schema.js';
import { readAnswersFile, type AnswersFile } from '../batch-file.js';
import { ConnectorFault } from '../connector-fault.js';
import { connectorOf } from '../connector-of.js';
import { createOutgoing } from '../outgoing.js';
import { keyFor, LIN, lookupOf, NOW } from '../test-support.js';
import { HOUR, openHouse, openTownship } from './test-township.js';
import type { Connector, Signed } from '../connector.js';
import type { LookupRequest, Source } from '../contract.js';
import type { Id } from '../../terms/ids.js';
import type { FaultCode } from './faults.js';
import type { House, Township } from './test-township.js';

const [FUND, FEDERATION]: [Source, Source] = ['housing_fund', 'disabled_federation'];
const FACTS = {
  [FUND]: [{ item: 'fund_balance', category: 'fund_balance', amountFen: 500_000 }],
  [FEDERATION]: [
    { item: 'disability', category: 'certificate', text: '肢体三级' },
    { item: 'disability', category: 'certificate', text: '听力四级' },
  ],
};
const idOf = (n: number): Id => `0195552e-7a00-7000-8000-00000000020${n}` as Id;

let house: House;
let town: Township;
let fund: Connector;
let federation: Connector;
async function open(faults: Partial<Record<FaultCode, number>> = {}): Promise<void> {
  const profile = { kind: 'prompt', faults } as const;
  town = await openTownship(house, {
    registers: {
      [FUND]: [{ ...LIN, facts: FACTS[FUND] }],
      [FEDERATION]: [{ ...LIN, facts: FACTS[FEDERATION] }],
    },
    profiles: { [FUND]: profile, [FEDERATION]: profile },
  });
  const to = (source: Source): Connector =>
    connectorOf({
      source,
      baseUrl: town.url,
      signingKey: keyFor(source),
      verifyingKeys: [keyFor(source)],
      timeoutMs: 2_000,
      outgoing: createOutgoing({ baseUrls: [town.url], simulated: true }),
      windowMs: 20,
      madeAt: () => Promise.resolve('2026-03-02T09:00:00+08:00'),
    });
  [fund, federation] = [to(FUND), to(FEDERATION)];
}
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await town.stop();
  await house.stop();
});

const about = (source: Source, n = 1, changes: Partial<Record<keyof LookupRequest, unknown>> = {}) =>
  lookupOf({
    requestId: idOf(n),
    source,
    items: source === FUND ? ['fund_balance'] : ['disability'],
    callbackUrl: `${house.url}/callbacks/${source}`,
    ...changes,
  });
const later = (hours: number) => town.moveTo(NOW + hours * HOUR);
const faultOf = (work: Promise<unknown> | undefined): Promise<string> =>
  (work ?? Promise.resolve()).then(
    () => 'none',
    (error: unknown) => (error instanceof ConnectorFault ? error.fault : 'no connector fault'),
  );
async function poll(n = 1): Promise<Signed | 'not_ready'> {
  const came = await fund.collect?.(idOf(n));
  return came?.kind === 'signed' ? came : 'not_ready';
}
async function fileNow(at = 0): Promise<AnswersFile | string> {
  const offered = (await federation.files?.list()) ?? [];
  const came = await federation.files?.fetch(offered[at]?.fileId ?? idOf(9));
  if (came?.kind !== 'signed') return 'not_ready';
  const read = readAnswersFile(FEDERATION, came.body);
  return read.ok ? read.value : read.error;
}

describe('a department that is polled', () => {
  it('takes the question, never calls, and answers when it is asked for the answer', async () => {
    await open();
    expect(await poll()).toBe('not_ready');
    expect(await fund.ask(about(FUND))).toEqual({ kind: 'accepted' });
    expect(await poll()).toBe('not_ready');
    await later(2);
    const came = await poll();
    expect(came !== 'not_ready' && parseAnswer(came.body)).toMatchObject({
      ok: true,
      value: { requestId: idOf(1), outcome: 'found', facts: FACTS[FUND] },
    });
    expect(await poll()).toEqual(came);
    expect(house.knocks).toEqual([]);
    expect(await town.clock()).toMatchObject({ pending: 0, undelivered: 0, uncollected: 0 });
  });

  it('ready_after_polls: denies it three times', async () => {
    await open({ ready_after_polls: 1 });
    await fund.ask(about(FUND));
    await later(2);
    const heard = [await poll(), await poll(), await poll(), await poll()];
    expect(heard.map((each) => each !== 'not_ready')).toEqual([false, false, false, true]);
  });

  it.each<FaultCode>(['wrong_key', 'old_key', 'another_departments_key', 'expired_timestamp'])(
    '%s: what it says is not believed',
    async (fault) => {
      await open({ [fault]: 1 });
      await fund.ask(about(FUND));
      await later(2);
      expect(await faultOf(fund.collect?.(idOf(1)))).toBe('signature_invalid');
    },
  );

  it('silence: is never ready', async () => {
    await open({ silence: 1 });
    await fund.ask(about(FUND));
    await later(24 * 40);
    expect(await poll()).toBe('not_ready');
  });

  it('large_callback: is not read to the end', async () => {
    await open({ large_callback: 1 });
    await fund.ask(about(FUND));
    await later(2);
    expect(await faultOf(fund.collect?.(idOf(1)))).toBe('response_too_large');
  });

  it('tells nobody without a key', async () => {
    await open();
    await fund.ask(about(FUND));
    await later(2);
    expect((await town.get(`/${FUND}/requests/${idOf(1)}/answer`)).status).toBe(401);
    expect((await town.get(`/${FEDERATION}/answer-files`)).status).toBe(401);
  });
});

describe('a department that exchanges files', () => {
  const ask = (...numbers: number[]) => Promise.all(numbers.map((n) => federation.ask(about(FEDERATION, n))));

  it('takes the questions that came within a moment as one file, and offers one of answers', async () => {
    await open();
    const came = await ask(1, 2, 3);
    expect(new Set(came.map((each) => each.kind === 'accepted' && each.fileId)).size).toBe(1);
    expect(await fileNow()).toBe('not_ready');
    await later(2);
    expect(await town.clock()).toMatchObject({ uncollected: 3 });
    expect(await fileNow()).toMatchObject({ complete: true, rows: [{ kind: 'answer' }, {}, {}] });
    expect(await town.clock()).toMatchObject({ pending: 0, uncollected: 0 });
    expect(house.knocks).toEqual([]);
  });

  it('knows a question that comes again in another file', async () => {
    await open();
    await ask(1);
    await ask(1, 2);
    await later(2);
    expect(await fileNow()).toMatchObject({ rows: [{ kind: 'answer' }, { kind: 'answer' }] });
  });

  it('refuses what is no question by itself, and nobody for the company it came in', async () => {
    await open();
    const odd = federation.ask(about(FEDERATION, 2, { caseRef: 'short' }));
    const came = await Promise.all([
      federation.ask(about(FEDERATION, 1)),
      odd,
      federation.ask(about(FEDERATION, 3)),
    ]);
    expect(came).toMatchObject([
      { kind: 'accepted' },
      { kind: 'refused', status: 422 },
      { kind: 'accepted' },
    ]);
  });

  it('rejects every question of a file that may not have arrived', async () => {
    await open({ unavailable: 1 });
    expect(await Promise.all([1, 2].map((n) => faultOf(federation.ask(about(FEDERATION, n)))))).toEqual([
      'server_error',
      'server_error',
    ]);
  });

  it('rows_repeated: each row twice, and in a second file', async () => {
    await open({ rows_repeated: 1 });
    await ask(1);
    await later(2);
    const rows = { rows: [{ kind: 'answer' }, { kind: 'repeated' }, { kind: 'repeated' }] };
    expect(await fileNow()).toMatchObject(rows);
    expect(await fileNow(1)).toMatchObject(rows);
    expect(await federation.files?.list()).toHaveLength(2);
  });

  it('rows_missing: a whole file without them', async () => {
    await open({ rows_missing: 1 });
    await ask(1);
    await later(2);
    expect(await fileNow()).toMatchObject({ complete: true, rows: [] });
  });

  it('row_unable: says that it cannot tell', async () => {
    await open({ row_unable: 1 });
    await ask(1);
    await later(2);
    expect(await fileNow()).toMatchObject({ rows: [{ kind: 'unable', requestId: idOf(1) }] });
  });

  it('file_half_written: half of it the first time, and all of it afterwards', async () => {
    await open({ file_half_written: 1 });
    await ask(1, 2);
    await later(2);
    const [before] = (await federation.files?.list()) ?? [];
    expect(await fileNow()).toMatchObject({
      complete: false,
      rows: [{ kind: 'answer' }, { kind: 'refused', code: 'answer_incomplete' }],
    });
    const [after] = (await federation.files?.list()) ?? [];
    expect([after?.fileId === before?.fileId, after?.sha256 === before?.sha256]).toEqual([true, false]);
    expect(await fileNow()).toMatchObject({ complete: true, rows: [{ kind: 'answer' }, { kind: 'answer' }] });
  });

  it('file_missing: lists what it does not have', async () => {
    await open({ file_missing: 1 });
    await ask(1);
    await later(2);
    expect(await federation.files?.list()).toHaveLength(1);
    expect(await fileNow()).toBe('not_ready');
  });

  it.each<FaultCode>(['wrong_key', 'expired_timestamp'])('%s: the file is nobody’s', async (fault) => {
    await open({ [fault]: 1 });
    await ask(1);
    await later(2);
    const [offered] = (await federation.files?.list()) ?? [];
    expect(await faultOf(federation.files?.fetch(offered?.fileId ?? idOf(9)))).toBe('signature_invalid');
  });

  it.each<[FaultCode, string | null, string]>([
    ['negative_amount', 'amount_fen', 'value'],
    ['year_1900', 'period_from', 'value'],
    ['person_not_found', 'outcome', 'value'],
    ['gbk_as_utf8', null, 'not_utf8'],
    ['large_callback', null, 'too_long'],
  ])('%s: the row is refused, and the next one is read', async (fault, column, code) => {
    await open({ [fault]: 1 });
    await ask(1);
    await town.put(`/departments/${FEDERATION}/profile`, { kind: 'prompt' });
    await ask(2);
    await later(2);
    const file = await fileNow();
    expect(file).toMatchObject({ complete: true });
    if (typeof file === 'string') throw new Error(file);
    expect(file.rows).toContainEqual(expect.objectContaining({ kind: 'refused', column, code }));
    expect(file.rows.filter(({ kind }) => kind === 'answer')).toHaveLength(1);
  });
});

it('a fault of another wire befalls nobody', async () => {
  await open({ file_missing: 0.5, ready_after_polls: 0.5 });
  const bank = await town.put('/departments/bank/profile', { kind: 'prompt', faults: { file_missing: 1 } });
  expect(bank.ok).toBe(true);
  await town.ask('bank', { callbackUrl: `${house.url}/callbacks/bank` });
  const letters = (await (await town.get('/departments/bank/letters')).json()) as {
    questions: { fault: unknown }[];
  };
  expect(letters.questions).toMatchObject([{ fault: null }]);
});

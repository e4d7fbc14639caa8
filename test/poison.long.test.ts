import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsApp } from '../src/api/metrics.js';
import { parkedIn } from '../src/casefile/parked.js';
import { ConnectorFault } from '../src/departments/connector-fault.js';
import { SOURCES } from '../src/departments/sources.js';
import { parity } from '../src/stack/parity.js';
import { redrive } from '../src/stack/redrive.js';
import { releaseParked } from '../src/stack/release.js';
import { runVerify } from '../src/stack/verify.js';
import { instant, type CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { AT_ONCE } from './support/faulty-bank.js';
import { openHouse, type TestHouse } from './support/house.js';
import { twoPeople } from './support/journeys.js';
import { damage, innocents, openDeafDesk, promiseNothing, waitsOf, type Damage } from './support/poison.js';
import { verifiedAfter } from './support/sound.js';
import { until } from './support/until.js';

/** T35: what fails however often it is tried is parked with an alarm, and nobody behind it waits a second longer. */
const POISON = 20;
const TRIES = 4;
const INNOCENT = 3;

let house: TestHouse;
let counter: Counter;
/** What is promised goes by the sweep only. */
let direct = true;
/** No department can be reached for the moment. */
let unreachable = false;
/** Commands on no file; a deaf desk; an answer that cannot be opened; somebody who cannot be asked about; words that cannot. */
let [haunted, deaf, damaged, nameless, garbled] = ['', '', '', '', ''] as CaseNo[] as [
  CaseNo,
  CaseNo,
  CaseNo,
  CaseNo,
  CaseNo,
];
let [answer, person, command]: (Damage & { id: string })[] = [];
let without: number[] = [];
let within: number[] = [];

beforeAll(async () => {
  house = await openHouse({
    mostTries: TRIES,
    // Nobody asks again here because a busy machine was slow.
    timeoutMs: 10_000,
    profiles: Object.fromEntries(SOURCES.map((source) => [source, AT_ONCE])),
    connectors: (real) =>
      Object.fromEntries(
        Object.entries(real).map(([source, connector]) => [
          source,
          {
            ...connector,
            ready: () => {
              if (unreachable) throw new ConnectorFault({ source, fault: 'server_error' });
              connector.ready?.();
            },
          },
        ]),
      ),
    dispatcher: (real) => ({
      deliver: (command, ms) => (direct ? real.deliver(command, ms) : Promise.resolve({ kind: 'waiting' })),
      caseOpened: (caseNo, ref) => (direct ? real.caseOpened(caseNo, ref) : undefined),
      answerStored: (caseNo, id) => (direct ? real.answerStored(caseNo, id) : undefined),
    }),
  });
  counter = atCounter(house);
  const today = await house.today();
  const submit = () => counter.submit(twoPeople(today));
  haunted = await submit();
  damaged = await submit();
  nameless = await submit();
  garbled = await submit();
  await house.quiet();
  direct = false;
  without = await waitsOf(house, await innocents(house, counter, INNOCENT));

  await house.stopSweep();
  await spoilAnswer();
  await spoilPerson();
  deaf = await submit();
  await openDeafDesk(house, deaf);
  for (let nth = 0; nth < POISON; nth += 1)
    await counter.send('clerk', deaf, 'acceptance', { nearRelatives: [] });
  const { json } = await counter.send('clerk', garbled, 'acceptance', { nearRelatives: [] });
  const id = String(json['commandId']);
  command = { id, ...(await damage(house, { table: 'commands', column: 'body', id })) };
  await promiseNothing(house, haunted, POISON);
  house.startSweep();
  within = await waitsOf(house, await innocents(house, counter, INNOCENT));
}, 240_000);
afterAll(() => house.close());

/** One answer of this case is damaged on its way from the door to the desk. */
async function spoilAnswer(): Promise<void> {
  await house.stopWorker();
  direct = true;
  await counter.send('clerk', damaged, 'acceptance', { nearRelatives: [] });
  direct = false;
  await house.startWorker();
  const id = await until('an answer', async () => {
    const [row] = await house.database.reader.sql<{ id: string }[]>`
      SELECT id FROM raw_answers WHERE case_no = ${damaged} ORDER BY id LIMIT 1`;
    return row?.id;
  });
  answer = { id, ...(await damage(house, { table: 'raw_answers', column: 'body', id })) };
}

/** Between the opening of the questions about this person and the first of them that can leave. */
async function spoilPerson(): Promise<void> {
  const { members } = await counter.page(nameless);
  const id = members[1]?.id ?? '';
  unreachable = true;
  direct = true;
  await counter.send('clerk', nameless, 'acceptance', { nearRelatives: [] });
  direct = false;
  await until('the questions', async () => (await counter.page(nameless)).state === 'investigating');
  person = { id, ...(await damage(house, { table: 'persons', column: 'id_number', id })) };
  unreachable = false;
}

const tasksOf = (caseNo: CaseNo) =>
  house.database.reader.sql<{ kind: string; params: Record<string, string> }[]>`
    SELECT kind, params FROM tasks WHERE case_no = ${caseNo} AND role = 'operator' AND done_at IS NULL`;
const parkedOf = async (caseNo: CaseNo) =>
  (await parkedIn(house.database.reader)).filter((each) => each.caseNo === caseNo);

describe('others', () => {
  it('are not delayed by a second, whatever is tried beside them', () => {
    expect(within).toHaveLength(without.length);
    const middle = (waits: number[]): number => waits[Math.floor(waits.length / 2)] ?? Infinity;
    expect(middle(within) - middle(without)).toBeLessThan(1_000);
    expect(
      (within.at(-1) ?? Infinity) - (without.at(-1) ?? 0),
      `${String(without)} and ${String(within)}`,
    ).toBeLessThan(1_000);
  });
});

describe('promises that nobody can keep', () => {
  it('are parked after some tries, each with a task for an operator', async () => {
    const parked = await until('the last to be parked', async () => {
      const rows = await parkedOf(haunted);
      return rows.length === POISON && rows;
    });
    expect(
      new Set(parked.map(({ topic, attempts, lastError }) => `${topic} ${attempts} ${lastError}`)),
    ).toEqual(new Set([`command ${TRIES - 1} not_found`]));
    const tasks = await tasksOf(haunted);
    expect(tasks.map(({ kind }) => kind)).toEqual(Array.from({ length: POISON }, () => 'delivery_parked'));
    expect(new Set(tasks.map(({ params }) => params['ref']))).toEqual(
      new Set(parked.map(({ refId }) => refId)),
    );
  });

  it('are a line in the log each, and in the metrics, with the two that are damaged', async () => {
    await until('the other command', async () => (await parkedOf(garbled)).length === 1);
    await until('the answer', async () => (await parkedOf(damaged)).length === 1);
    const parkedAs = (topic: string) =>
      house.logLines.filter(
        (line) => line.includes('"delivery_parked"') && line.includes(`"topic":"${topic}"`),
      );
    expect(parkedAs('command')).toHaveLength(POISON + 1);
    expect(parkedAs('answer')).toHaveLength(1);
    const metrics = await (await metricsApp(house.metrics).request('/metrics')).text();
    expect(metrics).toContain(`onedoor_operator_tasks{kind="delivery_parked"} ${POISON + 2}`);
  });

  it('are not parked where it is only that nobody is there', async () => {
    expect(await parkedOf(deaf)).toEqual([]);
    const [row] = await house.database.reader.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM outbox WHERE case_no = ${deaf} AND topic = 'command' AND delivered_at IS NULL`;
    expect(row?.n).toBe(POISON);
  });
});

describe('a command that cannot be carried out', () => {
  it('is parked, and done when it is released after mending', async () => {
    await until('the parking', async () => (await parkedOf(garbled)).length === 1);
    expect(await parkedOf(garbled)).toMatchObject([{ refId: command?.id, lastError: 'command_failed' }]);
    const kinds = async () => (await tasksOf(garbled)).map(({ kind }) => kind).toSorted();
    expect(await kinds()).toEqual(['case_stuck', 'delivery_parked']);
    await command?.mend();
    await releaseParked({ casefile: house.database.casefile, time: house.time }, house.temporal, garbled);
    await until('the acceptance', async () => (await counter.page(garbled)).state === 'investigating');
    expect(await kinds()).toEqual([]);
  });
});

describe('an answer that no reader can stand', () => {
  it('is parked; the other answers of its case are read, and the case goes on', async () => {
    expect(await parkedOf(damaged)).toMatchObject([
      { topic: 'answer', refId: answer?.id, lastError: 'internal' },
    ]);
    expect(await tasksOf(damaged)).toMatchObject([
      { kind: 'delivery_parked', params: { topic: 'answer', ref: answer?.id } },
    ]);
    expect(house.logLines.filter((line) => line.includes('"topic":"answer"'))).not.toEqual([]);
    await until('the other five', async () => {
      const { requests } = await counter.page(damaged);
      return requests.filter(({ standing }) => standing === 'pending').length === 1;
    });
    direct = true;
    await counter.visit(damaged);
    expect(await counter.page(damaged)).toMatchObject({ state: 'investigating' });
  });
});

describe('somebody who cannot be asked about', () => {
  it('is an operator’s; questions about the others leave', async () => {
    await until('the operator', async () =>
      (await tasksOf(nameless)).some(({ params }) => params['problem'] === 'side_work_failed'),
    );
    const { sql } = house.database.reader;
    const left = await sql<{ person_id: string; n: number }[]>`
      SELECT r.person_id, count(DISTINCT a.request_id)::int AS n FROM lookup_attempts a
      JOIN department_requests r ON r.id = a.request_id WHERE a.case_no = ${nameless} GROUP BY 1`;
    expect(left.map(({ n }) => n)).toEqual([3]);
    expect(left[0]?.person_id).not.toBe(person?.id);
  });
});

describe('what is parked', () => {
  it('is named by verify and by parity', async () => {
    const now = await house.time.now();
    const { database, temporal, rulebook } = house;
    const report = await runVerify({
      reader: database.reader,
      temporal: null,
      rulebook,
      logFiles: [],
      now,
      realNow: instant(Date.now()),
    });
    const problems = report.checks.flatMap(({ invariant, findings }) =>
      invariant === 'I10' ? findings.map(({ record, problem }) => `${record} ${problem}`) : [],
    );
    expect(problems.filter((each) => each.endsWith('is parked: not_found'))).toHaveLength(POISON);
    expect(problems).toContain(`answer ${answer?.id} of ${damaged} is parked: internal`);
    const { findings } = await parity(database.reader, temporal);
    for (const record of [haunted, damaged])
      expect(findings).toContainEqual({ record, problem: 'delivery_parked' });
  });

  it('is parked again when it is released before it is mended, and read when it is', async () => {
    expect(
      await releaseParked({ casefile: house.database.casefile, time: house.time }, house.temporal, damaged),
    ).toEqual({ released: 1, told: true });
    await until('the second parking', async () => (await parkedOf(damaged)).length === 1);
    await answer?.mend();
    await releaseParked({ casefile: house.database.casefile, time: house.time }, house.temporal, damaged);
    await until('the answer to be read', async () =>
      (await counter.page(damaged)).requests.every(({ standing }) => standing !== 'pending'),
    );
    expect(await parkedOf(damaged)).toEqual([]);
    expect(await tasksOf(damaged)).toEqual([]);
  });

  it('leaves a sound house when everything is mended', async () => {
    await person?.mend();
    const { casefile, admin } = house.database;
    for (const caseNo of [nameless, deaf])
      await redrive({ casefile, time: house.time }, house.temporal, caseNo);
    await admin.sql`DELETE FROM outbox WHERE case_no = ${haunted} AND parked_at IS NOT NULL`;
    await house.quiet();
    expect((await counter.page(nameless)).requests.map(({ standing }) => standing)).not.toContain('pending');
    expect(await counter.page(deaf)).toMatchObject({ state: 'investigating' });
    await verifiedAfter(house);
  });
});

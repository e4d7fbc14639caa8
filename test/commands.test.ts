import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dispatcher } from '../src/api/ports.js';
import { deliverCommand } from '../src/stack/dispatch.js';
import { COMMAND_UPDATE, workflowId, type CaseNo, type CommandMessage } from '../src/terms/index.js';
import { atCounter, DUTIES, type Counter, type Duty } from './support/counter.js';
import { runsOf } from './support/executions.js';
import { openHouse, type Answer, type TestHouse } from './support/house.js';
import { journeys } from './support/journeys.js';
import { until } from './support/until.js';

/** Whatever happens between the store and the desk, a command is neither lost nor carried out twice. */
let house: TestHouse;
let counter: Counter;
let ways: ReturnType<typeof journeys>;
/** Called when a command has been stored and before anybody brings it to its desk. */
let stored: (() => void) | undefined;
const leaky = (real: Dispatcher): Dispatcher => ({
  ...real,
  deliver: async (command, timeoutMs) => {
    stored?.();
    return real.deliver(command, timeoutMs);
  },
});

beforeAll(async () => {
  house = await openHouse({ dispatcher: leaky });
  counter = atCounter(house);
  ways = journeys(house, counter);
});
afterAll(() => house.close());

interface CommandRow {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly outcome: { readonly httpStatus: number; readonly code?: string } | null;
}
const commandsOf = (caseNo: string): Promise<CommandRow[]> =>
  house.database.reader.sql<
    CommandRow[]
  >`SELECT id, kind, status, outcome FROM commands WHERE case_no = ${caseNo} AND kind <> 'submit' ORDER BY id`;
const settled = (caseNo: string, count: number): Promise<CommandRow[]> =>
  until(
    `${count} settled commands of ${caseNo}`,
    async () => {
      const rows = await commandsOf(caseNo);
      return rows.length === count && rows.every(({ status }) => status !== 'received') && rows;
    },
    30_000,
  );
/** How often the record says that a command moved the case. */
const timesApplied = async (commandId: string): Promise<number> => {
  const [row] = await house.database.reader.sql<
    { n: number }[]
  >`SELECT count(*)::int AS n FROM transitions WHERE command_id = ${commandId}`;
  return row?.n ?? 0;
};
const idOf = (answer: Answer): string => String(answer.json['commandId']);
const give = async (caseNo: string, duty: Duty, key?: string): Promise<Answer> =>
  counter.send(DUTIES[duty].who, caseNo, DUTIES[duty].path, DUTIES[duty].body, { key });

const historyLength = async (caseNo: CaseNo): Promise<number> =>
  (await house.temporal.client.workflow.getHandle(workflowId('application', caseNo)).describe())
    .historyLength;

describe('with nobody at the desks', () => {
  it('answers 202, and applies it once when the worker is back', async () => {
    const caseNo = await ways.submitTwo();
    await house.quiet();
    await house.stopWorker();
    const answer = await give(caseNo, 'accept');
    expect(answer).toMatchObject({ status: 202, json: { status: 'received' } });
    expect(await counter.page(caseNo)).toMatchObject({ state: 'submitted' });
    expect((await house.get('clerk', `/v1/commands/${idOf(answer)}`)).json).toMatchObject({
      status: 'received',
      outcome: null,
    });
    await house.startWorker();
    expect(await settled(caseNo, 1)).toMatchObject([{ kind: 'accept', status: 'applied' }]);
    expect(await timesApplied(idOf(answer))).toBe(1);
  });
});

describe('a case that ends while its desk opens', () => {
  it('still gives an accepted Update its outcome', async () => {
    const delivered: [string, string][] = [];
    const caseNo = await ways.withdrawnAtOpening(({ kind }, id) => delivered.push([kind, id]));
    expect(delivered).toMatchObject([['settled', expect.any(String)]]);
    expect(await counter.page(caseNo)).toMatchObject({ open: false, outcome: 'withdrawn' });
    expect(await timesApplied(delivered[0]![1])).toBe(1);
  });
});

describe('with Temporal away', () => {
  let [known, unborn]: [CaseNo, CaseNo] = ['' as CaseNo, '' as CaseNo];
  let answers: [Answer, Answer];
  const key = randomUUID();

  beforeAll(async () => {
    known = await ways.submitTwo();
    await house.quiet();
    house.wire.cut();
    unborn = await ways.submitTwo();
    answers = await Promise.all([give(known, 'accept', key), give(unborn, 'accept')]);
  });

  it('answers 202, with a workflow that nobody can reach and without one', () => {
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  });

  it('every page can still be read', async () => {
    expect(await counter.page(unborn)).toMatchObject({ state: 'submitted', open: true });
  });

  it('brings both to their desks when it is back, each once', async () => {
    house.wire.mend();
    for (const [caseNo, answer] of [
      [known, answers[0]],
      [unborn, answers[1]],
    ] as const) {
      expect(await settled(caseNo, 1)).toMatchObject([
        { id: idOf(answer), kind: 'accept', status: 'applied' },
      ]);
      expect(await timesApplied(idOf(answer))).toBe(1);
    }
  });

  it('gives whoever asks again with the same key the outcome', async () => {
    const { tag } = await counter.page(known);
    const [accepted] = await house.database.reader.sql<
      { if_match: string; occurred_on: string }[]
    >`SELECT if_match, occurred_on::text FROM commands WHERE idempotency_key = ${key}`;
    expect(accepted?.if_match).not.toBe(tag);
    const again = await house.post(
      'clerk',
      `/v1/cases/${known}/acceptance`,
      { occurredOn: accepted?.occurred_on, nearRelatives: [] },
      { key, ifMatch: accepted?.if_match },
    );
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.json).toMatchObject({ commandId: idOf(answers[0]), status: 'applied', state: 'accepted' });
    expect(await commandsOf(known)).toHaveLength(1);
  });
});

describe('with the connection cut after the store', () => {
  it('carries the command out, and the repetition is told the same', async () => {
    const caseNo = await ways.submitTwo();
    const { tag: ifMatch } = await counter.page(caseNo);
    const key = randomUUID();
    const body = { occurredOn: await house.today(), nearRelatives: [] };
    const leaving = new AbortController();
    stored = () => leaving.abort();
    await expect(
      house.post('clerk', `/v1/cases/${caseNo}/acceptance`, body, { key, ifMatch, signal: leaving.signal }),
    ).rejects.toThrow();
    stored = undefined;
    const [row] = await settled(caseNo, 1);
    const again = await house.post('clerk', `/v1/cases/${caseNo}/acceptance`, body, { key, ifMatch });
    expect(again).toMatchObject({ status: 200, json: { commandId: row?.id, status: 'applied' } });
    expect(await timesApplied(row?.id ?? '')).toBe(1);
  });

  it('leaves it to the sweep when the door itself breaks', async () => {
    const caseNo = await ways.submitTwo();
    stored = () => {
      throw new Error('the process is gone');
    };
    const answer = await give(caseNo, 'accept');
    stored = undefined;
    expect(answer.status).toBe(202);
    expect(await settled(caseNo, 1)).toMatchObject([{ id: idOf(answer), status: 'applied' }]);
    expect(await timesApplied(idOf(answer))).toBe(1);
  });
});

describe('asked again', () => {
  it('one run takes the same Update once', async () => {
    const caseNo = await ways.submitTwo();
    await counter.doDuty(caseNo, 'accept');
    const { applicantId } = await counter.page(caseNo);
    const { investigator, secondInvestigator } = house.town.staff;
    const body = {
      method: 'home_visit',
      investigators: [investigator, secondInvestigator],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '一间。',
    };
    const answer = await counter.act('investigator', caseNo, 'visits', body);
    const message: CommandMessage = { id: idOf(answer), kind: 'record_visit' };
    const handle = house.temporal.client.workflow.getHandle(workflowId('application', caseNo));
    const before = await historyLength(caseNo);
    const receipt = await handle.executeUpdate(COMMAND_UPDATE, { args: [message], updateId: message.id });
    expect(receipt).toMatchObject({ id: message.id, status: 'applied' });
    expect(await historyLength(caseNo)).toBe(before);
    // Under another Update id it reaches the desk a second time, which finds the outcome and does nothing.
    expect(
      await handle.executeUpdate(COMMAND_UPDATE, { args: [message], updateId: randomUUID() }),
    ).toMatchObject({ id: message.id, status: 'applied' });
    expect(await timesApplied(message.id)).toBe(1);
  });

  it('after the case has moved on the outcome stands as it was stored', async () => {
    const caseNo = await ways.submitTwo();
    const key = randomUUID();
    const { tag: ifMatch } = await counter.page(caseNo);
    const body = { occurredOn: await house.today(), nearRelatives: [] };
    const first = await house.post('clerk', `/v1/cases/${caseNo}/acceptance`, body, { key, ifMatch });
    await house.quiet();
    const before = await counter.page(caseNo);
    expect(before.state).toBe('investigating');
    await deliverCommand(house.temporal.client, caseNo, { id: idOf(first), kind: 'accept' }, 5_000);
    const again = await house.post('clerk', `/v1/cases/${caseNo}/acceptance`, body, { key, ifMatch });
    expect(again.json).toEqual(first.json);
    expect((await counter.page(caseNo)).version).toBe(before.version);
    expect(await timesApplied(idOf(first))).toBe(1);
  });
});

describe('several at once', () => {
  it('settles each exactly once', async () => {
    const caseNo = await ways.submitTwo();
    await counter.doDuty(caseNo, 'accept');
    await house.quiet();
    const { applicantId, version } = await counter.page(caseNo);
    const { investigator, secondInvestigator } = house.town.staff;
    const visit = (n: number) => ({
      occurredOn: '2026-03-02',
      method: 'home_visit',
      investigators: [investigator, secondInvestigator],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: `第${n}次`,
    });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => house.post('investigator', `/v1/cases/${caseNo}/visits`, visit(n))),
    );
    expect(answers.map(({ status, json }) => [status, json['status']])).toEqual(
      answers.map(() => [200, 'applied']),
    );
    expect(new Set(answers.map(idOf)).size).toBe(5);
    for (const answer of answers) expect(await timesApplied(idOf(answer))).toBe(1);
    expect((await counter.page(caseNo)).version).toBe(version + 5);
  });

  it('lets one of five contenders win', async () => {
    const caseNo = await ways.submitTwo();
    const { tag: ifMatch } = await counter.page(caseNo);
    const body = { occurredOn: await house.today(), nearRelatives: [] };
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => house.post('clerk', `/v1/cases/${caseNo}/acceptance`, body, { ifMatch })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, json } of answers.filter((each) => each.status !== 200))
      expect([409, 412], JSON.stringify(json)).toContain(status);
    const rows = await settled(caseNo, (await commandsOf(caseNo)).length);
    expect(rows.filter(({ status }) => status === 'applied')).toHaveLength(1);
  });
});

describe('refused', () => {
  it.each([
    ['form_opinion', 'not_allowed_now', () => give],
    ['extend', 'not_allowed_now', () => extend],
  ] as const)(
    '%s leaves no event in the history, but an outcome and an audit event on record',
    async (kind, code, how) => {
      const caseNo = await ways.submitTwo();
      await house.quiet();
      const before = await historyLength(caseNo);
      const answer = await how()(caseNo, 'form_opinion');
      expect(answer).toMatchObject({ status: 409, json: { code } });
      expect(await historyLength(caseNo)).toBe(before);
      const [row] = await commandsOf(caseNo);
      expect(row).toMatchObject({ kind, status: 'rejected', outcome: { httpStatus: 409, code } });
      const events = await house.database.reader
        .sql`SELECT params->>'reason' AS reason FROM audit_events WHERE chain = ${caseNo} AND code = 'command_refused'`;
      expect(events.map(({ reason }) => reason)).toEqual([code]);
    },
  );

  it('a closed case says so', async () => {
    const caseNo = await ways.refusal();
    const runs = (await runsOf(house.temporal, caseNo)).length;
    const answer = await give(caseNo, 'accept');
    expect(answer).toMatchObject({ status: 409, json: { code: 'case_closed' } });
    expect((await commandsOf(caseNo)).at(-1)).toMatchObject({
      kind: 'accept',
      status: 'rejected',
      outcome: { code: 'case_closed' },
    });
    expect(await runsOf(house.temporal, caseNo)).toHaveLength(runs);
  });
});

const extend = (caseNo: string): Promise<Answer> =>
  counter.send('supervisor', caseNo, 'extensions', { ground: 'hard_investigation' });

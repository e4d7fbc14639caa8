import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withCircuit } from '../src/departments/circuit.js';
import type { Connector } from '../src/departments/connector.js';
import { ConnectorFault } from '../src/departments/connector-fault.js';
import { workflowId, type CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { openHouse, UNHURRIED, type TestHouse } from './support/house.js';
import { twoPeople } from './support/journeys.js';
import { until } from './support/until.js';

/** T11: one department takes no question for thirty days. */
let house: TestHouse;
let counter: Counter;
let waiting: CaseNo;
let unaffected: CaseNo;

/** A department that bears one question at a time, and one in a second. */
const FRAIL = 'social_insurance';
const asked: { began: number; ended: number }[] = [];

/** A department that breaks down under its first questions; its circuit, and when somebody knocked at its door. */
const FLAKY = 'household_register';
const FAULTS = 5;
const COOLING_MS = 1_000;
const circuit: { state: string; at: number }[] = [];
const knocks: number[] = [];
const flaky = (real: Connector): Connector =>
  withCircuit(
    {
      ...real,
      ask: (request) => {
        knocks.push(Date.now());
        if (knocks.length > FAULTS) return real.ask(request);
        return Promise.reject(new ConnectorFault({ source: FLAKY, fault: 'server_error' }));
      },
    },
    { faults: FAULTS, coolingMs: COOLING_MS, tells: (state, at) => void circuit.push({ state, at }) },
  );

beforeAll(async () => {
  house = await openHouse({
    limits: (source) => (source === FRAIL ? { atOnce: 1, perMinute: 60 } : UNHURRIED()),
    connectors: (real) => ({
      ...real,
      ...(real[FLAKY] && { [FLAKY]: flaky(real[FLAKY]) }),
      [FRAIL]: {
        source: FRAIL,
        ask: async (request) => {
          const began = performance.now();
          const answer = await real[FRAIL]?.ask(request);
          asked.push({ began, ended: performance.now() });
          return answer ?? { kind: 'refused', status: 404 };
        },
      },
      bank: {
        source: 'bank',
        ask: () => Promise.reject(new ConnectorFault({ source: 'bank', fault: 'server_error' })),
      },
    }),
  });
  counter = atCounter(house);
  const body = twoPeople(await house.today());
  waiting = await counter.submit(body);
  // The same household, but the bank may not be asked about it.
  const consents = (body.consents ?? []).map((consent) => ({
    ...consent,
    sources: consent.sources.filter((source) => source !== 'bank'),
  }));
  unaffected = await counter.submit({ ...twoPeople(await house.today()), consents });
  for (const caseNo of [waiting, unaffected]) await counter.doDuty(caseNo, 'accept');
  await counter.advance('2026-03-04');
});
afterAll(() => house.close());

interface Tried {
  readonly source: string;
  readonly phase: string;
  readonly code: string | null;
  readonly at: number;
  readonly request: string;
}
const tries = (caseNo: CaseNo): Promise<Tried[]> => house.database.reader.sql<Tried[]>`
  SELECT r.source, a.phase, a.code, a.request_id AS request, extract(epoch FROM a.at)::float * 1000 AS at
  FROM lookup_attempts a JOIN department_requests r ON r.id = a.request_id
  WHERE a.case_no = ${caseNo} ORDER BY a.id`;
const standings = async (caseNo: CaseNo) =>
  (await counter.page(caseNo)).requests.map(({ source, standing }) => `${source} ${standing}`).toSorted();

describe('a department that is down', () => {
  it('holds up nothing but its own questions', async () => {
    expect(await standings(waiting)).toEqual([
      'bank pending',
      'bank pending',
      'household_register none',
      'household_register none',
      'social_insurance none',
      'social_insurance none',
    ]);
    expect(await standings(unaffected)).not.toContain('household_register pending');
    expect((await counter.page(unaffected)).requests.every(({ standing }) => standing === 'none')).toBe(true);
  });

  it('is one of twelve, and each is asked no more than it bears', () => {
    // Two about each of two households, which were asked together.
    expect(asked).toHaveLength(4);
    const inOrder = asked.toSorted((a, b) => a.began - b.began);
    for (const [nth, each] of inOrder.slice(1).entries())
      expect(each.began).toBeGreaterThanOrEqual(inOrder[nth]?.ended ?? Infinity);
    // Three seconds from the first to the last as the server hands them out; a worker under load may be late with one.
    expect((inOrder.at(-1)?.began ?? 0) - (inOrder[0]?.began ?? 0)).toBeGreaterThan(1_500);
  });

  it('is left alone after some faults, and one question tries whether it is back', async () => {
    expect(circuit.map(({ state }) => state)).toEqual(['closed', 'open', 'half_open', 'closed']);
    const [, opened, tried] = circuit;
    if (!opened || !tried) throw new Error('it was never left alone');
    expect(tried.at - opened.at).toBeGreaterThanOrEqual(COOLING_MS);
    expect(knocks.filter((at) => at > opened.at && at < tried.at)).toEqual([]);
    // What was not sent is not on record as sent, or, of one that was on its way when the circuit broke, as stopped by it.
    const attempts = [...(await tries(waiting)), ...(await tries(unaffected))].filter(
      ({ source }) => source === FLAKY,
    );
    const stopped = attempts.filter(({ phase, code }) => phase === 'failed' && code === 'circuit_open');
    expect(attempts.filter(({ phase }) => phase === 'leaving')).toHaveLength(knocks.length + stopped.length);
    expect(knocks).toHaveLength(FAULTS + 4);
  });

  it('has a queue of its own, like every other', async () => {
    const handle = house.temporal.client.workflow.getHandle(workflowId('application', waiting));
    const { events } = await handle.fetchHistory();
    const queues = (events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: asked }) => asked?.taskQueue?.name ?? [],
    );
    expect(new Set(queues)).toEqual(
      new Set(['department/bank', 'department/household_register', 'department/social_insurance']),
    );
  });

  it('holds up no question that opens while it is being tried', async () => {
    const { applicantId } = await counter.page(waiting);
    await counter.act('clerk', waiting, 'signatures', {
      consents: [
        {
          person: applicantId,
          signedBy: applicantId,
          sources: ['tax'],
          textVersion: '2026-01',
          channel: 'paper',
          validTo: '2027-12-31',
        },
      ],
    });
    await until('the department that takes it', async () =>
      (await tries(waiting)).some(({ source, phase }) => source === 'tax' && phase === 'accepted'),
    );
    expect(await standings(waiting)).toContain('bank pending');
  });

  it('is asked again at once a few times and then no more than hourly', async () => {
    await counter.advance('2026-04-03');
    const asked = (await tries(waiting)).filter(({ source }) => source === 'bank');
    const questions = new Set(asked.map(({ request }) => request));
    expect(questions.size).toBe(2);
    for (const question of questions) {
      const left = asked.filter(({ request, phase }) => request === question && phase === 'leaving');
      // Five working days are 168 hours: three tries at once, 48 by the hour, the rest by the day.
      expect(left.length).toBeGreaterThan(3 + 48);
      expect(left.length).toBeLessThanOrEqual(3 + 48 + 7);
    }
    expect(asked.filter(({ phase }) => phase === 'accepted')).toEqual([]);
  });

  it('is written down as silent when its time is over, and nothing was decided by that', async () => {
    expect((await standings(waiting)).filter((each) => each.startsWith('bank'))).toEqual([
      'bank unanswered',
      'bank unanswered',
    ]);
    const page = await counter.page(waiting);
    expect(page).toMatchObject({ state: 'investigating', open: true, outcome: null });
    expect(page.tasks.map(({ kind }) => kind)).toContain('unanswered');
  });

  it('does not keep a person from deciding on other proof', async () => {
    await counter.visit(waiting);
    const content = Buffer.from('银行流水').toString('base64');
    const stored = await counter.send('clerk', waiting, 'documents', { kind: 'proof', content });
    const { documentId } = stored.json;
    const page = await counter.page(waiting);
    const silent = page.requests.filter(({ standing }) => standing === 'unanswered');
    const [deposit] = page.declared.filter(({ category }) => category === 'deposit');
    if (!deposit) throw new Error('no deposit was declared');
    const { id, personId, kind, category, amountFen, periodFrom, periodTo } = deposit;
    const fact = { person: personId, kind, category, amountFen, periodFrom, periodTo };
    await counter.act('verifier', waiting, 'adoptions', {
      adoptions: [
        ...silent.map(({ id: requestId }) => ({ requestId, documentId, reasonCode: 'source_silent' })),
        { fact, declaredFactId: id, documentId, reasonCode: 'bank_statement' },
      ],
    });
    await counter.doDuty(waiting, 'form_opinion');
    expect((await counter.page(waiting)).state).toBe('preliminary_opinion');
  });
});

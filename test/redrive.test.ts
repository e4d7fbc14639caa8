import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signBody } from '../src/departments/signature.js';
import { refreshCase, startCase } from '../src/stack/dispatch.js';
import { parity, type ParityFinding } from '../src/stack/parity.js';
import { redrive } from '../src/stack/redrive.js';
import type { Rulebook } from '../src/policy/rulebook-types.js';
import { workflowId, type CaseNo, type Source } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { copyDatabase } from './support/database.js';
import { badEnds } from './support/executions.js';
import { openHouse, type TestHouse } from './support/house.js';
import { journeys } from './support/journeys.js';
import { until } from './support/until.js';
import { createWalker } from './support/walk.js';

/** Whatever became of an execution: parity names the case, and redrive has it go on from the record. */
let house: TestHouse;
let counter: Counter;
let ways: ReturnType<typeof journeys>;
beforeAll(async () => {
  house = await openHouse();
  counter = atCounter(house);
  ways = journeys(house, counter);
});
afterAll(() => house.close());

const heal = (at: TestHouse, caseNo: CaseNo) =>
  redrive({ casefile: at.database.casefile, time: at.time }, at.temporal, caseNo);
const findings = async (at: TestHouse): Promise<readonly ParityFinding[]> => {
  const report = await parity(at.database.reader, at.temporal);
  expect(report.unasked).toEqual([]);
  return report.findings;
};
const executionOf = (caseNo: CaseNo) =>
  house.temporal.client.workflow.getHandle(workflowId('application', caseNo));
const auditCodes = async (caseNo: CaseNo): Promise<string[]> => {
  const rows = await house.database.reader.sql<
    { code: string }[]
  >`SELECT code FROM audit_events WHERE chain = ${caseNo}`;
  return rows.map(({ code }) => code);
};
const deleteExecution = (caseNo: CaseNo): Promise<unknown> =>
  house.temporal.connection.workflowService.deleteWorkflowExecution({
    namespace: house.namespace,
    workflowExecution: { workflowId: workflowId('application', caseNo) },
  });
const gone = (caseNo: CaseNo): Promise<true> =>
  until(`the end of ${caseNo}`, () =>
    executionOf(caseNo)
      .describe()
      .then(
        () => false as const,
        () => true as const,
      ),
  );

describe('a house that is whole', () => {
  it('has nothing to find', async () => {
    await ways.submitTwo();
    await house.quiet();
    expect(await findings(house)).toEqual([]);
  });
});

describe('an execution that was terminated', () => {
  let caseNo: CaseNo;
  beforeAll(async () => {
    caseNo = await ways.submitTwo();
    await counter.investigate(caseNo);
    await executionOf(caseNo).terminate('by hand');
  });

  it('is named', async () => {
    expect(await findings(house)).toEqual([{ record: caseNo, problem: 'execution_ended' }]);
  });

  it('is given a new one, and the case goes on into benefit', async () => {
    await heal(house, caseNo);
    await house.quiet();
    expect(await findings(house)).toEqual([]);
    expect(await auditCodes(caseNo)).toContain('case_redriven');
    await ways.intoBenefit(caseNo);
    expect(await counter.page(caseNo)).toMatchObject({ state: 'in_benefit', outcome: 'confirmed' });
  });
});

describe('executions that Temporal has lost', () => {
  let cases: CaseNo[];
  beforeAll(async () => {
    cases = [await ways.submitTwo(), await ways.submitTwo()];
    await counter.doDuty(cases[1] as CaseNo, 'accept');
    await house.quiet();
    for (const caseNo of cases) {
      await deleteExecution(caseNo);
      await gone(caseNo);
    }
  });

  it('are named, each', async () => {
    expect(await findings(house)).toEqual(cases.map((record) => ({ record, problem: 'no_execution' })));
  });

  it('are begun again where the record is', async () => {
    for (const caseNo of cases) await heal(house, caseNo);
    await house.quiet();
    expect(await findings(house)).toEqual([]);
    await counter.doDuty(cases[0] as CaseNo, 'accept');
    await counter.visit(cases[1] as CaseNo);
    expect(await counter.page(cases[0] as CaseNo)).toMatchObject({ state: 'investigating' });
  });
});

describe('an execution that is well', () => {
  it('is replaced all the same, and nothing is asked twice', async () => {
    const caseNo = await ways.submitTwo();
    await counter.doDuty(caseNo, 'accept');
    await house.quiet();
    const asked = () =>
      house.database.reader
        .sql`SELECT request_id FROM lookup_attempts WHERE case_no = ${caseNo} AND phase = 'leaving' ORDER BY 1`;
    const before = await asked();
    await heal(house, caseNo);
    await house.quiet();
    expect(await asked()).toEqual(before);
    expect(await findings(house)).toEqual([]);
  });
});

describe('a run that begins', () => {
  it('finds the command and the answer that only the run before it had heard of', async () => {
    const caseNo = await ways.submitTwo();
    await counter.doDuty(caseNo, 'accept');
    await house.quiet();
    await house.stopSweep();
    await house.stopWorker();
    const [asked] = await house.database.reader.sql<
      { id: string; source: Source }[]
    >`SELECT id, source FROM department_requests WHERE case_no = ${caseNo} ORDER BY id LIMIT 1`;
    const key = asked && house.webhookKeys[asked.source]?.[0];
    if (!key) throw new Error('nobody was asked');
    const body = JSON.stringify({ requestId: asked.id });
    const headers = signBody({
      key,
      id: randomUUID(),
      realNow: Date.now(),
      body: Buffer.from(body),
    });
    const heard = await fetch(`${house.apiUrl}/callbacks/${asked.source}`, {
      method: 'POST',
      headers: { ...headers },
      body,
    });
    expect(heard.status).toBe(202);
    // A Signal to a run that ends before it reads: nobody will say it again.
    await house.database.admin
      .sql`UPDATE outbox SET delivered_at = now() WHERE case_no = ${caseNo} AND topic = 'answer'`;
    const draft = await counter.send('clerk', caseNo, 'opinion-drafts', {
      proposes: 'refuse',
      reasonCode: 'not_below_standard',
    });
    expect(draft.status).toBe(202);
    await heal(house, caseNo);
    await house.startWorker();
    await until('the answer to be read', async () => {
      const [row] = await house.database.reader.sql<
        { n: number }[]
      >`SELECT count(*)::int AS n FROM answer_readings WHERE case_no = ${caseNo}`;
      return row?.n === 1;
    });
    const [command] = await house.database.reader.sql<
      { status: string }[]
    >`SELECT status FROM commands WHERE case_no = ${caseNo} AND kind = 'draft_opinion'`;
    expect(command?.status).not.toBe('received');
    // Whoever carried out and read kept the promises: there is no sweep.
    const open = await house.database.reader
      .sql`SELECT topic FROM outbox WHERE case_no = ${caseNo} AND delivered_at IS NULL`;
    expect(open).toEqual([]);
    house.startSweep();
  });
});

describe('a closed case', () => {
  let caseNo: CaseNo;
  beforeAll(async () => {
    caseNo = await ways.refusal();
  });

  it('refuses to be redriven', async () => {
    await expect(heal(house, caseNo)).rejects.toMatchObject({ code: 'case_closed' });
  });

  it('is not started again, neither while Temporal remembers it', async () => {
    const { runId } = await executionOf(caseNo).describe();
    await startCase(house.temporal.client, caseNo, await house.time.offsetSeconds());
    expect((await executionOf(caseNo).describe()).runId).toBe(runId);
  });

  it('nor when Temporal has forgotten it: the sweep asks the record first', async () => {
    await house.stopSweep();
    const { database, town, rulebook } = house;
    const ended = await createWalker({ casefile: database.casefile, rulebook, town }).walkTo('in_benefit');
    await database.admin
      .sql`UPDATE outbox SET delivered_at = NULL, next_attempt_at = now() WHERE case_no = ${ended} AND topic = 'start'`;
    house.startSweep();
    await until('the sweep', async () => {
      const [row] = await house.database.reader
        .sql`SELECT delivered_at FROM outbox WHERE case_no = ${ended} AND topic = 'start'`;
      return row?.['delivered_at'] !== null;
    });
    await expect(executionOf(ended).describe()).rejects.toThrow();
    expect(await findings(house)).toEqual([]);
  });

  it('a case that nobody filed is not one', async () => {
    await expect(heal(house, 'AP-441625103-2026-99999' as CaseNo)).rejects.toMatchObject({
      code: 'case_not_found',
    });
  });
});

describe('a stage that cannot begin', () => {
  const without = ({ national, ...rulebook }: Rulebook): Rulebook => ({
    ...rulebook,
    national: { ...national, values: { ...national.values, verification_start_working_days: [] } },
  });

  it('waits for an operator over redrives and refreshes, and goes on when it is mended', async () => {
    const whole = house.rulebook;
    const caseNo = await ways.submitTwo();
    await house.quiet();
    house.rulebook = without(whole);
    await counter.doDuty(caseNo, 'accept');
    const told = (problem: string) =>
      until(problem, async () =>
        (await counter.page(caseNo)).tasks.some(
          (task) =>
            task.kind === 'case_stuck' && task.params['problem'] === problem && task.role === 'operator',
        ),
      );
    await told('parameter_missing');
    await refreshCase(house.temporal.client, caseNo);
    await heal(house, caseNo);
    await until(
      'another look',
      () => house.logLines.filter((line) => line.includes('parameter_missing')).length >= 3,
    );
    expect((await executionOf(caseNo).describe()).status.name).toBe('RUNNING');
    expect(await counter.page(caseNo)).toMatchObject({ state: 'accepted', open: true });
    house.rulebook = whole;
    await refreshCase(house.temporal.client, caseNo);
    await until('the next stage', async () => (await counter.page(caseNo)).state === 'investigating');
  });
});

it('the only executions that ended badly were replaced or removed on purpose', async () => {
  expect((await badEnds(house.temporal)).filter((each) => !each.endsWith('TERMINATED'))).toEqual([]);
});

describe('a record that was restored an hour older', () => {
  let [onward, accepted, closed, lost] = ['', '', '', ''] as CaseNo[] as [CaseNo, CaseNo, CaseNo, CaseNo];
  let older: TestHouse;
  beforeAll(async () => {
    onward = await ways.submitTwo();
    closed = await ways.submitTwo('96000');
    await counter.doDuty(onward, 'accept');
    await counter.visit(onward);
    await counter.investigate(closed);
    await counter.doDuty(closed, 'form_opinion', { proposes: 'refuse', reasonCode: 'not_below_standard' });
    await counter.doDuty(closed, 'county_opine', { proposes: 'refuse', reasonCode: 'not_below_standard' });
    accepted = await ways.submitTwo();
    await house.quiet();
    await house.stopSweep();
    const backup = await copyDatabase(house.database);
    house.startSweep();

    await counter.doDuty(onward, 'form_opinion');
    await counter.doDuty(accepted, 'accept');
    await counter.doDuty(closed, 'refuse');
    await counter.doDuty(closed, 'give_refusal_notice');
    lost = await ways.submitTwo();
    await house.quiet();
    await house.stopSweep();
    await house.stopWorker();
    older = await openHouse({ on: { database: backup, town: house.town, namespace: house.namespace } });
  });
  afterAll(async () => {
    await older.close();
    await older.database.drop();
  });

  it('is compared case by case', async () => {
    const mine = (await findings(older)).filter(({ record }) =>
      [onward, accepted, closed, lost].includes(record as CaseNo),
    );
    expect(mine.toSorted((a, b) => a.record.localeCompare(b.record))).toEqual(
      [
        { record: onward, problem: 'execution_elsewhere' },
        { record: accepted, problem: 'execution_elsewhere' },
        { record: closed, problem: 'execution_ended' },
        { record: lost, problem: 'execution_without_record' },
      ].toSorted((a, b) => a.record.localeCompare(b.record)),
    );
  });

  it('is right where the two disagree: no desk refuses what the record admits', async () => {
    const answer = await atCounter(older).send('clerk', onward, 'opinion-drafts', {
      proposes: 'grant',
      reasonCode: 'below_standard',
    });
    expect(answer).toMatchObject({ status: 202, json: { status: 'received' } });
  });

  it('and every case of it goes on', async () => {
    const again = atCounter(older);
    for (const caseNo of [onward, accepted, closed]) await heal(older, caseNo);
    await older.quiet();
    // The draft that waited is there, for a leader to sign.
    expect((await older.get('leader', `/v1/cases/${onward}`)).json['drafts']).toHaveLength(1);
    await again.doDuty(onward, 'form_opinion');
    expect(await again.page(onward)).toMatchObject({ state: 'preliminary_opinion' });
    await again.doDuty(accepted, 'accept');
    await again.doDuty(closed, 'refuse');
    await again.doDuty(closed, 'give_refusal_notice');
    expect(await again.page(closed)).toMatchObject({ state: 'closed', open: false });
    expect(await findings(older)).toEqual([{ record: lost, problem: 'execution_without_record' }]);
    await expect(heal(older, lost)).rejects.toMatchObject({ code: 'case_not_found' });
  });
});

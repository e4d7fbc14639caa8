import { Client } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Invariant } from '../src/casefile/invariants/check.js';
import { createCaseWorker } from '../src/stack/case-worker.js';
import { startCase } from '../src/stack/dispatch.js';
import { listRuns } from '../src/stack/executions.js';
import { openTemporal, type TemporalAccess } from '../src/stack/temporal-client.js';
import type { Report } from '../src/stack/verify.js';
import { SOURCES } from '../src/departments/sources.js';
import { instant, type Source } from '../src/terms/index.js';
import { idNumber } from './support/household.js';
import { freshNamespace } from './support/namespace.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { on } from './support/walk.js';

/** The half of `verify` that looks at Temporal, with a worker that answers for two open cases and one that is closed. */
let record: TestRecord;
let temporal: TemporalAccess;
let stopWorker: () => Promise<void>;
let reviewed: string;
let fresh: string;
const phone = '13912345679';
const id = idNumber('441625', '19620105', 3);

beforeAll(async () => {
  const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
  record = await openTestRecord();
  await record.walker.walkTo('in_benefit');
  reviewed = await record.walker.walkTo('county_reviewed');
  fresh = await record.walker.walkTo('submitted');
  await record.seal();
  const namespace = await freshNamespace(address);
  const { keys, casefile } = record.database;
  temporal = openTemporal({ address, namespace, keys });
  const silent = (source: Source) => ({ source, ask: () => Promise.resolve({ kind: 'accepted' as const }) });
  const hired = await createCaseWorker({
    address,
    namespace,
    keys,
    casefile,
    rulebook: () => record.rulebook,
    connectors: Object.fromEntries(SOURCES.map((source) => [source, silent(source)])) as Record<
      Source,
      ReturnType<typeof silent>
    >,
    callbackUrl: 'http://127.0.0.1:1',
    collecting: {
      time: { now: () => Promise.resolve(on('2026-03-23')), real: () => instant(Date.now()) },
      tell: () => Promise.resolve(),
      forged: () => {},
    },
    report: () => {},
    parked: () => {},
  });
  const running = hired.run();
  stopWorker = async () => {
    hired.shutdown();
    await running;
    await hired.close();
  };
  for (const caseNo of [reviewed, fresh])
    await startCase(temporal.client, caseNo, Math.round((on('2026-03-23') - Date.now()) / 1000));
  await listed(2);
});
afterAll(async () => {
  await stopWorker();
  await temporal.close();
  await record.database.drop();
});

/** What is listed comes a little later than what is started. */
async function listed(runs: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await listRuns(temporal)).length === runs) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`there are not ${runs} executions`);
}

const found = (report: Report, invariant: Invariant) =>
  report.checks.find((check) => check.invariant === invariant)?.findings ?? [];
const unknown = (report: Report) =>
  report.checks.filter((check) => check.unknown !== undefined).map(({ invariant }) => invariant);
const verify = (options = {}): Promise<Report> => record.verify({ temporal, ...options });

/** A workflow that no worker takes, by a client of somebody else. */
async function stray(
  options: { workflowId: string; args?: unknown[]; memo?: Record<string, unknown>; summary?: string },
  client = temporal.client,
): Promise<() => Promise<void>> {
  const { summary, ...rest } = options;
  const handle = await client.workflow.start('application', {
    taskQueue: 'nobody',
    args: [],
    ...rest,
    ...(summary && { staticSummary: summary }),
  });
  await listed(3);
  return async () => {
    await temporal.connection.workflowService.deleteWorkflowExecution({
      namespace: temporal.namespace,
      workflowExecution: { workflowId: handle.workflowId },
    });
    await listed(2);
  };
}

describe('a sound installation', () => {
  it('is clean: nothing found, nothing unknown, exit 0', async () => {
    const report = await verify();
    expect(report.checks.flatMap((check) => check.findings)).toEqual([]);
    expect(unknown(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
    expect(report.checks.find(({ invariant }) => invariant === 'I2')?.checked).toBe(3);
  });
});

describe('planted in Temporal', () => {
  it('I1, I2: a workflow without a case', async () => {
    const remove = await stray({ workflowId: 'application/AP-441625103-2026-09999' });
    const report = await verify();
    expect(report.exitCode).toBe(1);
    expect(found(report, 'I1')).toEqual([
      { record: 'application/AP-441625103-2026-09999', problem: 'a workflow without a case' },
    ]);
    expect(found(report, 'I2')).toEqual([
      { record: 'AP-441625103-2026-09999', problem: 'execution_without_record' },
    ]);
    await remove();
  });

  it('I1, I2: an open case without a workflow', async () => {
    const later = await record.walker.walkTo('submitted');
    await record.seal();
    const report = await verify();
    expect(report.exitCode).toBe(1);
    expect(found(report, 'I1')).toEqual([{ record: later, problem: 'open, and it has no workflow' }]);
    expect(found(report, 'I2')).toEqual([{ record: later, problem: 'no_execution' }]);
    await record.database.admin
      .sql`UPDATE case_state SET open = false, state = 'closed', outcome = 'withdrawn' WHERE case_no = ${later}`;
    await record.database.admin.sql`DELETE FROM tasks WHERE case_no = ${later}`;
  });

  it('I2: a case row that moved without its workflow', async () => {
    await record.tamper(
      [`UPDATE case_state SET version = version + 1 WHERE case_no = '${fresh}'`],
      async () => {
        expect(found(await verify(), 'I2')).toEqual([{ record: fresh, problem: 'execution_elsewhere' }]);
      },
    );
  });

  it.each([
    [
      'an encrypted payload',
      { workflowId: 'application/x', args: [{ note: `ID ${id}` }] },
      'an ID number',
      /input/,
    ],
    ['a memo', { workflowId: 'application/x', memo: { phone } }, 'a phone number', /memo/],
    ['a workflow id', { workflowId: `application/${phone}` }, 'a phone number', /workflowId/],
    ['a summary', { workflowId: 'application/x', summary: '张守田' }, 'planted text 1', /summary/i],
  ] as const)('I11: something personal in %s', async (_, options, what, where) => {
    const remove = await stray({ ...options, args: 'args' in options ? [...options.args] : [] });
    const report = await verify({ planted: ['张守田'] });
    expect(report.exitCode).toBe(1);
    const hits = found(report, 'I11');
    expect(
      hits
        .filter(({ problem }) => problem === `contains what looks like ${what}`)
        .map(({ record: name }) => name),
    ).toContainEqual(expect.stringMatching(where));
    expect(JSON.stringify(hits.map(({ problem }) => problem))).not.toContain(phone);
    await remove();
  });

  it('I11: a payload that is not encrypted is read as it lies there', async () => {
    const plain = new Client({ connection: temporal.connection, namespace: temporal.namespace });
    const remove = await stray({ workflowId: 'application/x', args: [{ phone }] }, plain);
    const report = await verify();
    expect(found(report, 'I11').some(({ problem }) => problem.endsWith('a phone number'))).toBe(true);
    await remove();
  });
});

describe('what cannot be looked at', () => {
  it('is unknown for a payload of another key', async () => {
    const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
    const other = openTemporal({
      address,
      namespace: temporal.namespace,
      keys: { ...record.database.keys, payload: new Uint8Array(32).fill(5) },
    });
    const remove = await stray({ workflowId: 'application/x', args: [1] }, other.client);
    const report = await verify();
    expect(report.checks.find(({ invariant }) => invariant === 'I11')?.unknown).toMatch(
      /application\/x holds a payload that cannot be opened/,
    );
    await remove();
    await other.close();
  });

  it('is unknown when no Temporal server answers, and the exit code is 3', async () => {
    const gone = openTemporal({ address: '127.0.0.1:1', namespace: 'default', keys: record.database.keys });
    const report = await verify({ temporal: gone });
    expect(unknown(report)).toEqual(['I1', 'I2', 'I11', 'I13']);
    expect(report.exitCode).toBe(3);
    await gone.close();
  });
});

/** Last: an execution that has ended is not deleted at once. */
describe('planted in an execution that has ended', () => {
  it('I11: something personal in a failure text', async () => {
    await stray({ workflowId: 'application/ended' });
    await temporal.client.workflow.getHandle('application/ended').terminate(`the applicant ${id} called`);
    const report = await verify();
    expect(found(report, 'I11')).toContainEqual({
      record: expect.stringMatching(/^application\/ended#\d+ .*reason$/),
      problem: 'contains what looks like an ID number',
    });
  });
});

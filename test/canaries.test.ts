import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noPersonalText, type ReadableText } from '../src/casefile/invariants/i11-personal-text.js';
import type { Rulebook } from '../src/policy/rulebook-types.js';
import { refreshCase } from '../src/stack/dispatch.js';
import { listRuns } from '../src/stack/executions.js';
import { createLog } from '../src/stack/log.js';
import { createMetrics } from '../src/api/metrics.js';
import { personalScan } from '../src/stack/personal-scan.js';
import { addDays, type CaseNo } from '../src/terms/index.js';
import { atCounter } from './support/counter.js';
import { idNumber, member } from './support/household.js';
import { openHouse, type TestHouse } from './support/house.js';
import { twoPeople } from './support/journeys.js';
import { readableOutside, textsOfExecution } from './support/readable.js';
import { keepSdkLines } from './support/sdk-log.js';
import { until } from './support/until.js';

/** Planted with a household; what may be read outside the case file speaks of none of it. */
const PLANTED = {
  name: '买买提·金丝雀',
  nameBeyondTheBmp: '𠮷金雀',
  idNumber: idNumber('441625', '19620105', 321),
  phone: '13712345678',
  bankAccount: '6222021234567890128',
  findings: '金丝雀见闻：西屋漏雨',
  remarks: '金丝雀意见',
  objection: '金丝雀异议：称其有店铺',
  idempotencyKey: `canary-${randomUUID()}`,
  lateReason: 'canary_flood_cut_the_road',
  defect: '金丝雀故障',
};
const scan = personalScan(Object.values(PLANTED));

let house: TestHouse;
let caseNo: CaseNo;
beforeAll(async () => {
  keepSdkLines('DEBUG');
  house = await openHouse();
  const counter = atCounter(house);
  const today = await house.today();
  const household = twoPeople(today);
  const { name, phone, bankAccount } = PLANTED;
  const members = [
    { ...member('m1', { name, phone, bankAccount }), idNumber: PLANTED.idNumber },
    member('m2', { name: PLANTED.nameBeyondTheBmp }),
  ];
  caseNo = await counter.submit({ ...household, members });

  // A defect whose message quotes the household, and a department that cannot be reached for a while.
  const whole = house.rulebook;
  house.rulebook = new Proxy(whole, {
    get() {
      throw new Error(`${PLANTED.defect}: ${PLANTED.name}`);
    },
  }) satisfies Rulebook;
  await counter.send('clerk', caseNo, 'acceptance', { nearRelatives: [] }, { key: PLANTED.idempotencyKey });
  house.rulebook = whole;
  // What failed waits for an operator, who has mended it and says so.
  await refreshCase(house.temporal.client, caseNo);
  await until('the command', async () => (await counter.page(caseNo)).state === 'investigating');
  await counter.advance(addDays(today, 8));
  const { investigator, secondInvestigator } = house.town.staff;
  const visit = {
    method: 'home_visit',
    investigators: [investigator, secondInvestigator],
    householdSignatory: (await counter.page(caseNo)).applicantId,
    propertyWithinLimits: 'yes',
  };
  await counter.act('investigator', caseNo, 'visits', {
    ...visit,
    findings: PLANTED.findings,
    occurredOn: addDays(today, 1),
    lateReasonCode: PLANTED.lateReason,
  });
  const refused = await counter.send('leader', caseNo, 'decisions', {
    kind: 'confirm',
    reasonCode: 'agreed',
    remarks: PLANTED.remarks,
  });
  expect(refused.status).toBe(403);
  await counter.doDuty(caseNo, 'form_opinion', { remarks: PLANTED.remarks });
  await counter.doDuty(caseNo, 'post_notice');
  await counter.doDuty(caseNo, 'object', { text: PLANTED.objection });
  await counter.act('investigator', caseNo, 'visits', { ...visit, findings: PLANTED.findings });
  await counter.doDuty(caseNo, 'form_opinion', { objectionFinding: 'not_upheld', remarks: PLANTED.remarks });
  await counter.doDuty(caseNo, 'county_opine', { remarks: PLANTED.remarks });
  await counter.doDuty(caseNo, 'confirm', { remarks: PLANTED.remarks });
  await house.quiet();
  await counter.doDuty(caseNo, 'give_confirmation_notice');
  await counter.doDuty(caseNo, 'publish');
  await house.quiet();
});
afterAll(() => house.close());

describe('a household full of canaries, from the window into benefit', () => {
  it('went all the way, through a defect and an objection', async () => {
    expect(await atCounter(house).page(caseNo)).toMatchObject({ state: 'in_benefit' });
    expect(house.logLines.some((line) => line.includes('"code":"internal"'))).toBe(true);
  });

  it.each(['temporal', 'log', 'sdk', 'metrics'] as const)('nothing in %s speaks of it', async (place) => {
    const texts = (await readableOutside(house))[place];
    const { checked, findings } = noPersonalText(scan, texts);
    expect(findings).toEqual([]);
    expect(checked).toBeGreaterThan(20);
  });

  it('what was looked at is what there is: payloads are open, the log is at debug level', async () => {
    const { temporal, sdk } = await readableOutside(house);
    expect(
      temporal.some(({ text }) => text.includes('"procedure":"application"') && text.includes(caseNo)),
    ).toBe(true);
    expect(temporal.some(({ text }) => text.includes('"kind":"confirm"'))).toBe(true);
    expect(sdk.some(({ text }) => text.includes('"DEBUG"'))).toBe(true);
  });
});

/** The same scan, over a leak in every place it looks at. */
describe('a deliberate leak', () => {
  const queue = `leaky-${randomUUID()}`;
  const start = (options: {
    workflowId?: string;
    args?: unknown[];
    memo?: Record<string, unknown>;
    searchAttributes?: Record<string, string[]>;
  }) =>
    house.temporal.client.workflow.start('application', {
      workflowId: `application/${randomUUID()}`,
      taskQueue: queue,
      args: [],
      ...options,
    });
  const findingsOf = async (workflowId: string): Promise<number> => {
    const run = await until('the list', async () =>
      (await listRuns(house.temporal)).find((each) => each.workflowId === workflowId),
    );
    return found(await textsOfExecution(house, run));
  };
  const found = (texts: readonly ReadableText[]): number => noPersonalText(scan, texts).findings.length;

  it('nothing is found where nothing leaks', async () => {
    expect(await findingsOf((await start({ args: ['nothing'], memo: { note: 'nothing' } })).workflowId)).toBe(
      0,
    );
  });

  it('into a payload', async () => {
    expect(
      await findingsOf((await start({ args: [{ findings: PLANTED.findings }] })).workflowId),
    ).toBeGreaterThan(0);
  });

  it('into a workflow id', async () => {
    expect(
      await findingsOf((await start({ workflowId: `application/${PLANTED.idNumber}` })).workflowId),
    ).toBeGreaterThan(0);
  });

  it('into a memo', async () => {
    expect(await findingsOf((await start({ memo: { phone: PLANTED.phone } })).workflowId)).toBeGreaterThan(0);
  });

  it('into a search attribute', async () => {
    const { connection, namespace } = house.temporal;
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: { Leak: 2 } });
    const { workflowId } = await until('the attribute', () =>
      start({ searchAttributes: { Leak: [PLANTED.name] } }).catch(() => undefined),
    );
    expect(await findingsOf(workflowId)).toBeGreaterThan(0);
  });

  it('into a failure', async () => {
    const { workflowService } = house.temporal.connection;
    const { namespace } = house.temporal;
    const taskQueue = { name: `${queue}-failing` };
    const { workflowId } = await house.temporal.client.workflow.start('application', {
      workflowId: `application/${randomUUID()}`,
      taskQueue: taskQueue.name,
      args: [],
    });
    await house.temporal.connection.withDeadline(Date.now() + 10_000, async () => {
      const { taskToken } = await workflowService.pollWorkflowTaskQueue({ namespace, taskQueue });
      const failure = { message: `no such person: ${PLANTED.bankAccount}` };
      await workflowService.respondWorkflowTaskFailed({ namespace, taskToken, failure });
    });
    expect(await findingsOf(workflowId)).toBeGreaterThan(0);
  });

  it('into the log', () => {
    const lines: string[] = [];
    createLog({ logLevel: 'debug' }, 'leaky', { write: (line) => void lines.push(line) }).debug(
      {},
      `told ${PLANTED.name}`,
    );
    expect(found(lines.map((text) => ({ where: 'log', text })))).toBe(1);
  });

  it('into the metrics', async () => {
    const metrics = createMetrics();
    metrics.observe({ method: 'GET', route: `/v1/persons/${PLANTED.idNumber}`, status: 200, seconds: 0.1 });
    expect(found([{ where: 'metrics', text: await metrics.registry.metrics() }])).toBeGreaterThan(0);
  });
});

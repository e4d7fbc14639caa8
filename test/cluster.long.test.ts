import { hostname } from 'node:os';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParityReport } from '../src/stack/parity.js';
import type { Report } from '../src/stack/verify.js';
import { fenFromYuan, workflowId, type CaseNo, type MemberEntry } from '../src/terms/index.js';
import { startCluster, type Cluster } from './support/cluster.js';
import { openWindow, type Window } from './support/cluster-window.js';
import { badEnds, runsOf } from './support/executions.js';
import { db09 } from './support/household.js';
import { until } from './support/until.js';

/**
 * The shape of compose.yaml from processes: Temporal on Postgres, two APIs, two workers, departments. One worker is
 * killed while it has cases in hand, then Temporal itself; every case still ends where it should, once.
 */
const CASES = 16;
const [FIRST_DAY, SECOND_DAY, AFTER_NOTICE] = ['2026-03-02', '2026-03-03', '2026-03-12'];
/** A question in the hands of the dead is asked again when its heartbeat is missed. */
const ASKED_WITHIN_MS = 240_000;
/** Six people, three departments. */
const QUESTIONS = 18;

const WAY = [
  'submit',
  'accept',
  'begin_investigation',
  'record_visit',
  'form_opinion',
  'post_notice',
  'public_notice',
  'county_opine',
  'confirm',
  'recognise',
  'give_confirmation_notice',
  'publish',
];

/** A question counts when its department has taken it, however often that was tried. */
const TAKEN = `(SELECT DISTINCT request_id FROM lookup_attempts WHERE phase = 'accepted') AS taken`;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

let cluster: Cluster;
let window: Window;
let reader: postgres.Sql;
const caseNos: string[] = [];

beforeAll(async () => {
  cluster = await startCluster({ day: FIRST_DAY });
  reader = postgres(cluster.readerUrl, { max: 2, onnotice: () => {} });
  window = await openWindow(cluster);
}, 1_800_000);
afterAll(async () => {
  await reader?.end();
  await cluster?.stop();
}, 120_000);

const everyCase = (work: (caseNo: string) => Promise<unknown>): Promise<unknown[]> =>
  Promise.all(caseNos.map(work));
/** How many rows there are in the case file, or in another database. */
const count = async (from: string, sql: postgres.Sql = reader): Promise<number> =>
  Number((await sql.unsafe(`SELECT count(*) AS n FROM ${from}`))[0]?.['n']);
const died = () => cluster.workers[0];
const identityOf = ({ pid }: { pid: number }): string => `${pid}@${hostname()}`;

/** Which worker took up what, in order, through all runs of a case; and which workflow tasks nobody finished. */
async function takenUp(caseNo: string): Promise<{ by: string[]; timedOut: number }> {
  const events = (await runsOf(cluster.temporal, caseNo)).flatMap(({ history }) => history.events ?? []);
  const by = events.flatMap(
    ({ workflowTaskStartedEventAttributes: task, activityTaskStartedEventAttributes: activity }) =>
      // A task that ran out before anybody took it up has nobody.
      task?.identity || activity?.identity || [],
  );
  return { by, timedOut: events.filter((event) => event.workflowTaskTimedOutEventAttributes).length };
}

/** What the executions still have in hand, for whoever asks why nothing comes. */
async function atWork(): Promise<string> {
  const all = caseNos.map(async (caseNo) => {
    const handle = cluster.temporal.client.workflow.getHandle(workflowId('application', caseNo as CaseNo));
    const { raw, status } = await handle.describe();
    const activities = (raw.pendingActivities ?? []).map(
      ({ attempt, state, lastFailure, lastWorkerIdentity }) =>
        `attempt ${attempt}, state ${state}, by ${lastWorkerIdentity}, ${lastFailure?.message ?? 'no failure'}`,
    );
    const task = raw.pendingWorkflowTask
      ? [`a workflow task, attempt ${raw.pendingWorkflowTask.attempt}`]
      : [];
    return `${caseNo} ${status.name}: ${[...task, ...activities].join('; ') || 'nothing'}`;
  });
  return (await Promise.all(all)).join('\n');
}

async function soundNow(open: boolean): Promise<void> {
  // Exit 0: no findings, and nothing that could not be looked at.
  const report = await cluster.ask<Report>(['verify']);
  expect(report.checks.map(({ invariant, findings, unknown }) => [invariant, findings, unknown])).toEqual(
    report.checks.map(({ invariant }) => [invariant, [], undefined]),
  );
  const agreeing = await cluster.ask<ParityReport>(['parity']);
  expect(agreeing).toEqual({ checked: CASES, findings: [], unasked: [] });
  expect(await count('case_state WHERE open')).toBe(open ? CASES : 0);
  expect(await badEnds(cluster.temporal)).toEqual([]);
}

let broken = false;
/** A step of one story: after one that failed the others would only wait in vain. */
const step = (name: string, work: () => Promise<void>): void => {
  it(name, async () => {
    if (broken) throw new Error('an earlier step failed');
    broken = true;
    await work();
    broken = false;
  });
};

describe('a cluster whose first worker is killed with cases in hand', () => {
  step('takes applications at both doors, each clicked at both, and makes one case of each', async () => {
    const told = await Promise.all(
      Array.from({ length: CASES }, async () => {
        const body = db09();
        await registerDeposit(body.members[0]);
        return window.submitTwice(body);
      }),
    );
    for (const numbers of told) {
      expect(new Set(numbers).size).toBe(1);
      caseNos.push(...new Set(numbers));
    }
    expect(new Set(caseNos).size).toBe(CASES);
    expect(await count('cases')).toBe(CASES);
  });

  step('goes on with every one of them on the worker that is left', async () => {
    const kill = async () => {
      const some = async (): Promise<boolean> => (await count(TAKEN)) >= (CASES * QUESTIONS) / 4;
      await until('a quarter of the questions to be asked', some, ASKED_WITHIN_MS);
      process.kill(died().pid, 'SIGKILL');
      expect(await died().exited).toEqual({ code: null, signal: 'SIGKILL' });
      return {
        unsettled: await count(`commands WHERE status = 'received'`),
        unasked: CASES * QUESTIONS - (await count(TAKEN)),
      };
    };
    const work = everyCase(async (caseNo) => {
      await window.doDuty(caseNo, 'accept', FIRST_DAY);
      await window.visit(caseNo, FIRST_DAY);
    });
    const [inHand] = await Promise.all([kill(), work]);
    // It died amid the work, not after it.
    expect(inHand.unasked).toBeGreaterThan(0);
    say(`killed with ${inHand.unsettled} commands unsettled and ${inHand.unasked} questions not yet asked`);
    const asked = async (): Promise<boolean> => (await count(TAKEN)) === CASES * QUESTIONS;
    await until('departments to take every question', asked, ASKED_WITHIN_MS).catch(
      async (error: unknown) => {
        throw new Error(`some questions were not asked: ${await atWork()}`, { cause: error });
      },
    );
  });

  step('hears every answer of every department', async () => {
    await cluster.ask(['clock', 'advance', '--to', SECOND_DAY]);
    await everyCase(async (caseNo) => {
      const { requests } = await window.untilCase(caseNo, 'answers of all departments', (page) =>
        page.requests.every(({ standing }) => standing !== 'pending'),
      );
      expect(requests).toHaveLength(QUESTIONS);
      expect(requests.filter(({ standing }) => standing === 'unanswered')).toEqual([]);
    });
  });

  step('took cases out of the hands of the dead', async () => {
    const [dead, living] = [identityOf(died()), identityOf(cluster.workers[1])];
    let [inherited, timedOut] = [0, 0];
    for (const caseNo of caseNos) {
      const taken = await takenUp(caseNo);
      for (const identity of taken.by) expect([dead, living]).toContain(identity);
      expect(taken.by.at(-1)).toBe(living);
      if (taken.by.includes(dead)) inherited += 1;
      timedOut += taken.timedOut;
    }
    expect(inherited).toBeGreaterThan(0);
    expect(timedOut).toBeGreaterThan(0);
    say(`${inherited} cases inherited, ${timedOut} workflow tasks of the dead given on`);
  });

  step('keeps its executions in Postgres, also when Temporal is killed', async () => {
    await everyCase(async (caseNo) => {
      await window.doDuty(caseNo, 'form_opinion', SECOND_DAY);
      await window.doDuty(caseNo, 'post_notice', SECOND_DAY);
    });
    const temporal = postgres(cluster.temporalUrl, { max: 1, onnotice: () => {} });
    try {
      const executions = `current_executions WHERE workflow_id LIKE 'application/%'`;
      expect(await count(executions, temporal)).toBe(CASES);
    } finally {
      await temporal.end();
    }
    await cluster.restartTemporal();
    await soundNow(true);
  });

  step('brings every case to its benefit', async () => {
    await cluster.ask(['clock', 'advance', '--to', AFTER_NOTICE]);
    await everyCase(async (caseNo) => {
      await window.untilCase(caseNo, 'the county', ({ state }) => state === 'forwarded');
      await window.doDuty(caseNo, 'county_opine', AFTER_NOTICE);
      await window.doDuty(caseNo, 'confirm', AFTER_NOTICE);
      await window.untilCase(caseNo, 'the recognition', ({ state }) => state === 'granted');
      await window.doDuty(caseNo, 'give_confirmation_notice', AFTER_NOTICE);
      await window.doDuty(caseNo, 'publish', AFTER_NOTICE);
      expect(await window.page(caseNo)).toMatchObject({
        state: 'in_benefit',
        open: false,
        outcome: 'confirmed',
        decision: { kind: 'confirm', monthlyBenefitFen: fenFromYuan('60') },
      });
    });
  });

  step('did nothing twice, and left nothing out', async () => {
    const ways = await reader<{ way: string[] }[]>`
      SELECT array_agg(name ORDER BY seq) AS way FROM transitions WHERE on_kind <> 'answer' GROUP BY case_no`;
    expect(ways.map(({ way }) => way.toSorted())).toEqual(caseNos.map(() => WAY.toSorted()));
    const questions = CASES * QUESTIONS;
    expect(await count('department_requests')).toBe(questions);
    expect(await count('request_outcomes')).toBe(questions);
    expect(await count('(SELECT DISTINCT request_id FROM request_outcomes) AS once')).toBe(questions);
    expect(await count('decisions')).toBe(CASES);
    expect(await count(`commands WHERE status <> 'applied'`)).toBe(0);
  });

  step('is sound: verify and parity are clean', () => soundNow(false));
});

/** The bank knows of the deposit that was declared. */
async function registerDeposit(applicant: MemberEntry | undefined): Promise<void> {
  if (!applicant?.idNumber) throw new Error('nobody applies');
  const { idNumber, name } = applicant;
  const facts = [{ item: 'deposits', category: 'deposit', amountFen: fenFromYuan('1200') }];
  const response = await fetch(`${cluster.departmentsUrl}/registers?mode=merge`, {
    method: 'POST',
    body: JSON.stringify({ registers: { bank: [{ idNumber, name, facts }] } }),
  });
  expect(response.status, await response.text()).toBe(200);
}

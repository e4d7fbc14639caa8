import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { startCase } from '../../src/stack/dispatch.js';
import { STANDING_QUERY, type CaseNo, workflowId } from '../../src/terms/index.js';
import { atCounter } from '../../test/support/counter.js';
import { openHouse, type TestHouse } from '../../test/support/house.js';
import { openIssuer } from '../../test/support/tokens.js';
import { createWalker, on } from '../../test/support/walk.js';
import { benchApi } from '../api.js';
import { createDecideActivities } from '../bare/decide-activities.js';
import { interleave, ROUNDS } from '../interleave.js';
import { measureOf, percentile, roundOf, type Goal } from '../measure.js';
import { costsOf, explainingDatabase } from '../plans.js';
import type { Findings } from '../result.js';
import { progress, temporalAddress, withServers } from '../servers.js';
import { readyForDecision } from './cases.js';
import { directDelivery } from './direct.js';
import { makeBareTables, rowsAddedBy } from './written-rows.js';

const A_ROUND = 40;
const WARM = 10;
const SIDE = ROUNDS * A_ROUND + WARM;
const CONFIRM = { occurredOn: '2026-03-20', kind: 'confirm', reasonCode: 'agreed' };
const DECIDE = fileURLToPath(new URL('../bare/decide.workflow.ts', import.meta.url));
const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Milliseconds of each. */
type Times = readonly number[];

/** Somebody confirms: over HTTP with everything behind it, as a bare validated Update, and over HTTP without Temporal. */
export const decision = (): Promise<Findings> =>
  withServers(async () => {
    let direct = false;
    const house = await openHouse({
      at: on('2026-03-20'),
      dispatcher: (real) => ({
        ...real,
        deliver: (command, ms) => (direct ? deliver(command, ms) : real.deliver(command, ms)),
      }),
    });
    const deliver = directDelivery({
      casefile: house.database.casefile,
      rulebook: house.rulebook,
      now: () => house.time.now(),
    });
    try {
      const walker = createWalker({
        casefile: house.database.casefile,
        rulebook: house.rulebook,
        town: house.town,
      });
      // The walker is desk and sweep in one; and nothing else may write while the rows of a decision are looked at.
      await house.stopSweep();
      progress(`taking ${2 * SIDE + 2} cases to the confirmer's desk`);
      const [sample = '', looked = '', ...ready] = await readyForDecision(walker, 2 * SIDE + 2);
      const confirm = confirmer(house);
      const one = await confirm.prepare(sample);
      direct = true;
      const rows = await rowsAddedBy(
        house.database.admin.sql,
        sample,
        async () => void (await confirm.time(one)),
      );
      direct = false;
      house.startSweep();
      await makeBareTables(
        house.database.admin.sql,
        rows.map(({ table }) => table),
      );
      const bare = await openBare(house, createDecideActivities(house.database.admin.sql, sample, rows));
      try {
        const withDesk = ready.slice(0, SIDE);
        await openDesks(house, withDesk);
        const deskCases = await Promise.all(withDesk.map((caseNo) => confirm.prepare(caseNo)));
        const directCases = await Promise.all(ready.slice(SIDE).map((caseNo) => confirm.prepare(caseNo)));
        const take = <T>(from: T[], count: number): T[] => from.splice(0, count);
        const overHttp = async (cases: typeof deskCases, without: boolean, count: number): Promise<Times> => {
          direct = without;
          const times: number[] = [];
          for (const each of take(cases, count)) times.push(await confirm.time(each));
          direct = false;
          return times;
        };
        await overHttp(deskCases, false, WARM);
        await bare.times(WARM);
        await overHttp(directCases, true, WARM);
        const pairs = await interleave<{ times: Times; direct: Times }>({
          ours: async () => ({ times: await overHttp(deskCases, false, A_ROUND), direct: [] }),
          bare: async () => ({
            direct: await overHttp(directCases, true, A_ROUND),
            times: await bare.times(A_ROUND),
          }),
        });
        const at = (percent: number, against: 'times' | 'direct', what: string, goal: Goal | null = null) =>
          measureOf(
            what,
            'ms',
            pairs.map(({ first, ours, bare: other }) =>
              roundOf(first, percentile(ours.times, percent), percentile(other[against], percent)),
            ),
            goal,
          );
        const pooled = (times: readonly Times[]) =>
          Object.fromEntries(
            [50, 95, 99].map((percent) => [`p${percent}`, percentile(times.flat(), percent)]),
          );
        return {
          chief: at(50, 'times', 'a decision over HTTP, p50, against a bare Update', { atMost: 1.3 }),
          beside: [
            at(99, 'times', 'a decision over HTTP, p99, against a bare Update', { atMost: 1.5 }),
            at(50, 'direct', 'the same route with Temporal (ours) and without (bare), p50'),
            at(99, 'direct', 'the same route with Temporal (ours) and without (bare), p99'),
          ],
          notes: [
            `${A_ROUND} decisions a round and side, one at a time; the sweep runs beside all of them`,
            `the bare Update inserts the ${rows.length} rows that one decision adds, in one transaction, into tables with the same columns, indexes and checks`,
            'ours also checks the token, stores the command first, locks the case, reads the file, asks guards and rights, updates working state and hashes rows for the audit chain',
          ],
          details: {
            withoutTemporal: await costs(house, await confirm.prepare(looked)),
            rows: rows.map(({ table }) => table),
            pooledMs: {
              ours: pooled(pairs.map(({ ours }) => ours.times)),
              bareUpdate: pooled(pairs.map(({ bare: { times } }) => times)),
              withoutTemporal: pooled(pairs.map(({ bare: { direct: times } }) => times)),
            },
          },
        };
      } finally {
        await bare.close();
      }
    } finally {
      await house.close();
    }
  });

interface Prepared {
  readonly caseNo: string;
  readonly tag: string;
}

function confirmer(house: TestHouse) {
  const { page } = atCounter(house);
  return {
    prepare: async (caseNo: string): Promise<Prepared> => ({ caseNo, tag: (await page(caseNo)).tag }),
    time: async ({ caseNo, tag }: Prepared): Promise<number> => {
      const began = performance.now();
      const { status, json } = await house.post('confirmer', `/v1/cases/${caseNo}/decisions`, CONFIRM, {
        ifMatch: tag,
      });
      const took = performance.now() - began;
      if (status !== 200) throw new Error(`${caseNo}: ${status} ${JSON.stringify(json)}`);
      return took;
    },
  };
}

/** One more decision without Temporal, on a connection that tells the plan of every statement. */
async function costs({ database, rulebook, time }: TestHouse, { caseNo, tag }: Prepared) {
  const explaining = await explainingDatabase(database);
  try {
    const issuer = await openIssuer();
    const casefile = { ...database.casefile, database: explaining.database };
    const deliver = directDelivery({ casefile, rulebook, now: () => time.now() });
    const api = benchApi({ database, casefile, rulebook, issuer, deliver });
    const { status } = await api.request(`/v1/cases/${caseNo}/decisions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await issuer.token('confirmer')}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'if-match': tag,
      },
      body: JSON.stringify(CONFIRM),
    });
    if (status !== 200) throw new Error(`${caseNo}: ${status}`);
    return costsOf(explaining.take());
  } finally {
    await explaining.database.close();
  }
}

/** Starts the workflows and waits until each has read its record. */
async function openDesks(house: TestHouse, cases: readonly string[]): Promise<void> {
  const { client } = house.temporal;
  for (const caseNo of cases) await startCase(client, caseNo, await house.time.offsetSeconds());
  for (const caseNo of cases) {
    const handle = client.workflow.getHandle(workflowId('application', caseNo as CaseNo));
    while ((await handle.query(STANDING_QUERY)) === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function openBare(house: TestHouse, activities: ReturnType<typeof createDecideActivities>) {
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const worker = await Worker.create({
    connection,
    namespace: house.namespace,
    taskQueue: 'bare',
    workflowBundle: await bundleWorkflowCode({ workflowsPath: DECIDE, logger: silent }),
    activities,
  });
  const running = worker.run();
  const { workflow } = new Client({ connection: house.temporal.connection, namespace: house.namespace });
  return {
    /** Starts that many and decides them one at a time. */
    times: async (count: number): Promise<Times> => {
      const waiting = await Promise.all(
        Array.from({ length: count }, () => {
          const record = randomUUID();
          return workflow.start('decide', {
            workflowId: `bare/${record}`,
            taskQueue: 'bare',
            args: [record],
          });
        }),
      );
      // Each has had its first workflow task, as a case has that waits for a decision.
      await Promise.all(waiting.map((handle) => untilWaiting(handle)));
      const times: number[] = [];
      for (const handle of waiting) {
        const began = performance.now();
        const id = randomUUID();
        await handle.executeUpdate('decision', { updateId: id, args: [{ id, kind: 'confirm' }] });
        times.push(performance.now() - began);
      }
      return times;
    },
    close: async (): Promise<void> => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

async function untilWaiting(handle: { describe(): Promise<{ historyLength: number }> }): Promise<void> {
  // Started, and one workflow task scheduled, started, completed.
  while ((await handle.describe()).historyLength < 4) await new Promise((resolve) => setTimeout(resolve, 20));
}

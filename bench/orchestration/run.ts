import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { APPLICATION } from '../../src/policy/application.js';
import { dataConverterOf } from '../../src/stack/temporal-client.js';
import type { DeskInput } from '../../src/terms/index.js';
import { workflowBundle } from '../../src/stack/workflow-bundle.js';
import { freshNamespace } from '../../test/support/namespace.js';
import { quietSdk } from '../quiet-sdk.js';
import { createShapedActivities } from '../bare/shaped-activities.js';
import type { BareCase } from '../bare/shaped.workflow.js';
import { Signpost } from '../bare/signpost.js';
import { interleave } from '../interleave.js';
import { measureOf, roundOf } from '../measure.js';
import type { Findings } from '../result.js';
import { progress, temporalAddress, withServers } from '../servers.js';
import { bareStages } from './bare-stages.js';
import { db09Shape } from './db09-shape.js';
import { driveMany, type Side } from './drive.js';
import { MemoryRecord } from './memory-record.js';
import type { StageShape } from './shape.js';

const CASES = 40;
const IN_FLIGHT = 20;
/** The public notice hangs for a moment instead of a week, on both sides. */
const WAITS = { public_notice: 200 };
const BARE = fileURLToPath(new URL('../bare/shaped.workflow.ts', import.meta.url));
const silent = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

export const orchestration = (): Promise<Findings> =>
  withServers(async () => {
    quietSdk();
    const address = temporalAddress();
    const namespace = await freshNamespace(address);
    const connection = await NativeConnection.connect({ address });
    const clientConnection = await Connection.connect({ address });
    const keys = {
      field: randomBytes(32),
      index: randomBytes(32),
      payload: randomBytes(32),
      cursor: randomBytes(32),
    };
    const dataConverter = dataConverterOf(keys);
    const shape = db09Shape();
    const questions = straightQuestions(shape);
    const record = new MemoryRecord(
      { table: APPLICATION, begin: 'submitted', questions, asksFrom: 'begin_investigation', waits: WAITS },
      new Signpost(),
    );
    const ours = ourSide(new Client({ connection: clientConnection, namespace, dataConverter }), record);
    const bare = bareSide(new Client({ connection: clientConnection, namespace }), bareStages(shape, WAITS));
    const workers = await Promise.all([
      Worker.create({
        connection,
        namespace,
        taskQueue: 'ours',
        workflowBundle: await workflowBundle(),
        activities: record.activities(),
        dataConverter,
      }),
      Worker.create({
        connection,
        namespace,
        taskQueue: 'bare',
        workflowBundle: await bundleWorkflowCode({ workflowsPath: BARE, logger: silent }),
        activities: createShapedActivities(bare.seen),
      }),
    ]);
    const running = Promise.all(workers.map((worker) => worker.run()));
    try {
      const load = (side: string, round: number) => ({
        cases: CASES,
        inFlight: IN_FLIGHT,
        prefix: `${side}-${round}`,
      });
      // Both warm, neither measured.
      await driveMany(ours, shape, { cases: 10, inFlight: 10, prefix: 'ours-warm' });
      await driveMany(bare, shape, { cases: 10, inFlight: 10, prefix: 'bare-warm' });
      const pairs = await interleave({
        ours: async (round) => told('ours', await driveMany(ours, shape, load('ours', round))),
        bare: async (round) => told('bare', await driveMany(bare, shape, load('bare', round))),
      });
      return {
        chief: measureOf(
          'DB09 cases completed',
          'cases/s',
          pairs.map((pair) => roundOf(pair.first, pair.ours, pair.bare)),
          { atLeast: 0.85 },
        ),
        notes: [
          `${CASES} cases a round, ${IN_FLIGHT} at a time; server, workers and clients share the machine`,
          'both sides: the same Updates with validators, Signals, activities, local activities and runs, answered from memory',
          'the bare workflow has one timer for each stage and plain payloads; ours sets its timer anew after each wait and encrypts',
          'the server holds no run back that follows another within a second, on both sides (history.workflowIdReuseMinimalInterval=0s)',
        ],
        details: { shape, cases: CASES, inFlight: IN_FLIGHT },
      };
    } finally {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
      await clientConnection.close();
    }
  });

const straightQuestions = (shape: readonly StageShape[]): number =>
  shape.flatMap(({ acts }) => acts).reduce((sum, act) => (act.on === 'questions' ? sum + act.count : sum), 0);

const told = (side: string, rate: number): number => {
  progress(`${side}: ${rate.toFixed(2)} cases/s`);
  return rate;
};

function ourSide(client: Client, record: MemoryRecord): Side {
  return {
    seen: record.seen,
    start: (caseNo) => {
      record.create(caseNo);
      const input: DeskInput = { version: 1, procedure: 'application', record: caseNo, offsetSeconds: 0 };
      return client.workflow.start('application', {
        workflowId: `application/${caseNo}`,
        taskQueue: 'ours',
        args: [input],
        memo: { offsetSeconds: 0 },
      });
    },
    storeCommand: (caseNo, id, kind) => record.storeCommand(caseNo, id, kind),
    storeAnswer: (caseNo, id) => record.storeAnswer(caseNo, id),
  };
}

function bareSide(client: Client, stages: BareCase['stages']): Side {
  return {
    seen: new Signpost(),
    start: (record) =>
      client.workflow.start('shaped', {
        workflowId: `bare/${record}`,
        taskQueue: 'bare',
        args: [{ record, stages, at: 0 } satisfies BareCase],
      }),
    storeCommand: () => {},
    storeAnswer: () => {},
  };
}

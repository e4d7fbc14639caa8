import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { applicationDesk } from '../activities/application/index.js';
import { createDeskActivities } from '../activities/desk.js';
import { createLookupActivities } from '../activities/lookup.js';
import type { Casefile } from '../casefile/tx.js';
import type { Connector } from '../departments/connector.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { CASES_QUEUE, type Source } from '../terms/index.js';
import { withFailures } from './activity-failures.js';
import { failureConverterPath } from './data-converter.js';
import type { Keys } from './keys.js';
import { dataConverterOf } from './temporal-client.js';

export interface CaseWorkerOptions {
  readonly address: string;
  readonly namespace: string;
  readonly keys: Keys;
  readonly casefile: Casefile;
  readonly rulebook: () => Rulebook;
  readonly connectors: Readonly<Record<Source, Connector>>;
  readonly callbackUrl: string;
  /** Made before, to start sooner. */
  readonly bundle?: { code: string };
  readonly report: (code: string, activity: string, attempt: number) => void;
  readonly taskQueue?: string;
}

/** The workflow code as one script; the same bytes for the same sources. */
export const bundleWorkflows = (): Promise<{ code: string }> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    failureConverterPath,
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });

/** A worker for cases. `run()` it; `shutdown()` finishes what is in hand. */
export async function createCaseWorker(
  options: CaseWorkerOptions,
): Promise<{ worker: Worker; close(): Promise<void> }> {
  const connection = await NativeConnection.connect({ address: options.address });
  const desk = createDeskActivities({
    casefile: options.casefile,
    rulebook: options.rulebook,
    procedures: { application: applicationDesk },
  });
  const lookup = createLookupActivities({
    casefile: options.casefile,
    connectors: options.connectors,
    callbackUrl: options.callbackUrl,
  });
  const worker = await Worker.create({
    connection,
    namespace: options.namespace,
    taskQueue: options.taskQueue ?? CASES_QUEUE,
    workflowBundle: options.bundle ?? (await bundleWorkflows()),
    activities: { ...withFailures(desk, options.report), ...withFailures(lookup, options.report) },
    dataConverter: dataConverterOf(options.keys),
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '20 seconds',
  });
  return { worker, close: () => connection.close() };
}

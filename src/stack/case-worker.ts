import { NativeConnection, Worker } from '@temporalio/worker';
import { applicationDesk } from '../activities/application/index.js';
import { createCollectActivities, type CollectDeps } from '../activities/collect-answer.js';
import { createDeskActivities } from '../activities/desk.js';
import { createLookupActivities } from '../activities/lookup.js';
import type { Casefile } from '../casefile/tx.js';
import type { Connector } from '../departments/connector.js';
import type { PlatformConnector } from '../departments/platform-connector.js';
import { PLATFORM_BOOK } from '../departments/platforms.js';
import type { SourceDefinition } from '../departments/source.js';
import { SOURCE_BOOK } from '../departments/sources.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { CASES_QUEUE, departmentQueue, type Failpoints, type Source } from '../terms/index.js';
import { withFailures } from './activity-failures.js';
import { withHeartbeat } from './heartbeat.js';
import type { Keys } from './keys.js';
import { dataConverterOf } from './temporal-client.js';
import { workflowBundle } from './workflow-bundle.js';

export interface CaseWorkerOptions {
  readonly address: string;
  readonly namespace: string;
  readonly keys: Keys;
  readonly casefile: Casefile;
  readonly rulebook: () => Rulebook;
  readonly connectors: Readonly<Record<Source, Connector>>;
  /** Of those that a place asks through. */
  readonly platforms?: Readonly<Record<string, PlatformConnector>>;
  readonly callbackUrl: string;
  /** How answers are come for. */
  readonly collecting: Omit<CollectDeps, 'casefile' | 'connectors'>;
  readonly report: (code: string, activity: string, attempt: number) => void;
  /** An answer was set aside that no reader could stand. */
  readonly parked: (code: string) => void;
  /** What a department can bear; default: what its file says. */
  readonly limits?: (source: Source) => SourceDefinition['limits'];
  readonly taskQueue?: string;
  readonly failpoints?: Failpoints;
}

/** Workers of one process. `run()` them; `shutdown()` finishes what is in hand. */
export interface CaseWorker {
  run(): Promise<void>;
  shutdown(): void;
  close(): Promise<void>;
}

const SHUTDOWN = { shutdownGraceTime: '10 seconds', shutdownForceTime: '20 seconds' } as const;
/** Enough for a queue that holds a few questions at a time; the workers of all departments poll at once. */
const POLLS = 2;

/** A worker for cases, and one for each department and platform with its limits. */
export async function createCaseWorker(options: CaseWorkerOptions): Promise<CaseWorker> {
  const connection = await NativeConnection.connect({ address: options.address });
  const failpoints = options.failpoints && { failpoints: options.failpoints };
  const desk = createDeskActivities({
    ...failpoints,
    casefile: options.casefile,
    rulebook: options.rulebook,
    procedures: { application: applicationDesk },
  });
  const parkAnswer: typeof desk.parkAnswer = async (on, answerId, reason) => {
    const view = await desk.parkAnswer(on, answerId, reason);
    options.parked(reason);
    return view;
  };
  const { casefile, rulebook, connectors, platforms: given, callbackUrl, collecting } = options;
  const gate = {
    ...createLookupActivities({
      ...failpoints,
      casefile,
      rulebook,
      connectors,
      platforms: given,
      callbackUrl,
      now: () => collecting.time.now(),
    }),
    ...createCollectActivities({ casefile, connectors, ...collecting }),
  };
  const lookup = withHeartbeat(withFailures(gate, options.report));
  const platforms = PLATFORM_BOOK.filter(({ code }) => given?.[code]);
  const common = {
    connection,
    namespace: options.namespace,
    dataConverter: dataConverterOf(options.keys),
    ...SHUTDOWN,
  };
  const workers = await Promise.all([
    Worker.create({
      ...common,
      taskQueue: options.taskQueue ?? CASES_QUEUE,
      workflowBundle: await workflowBundle(),
      // Lookups also here: runs that began before departments had queues ask on this one.
      activities: { ...withFailures({ ...desk, parkAnswer }, options.report), ...lookup },
    }),
    ...[...SOURCE_BOOK, ...platforms].map(({ code, limits }) => {
      const { atOnce, perMinute } = options.limits?.(code) ?? limits;
      return Worker.create({
        ...common,
        taskQueue: departmentQueue(code),
        activities: lookup,
        maxConcurrentActivityTaskExecutions: atOnce,
        maxConcurrentActivityTaskPolls: POLLS,
        maxTaskQueueActivitiesPerSecond: perMinute / 60,
      });
    }),
  ]);
  return {
    run: async () => {
      // One that ends by itself ends all: a process that only half works is not left standing.
      const running = workers.map((worker) => worker.run());
      await Promise.race(running).finally(() => shutdown());
      await Promise.all(running);
    },
    shutdown,
    close: () => connection.close(),
  };

  function shutdown(): void {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  }
}

import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { createDeskActivities } from '../../activities/desk.js';
import { applicationDesk } from '../../activities/application/index.js';
import { withCircuit } from '../../departments/circuit.js';
import { createHttpConnector } from '../../departments/connector.js';
import { createOutgoing } from '../../departments/outgoing.js';
import { SOURCES } from '../../departments/sources.js';
import type { Source } from '../../terms/index.js';
import type { Connector } from '../../departments/connector.js';
import { createCaseWorker } from '../case-worker.js';
import type { Config } from '../config.js';
import { createFailpoints } from '../failpoints.js';
import { needed, openHouse, temporalOf } from '../house.js';
import { createLog } from '../log.js';
import { createSweep } from '../sweep.js';
import { signingKeysOf, webhookSecrets } from '../webhook-keys.js';

const CONNECTOR_TIMEOUT_MS = 10_000;
/** Five faults in a row, and a department is left alone for half a minute. */
const CIRCUIT = { faults: 5, coolingMs: 30_000 };

export interface RunningRole {
  stop(): Promise<void>;
  /** Rejects when the role ends by itself. */
  readonly ended: Promise<void>;
}

/** Keeps cases in order: the workflow worker, and beside it the sweep. */
export async function runWorker(config: Config): Promise<RunningRole> {
  const log = createLog(config, 'worker');
  // The SDK's own lines quote failures; ours carry codes.
  Runtime.install({
    logger: new DefaultLogger('ERROR', ({ level }) => log.warn({ code: 'temporal_sdk', level }, 'temporal')),
    // Its core would write to the terminal by itself, in full.
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
    },
  });
  const house = await openHouse(config, 'worker');
  const failpoints = createFailpoints(config.failpoint);
  const temporal = await temporalOf(config, house.keys);
  const keys = signingKeysOf(await webhookSecrets(config));
  const baseUrl = needed(config.departmentsUrl, 'DEPARTMENTS_URL');
  const outgoing = createOutgoing({ baseUrls: [baseUrl], simulated: config.mode === 'simulated' });
  const timeoutMs = CONNECTOR_TIMEOUT_MS;
  const connectors = Object.fromEntries(
    SOURCES.map((source): [Source, Connector] => {
      const [signingKey] = keys[source] ?? [];
      if (!signingKey) throw new Error(`no signing key for ${source}`);
      const plain = createHttpConnector({ source, baseUrl, signingKey, timeoutMs, outgoing });
      return [source, withCircuit(plain, CIRCUIT)];
    }),
  ) as Record<Source, Connector>;
  const report = (code: string, activity: string, attempt: number) =>
    log.warn({ code, activity, attempt }, 'activity failed');
  const cases = await createCaseWorker({
    address: temporal.connection.options.address,
    namespace: temporal.namespace,
    keys: house.keys,
    casefile: house.casefile,
    rulebook: () => house.rulebook,
    connectors,
    callbackUrl: needed(config.callbackUrl, 'ONEDOOR_CALLBACK_URL'),
    report,
    failpoints,
  });
  const desk = createDeskActivities({
    casefile: house.casefile,
    rulebook: () => house.rulebook,
    procedures: { application: applicationDesk },
  });
  const sweep = createSweep({
    casefile: house.casefile,
    client: temporal.client,
    time: house.time,
    readAnswer: async (record, answerId) =>
      desk.readAnswer({ procedure: 'application', record, at: await house.time.now() }, answerId),
    report: (code, topic) => log.warn({ code, topic }, 'delivery postponed'),
    failpoints,
  });
  const stopping = new AbortController();
  const sweeping = sweep.run(stopping.signal);
  const working = cases.run();
  await sweep.announceCalendars([...house.rulebook.calendar.years]);
  return {
    ended: working,
    stop: async () => {
      stopping.abort();
      cases.shutdown();
      await Promise.allSettled([sweeping, working]);
      await cases.close();
      await temporal.close();
      await house.close();
    },
  };
}

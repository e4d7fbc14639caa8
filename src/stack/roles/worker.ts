import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { createAnswerFiles } from '../../activities/answer-files.js';
import { createDeskActivities } from '../../activities/desk.js';
import { applicationDesk } from '../../activities/application/index.js';
import { withCircuit } from '../../departments/circuit.js';
import { connectorOf } from '../../departments/connector-of.js';
import { createPlatformConnector } from '../../departments/platform-connector.js';
import { createOutgoing } from '../../departments/outgoing.js';
import { SOURCES } from '../../departments/sources.js';
import { rfc3339, type Source } from '../../terms/index.js';
import type { Connector } from '../../departments/connector.js';
import { createAccessReview } from '../access-review.js';
import { createCaseWorker } from '../case-worker.js';
import { createCircuitNotes } from '../circuit-notes.js';
import type { Config } from '../config.js';
import { createFailpoints } from '../failpoints.js';
import { needed, openHouse, temporalOf } from '../house.js';
import { signalAnswer } from '../dispatch.js';
import { createFileRounds } from '../file-rounds.js';
import { createLog } from '../log.js';
import { platformConnectors } from '../platform-connectors.js';
import { surviveLostConnections } from '../lost-connections.js';
import { createSweep } from '../sweep.js';
import { signingKeysOf, webhookSecrets } from '../webhook-keys.js';

const CONNECTOR_TIMEOUT_MS = 10_000;
/** Five faults in a row, and a department is left alone for half a minute. */
const CIRCUIT = { faults: 5, coolingMs: 30_000 };

/** How long questions wait for others to go out in one file, and how often files of answers are come for. */
const FILES = {
  simulated: { windowMs: 100, everyMs: 250 },
  production: { windowMs: 5_000, everyMs: 300_000 },
} as const;

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
  surviveLostConnections((code) => log.warn({ code }, 'Postgres went away'));
  const house = await openHouse(config, 'worker');
  const failpoints = createFailpoints(config.failpoint);
  const temporal = await temporalOf(config, house.keys);
  const keys = signingKeysOf(await webhookSecrets(config));
  const baseUrl = needed(config.departmentsUrl, 'DEPARTMENTS_URL');
  const outgoing = createOutgoing({ baseUrls: [baseUrl], simulated: config.mode === 'simulated' });
  const timeoutMs = CONNECTOR_TIMEOUT_MS;
  const circuits = createCircuitNotes(house, (code) => log.warn({ code }, 'circuit not written down'));
  const connectors = Object.fromEntries(
    SOURCES.map((source): [Source, Connector] => {
      const verifyingKeys = keys[source] ?? [];
      const [signingKey] = verifyingKeys;
      if (!signingKey) throw new Error(`no signing key for ${source}`);
      const plain = connectorOf({
        source,
        baseUrl,
        signingKey,
        verifyingKeys,
        timeoutMs,
        outgoing,
        windowMs: FILES[config.mode].windowMs,
        madeAt: async () => rfc3339(await house.time.now()),
      });
      return [source, withCircuit(plain, { ...CIRCUIT, tells: circuits.of(source) })];
    }),
  ) as Record<Source, Connector>;
  const platforms = platformConnectors({
    rulebook: house.rulebook,
    keys,
    connect: ({ platform, signingKey }) =>
      withCircuit(createPlatformConnector({ platform, baseUrl, signingKey, timeoutMs, outgoing }), {
        ...CIRCUIT,
        tells: circuits.of(platform),
      }),
  });
  const report = (code: string, activity: string, attempt: number) =>
    log.warn({ code, activity, attempt }, 'activity failed');
  const collecting = {
    time: house.time,
    tell: (caseNo: string, answerId: string) => signalAnswer(temporal.client, caseNo, answerId),
    forged: (source: Source) => log.warn({ code: 'callback_refused', source }, 'answer refused'),
  };
  const files = createFileRounds({
    sources: SOURCES.filter((source) => connectors[source]?.files),
    visit: createAnswerFiles({ casefile: house.casefile, connectors, ...collecting }).visit,
    everyMs: FILES[config.mode].everyMs,
    report: (code, source) => log.warn({ code, source }, 'no answer files'),
  });
  const cases = await createCaseWorker({
    address: temporal.connection.options.address,
    namespace: temporal.namespace,
    keys: house.keys,
    casefile: house.casefile,
    rulebook: () => house.rulebook,
    connectors,
    platforms,
    callbackUrl: needed(config.callbackUrl, 'ONEDOOR_CALLBACK_URL'),
    collecting,
    report,
    failpoints,
    parked: (code) => log.error({ code, topic: 'answer', event: 'delivery_parked' }, 'delivery parked'),
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
    reviewAccess: createAccessReview({
      casefile: house.casefile,
      time: house.time,
      rulebook: () => house.rulebook,
      report: (code, topic) => log.warn({ code, topic }, 'not looked through'),
    }),
    report: (code, topic) => log.warn({ code, topic }, 'delivery postponed'),
    failpoints,
    parked: (code, topic) => log.error({ code, topic, event: 'delivery_parked' }, 'delivery parked'),
  });
  const stopping = new AbortController();
  const sweeping = Promise.all([sweep.run(stopping.signal), files.run(stopping.signal)]);
  const working = cases.run();
  await sweep.announceCalendars([...house.rulebook.calendar.years]);
  return {
    ended: working,
    stop: async () => {
      stopping.abort();
      circuits.stop();
      cases.shutdown();
      await Promise.allSettled([sweeping, working]);
      await cases.close();
      await temporal.close();
      await house.close();
    },
  };
}

import { randomUUID } from 'node:crypto';
import { applicationDesk } from '../../src/activities/application/index.js';
import { createAnswerFiles } from '../../src/activities/answer-files.js';
import { createDeskActivities } from '../../src/activities/desk.js';
import { createApi } from '../../src/api/app.js';
import { createMetrics, type ApiMetrics } from '../../src/api/metrics.js';
import type { Dispatcher } from '../../src/api/ports.js';
import { operatorTasks } from '../../src/casefile/tasks.js';
import { inCasefile } from '../../src/casefile/tx.js';
import type { Profiles, Registers } from '../../src/departments/simulator/files.js';
import type { Rulebook } from '../../src/policy/rulebook-types.js';
import { businessTime, type BusinessTime } from '../../src/stack/business-time.js';
import { createCaseWorker, type CaseWorkerOptions } from '../../src/stack/case-worker.js';
import { createAccessReview } from '../../src/stack/access-review.js';
import { advanceClock, untilQuiet, type ClockAdvance } from '../../src/stack/clock-advance.js';
import { signalAnswer } from '../../src/stack/dispatch.js';
import { createDispatcher } from '../../src/stack/dispatcher.js';
import { createFileRounds } from '../../src/stack/file-rounds.js';
import { listen } from '../../src/stack/listen.js';
import { createLog } from '../../src/stack/log.js';
import { readRulebook } from '../../src/stack/rulebook-files.js';
import { createSweep } from '../../src/stack/sweep.js';
import { openTemporal, type TemporalAccess } from '../../src/stack/temporal-client.js';
import {
  dateAt,
  NO_FAILPOINTS,
  rfc3339,
  type Failpoints,
  type Instant,
  type PlainDate,
} from '../../src/terms/index.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { openDepartments, type TestDepartments } from './departments.js';
import { freshNamespace } from './namespace.js';
import { openWire, type Wire } from './proxy.js';
import { keepSdkLines } from './sdk-log.js';
import { openIssuer } from './tokens.js';
import { seedTown, type Person, type Town } from './town.js';
import { on } from './walk.js';

/** Business time is cut short in tests, a limit in real seconds is not. */
export const UNHURRIED = () => ({ perMinute: 60_000, atOnce: 20 });

export interface HouseOptions {
  /** Default: the morning of 2026-03-02. */
  readonly at?: Instant;
  readonly profiles?: Profiles;
  /** How long a department may take to say that it has a question. */
  readonly timeoutMs?: number;
  /** What the departments draw their chances by. */
  readonly seed?: number;
  readonly rulebook?: Rulebook;
  /** An older or another record under the same namespace; the caller drops it. */
  readonly on?: { readonly database: TestDatabase; readonly town: Town; readonly namespace: string };
  /** Stands between the gate and the departments. */
  readonly connectors?: (real: TestDepartments['connectors']) => TestDepartments['connectors'];
  /** Real milliseconds between two looks through accesses. */
  readonly reviewEveryMs?: number;
  /** Stands between the departments and the API; the caller stops it. @returns where they are told to call */
  readonly letterbox?: (apiUrl: string) => Promise<string>;
  /** What a department can bear. */
  readonly limits?: CaseWorkerOptions['limits'];
  /** How often the sweep tries what is certainly a defect. */
  readonly mostTries?: number;
  /** Stands between the API and the desk. */
  readonly dispatcher?: (real: Dispatcher) => Dispatcher;
  /** Passed by the API, the worker and the sweep. */
  readonly failpoints?: Failpoints;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

export interface Post {
  readonly key?: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A whole One Door in this process: real Postgres, real Temporal, real HTTP on both sides, and a switch for each part. */
export interface TestHouse {
  readonly database: TestDatabase;
  readonly town: Town;
  readonly namespace: string;
  /** Straight to the server, whatever became of the wire. */
  readonly temporal: TemporalAccess;
  /** What everything in the house reaches Temporal by. */
  readonly wire: Wire;
  readonly apiUrl: string;
  /** What each department signs with. */
  readonly webhookKeys: TestDepartments['keys'];
  readonly time: BusinessTime;
  readonly clock: ClockAdvance;
  /** In force from the next activity and the next request on. */
  rulebook: Rulebook;
  readonly metrics: ApiMetrics;
  /** Every line of the product's log, at debug level. */
  readonly logLines: readonly string[];
  today(): Promise<PlainDate>;
  token(who: Person): Promise<string>;
  get(who: Person, path: string): Promise<Answer>;
  post(who: Person, path: string, body: unknown, how?: Post): Promise<Answer>;
  register(registers: Registers, mode?: 'merge' | 'replace'): Promise<void>;
  advance(to: Instant): Promise<Instant[]>;
  quiet(): Promise<void>;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  startSweep(): void;
  /** As a worker does at its start. */
  announceCalendars(): Promise<void>;
  stopSweep(): Promise<void>;
  close(): Promise<void>;
}

export async function openHouse(options: HouseOptions = {}): Promise<TestHouse> {
  const server = process.env['TEST_TEMPORAL_ADDRESS'];
  if (!server) throw new Error('TEST_TEMPORAL_ADDRESS is set by test/stack.ts');
  keepSdkLines();
  const database =
    options.on?.database ??
    (await freshDatabase({ offsetMs: (options.at ?? on('2026-03-02')) - Date.now() }));
  const town = options.on?.town ?? (await seedTown(database.admin));
  const namespace = options.on?.namespace ?? (await freshNamespace(server));
  const { casefile, keys, reader } = database;
  const time = businessTime(casefile.database, 'simulated');
  const departments = await openDepartments({
    profiles: options.profiles ?? {},
    offsetMs: await time.offset(),
    madeAt: async () => rfc3339(await time.now()),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const wire = await openWire(server);
  const temporal = openTemporal({ address: server, namespace, keys });
  const wired = openTemporal({ address: wire.address, namespace, keys });

  const logLines: string[] = [];
  const log = createLog({ logLevel: 'debug' }, 'test', { write: (line) => void logLines.push(line) });
  const metrics = createMetrics(async () => {
    const today = dateAt(await time.now());
    return inCasefile(casefile, { actor: 'system:operator', on: today }, operatorTasks);
  });
  const issuer = await openIssuer();
  const { failpoints = NO_FAILPOINTS } = options;
  const leftToSweep = (code: string): void => log.warn({ code }, 'left to the sweep');
  const dispatcher = createDispatcher(time, wired.client, leftToSweep, failpoints);
  const rulebook = options.rulebook ?? readRulebook();
  const api = createApi({
    casefile,
    failpoints,
    dispatcher: options.dispatcher?.(dispatcher) ?? dispatcher,
    clock: time,
    get rulebook() {
      return house.rulebook;
    },
    auth: issuer.auth,
    simulated: true,
    cursorKey: keys.cursor,
    webhookKeys: departments.keys,
    metrics,
    log,
    ready: () => Promise.resolve(true),
  });
  const door = await listen(api.fetch, 0);
  const callbackUrl = (await options.letterbox?.(door.url)) ?? door.url;

  const clock: ClockAdvance = {
    reader,
    app: casefile.database,
    temporal,
    departmentsUrl: departments.url,
    say: () => {},
  };
  const procedures = { application: applicationDesk };
  const desk = createDeskActivities({ casefile, rulebook: () => house.rulebook, procedures });
  const sweep = createSweep({
    casefile,
    failpoints,
    client: wired.client,
    time,
    readAnswer: async (record, answerId) =>
      desk.readAnswer({ procedure: 'application', record, at: await time.now() }, answerId),
    reviewAccess: createAccessReview({
      casefile,
      time,
      rulebook: () => house.rulebook,
      report: (code, topic) => log.warn({ code, topic }, 'not looked through'),
    }),
    ...(options.reviewEveryMs !== undefined && { reviewEveryMs: options.reviewEveryMs }),
    report: (code, topic) => log.warn({ code, topic }, 'delivery postponed'),
    parked: (code, topic) => log.error({ code, topic, event: 'delivery_parked' }, 'delivery parked'),
    ...(options.mostTries !== undefined && { mostTries: options.mostTries }),
  });
  const nothing = (): Promise<void> => Promise.resolve();
  const connectors = options.connectors?.(departments.connectors) ?? departments.connectors;
  const collecting = {
    time,
    tell: (caseNo: string, answerId: string) => signalAnswer(wired.client, caseNo, answerId),
    forged: (source: string) => log.warn({ code: 'callback_refused', source }, 'answer refused'),
  };
  const files = createFileRounds({
    sources: Object.keys(connectors).filter((source) => connectors[source]?.files),
    visit: createAnswerFiles({ casefile, connectors, ...collecting }).visit,
    everyMs: 250,
    report: (code, source) => log.warn({ code, source }, 'no answer files'),
  });
  let stopWorker = nothing;
  let stopSweep = nothing;

  async function call(
    who: Person,
    path: string,
    init: RequestInit,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const authorization = `Bearer ${await issuer.token(who)}`;
    const response = await fetch(door.url + path, { ...init, headers: { ...headers, authorization } });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  const house: TestHouse = {
    database,
    town,
    namespace,
    temporal,
    wire,
    apiUrl: door.url,
    webhookKeys: departments.keys,
    time,
    clock,
    rulebook,
    metrics,
    logLines,
    today: async () => dateAt(await time.now()),
    token: (who) => issuer.token(who),
    get: (who, path) => call(who, path, {}),
    post: (who, path, body, { key = randomUUID(), ifMatch, signal } = {}) =>
      call(
        who,
        path,
        { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) },
        {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        },
      ),
    register: (registers, mode) => departments.register(registers, mode),
    advance: (to) => advanceClock(clock, to),
    quiet: () => untilQuiet(clock),
    startWorker: async () => {
      const cases = await createCaseWorker({
        failpoints,
        address: wire.address,
        namespace,
        keys,
        casefile,
        rulebook: () => house.rulebook,
        connectors,
        platforms: departments.platforms,
        callbackUrl,
        collecting,
        limits: options.limits ?? UNHURRIED,
        report: (code, activity, attempt) => log.warn({ code, activity, attempt }, 'activity failed'),
        parked: (code) => log.error({ code, topic: 'answer', event: 'delivery_parked' }, 'delivery parked'),
      });
      const stopping = new AbortController();
      const working = Promise.all([cases.run(), files.run(stopping.signal)]);
      stopWorker = async () => {
        stopWorker = nothing;
        stopping.abort();
        cases.shutdown();
        await working;
        await cases.close();
      };
    },
    stopWorker: () => stopWorker(),
    startSweep: () => {
      const stopping = new AbortController();
      const sweeping = sweep.run(stopping.signal);
      stopSweep = async () => {
        stopSweep = nothing;
        stopping.abort();
        await sweeping;
      };
    },
    announceCalendars: () => sweep.announceCalendars([...house.rulebook.calendar.years]),
    stopSweep: () => stopSweep(),
    close: async () => {
      wire.mend();
      await Promise.all([stopSweep(), stopWorker()]);
      await Promise.all([door.stop(), departments.stop()]);
      await Promise.all([temporal.close(), wired.close()]);
      await wire.close();
      if (!options.on) await database.drop();
    },
  };
  await house.startWorker();
  house.startSweep();
  return house;
}

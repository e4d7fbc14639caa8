import { randomBytes, randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';
import { applicationDesk } from '../../src/activities/application/index.js';
import { createDeskActivities } from '../../src/activities/desk.js';
import { createApi } from '../../src/api/app.js';
import { createMetrics, type ApiMetrics } from '../../src/api/metrics.js';
import { createHttpConnector, type Connector } from '../../src/departments/connector.js';
import type { Profiles, Registers } from '../../src/departments/simulator/files.js';
import { startSimulator } from '../../src/departments/simulator/simulator.js';
import type { Rulebook } from '../../src/policy/rulebook-types.js';
import { businessTime, type BusinessTime } from '../../src/stack/business-time.js';
import { createCaseWorker } from '../../src/stack/case-worker.js';
import { advanceClock, untilQuiet, type ClockAdvance } from '../../src/stack/clock-advance.js';
import { createDispatcher } from '../../src/stack/dispatcher.js';
import { listen } from '../../src/stack/listen.js';
import { createLog } from '../../src/stack/log.js';
import { readRulebook } from '../../src/stack/rulebook-files.js';
import { createSweep } from '../../src/stack/sweep.js';
import { openTemporal, type TemporalAccess } from '../../src/stack/temporal-client.js';
import { signingKeysOf } from '../../src/stack/webhook-keys.js';
import { dateAt, instant, SOURCES, type Instant, type PlainDate, type Source } from '../../src/terms/index.js';
import { workflowBundle } from './bundle.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { freshNamespace } from './namespace.js';
import { openWire, type Wire } from './proxy.js';
import { seedTown, type Person, type Town } from './town.js';
import { on } from './walk.js';

const ISSUER = 'https://issuer.test';
const AUDIENCE = 'onedoor';

export interface HouseOptions {
  /** Default: the morning of 2026-03-02. */
  readonly at?: Instant;
  readonly profiles?: Profiles;
  readonly registers?: Registers;
  readonly rulebook?: Rulebook;
  /** Another record under the same Temporal namespace, e.g. a restored one. */
  readonly database?: TestDatabase;
  readonly town?: Town;
  readonly namespace?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
}

export interface Post {
  readonly key?: string;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** A whole One Door in this process: real Postgres, real Temporal, real HTTP on both sides, and switches for each part. */
export interface TestHouse {
  readonly database: TestDatabase;
  readonly town: Town;
  readonly namespace: string;
  /** Straight to the server, whatever became of the wire. */
  readonly temporal: TemporalAccess;
  /** What everything in the house reaches Temporal by. */
  readonly wire: Wire;
  readonly apiUrl: string;
  readonly departmentsUrl: string;
  readonly time: BusinessTime;
  /** In force from the next activity on. */
  rulebook: Rulebook;
  readonly metrics: ApiMetrics;
  /** Every line of the product's log, at debug level. */
  readonly logLines: readonly string[];
  readonly clock: ClockAdvance;
  today(): Promise<PlainDate>;
  get(who: Person, path: string): Promise<Answer>;
  post(who: Person, path: string, body: unknown, how?: Post): Promise<Answer>;
  token(who: Person): Promise<string>;
  register(registers: Registers, mode?: 'merge' | 'replace'): Promise<void>;
  advance(to: Instant): Promise<Instant[]>;
  quiet(): Promise<void>;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  startSweep(): void;
  stopSweep(): Promise<void>;
  close(): Promise<void>;
}

/** What the SDK said, at every level, since this process began. */
export const sdkLines: string[] = [];
let runtimeInstalled = false;
function installRuntime(): void {
  if (runtimeInstalled) return;
  runtimeInstalled = true;
  const keep = ({ level, message, meta }: LogEntry): void => void sdkLines.push(JSON.stringify({ level, message, meta }, withoutBigInts));
  Runtime.install({ logger: new DefaultLogger('DEBUG', keep) });
}
const withoutBigInts = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

export async function openHouse(options: HouseOptions = {}): Promise<TestHouse> {
  const server = process.env['TEST_TEMPORAL_ADDRESS'];
  if (!server) throw new Error('TEST_TEMPORAL_ADDRESS is set by test/stack.ts');
  installRuntime();
  const stops: (() => Promise<unknown>)[] = [];
  const at = options.at ?? on('2026-03-02');
  const database = options.database ?? (await freshDatabase({ offsetMs: at - Date.now() }));
  if (!options.database) stops.push(() => database.drop());
  const town = options.town ?? (await seedTown(database.admin));
  const namespace = options.namespace ?? (await freshNamespace(server));
  const { casefile, keys, reader } = database;
  const time = businessTime(casefile.database, 'simulated');

  const wire = await openWire(server);
  stops.push(() => wire.close());
  const temporal = openTemporal({ address: server, namespace, keys });
  const wired = openTemporal({ address: wire.address, namespace, keys });
  stops.push(() => temporal.close(), () => wired.close());

  const secrets = Object.fromEntries(SOURCES.map((source) => [source, [`whsec_${randomBytes(32).toString('base64')}`]])) as Record<Source, string[]>;
  const webhookKeys = signingKeysOf(secrets);
  const [household_register, social_insurance, bank] = SOURCES.map((source) => {
    const [first] = webhookKeys[source];
    if (!first) throw new Error(`no key for ${source}`);
    return [first] as const;
  });
  if (!household_register || !social_insurance || !bank) throw new Error('three sources');
  const simulator = await startSimulator({
    registers: options.registers ?? { household_register: [], social_insurance: [], bank: [] },
    profiles: options.profiles ?? {},
    seed: 1,
    port: 0,
    signingKeys: { household_register, social_insurance, bank },
    clock: { realNow: Date.now, offsetMs: await time.offset() },
  });
  stops.push(() => simulator.stop());

  const logLines: string[] = [];
  const log = createLog({ logLevel: 'debug' }, 'test', { write: (line) => void logLines.push(line) });
  const metrics = createMetrics();
  const signing = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(signing.publicKey)), alg: 'ES256', kid: 'test', use: 'sig' };
  const api = createApi({
    casefile,
    dispatcher: createDispatcher(time, wired.client, (code) => log.warn({ code }, 'left to the sweep')),
    clock: time,
    rulebook: options.rulebook ?? readRulebook(),
    auth: { keys: createLocalJWKSet({ keys: [jwk] }), issuer: ISSUER, audience: AUDIENCE },
    simulated: true,
    cursorKey: keys.cursor,
    webhookKeys,
    metrics,
    log,
    ready: () => Promise.resolve(true),
  });
  const door = await listen(api.fetch, 0);
  stops.push(() => door.stop());

  const connectors = Object.fromEntries(
    SOURCES.map((source): [Source, Connector] => [source, createHttpConnector({ source, baseUrl: simulator.url, signingKey: firstKey(source), timeoutMs: 200 })]),
  ) as Record<Source, Connector>;
  const clock: ClockAdvance = { reader, app: casefile.database, temporal, departmentsUrl: simulator.url, say: () => {} };
  const desk = createDeskActivities({ casefile, rulebook: () => house.rulebook, procedures: { application: applicationDesk } });

  let stopWorker: (() => Promise<void>) | undefined;
  let stopSweep: (() => Promise<void>) | undefined;
  const tokens = new Map<Person, string>();

  const token: TestHouse['token'] = async (who) => {
    const known = tokens.get(who);
    if (known) return known;
    const made = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'test' }).setSubject(who).setIssuer(ISSUER).setAudience(AUDIENCE).setIssuedAt().setExpirationTime('1h').sign(signing.privateKey);
    tokens.set(who, made);
    return made;
  };

  async function call(who: Person, path: string, init: RequestInit): Promise<Answer> {
    const headers = { authorization: `Bearer ${await token(who)}`, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(door.url + path, { ...init, headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  const house: TestHouse = {
    database,
    town,
    namespace,
    temporal,
    wire,
    apiUrl: door.url,
    departmentsUrl: simulator.url,
    time,
    rulebook: options.rulebook ?? readRulebook(),
    metrics,
    logLines,
    clock,
    token,
    today: async () => dateAt(await time.now()),
    get: (who, path) => call(who, path, {}),
    post: (who, path, body, { key = randomUUID(), ifMatch, signal } = {}) =>
      call(who, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      }),
    register: async (registers, mode = 'merge') => {
      const response = await fetch(`${simulator.url}/registers?mode=${mode}`, { method: 'POST', body: JSON.stringify({ registers }) });
      if (!response.ok) throw new Error(await response.text());
    },
    advance: (to) => advanceClock(clock, to),
    quiet: () => untilQuiet(clock),
    startWorker: async () => {
      const { worker, close } = await createCaseWorker({
        address: wire.address,
        namespace,
        keys,
        casefile,
        rulebook: () => house.rulebook,
        connectors,
        callbackUrl: door.url,
        bundle: await workflowBundle(),
        report: (code, activity, attempt) => log.warn({ code, activity, attempt }, 'activity failed'),
      });
      const working = worker.run();
      stopWorker = async () => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await working;
        await close();
      };
    },
    stopWorker: async () => {
      await stopWorker?.();
      stopWorker = undefined;
    },
    startSweep: () => {
      const stopping = new AbortController();
      const sweep = createSweep({
        casefile,
        client: wired.client,
        time,
        readAnswer: async (record, answerId) => desk.readAnswer({ procedure: 'application', record, at: instant(await time.now()) }, answerId),
        report: (code, topic) => log.warn({ code, topic }, 'delivery postponed'),
      });
      const sweeping = sweep.run(stopping.signal);
      stopSweep = async () => {
        stopping.abort();
        await sweeping;
      };
    },
    stopSweep: async () => {
      await stopSweep?.();
      stopSweep = undefined;
    },
    close: async () => {
      wire.mend();
      await Promise.all([house.stopSweep(), house.stopWorker()]);
      for (const stop of stops.toReversed()) await stop();
    },
  };
  await house.startWorker();
  house.startSweep();
  return house;
}

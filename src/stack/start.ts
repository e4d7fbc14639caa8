import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instant, plainDate, startOf, type Instant } from '../terms/index.js';
import { openDatabase } from '../casefile/db.js';
import { clockOffset } from '../casefile/business-clock.js';
import type { Config } from './config.js';
import { keysOf, rememberDatabase } from './house.js';
import { DEV_ISSUER, serveJwks } from './issuer.js';
import { beginSimulatedTime, migrate } from './migrate.js';
import { freePort } from './ports.js';
import { startPostgres } from './postgres-server.js';
import type { Say } from './progress.js';
import { spawnRole } from './role-process.js';
import { lockState } from './run-lock.js';
import { openRunState, readRunState, stopLeftovers, type RunStateFile } from './run-state.js';
import { seedDemo, type SeededStaff } from './seed.js';
import type { ServerProcess } from './server-process.js';
import { createSupervisor, type StopReason, type Supervisor } from './supervise.js';
import { resolveTemporalCli } from './temporal-cli.js';
import { inspectTemporal, requireTimeSkipping } from './temporal-inspect.js';
import { startTemporalServer } from './temporal-server.js';
import { createVault, proveFieldKey, proveFieldKeyFirst } from './vault.js';
import { readRulebook } from './rulebook-files.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** Where a new simulated installation begins, unless told otherwise. */
export const FIRST_MORNING: Instant = instant(startOf(plainDate('2026-03-02')) + 9 * 3_600_000);

export interface StartOptions {
  readonly config: Config;
  /** Business time of a new state; an existing one goes on where it was. */
  readonly at?: Instant | undefined;
  readonly register: string;
  readonly profile: string;
  readonly seed: number;
  readonly say: Say;
}

export interface Started {
  readonly apiUrl: string;
  readonly metricsUrl: string;
  readonly departmentsUrl: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly staff: readonly SeededStaff[];
  readonly stopBegun: Promise<StopReason>;
}

/**
 * Starts everything on one machine and hands the running house to `use`; stops all of it afterwards, whatever happened.
 * @throws {StateInUse} when the state directory has a live owner, {DependencyUnavailable}, {ConfigError}
 */
export async function withEverything<T>(
  options: StartOptions,
  use: (started: Started) => Promise<T>,
): Promise<T> {
  const { config, say } = options;
  await mkdir(config.stateDir, { recursive: true });
  readRulebook();
  const supervisor = createSupervisor({ say });
  const lock = await lockState(config.stateDir);
  const run = openRunState(config.stateDir);
  try {
    const before = await readRunState(config.stateDir);
    if (before) await stopLeftovers(before, say);
    return await use(await start(options, supervisor, run));
  } finally {
    await supervisor.stop();
    await run.remove();
    await lock.release();
  }
}

type Noted = (process: ServerProcess) => Promise<void>;

async function start(options: StartOptions, supervisor: Supervisor, run: RunStateFile): Promise<Started> {
  const { config, say } = options;
  const note =
    (name: string): Noted =>
    (server) =>
      run.addRole(name, server);
  const { keys, local } = await keysOf(config);
  if (!local) throw new Error('only simulated mode starts everything by itself');

  const temporalAddress = await temporal(options, supervisor, note);
  await run.update({ temporalAddress });
  const databaseUrl = await database(options, supervisor, note);
  await proveFieldKeyFirst(databaseUrl, createVault(keys));
  const urls = await migrate(
    databaseUrl,
    { appUrl: config.database.appUrl, readerUrl: config.database.readerUrl },
    say,
  );
  await rememberDatabase(config.stateDir, { adminUrl: databaseUrl, ...urls });
  await beginSimulatedTime(databaseUrl, (options.at ?? FIRST_MORNING) - Date.now());
  await run.update({ databaseUrl });

  const offsetMs = await prepareCasefile(urls.appUrl, keys);
  const staff = await seedDemo(databaseUrl);

  const jwks = supervisor.keep(await issuer(local.oidc));
  const ports = {
    api: config.ports.api || (await freePort()),
    metrics: config.ports.metrics || (await freePort()),
    departments: await freePort(),
  };
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ONEDOOR_STATE_DIR: config.stateDir,
    ONEDOOR_MODE: 'simulated',
    DATABASE_APP_URL: urls.appUrl,
    DATABASE_READER_URL: urls.readerUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    DEPARTMENTS_URL: at(ports.departments),
    ONEDOOR_CALLBACK_URL: at(ports.api),
    API_PORT: String(ports.api),
    METRICS_PORT: String(ports.metrics),
    OIDC_ISSUER: DEV_ISSUER,
    OIDC_JWKS_URL: jwks.url,
    OIDC_AUDIENCE: config.oidc.audience,
  };
  const departments = [
    '--register',
    options.register,
    '--profile',
    options.profile,
    '--seed',
    String(options.seed),
    '--port',
    String(ports.departments),
    '--offset-ms',
    String(offsetMs),
    '--ledger',
    join(config.stateDir, 'departments.jsonl'),
  ];
  say('starting the departments, the worker (bundling workflows) and the API');
  const roles = [
    ['departments', ['serve', 'departments', ...departments]],
    ['worker', ['serve', 'worker']],
    ['api', ['serve', 'api']],
  ] as const;
  const spawned = await Promise.allSettled(
    roles.map(async ([name, args]) => {
      const logFile = join(config.stateDir, 'logs', `${name}.log`);
      supervisor.keep(
        await spawnRole({ name, args, env, logFile, signal: supervisor.stopping, onSpawned: note(name) }),
      );
      say(`${name} is ready`);
    }),
  );
  const failed = spawned.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  const addresses = {
    apiUrl: at(ports.api),
    metricsUrl: at(ports.metrics),
    departmentsUrl: at(ports.departments),
  };
  await run.update(addresses);
  return { ...addresses, databaseUrl, temporalAddress, staff, stopBegun: supervisor.stopBegun };
}

async function temporal(
  { config, say }: StartOptions,
  supervisor: Supervisor,
  note: (name: string) => Noted,
): Promise<string> {
  const { address, namespace } = config.temporal;
  if (address) {
    requireTimeSkipping(await inspectTemporal(address, namespace));
    say(`Temporal: using the server at ${address}`);
    return address;
  }
  // The tools are shared by all state directories of this checkout.
  const cli = await resolveTemporalCli({
    stateDir: join(REPOSITORY, '.onedoor'),
    say,
    signal: supervisor.stopping,
  });
  const server = supervisor.keep(
    await startTemporalServer({
      cli: cli.path,
      dbFile: join(config.stateDir, 'temporal', 'temporal.db'),
      logFile: join(config.stateDir, 'logs', 'temporal.log'),
      namespace,
      signal: supervisor.stopping,
      onSpawned: note('temporal'),
    }),
  );
  return server.address;
}

async function database(
  { config, say }: StartOptions,
  supervisor: Supervisor,
  note: (name: string) => Noted,
): Promise<string> {
  if (config.database.adminUrl) return config.database.adminUrl;
  const server = supervisor.keep(
    await startPostgres({
      stateDir: config.stateDir,
      purpose: 'start',
      say,
      signal: supervisor.stopping,
      onSpawned: note('postgres'),
    }),
  );
  return server.adminUrl;
}

/** Proves the key before anything else is written. @returns the offset of business time */
async function prepareCasefile(appUrl: string, keys: Parameters<typeof createVault>[0]): Promise<number> {
  const app = openDatabase(appUrl, { max: 2, name: 'onedoor-start' });
  try {
    await proveFieldKey(app, createVault(keys));
    return await clockOffset(app);
  } finally {
    await app.close();
  }
}

async function issuer(jwk: Parameters<typeof serveJwks>[0]) {
  const jwks = await serveJwks(jwk);
  return { name: 'issuer', url: jwks.url, stop: () => jwks.stop(), exited: new Promise<never>(() => {}) };
}

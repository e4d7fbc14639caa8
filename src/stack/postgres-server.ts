import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { databaseUser } from './database-user.js';
import type { DatabaseUser } from './database-user.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { onFreePort } from './ports.js';
import { bundledPostgres, usablePostgres } from './postgres-binaries.js';
import { endStrays, makeCluster, ownerOf } from './postgres-cluster.js';
import { abandonedPlaces, lastingPlace, newPassword, passingPlace } from './postgres-place.js';
import type { Place } from './postgres-place.js';
import type { Say } from './progress.js';
import { spawnServer, untilReady } from './server-process.js';
import type { OnSpawned, ServerProcess } from './server-process.js';

export interface PostgresOptions {
  readonly stateDir: string;
  /** `start` keeps its data in the state directory or a recorded place; `test` makes a fresh one that ends with it. */
  readonly purpose: 'start' | 'test';
  readonly say: Say;
  /** Further settings of the server, such as `max_connections=300`. */
  readonly settings?: readonly string[];
  /** Default: any free one. */
  readonly port?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the process before it serves, so that it can be recorded. */
  readonly onSpawned?: OnSpawned | undefined;
}

export interface PostgresServer extends ServerProcess {
  /** The superuser's, with its password: database `onedoor` for `start`, `postgres` for `test`. */
  readonly adminUrl: string;
  readonly dataDir: string;
}

/**
 * Starts the bundled Postgres on a free port of 127.0.0.1 and returns once it answers. As root it runs as an
 * unprivileged user. The caller holds the state directory's lock.
 * @throws {DependencyUnavailable} when it cannot be made or started; it is then stopped.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = await databaseUser();
  return options.purpose === 'start' ? startLasting(options, user) : startPassing(options, user);
}

async function startLasting(options: PostgresOptions, rootUser: DatabaseUser): Promise<PostgresServer> {
  const { stateDir, say, signal } = options;
  const place = await lastingPlace(stateDir, rootUser, say);
  const dataDir = join(place.dir, 'data');
  const there = await isThere(dataDir);
  if (place.initialised && !there)
    throw new DependencyUnavailable(
      `the database ${dataDir} is gone: restore it, or remove ${stateDir} to begin anew`,
    );
  const user = there ? await ownerOf(dataDir, rootUser) : rootUser;
  const home = await usablePostgres({ bundled: bundledPostgres(), user, place: place.dir, say });
  if (there) await endStrays(dataDir, say);
  else {
    say(`Postgres: making the database in ${dataDir} (once)`);
    await makeCluster({ home, dataDir, user, password: place.password, durable: true, signal });
  }
  if (!place.initialised) await place.markInitialised();
  const logFile = join(stateDir, 'logs', 'postgres.log');
  const server = await serve({
    ...options,
    home,
    dataDir,
    user,
    place,
    logFile,
    settings: options.settings ?? [],
  });
  return { ...server, adminUrl: await ensureDatabase(server.adminUrl, 'onedoor') };
}

/** Nothing of a test's database need survive a crash. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

async function startPassing(options: PostgresOptions, user: DatabaseUser): Promise<PostgresServer> {
  const { say, signal } = options;
  for (const dir of await abandonedPlaces()) {
    await endStrays(join(dir, 'data'), say);
    await rm(dir, { recursive: true, force: true });
  }
  const dir = await passingPlace(user);
  const dataDir = join(dir, 'data');
  try {
    const place = { dir, password: newPassword() };
    const home = await usablePostgres({ bundled: bundledPostgres(), user, place: dir, say });
    await makeCluster({ home, dataDir, user, password: place.password, durable: false, signal });
    const logFile = join(dir, 'postgres.log');
    const settings = [...FAST, ...(options.settings ?? [])];
    const server = await serve({ ...options, home, dataDir, user, place, logFile, settings });
    const stop = async (): Promise<void> => {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    };
    return { ...server, stop };
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}

interface ServeOptions extends PostgresOptions {
  readonly home: string;
  readonly dataDir: string;
  readonly user: DatabaseUser;
  readonly place: Pick<Place, 'dir' | 'password'>;
  readonly logFile: string;
  readonly settings: readonly string[];
}

/** A row that breaks a constraint is not quoted in the log: it may be a person's. */
const DISCREET = ['log_error_verbosity=terse', 'log_min_error_statement=panic'];

const serve = (options: ServeOptions): Promise<PostgresServer> =>
  options.port === undefined ? onFreePort((port) => serveOn(port, options)) : serveOn(options.port, options);

async function serveOn(port: number, options: ServeOptions): Promise<PostgresServer> {
  const { home, dataDir, user, place, logFile, settings, signal, onSpawned } = options;
  const local = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
  const all = [...local, 'timezone=UTC', 'log_timezone=UTC', ...DISCREET, ...settings];
  const { server } = await spawnServer({
    name: 'postgres',
    command: join(home, 'bin', 'postgres'),
    args: ['-D', dataDir, ...all.flatMap((setting) => ['-c', setting])],
    cwd: place.dir,
    env: {},
    user: user === null ? undefined : { uid: user.uid, gid: user.gid },
    logFile,
    stopHow: { signal: 'SIGINT', graceMs: 20_000 },
  });
  const adminUrl = `postgres://postgres:${place.password}@127.0.0.1:${port}/postgres`;
  // Recovery after a kill may have much to read.
  await untilReady(server, () => answering(adminUrl), { withinMs: 120_000, signal, onSpawned });
  return { ...server, adminUrl, dataDir };
}

async function answering(url: string): Promise<true | null> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    // 28: the server is up and knows another password, so waiting would not help.
    if (error instanceof postgres.PostgresError && error.code.startsWith('28'))
      throw new DependencyUnavailable('the database does not accept the password in postgres.json', {
        cause: error,
      });
    return null;
  } finally {
    await sql.end();
  }
}

async function ensureDatabase(adminUrl: string, name: string): Promise<string> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (found === undefined) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

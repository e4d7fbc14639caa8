import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { loadConfig } from '../../src/stack/config.js';
import type { Keys } from '../../src/stack/keys.js';
import { freePort } from '../../src/stack/ports.js';
import { startPostgres } from '../../src/stack/postgres-server.js';
import { spawnRole, type RoleProcess } from '../../src/stack/role-process.js';
import type { ServerProcess } from '../../src/stack/server-process.js';
import { openTemporal, type TemporalAccess } from '../../src/stack/temporal-client.js';
import { readCompose, REPOSITORY, serviceOf } from './compose.js';
import { cleanEnv, onedoor } from './program.js';
import { temporalOnPostgres } from './temporal-postgres.js';
import { temporalPrograms } from './temporal-programs.js';

type Env = Readonly<Record<string, string>>;

/** The shape of compose.yaml, from processes of this machine. */
export interface Cluster {
  readonly apis: readonly [string, string];
  readonly workers: readonly [RoleProcess, RoleProcess];
  readonly departmentsUrl: string;
  readonly temporal: TemporalAccess;
  /** Of the role that reads the case file, and of Temporal's own database. */
  readonly readerUrl: string;
  readonly temporalUrl: string;
  /** Ends Temporal without warning and starts it again over the same database. */
  restartTemporal(): Promise<void>;
  /** Runs `onedoor … --json` as somebody inside the API's container would. @throws {Error} unless it exits 0 */
  ask<T>(args: readonly string[]): Promise<T>;
  /** Ends every process, whichever still runs, and takes its files away. */
  stop(): Promise<void>;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Postgres, Temporal on it, the migration as a process that ends, then two APIs, two workers and the departments, with
 * the commands and the settings that compose.yaml names. Whatever fails, nothing is left running.
 * @throws {DependencyUnavailable} when the machine has no way to Temporal's production server
 */
export async function startCluster(options: { day: string }): Promise<Cluster> {
  const compose = readCompose();
  const bin = await temporalPrograms({ toolsDir: join(REPOSITORY, '.onedoor', 'tools'), say });
  const dir = await mkdtemp(join(tmpdir(), 'onedoor-cluster-'));
  await chmod(dir, 0o711);
  const [secrets, state] = [join(dir, 'secrets'), join(dir, 'state')];
  const log = (name: string): string => join(state, 'logs', `${name}.log`);
  // Ended in this order, whichever of them got as far as running.
  const roles: ServerProcess[] = [];
  const servers: (() => ServerProcess)[] = [];
  const closing: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing) await close();
    await Promise.allSettled(roles.map((role) => role.stop()));
    for (const server of servers.toReversed()) await server().stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const settings = serviceOf(compose, 'postgres').command.filter((word) => word.includes('='));
    const server = await startPostgres({ stateDir: dir, purpose: 'test', settings, say });
    servers.push(() => server);
    const { host, hostname, port } = new URL(server.adminUrl);
    await promisify(execFile)('sh', [join(REPOSITORY, 'deploy/secrets.sh'), secrets, host]);
    const secret = (name: string): Promise<string> => readFile(join(secrets, name), 'utf8');
    await enterRoles(server.adminUrl, {
      admin: await secret('postgres_password'),
      temporal: await secret('temporal_password'),
    });

    const ports = await freePorts();
    const at = (number: number): string => `http://127.0.0.1:${number}`;
    let temporalAddress = '';
    /** What compose.yaml tells a service, with the hosts and files of this machine. */
    const told = (name: string): Record<string, string> => {
      const { environment } = serviceOf(compose, name);
      const here: Env = {
        LISTEN_HOST: '127.0.0.1',
        ONEDOOR_STATE_DIR: environment['ONEDOOR_STATE_DIR'] ? join(dir, name) : state,
        POSTGRES_SEEDS: hostname,
        DB_PORT: port,
        TEMPORAL_ADDRESS: temporalAddress,
        DEPARTMENTS_URL: at(ports.departments),
        // One for both workers: asked again with another address, a question would be another question.
        ONEDOOR_CALLBACK_URL: at(ports.apis[0]),
        DYNAMIC_CONFIG_FILE_PATH: join(REPOSITORY, 'deploy/temporal/dynamicconfig.yaml'),
      };
      return Object.fromEntries(
        Object.entries({ ONEDOOR_STATE_DIR: '', ...environment }).map(([variable, value]) => [
          variable,
          here[variable] ?? value.replace('/run/secrets', secrets),
        ]),
      );
    };

    const { TEMPORAL_NAMESPACE: namespace = 'default' } = serviceOf(compose, 'api').environment;
    const temporal = await temporalOnPostgres({
      bin,
      env: told('temporal'),
      password: await secret('temporal_password'),
      namespace,
      logFile: log('temporal'),
    });
    temporalAddress = temporal.address;
    let temporalServer: ServerProcess = await temporal.serve();
    servers.push(() => temporalServer);

    const migrated = await onedoor(
      [...serviceOf(compose, 'migrate').command, '--at', options.day],
      told('migrate'),
    );
    if (migrated.exit !== 0) throw new Error(`the migration ended with ${migrated.exit}\n${migrated.stderr}`);

    const role = (
      name: string,
      nth: number,
      own: Env = {},
      more: readonly string[] = [],
    ): Promise<RoleProcess> =>
      spawnRole({
        name: `${name}-${nth}`,
        args: [...serviceOf(compose, name).command, ...more],
        env: cleanEnv({ ...told(name), ...own }),
        logFile: log(`${name}-${nth}`),
        onSpawned: async (spawned) => void roles.push(spawned),
      });
    const ask: Cluster['ask'] = async <T>(args: readonly string[]) => {
      const { exit, stdout, stderr } = await onedoor([...args, '--json'], told('api'));
      if (exit !== 0) throw new Error(`onedoor ${args.join(' ')} ended with ${exit}\n${stderr}\n${stdout}`);
      return JSON.parse(stdout) as T;
    };
    const { now } = await ask<{ now: string }>(['clock', 'show']);
    const offset = String(Date.parse(now) - Date.now());
    const [departments, first, second, ...apis] = await Promise.allSettled([
      role('departments', 1, {}, ['--port', String(ports.departments), '--offset-ms', offset]),
      role('worker', 1),
      role('worker', 2),
      role('api', 1, { API_PORT: String(ports.apis[0]), METRICS_PORT: String(ports.metrics[0]) }),
      role('api', 2, { API_PORT: String(ports.apis[1]), METRICS_PORT: String(ports.metrics[1]) }),
    ]);
    for (const each of [departments, ...apis]) started(each);
    const { keys } = loadConfig(told('api'));
    const access = openTemporal({ address: temporalAddress, namespace, keys: keys as Keys });
    closing.push(() => access.close());
    return {
      apis: [at(ports.apis[0]), at(ports.apis[1])],
      workers: [started(first), started(second)],
      departmentsUrl: at(ports.departments),
      temporal: access,
      readerUrl: await secret('database_reader_url'),
      temporalUrl: `postgres://temporal:${await secret('temporal_password')}@${host}/temporal`,
      restartTemporal: async () => {
        // The whole group: the server, and what looks after it.
        process.kill(-temporalServer.pid, 'SIGKILL');
        await temporalServer.exited;
        temporalServer = await temporal.serve();
      },
      ask,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function started<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** What the image of Postgres does with its settings, and deploy/postgres/temporal.sh with the second password. */
async function enterRoles(adminUrl: string, password: { admin: string; temporal: string }): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe('CREATE DATABASE onedoor');
    await sql.unsafe(`CREATE ROLE temporal LOGIN CREATEDB PASSWORD '${password.temporal}'`);
    await sql.unsafe(`ALTER ROLE postgres PASSWORD '${password.admin}'`);
  } finally {
    await sql.end();
  }
}

async function freePorts() {
  const two = async (): Promise<[number, number]> => [await freePort(), await freePort()];
  return { apis: await two(), metrics: await two(), departments: await freePort() };
}

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devToken } from '../../../src/stack/issuer.js';
import { completeKeys, ensureLocalKeys } from '../../../src/stack/keys.js';
import { isRunning } from '../../../src/stack/process-identity.js';
import { rememberDatabase } from '../../../src/stack/house.js';
import { beginSimulatedTime, migrate } from '../../../src/stack/migrate.js';
import { freePort } from '../../../src/stack/ports.js';
import { startPostgres } from '../../../src/stack/postgres-server.js';
import { spawnRole } from '../../../src/stack/role-process.js';
import { seedDemo } from '../../../src/stack/seed.js';
import { describeExit, type Exit, type ServerProcess } from '../../../src/stack/server-process.js';
import { openTemporal, type TemporalAccess } from '../../../src/stack/temporal-client.js';
import { resolveTemporalCli } from '../../../src/stack/temporal-cli.js';
import { startTemporalServer } from '../../../src/stack/temporal-server.js';
import { createVault, proveFieldKeyFirst } from '../../../src/stack/vault.js';
import { SOURCES } from '../../../src/departments/sources.js';
import { REPOSITORY } from '../compose.js';
import { cleanEnv, onedoor } from '../program.js';
import { on } from '../walk.js';
import type { Kind } from './plan.js';

/** One installation from real processes, each of which can be killed and started again where it was. */
export interface Town {
  readonly apiUrl: string;
  readonly departmentsUrl: string;
  /** Where the departments write down what they took and sent. */
  readonly ledger: string;
  /** Client of the role that reads the case file. */
  readonly readerUrl: string;
  readonly temporal: TemporalAccess;
  token(subject: string): Promise<string>;
  /** `kill -9`, and back when it is gone. */
  kill(kind: Kind): Promise<void>;
  /** Starts what is gone, and returns when it serves. */
  start(kind: Kind, env?: Readonly<Record<string, string>>): Promise<void>;
  /** How it ended. */
  exit(kind: Kind): Promise<Exit>;
  /** Who ended without being killed. */
  readonly endedByThemselves: readonly string[];
  /** Runs `onedoor … --json`. */
  ask(args: readonly string[]): Promise<{ exit: number | null; answer: unknown; stderr: string }>;
  /** The end of a log, for whoever asks why. */
  logTail(kind: Kind): Promise<string>;
  stop(): Promise<void>;
}

export interface TownOptions {
  readonly day: string;
  readonly seed: number;
  /** Business seconds, which are real ones here, from question to answer: from and to. */
  readonly answersWithin: readonly [number, number];
}

const say = (): void => {};

export async function openTown({ day, seed, answersWithin }: TownOptions): Promise<Town> {
  const dir = await mkdtemp(join(tmpdir(), 'onedoor-crash-'));
  await chmod(dir, 0o711);
  const running = new Map<Kind, ServerProcess>();
  const endedByThemselves: string[] = [];
  let stopping = false;
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    stopping = true;
    for (const close of closing) await close();
    for (const kind of ['worker', 'api', 'departments', 'temporal', 'postgres'] as const)
      await running.get(kind)?.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const log = (kind: Kind): string => join(dir, 'logs', `${kind}.log`);
  const logTail: Town['logTail'] = async (kind) =>
    (await readFile(log(kind), 'utf8')).split('\n').slice(-25).join('\n');
  const ledger = join(dir, 'departments.jsonl');
  try {
    const ports = {
      api: await freePort(),
      metrics: await freePort(),
      departments: await freePort(),
      temporal: await freePort(),
      postgres: await freePort(),
    };
    const at = (port: number): string => `http://127.0.0.1:${port}`;
    const local = await ensureLocalKeys(dir);
    const keys = completeKeys({}, local);
    const cli = await resolveTemporalCli({ stateDir: join(REPOSITORY, '.onedoor'), say });
    const [register, profile] = [join(dir, 'register.json'), join(dir, 'profile.json')];
    await writeFile(
      register,
      JSON.stringify({ registers: Object.fromEntries(SOURCES.map((source) => [source, []])) }),
    );
    const [from, to] = answersWithin.map((seconds) => seconds / 3_600) as [number, number];
    const manner = { kind: 'prompt', delayHours: (from + to) / 2, jitter: (to - from) / 2 };
    await writeFile(profile, JSON.stringify(Object.fromEntries(SOURCES.map((source) => [source, manner]))));
    const offset = on(day) - Date.now();
    const env = cleanEnv({
      ONEDOOR_STATE_DIR: dir,
      ONEDOOR_MODE: 'simulated',
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      DEPARTMENTS_URL: at(ports.departments),
      ONEDOOR_CALLBACK_URL: at(ports.api),
      API_PORT: String(ports.api),
      METRICS_PORT: String(ports.metrics),
    });
    const args = {
      worker: ['serve', 'worker'],
      api: ['serve', 'api'],
      departments: [
        ['serve', 'departments', '--register', register, '--profile', profile, '--seed', String(seed)],
        ['--port', String(ports.departments), '--offset-ms', String(offset), '--ledger', ledger],
      ].flat(),
    };

    const noted =
      (kind: Kind) =>
      async (server: ServerProcess): Promise<void> => {
        running.set(kind, server);
        void server.exited.then(async (end) => {
          if (end.signal === 'SIGKILL' || stopping) return;
          const words = kind === 'postgres' ? '' : await logTail(kind).catch(() => '');
          endedByThemselves.push(`${kind} ${describeExit(end)}\n${words}`);
        });
      };
    const start: Town['start'] = async (kind, more = {}) => {
      if (stopping) throw new Error('the town is closed');
      const onSpawned = noted(kind);
      switch (kind) {
        case 'postgres':
          await startPostgres({ stateDir: dir, purpose: 'start', port: ports.postgres, say, onSpawned });
          return;
        case 'temporal':
          await startTemporalServer({
            cli: cli.path,
            dbFile: join(dir, 'temporal', 'temporal.db'),
            logFile: log(kind),
            port: ports.temporal,
            onSpawned,
          });
          return;
        default:
          await spawnRole({
            name: kind,
            args: args[kind],
            env: { ...env, ...more },
            logFile: log(kind),
            onSpawned,
          });
      }
    };
    const exit: Town['exit'] = (kind) => {
      const server = running.get(kind);
      if (!server) throw new Error(`${kind} was never started`);
      return server.exited;
    };

    const database = async (): Promise<string> => {
      const { adminUrl } = await startPostgres({
        stateDir: dir,
        purpose: 'start',
        port: ports.postgres,
        say,
        onSpawned: noted('postgres'),
      });
      await proveFieldKeyFirst(adminUrl, createVault(keys));
      const urls = await migrate(adminUrl, {}, say);
      await rememberDatabase(dir, { adminUrl, ...urls });
      await beginSimulatedTime(adminUrl, offset);
      await seedDemo(adminUrl);
      return urls.readerUrl;
    };
    const [readerUrl] = await Promise.all([database(), start('temporal'), start('departments')]);
    await Promise.all([start('worker'), start('api')]);
    const temporal = openTemporal({ address: `127.0.0.1:${ports.temporal}`, namespace: 'default', keys });
    closing.push(() => temporal.close());
    return {
      apiUrl: at(ports.api),
      departmentsUrl: at(ports.departments),
      ledger,
      readerUrl,
      temporal,
      token: (subject) => devToken(local.oidc, { subject, audience: 'onedoor' }),
      kill: async (kind) => {
        const ended = exit(kind);
        const server = running.get(kind);
        // One that is gone already has ended by itself, which is a finding.
        if (server && isRunning(server)) process.kill(server.pid, 'SIGKILL');
        await ended;
      },
      start,
      exit,
      endedByThemselves,
      ask: async (words) => {
        const {
          exit: code,
          stdout,
          stderr,
        } = await onedoor([...words, '--json'], env as Readonly<Record<string, string>>);
        return { exit: code, answer: stdout === '' ? null : (JSON.parse(stdout) as unknown), stderr };
      },
      logTail,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

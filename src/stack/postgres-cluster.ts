import {
  chmod,
  chown,
  mkdtemp,
  readFile,
  readlink,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseUser } from './database-user.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import type { PostgresHome } from './postgres-binaries.js';
import { hasCode, readIfThere } from './private-file.js';
import { startTimeOf, stopProcess } from './process-identity.js';
import type { Say } from './progress.js';
import { lastLine, runTool } from './run-tool.js';

export interface MakeClusterOptions {
  readonly home: PostgresHome;
  /** Must not exist; its parent must. */
  readonly dataDir: string;
  readonly user: DatabaseUser;
  readonly password: string;
  /** False for a database that need not outlive this process. */
  readonly durable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a database cluster: UTF-8, sorted by code point on every machine alike, superuser `postgres` by password. It
 * gets its name only when it is whole.
 * @throws {DependencyUnavailable} when initdb fails.
 */
export async function makeCluster(options: MakeClusterOptions): Promise<void> {
  const { home, dataDir, user, password, durable, signal } = options;
  const draft = await mkdtemp(join(dirname(dataDir), 'draft-'));
  try {
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user !== null)
      await Promise.all([draft, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    await chmod(draft, 0o700);
    const data = join(draft, 'data');
    const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const locale = [
      '--encoding=UTF8',
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const speed = durable ? [] : ['--no-sync', '--no-data-checksums'];
    const result = await runTool(join(home, 'bin', 'initdb'), {
      args: ['-D', data, '--no-instructions', ...access, ...locale, ...speed],
      cwd: draft,
      env: {},
      user: user === null ? undefined : { uid: user.uid, gid: user.gid },
      withinMs: 120_000,
      signal,
    });
    signal?.throwIfAborted();
    if (result.code !== 0)
      throw new DependencyUnavailable(`the database could not be made: ${lastLine(result)}`);
    await rename(data, dataDir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A cluster belongs to who made it: root comes back as that user; another user is refused. */
export async function ownerOf(dataDir: string, user: DatabaseUser): Promise<DatabaseUser> {
  const { uid, gid } = await stat(dataDir);
  if (user === null) {
    if (uid === process.getuid?.()) return null;
    throw new DependencyUnavailable(
      `the database in ${dataDir} belongs to user ${uid}: start as the user who made it`,
    );
  }
  return { uid, gid, name: uid === user.uid ? user.name : String(uid) };
}

/**
 * Ends a Postgres that an earlier, killed start left on this cluster. Only for who holds the state directory.
 * Elsewhere than on Linux Postgres itself is left to judge its lock file.
 */
export async function endStrays(dataDir: string, say: Say): Promise<void> {
  if (process.platform !== 'linux') return;
  const lockFile = join(dataDir, 'postmaster.pid');
  const lock = await readIfThere(lockFile);
  if (lock === null) return;
  const postmaster = Number(lock.split('\n')[0]);
  const strays = await postgresProcessesIn(await realpath(dataDir));
  const ordered = strays.toSorted((a, b) => Number(b === postmaster) - Number(a === postmaster));
  for (const pid of ordered) {
    const startedAt = startTimeOf(pid);
    if (startedAt === null) continue;
    say(`Postgres: stopping process ${pid}, left over from an earlier start`);
    await stopProcess({ pid, startedAt }, { signal: 'SIGINT', graceMs: 20_000 });
  }
  // By now the pid in it can only be a stranger's, whom Postgres might take for a server.
  await rm(lockFile, { force: true });
}

/** Every Postgres process, the server and its children alike, works in its data directory. */
async function postgresProcessesIn(dataDir: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const here = await Promise.all(pids.map((pid) => isPostgresIn(pid, dataDir)));
  return pids.filter((_, index) => here[index]);
}

async function isPostgresIn(pid: number, dataDir: string): Promise<boolean> {
  try {
    const [comm, cwd] = await Promise.all([
      readFile(`/proc/${pid}/comm`, 'utf8'),
      readlink(`/proc/${pid}/cwd`),
    ]);
    return comm.trim() === 'postgres' && cwd === dataDir;
  } catch (error) {
    // Ended meanwhile, or another user's.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].some((code) => hasCode(error, code))) return false;
    throw error;
  }
}

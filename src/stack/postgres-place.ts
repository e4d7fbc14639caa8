import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { canEnter } from './database-user.js';
import type { DatabaseUser } from './database-user.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { createPrivate, hasCode, readIfThere, writePrivate } from './private-file.js';
import { identify, isRunning } from './process-identity.js';
import type { Say } from './progress.js';

/**
 * `postgres.json` (mode 0600): where the database of this state directory lies and how it is opened. `place` is
 * null for `<state>/postgres`, so that a state directory can be moved.
 */
const record = z.object({
  place: z.string().nullable(),
  password: z.string().min(16),
  initialised: z.boolean(),
});

/** A directory that Postgres can work in; the cluster is `<dir>/data`. */
export interface Place {
  readonly dir: string;
  readonly password: string;
  /** The cluster was made before; it must be there. */
  readonly initialised: boolean;
  /** Remembers that the cluster has been made. */
  markInitialised(): Promise<void>;
}

export const newPassword = (): string => randomBytes(24).toString('base64url');

/**
 * The place of a state directory's database: chosen once, recorded, never guessed again. A directory outside is
 * taken when the database's user cannot enter the state directory, and said.
 * @throws {DependencyUnavailable} when that user can enter none of the directories.
 */
export async function lastingPlace(stateDir: string, user: DatabaseUser, say: Say): Promise<Place> {
  const path = join(stateDir, 'postgres.json');
  const found = await readIfThere(path);
  const known = found === null ? await choose(path, stateDir, user) : record.parse(JSON.parse(found));
  const dir = known.place ?? join(stateDir, 'postgres');
  if (known.place !== null)
    say(`Postgres: user ${user?.name ?? ''} cannot enter ${stateDir}; the database is in ${dir}`);
  await mkdir(dir, { recursive: true });
  // What a start that was killed left half made.
  for (const name of await readdir(dir))
    if (name.startsWith('draft-')) await rm(join(dir, name), { recursive: true, force: true });
  return {
    dir,
    password: known.password,
    initialised: known.initialised,
    markInitialised: () => writePrivate(path, JSON.stringify({ ...known, initialised: true })),
  };
}

async function choose(path: string, stateDir: string, user: DatabaseUser): Promise<z.output<typeof record>> {
  const inside = join(stateDir, 'postgres');
  await mkdir(inside, { recursive: true });
  // /var/tmp outlives a restart of the machine, /tmp need not.
  const place = (await canEnter(user, inside))
    ? null
    : await enterable(['/var/lib', '/var/tmp', tmpdir()], 'onedoor-', user);
  if (place !== null) await writeFile(join(place, 'belongs-to.txt'), `${stateDir}\n`);
  const chosen = { place, password: newPassword(), initialised: false };
  await createPrivate(path, JSON.stringify(chosen));
  return chosen;
}

/** A fresh directory for a database that ends with this process. */
export async function passingPlace(user: DatabaseUser): Promise<string> {
  const { pid, startedAt } = identify(process.pid);
  return enterable([tmpdir(), '/var/tmp', '/tmp'], `${PASSING}${pid}.${startedAt}.`, user);
}

const PASSING = 'onedoor-test.';

/** Passing places of processes that were killed. */
export async function abandonedPlaces(): Promise<readonly string[]> {
  const parents = [...new Set([tmpdir(), '/var/tmp', '/tmp'])];
  const found = await Promise.all(
    parents.map(async (parent) => (await names(parent)).map((name) => join(parent, name))),
  );
  return found.flat();
}

async function names(parent: string): Promise<readonly string[]> {
  const entries = await readdir(parent).catch(() => []);
  return entries.filter((entry) => {
    if (!entry.startsWith(PASSING)) return false;
    const [pid, startedAt = ''] = entry.slice(PASSING.length).split('.');
    return !isRunning({ pid: Number(pid), startedAt });
  });
}

/** A random name: nobody else can have prepared it, also where everybody may write. */
async function enterable(parents: readonly string[], prefix: string, user: DatabaseUser): Promise<string> {
  for (const parent of parents) {
    try {
      const dir = await mkdtemp(join(parent, prefix));
      await chmod(dir, 0o711);
      if (await canEnter(user, dir)) return dir;
      await rm(dir, { recursive: true });
    } catch (error) {
      if (!['EACCES', 'ENOENT', 'EROFS', 'EPERM'].some((code) => hasCode(error, code))) throw error;
    }
  }
  const who = user === null ? 'this user' : `user ${user.name}`;
  throw new DependencyUnavailable(`${who} can enter none of ${parents.join(', ')}: set DATABASE_URL instead`);
}

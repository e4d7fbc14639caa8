import { DependencyUnavailable } from './dependency-unavailable.js';
import { lastLine, runTool } from './run-tool.js';

/** The operating-system user that Postgres runs as. Null: the user of this process, who is not root. */
export type DatabaseUser = { readonly uid: number; readonly gid: number; readonly name: string } | null;

/** Postgres refuses root. Debian's own user first; `nobody` is on every system. Nobody is created. */
const CANDIDATES = ['postgres', 'nobody'];

/** @throws {DependencyUnavailable} when this process is root and the system has neither user. */
export async function databaseUser(): Promise<DatabaseUser> {
  if (process.getuid?.() !== 0) return null;
  for (const name of CANDIDATES) {
    const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
    if (uid !== null && gid !== null && uid !== 0) return { uid, gid, name };
  }
  throw new DependencyUnavailable(
    'Postgres does not run as root, and there is no user postgres or nobody: start as another user, or set DATABASE_URL',
  );
}

async function idOf(flag: string, name: string): Promise<number | null> {
  const result = await runTool('id', { args: [flag, name], withinMs: 5_000 });
  return result.code === 0 ? Number(result.output) : null;
}

/**
 * Tries a shell condition as that user, with `$1` = `path`; it sees what the user really sees, whatever the modes and
 * access lists on the way say. Null when it holds, else the last line of complaint.
 */
export async function tryAs(user: DatabaseUser, condition: string, path: string): Promise<string | null> {
  const result = await runTool('/bin/sh', {
    args: ['-c', condition, 'sh', path],
    cwd: '/',
    env: {},
    user: user === null ? undefined : { uid: user.uid, gid: user.gid },
    withinMs: 10_000,
  });
  return result.code === 0 ? null : lastLine(result);
}

export const canEnter = async (user: DatabaseUser, dir: string): Promise<boolean> =>
  (await tryAs(user, 'cd "$1"', dir)) === null;

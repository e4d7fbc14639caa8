import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DependencyUnavailable } from './dependency-unavailable.js';

/**
 * Files that only their owner may read (mode 0600) and that are whole at every moment. All functions throw
 * {@link DependencyUnavailable} where this user may not read or write, or the disk is full.
 */

/** Writes or replaces the file. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await rename(await draftOf(path, text), path);
}

/** Writes the file unless there is one; whoever comes second changes nothing and is told `false`. */
export async function createPrivate(path: string, text: string): Promise<boolean> {
  const draft = await draftOf(path, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft);
  }
}

export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw refused(path, 'read', error);
  }
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

async function draftOf(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    return draft;
  } catch (error) {
    throw refused(path, 'written', error);
  }
}

function refused(path: string, what: 'read' | 'written', error: unknown): unknown {
  const code = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'].find((each) =>
    hasCode(error, each),
  );
  if (code === undefined) return error;
  return new DependencyUnavailable(`${path} cannot be ${what} (${code})`, { cause: error });
}

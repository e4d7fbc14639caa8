import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Files that only their owner may read (mode 0600) and that are whole at every moment. */

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
    throw error;
  }
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

async function draftOf(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}

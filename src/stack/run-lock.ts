import { randomBytes } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StateInUse } from './dependency-unavailable.js';
import { createPrivate, hasCode, readIfThere } from './private-file.js';
import { identify, isRunning } from './process-identity.js';
import type { ProcessId } from './process-identity.js';

const owner = z.object({ pid: z.int().positive(), startedAt: z.string() });

export interface StateLock {
  /** Gives the state directory free. May be called again. */
  release(): Promise<void>;
}

/**
 * Holds the state directory for this process. The lock names its owner by pid and start time, so that the lock of a
 * process that was killed holds nobody up, even when its pid has been given to another.
 * @throws {StateInUse} while another live process holds it.
 */
export async function lockState(stateDir: string): Promise<StateLock> {
  const path = join(stateDir, 'run.lock');
  const mine = JSON.stringify(identify(process.pid));
  while (!(await createPrivate(path, mine))) {
    const found = await readIfThere(path);
    if (found === null) continue;
    const holder = ownerOf(found);
    if (holder !== null && isRunning(holder)) throw new StateInUse(stateDir, holder.pid);
    await bury(path, found);
  }
  return {
    release: async () => {
      if ((await readIfThere(path)) === mine) await rm(path);
    },
  };
}

/** Two starts may find the same stale lock. Only what was found is removed: a lock taken since is put back. */
async function bury(path: string, stale: string): Promise<void> {
  const grave = `${path}.${randomBytes(6).toString('hex')}.stale`;
  try {
    await rename(path, grave);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const buried = await readFile(grave, 'utf8');
  if (buried !== stale) await createPrivate(path, buried);
  await rm(grave);
}

function ownerOf(text: string): ProcessId | null {
  try {
    return owner.parse(JSON.parse(text));
  } catch {
    // Not one of ours, or cut off by a crash of the machine: nobody holds it.
    return null;
  }
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StateInUse } from './dependency-unavailable.js';
import { createPrivate, readIfThere } from './private-file.js';
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
    await bury(path, found, mine);
  }
  return {
    release: async () => {
      if ((await readIfThere(path)) === mine) await rm(path);
    },
  };
}

/**
 * Two starts may find the same stale lock, and whoever comes late must not remove the one that was taken since. So one at a
 * time removes what is stale, under a lock of its own: nobody else takes away what is there, and nothing is put where
 * something is.
 */
async function bury(path: string, stale: string, mine: string): Promise<void> {
  const spade = `${path}.stale`;
  if (!(await createPrivate(spade, mine))) {
    const digger = ownerOf((await readIfThere(spade)) ?? mine);
    // Whoever died while digging left it behind.
    if (digger === null || !isRunning(digger)) await rm(spade, { force: true });
    return;
  }
  try {
    if ((await readIfThere(path)) === stale) await rm(path);
  } finally {
    await rm(spade, { force: true });
  }
}

function ownerOf(text: string): ProcessId | null {
  try {
    return owner.parse(JSON.parse(text));
  } catch {
    // Not one of ours, or cut off by a crash of the machine: nobody holds it.
    return null;
  }
}

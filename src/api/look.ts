import type { Context } from 'hono';
import { noteAccess, reachesCase } from '../casefile/access.js';
import type { Tx } from '../casefile/tx.js';
import { DomainError, type AccessKind } from '../terms/index.js';
import { asPrincipal, type ApiEnv, type Principal } from './auth.js';
import type { ApiDeps } from './ports.js';

export interface Look {
  readonly kind: AccessKind;
  readonly caseNo?: string;
  readonly personId?: string | undefined;
}

/**
 * A transaction under the rights of whoever looks, which leaves a trace of the look: without the trace nothing is shown.
 * Whoever looks for what is not there, or not theirs to see, leaves one too.
 */
export async function looking<T>(
  deps: ApiDeps,
  c: Context<ApiEnv>,
  look: Look,
  work: (tx: Tx, principal: Principal) => Promise<T>,
): Promise<T> {
  const { staffId, at } = c.get('principal');
  const note = { staffId, channel: 'api', at, ...look } as const;
  try {
    return await asPrincipal(deps, c, async (tx, principal) => {
      // One connection keeps the order: the look need not wait for the answer to this.
      const [, seen] = await Promise.all([noteAccess(tx, note), work(tx, principal)]);
      return seen;
    });
  } catch (error) {
    // The trace went back with the look, so it is written once more, for itself.
    if (error instanceof DomainError)
      await asPrincipal(deps, c, async (tx) =>
        noteAccess(tx, { ...note, found: !look.caseNo || (await reachesCase(tx, look.caseNo)) }),
      );
    throw error;
  }
}

import { and, asc, count, eq, max } from 'drizzle-orm';
import type { Instant } from '../terms/index.js';
import { lookupAttempts } from './schema/index.js';
import type { Tx } from './tx.js';

/** How often a question has been tried so far. */
export async function attemptsOf(tx: Tx, requestId: string): Promise<number> {
  const [row] = await tx.q
    .select({ n: max(lookupAttempts.attempt) })
    .from(lookupAttempts)
    .where(eq(lookupAttempts.requestId, requestId));
  return row?.n ?? 0;
}

/** How often it came to nothing at its department. */
export async function faultsOf(tx: Tx, requestId: string): Promise<number> {
  const [row] = await tx.q
    .select({ n: count() })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'failed')));
  return row?.n ?? 0;
}

/** Whether its department is known to have taken the question. */
export async function wasTaken(tx: Tx, requestId: string): Promise<boolean> {
  const [row] = await tx.q
    .select({ n: count() })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'accepted')));
  return (row?.n ?? 0) > 0;
}

/** When the question first left the house; null when it never did. */
export async function firstLeft(tx: Tx, requestId: string): Promise<Instant | null> {
  const [row] = await tx.q
    .select({ at: lookupAttempts.at })
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.requestId, requestId), eq(lookupAttempts.phase, 'leaving')))
    .orderBy(asc(lookupAttempts.at))
    .limit(1);
  return row?.at ?? null;
}

import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Signal } from '../policy/signals/index.js';
import { DomainError, type Instant, type SignalConclusion } from '../terms/index.js';
import { audit } from './audit-log.js';
import { divisionAbove, divisionById } from './divisions.js';
import { newId, record } from './record.js';
import { lookupSignalConclusions, lookupSignals, tasks } from './schema/index.js';
import { staffOf, type Tx } from './tx.js';

export type SignalRow = typeof lookupSignals.$inferSelect;
type ConclusionRow = typeof lookupSignalConclusions.$inferSelect;
export interface SignalStanding extends SignalRow {
  readonly conclusion: Pick<ConclusionRow, 'conclusion' | 'reasonCode' | 'staffId' | 'at'> | null;
}

/**
 * Puts a signal on record and a task before the auditor, unless the same was said before.
 * @returns whether it is new
 */
export async function raiseSignal(
  tx: Tx,
  about: { staffId: string; divisionId: string; signal: Signal; at: Instant },
): Promise<boolean> {
  const { staffId, divisionId, signal, at } = about;
  const { kind, key } = signal;
  const [before] = await tx.q
    .select({ id: lookupSignals.id })
    .from(lookupSignals)
    .where(and(eq(lookupSignals.staffId, staffId), eq(lookupSignals.kind, kind), eq(lookupSignals.key, key)));
  if (before) return false;
  const id = newId();
  const { from: fromAt, to: toAt, params } = signal;
  await record(tx, lookupSignals, { id, kind, staffId, divisionId, key, fromAt, toAt, params, at });
  await audit(tx, {
    at,
    code: 'lookup_signal_raised',
    article: 'LAW-2026 art. 70',
    params: { signalId: id, kind, staffId },
  });
  await tx.q.insert(tasks).values({
    id: newId(),
    caseNo: null,
    divisionId,
    role: 'auditor',
    kind: 'lookup_signal',
    params: { signalId: id, signal: kind },
    openedAt: at,
  });
  return true;
}

const standing = (tx: Tx) =>
  tx.q
    .select({ signal: lookupSignals, conclusion: lookupSignalConclusions })
    .from(lookupSignals)
    .leftJoin(lookupSignalConclusions, eq(lookupSignalConclusions.signalId, lookupSignals.id));

/** Signals of the caller's divisions, oldest first. `after` is the last of the page before. */
export async function listSignals(
  tx: Tx,
  query: {
    open?: boolean | undefined;
    staffId?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<SignalStanding[]> {
  const rows = await standing(tx)
    .where(
      and(
        query.open === undefined
          ? undefined
          : query.open
            ? isNull(lookupSignalConclusions.signalId)
            : sql`${lookupSignalConclusions.signalId} IS NOT NULL`,
        query.staffId ? eq(lookupSignals.staffId, query.staffId) : undefined,
        query.after ? gt(lookupSignals.id, query.after) : undefined,
      ),
    )
    .orderBy(asc(lookupSignals.id))
    .limit(query.limit);
  return rows.map(({ signal, conclusion }) => ({ ...signal, conclusion }));
}

/** @throws {DomainError} `not_found`, also for a signal about whoever asks */
export async function signalById(tx: Tx, signalId: string): Promise<SignalStanding> {
  const [row] = await standing(tx).where(eq(lookupSignals.id, signalId));
  if (!row) throw new DomainError('not_found');
  return { ...row.signal, conclusion: row.conclusion };
}

/**
 * An auditor says what a signal came to, once; the same again changes nothing. What is passed on is a supervisor's task.
 * @throws {DomainError} `not_found`, `not_allowed_now` when something else was concluded before
 */
export async function concludeSignal(
  tx: Tx,
  signalId: string,
  { conclusion, reasonCode }: { conclusion: SignalConclusion; reasonCode: string },
  at: Instant,
): Promise<SignalStanding> {
  await tx.q.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('signal:' || ${signalId}::text, 0))`);
  const signal = await signalById(tx, signalId);
  const before = signal.conclusion;
  if (before) {
    if (before.conclusion === conclusion && before.reasonCode === reasonCode) return signal;
    throw new DomainError('not_allowed_now', { params: { conclusion: before.conclusion } });
  }
  await record(tx, lookupSignalConclusions, { signalId, conclusion, reasonCode, staffId: staffOf(tx), at });
  await audit(tx, {
    at,
    code: 'lookup_signal_concluded',
    article: 'LAW-2026 art. 70',
    params: { signalId, conclusion, reasonCode },
  });
  await tx.q
    .update(tasks)
    .set({ doneAt: at, doneBy: tx.acting.actor })
    .where(
      and(
        eq(tasks.kind, 'lookup_signal'),
        isNull(tasks.doneAt),
        sql`${tasks.params} @> ${JSON.stringify({ signalId })}::jsonb`,
      ),
    );
  if (conclusion === 'passed_on') await tellSupervisor(tx, signal, at);
  return signalById(tx, signalId);
}

async function tellSupervisor(
  tx: Tx,
  { id, kind, staffId, divisionId }: SignalRow,
  at: Instant,
): Promise<void> {
  const { level } = await divisionById(tx, divisionId);
  const below = level === 'township' || level === 'village';
  const unit = below ? await divisionAbove(tx, divisionId, 'county') : await divisionById(tx, divisionId);
  await tx.q.insert(tasks).values({
    id: newId(),
    caseNo: null,
    divisionId: unit.id,
    role: 'supervisor',
    kind: 'lookup_signal_passed_on',
    params: { signalId: id, signal: kind, staffId },
    openedAt: at,
  });
}

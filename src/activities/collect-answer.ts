import { audit } from '../casefile/audit-log.js';
import { keepAnswer } from '../casefile/answers.js';
import { lockCase } from '../casefile/case-state.js';
import { validConsent } from '../casefile/consents.js';
import { requestsOf } from '../casefile/evidence.js';
import { countRefused } from '../casefile/gateway.js';
import { attemptsOf } from '../casefile/lookups.js';
import { newId, record } from '../casefile/record.js';
import { lookupAttempts } from '../casefile/schema/index.js';
import { inCasefile, type Casefile, type Tx } from '../casefile/tx.js';
import { ConnectorFault } from '../departments/connector-fault.js';
import type { Connector } from '../departments/connector.js';
import { dateAt, DomainError, type Id, type Instant, type Source } from '../terms/index.js';

/** Both times: what is collected over weeks is received at the business time of the day. */
export interface CollectingTime {
  now(): Promise<Instant>;
  real(): Instant;
}

export interface CollectDeps {
  readonly casefile: Casefile;
  readonly connectors: Readonly<Record<Source, Connector>>;
  readonly time: CollectingTime;
  /** The fast way to the desk. What it does not manage, the outbox does. */
  readonly tell: (caseNo: string, answerId: string) => Promise<unknown>;
  /** Somebody who has no key of the source answered in its place: told like a forged callback. */
  readonly forged: (source: Source) => void;
}

/** Comes for the answers of departments that are polled. */
export function createCollectActivities(deps: CollectDeps) {
  const { casefile, connectors, time, tell } = deps;
  /**
   * One poll. What comes is kept like a callback, and the desk is told; the question goes on being polled until it has
   * come to something, for what came may be nobody's answer.
   * @throws {ConnectorFault} `not_ready`, and whatever else keeps the answer away: try again
   */
  async function collectAnswer(asked: { record: string; requestId: string }): Promise<'ended' | 'no_ground'> {
    const { record: caseNo, requestId } = asked;
    const at = await time.now();
    const acting = { actor: 'system:verification', on: dateAt(at), caseNo } as const;
    const going = await inCasefile(casefile, acting, (tx) => mayGo(tx, { caseNo, requestId, at }));
    if (typeof going === 'string') return going;
    const { source } = going;
    const connector = connectors[source];
    if (!connector?.collect) return 'ended';
    connector.ready?.();
    try {
      const came = await connector.collect(requestId as Id);
      if (came.kind === 'not_ready') throw notReady(source, came.retryAfterMs);
      const { webhookId, body } = came;
      const answer = { source, webhookId, body, at: await time.now(), realNow: time.real() };
      const kept = await keepAnswer(casefile, answer, requestId);
      // Before this attempt ends, so that a clock that waits for nothing else does not overtake the answer.
      if (kept.answerId && kept.caseNo) await tell(kept.caseNo, kept.answerId).catch(() => undefined);
      throw notReady(source);
    } catch (error) {
      if (isForged(error)) {
        await inCasefile(casefile, acting, (tx) => noteForged(tx, { caseNo, requestId, at, source }));
        await tellForged(deps, source);
      }
      throw error;
    }
  }
  return { collectAnswer };
}

export type CollectActivities = ReturnType<typeof createCollectActivities>;

/** Somebody who has no key of the source answered in its place. */
export const isForged = (error: unknown): boolean =>
  error instanceof ConnectorFault && error.fault === 'signature_invalid';

/** Such an answer is told, and counted for the page of the gateway, like a forged callback. */
export async function tellForged({ casefile, time, forged }: CollectDeps, source: Source): Promise<void> {
  forged(source);
  const realNow = time.real();
  await inCasefile(casefile, { actor: 'system:answers', on: dateAt(await time.now()) }, (tx) =>
    countRefused(tx, [{ source, reason: 'signature_invalid', count: 1 }], realNow),
  );
}

const notReady = (source: Source, retryAfterMs?: number): ConnectorFault =>
  new ConnectorFault({ source, fault: 'not_ready', ...(retryAfterMs !== undefined && { retryAfterMs }) });

/** The gate's rule, once more before each time: an open case, an open question, a consent that is in force today. */
async function mayGo(
  tx: Tx,
  { caseNo, requestId, at }: { caseNo: string; requestId: string; at: Instant },
): Promise<{ source: Source } | 'ended' | 'no_ground'> {
  const state = await lockCase(tx, caseNo);
  const row = (await requestsOf(tx, caseNo)).find((each) => each.id === requestId);
  if (!row) throw new DomainError('not_found');
  if (!state.open || row.outcome !== null) return 'ended';
  const { personId, source, purpose } = row;
  if (await validConsent(tx, { caseNo, personId, source, purpose, on: dateAt(at) })) return { source };
  await audit(tx, {
    caseNo,
    at,
    code: 'collecting_without_ground',
    article: 'LAW-2026 art. 41',
    params: { requestId, source },
  });
  return 'no_ground';
}

async function noteForged(
  tx: Tx,
  { caseNo, requestId, at, source }: { caseNo: string; requestId: string; at: Instant; source: Source },
): Promise<void> {
  await lockCase(tx, caseNo);
  const attempt = await attemptsOf(tx, requestId);
  const code = 'signature_invalid';
  await record(tx, lookupAttempts, { id: newId(), caseNo, requestId, attempt, phase: 'failed', code, at });
  await audit(tx, {
    caseNo,
    at,
    code: 'lookup_failed',
    params: { requestId, source, attempt, reason: code },
  });
}

import { audit } from '../casefile/audit-log.js';
import { lockCase } from '../casefile/case-state.js';
import { endClocks } from '../casefile/clocks.js';
import { validConsent } from '../casefile/consents.js';
import { requestsOf, type RequestStanding } from '../casefile/evidence.js';
import { attemptsOf, faultsOf, wasTaken } from '../casefile/lookups.js';
import { openPersons } from '../casefile/persons.js';
import { newId, record } from '../casefile/record.js';
import { lookupAttempts } from '../casefile/schema/index.js';
import { openTask } from '../casefile/tasks.js';
import { inCasefile, type Casefile, type Tx } from '../casefile/tx.js';
import { ConnectorFault } from '../departments/connector-fault.js';
import type { Connector } from '../departments/connector.js';
import type { LookupItem, LookupRequest } from '../departments/contract.js';
import { namedIn } from '../departments/sources.js';
import {
  dateAt,
  DomainError,
  endOf,
  NO_FAILPOINTS,
  rfc3339,
  type Failpoints,
  type Id,
  type IdNumber,
  type Instant,
  type Source,
} from '../terms/index.js';

export interface LookupDeps {
  readonly casefile: Casefile;
  readonly connectors: Readonly<Record<Source, Connector>>;
  /** Where departments call back, without the source. */
  readonly callbackUrl: string;
  readonly failpoints?: Failpoints;
}

/**
 * The gate to the departments, and the only caller of connectors. In this order: open case, person of the case, a
 * consent valid today for this source and these items, an audited row – and only then the question leaves.
 */
export function createLookupActivities({
  casefile,
  connectors,
  callbackUrl,
  failpoints = NO_FAILPOINTS,
}: LookupDeps) {
  /** @throws {ConnectorFault} when it is not known whether the question arrived: try again with the same id */
  async function askDepartment(asked: {
    record: string;
    requestId: string;
    at: Instant;
  }): Promise<'accepted' | 'to_collect' | 'refused' | 'not_needed' | 'no_ground'> {
    const acting = { actor: 'system:verification', on: dateAt(asked.at), caseNo: asked.record } as const;
    const faults = () => inCasefile(casefile, acting, (tx) => faultsOf(tx, asked.requestId));
    const leaving = await inCasefile(casefile, acting, async (tx) => {
      const prepared = await prepare(tx, asked, { callbackUrl, connectors });
      if (typeof prepared !== 'string') failpoints.pass('lookup.before_leaving_commit');
      return prepared;
    }).catch(async (error: unknown) => {
      // Nothing has left, so nothing is on record.
      throw error instanceof ConnectorFault ? error.counted((await faults()) + 1) : error;
    });
    if (typeof leaving === 'string') return leaving;
    failpoints.pass('lookup.after_leaving_commit');
    const { request, attempt } = leaving;
    const note = (phase: Arrival['phase'], code: string | null, fileId?: string) =>
      inCasefile(casefile, acting, async (tx) => {
        await arrived(tx, asked, { phase, code, attempt, source: request.source, fileId });
        if (phase === 'accepted') failpoints.pass('lookup.before_accepted_commit');
      });
    try {
      const connector = connectors[request.source];
      // A source whose file is gone: nothing leaves, an operator looks.
      if (!connector) {
        await note('refused', 'no_connector');
        return 'refused';
      }
      const answer = await connector.ask(request);
      failpoints.pass('lookup.after_send');
      if (answer.kind === 'refused') await note('refused', `http_${answer.status}`);
      else await note('accepted', null, answer.fileId);
      failpoints.pass('lookup.after_accepted_commit');
      return answer.kind === 'accepted' && connector.collect ? 'to_collect' : answer.kind;
    } catch (error) {
      if (!(error instanceof ConnectorFault)) throw error;
      await note('failed', error.fault);
      // By the record: Temporal also counts workers that died and a Postgres that was away.
      throw error.counted(await faults());
    }
  }
  return { askDepartment };
}

export type LookupActivities = ReturnType<typeof createLookupActivities>;

async function prepare(
  tx: Tx,
  { record: caseNo, requestId, at }: { record: string; requestId: string; at: Instant },
  { callbackUrl, connectors }: Pick<LookupDeps, 'callbackUrl' | 'connectors'>,
) {
  const state = await lockCase(tx, caseNo);
  const row = (await requestsOf(tx, caseNo)).find((each) => each.id === requestId);
  if (!row) throw new DomainError('not_found');
  if (!state.open || row.outcome !== null) return 'not_needed' as const;
  // It has the question: whoever wrote that down died before Temporal heard of it, or the way to its answer began anew.
  if (await wasTaken(tx, requestId)) return connectors[row.source]?.collect ? 'to_collect' : 'accepted';
  // Before anything is written: what is not sent has not left.
  connectors[row.source]?.ready?.();
  const consent = await validConsent(tx, {
    caseNo,
    personId: row.personId,
    source: row.source,
    on: dateAt(at),
  });
  const [person] = await openPersons(tx, caseNo, [row.personId]);
  const attempt = (await attemptsOf(tx, requestId)) + 1;
  const named = consent ? namedIn(consent.textVersion, row.items) : [];
  if (!consent || named.length < row.items.length || !person?.idNumber) {
    await record(tx, lookupAttempts, {
      id: newId(),
      caseNo,
      requestId,
      attempt,
      phase: 'refused',
      code: 'no_ground',
      at,
    });
    await openTask(tx, {
      caseNo,
      divisionId: state.workingDivisionId,
      role: 'verification_officer',
      kind: 'no_lookup_possible',
      params: { personId: row.personId, sources: row.source },
      at,
    });
    await audit(tx, {
      caseNo,
      at,
      code: 'lookup_without_ground',
      article: 'LAW-2026 art. 41',
      params: { requestId, source: row.source },
    });
    return 'no_ground' as const;
  }
  await record(tx, lookupAttempts, { id: newId(), caseNo, requestId, attempt, phase: 'leaving', at });
  await audit(tx, {
    caseNo,
    at,
    code: 'lookup_leaving',
    article: 'LAW-2026 art. 41',
    params: { requestId, source: row.source, consentId: consent.id, attempt },
  });
  return {
    request: question(row, {
      consentHash: consent.signatureHash,
      name: person.name,
      idNumber: person.idNumber,
      callbackUrl,
    }),
    attempt,
  };
}

const question = (
  row: RequestStanding,
  more: { consentHash: string; name: string; idNumber: string; callbackUrl: string },
): LookupRequest => ({
  requestId: row.id as Id,
  source: row.source,
  purpose: 'dibao_means_verification',
  caseRef: row.caseRef,
  consentHash: more.consentHash,
  items: row.items as LookupItem[],
  subject: { idNumber: more.idNumber as IdNumber, name: more.name },
  callbackUrl: `${more.callbackUrl}/callbacks/${row.source}`,
  asOf: row.requestedOn,
  dueAt: rfc3339(endOf(row.dueOn)),
});

interface Arrival {
  readonly phase: 'accepted' | 'refused' | 'failed';
  readonly code: string | null;
  readonly attempt: number;
  readonly source: Source;
  /** The file of questions that it went out in. */
  readonly fileId: string | undefined;
}

async function arrived(
  tx: Tx,
  asked: { record: string; requestId: string; at: Instant },
  end: Arrival,
): Promise<void> {
  const { record: caseNo, requestId, at } = asked;
  const state = await lockCase(tx, caseNo);
  await record(tx, lookupAttempts, {
    id: newId(),
    caseNo,
    requestId,
    attempt: end.attempt,
    phase: end.phase,
    code: end.code,
    at,
  });
  if (end.phase === 'accepted')
    await endClocks(tx, caseNo, ['verification_start', 'verification_start_escalated'], dateAt(at));
  if (end.phase === 'refused') {
    await openTask(tx, {
      caseNo,
      divisionId: state.workingDivisionId,
      role: 'operator',
      kind: 'lookup_refused',
      params: { requestId, source: end.source },
      at,
    });
  }
  await audit(tx, {
    caseNo,
    at,
    code: `lookup_${end.phase}`,
    params: {
      requestId,
      source: end.source,
      attempt: end.attempt,
      ...(end.code && { reason: end.code }),
      ...(end.fileId && { file: end.fileId }),
    },
  });
}

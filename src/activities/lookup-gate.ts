import { audit } from '../casefile/audit-log.js';
import { lockCase, type CaseStateRow } from '../casefile/case-state.js';
import { endClocks } from '../casefile/clocks.js';
import { validConsent } from '../casefile/consents.js';
import type { RequestRow } from '../casefile/evidence.js';
import { attemptsOf, endHolding, firstLeft, standingOf } from '../casefile/lookups.js';
import { openPersons } from '../casefile/persons.js';
import { newId, record } from '../casefile/record.js';
import { lookupAttempts } from '../casefile/schema/index.js';
import { openTask } from '../casefile/tasks.js';
import type { Tx } from '../casefile/tx.js';
import type { Subject } from '../departments/contract.js';
import { namedIn } from '../departments/sources.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { heldByQuota } from './lookup-quota.js';
import { traceQuestion } from './lookup-trace.js';
import { dateAt, type IdNumber, type Instant, type Source } from '../terms/index.js';

/** Which question is asked, of which case, and when in business time. */
export interface Asking {
  readonly record: string;
  readonly requestId: string;
  readonly at: Instant;
}

/** A question that may leave, and that is on record as leaving. */
export interface Leaving {
  readonly row: RequestRow;
  readonly attempt: number;
  readonly consentHash: string;
  readonly subject: Subject;
}

/** A question that wants to leave. */
interface AtTheGate {
  readonly state: CaseStateRow;
  readonly row: RequestRow;
  readonly at: Instant;
  readonly rulebook: Rulebook;
}

/**
 * Somebody who is counted in the household, a requester who had to do with the case, a consent valid today for this source
 * and these items, room in the quotas and an audited row: then the question may leave. Otherwise it is on record why it
 * does not, and a person is told.
 */
export async function letOut(tx: Tx, asking: AtTheGate): Promise<Leaving | 'over_quota' | undefined> {
  const { state, row, at, rulebook } = asking;
  const { id: requestId, caseNo, personId, source, purpose, via } = row;
  const consent = await validConsent(tx, { caseNo, personId, source, purpose, on: dateAt(at) });
  const [person] = await openPersons(tx, caseNo, [personId]);
  const attempt = (await attemptsOf(tx, requestId)) + 1;
  const named = consent ? namedIn(consent.textVersion, row.items) : [];
  const about = { requestId, source, ...(via !== null && { via }) };
  const { counted, inScope } = await standingOf(tx, row);
  if (!counted || !inScope || !consent || named.length < row.items.length || !person?.idNumber) {
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
      params: { personId, sources: source },
      at,
    });
    await audit(tx, {
      caseNo,
      at,
      code: 'lookup_without_ground',
      article: 'LAW-2026 art. 41',
      params: about,
    });
    await traceQuestion(tx, row, 'question_without_ground', { person, at });
    return undefined;
  }
  const first = (await firstLeft(tx, requestId)) === null;
  if (first && (await heldByQuota(tx, { row, state, attempt, at, rulebook }))) {
    await traceQuestion(tx, row, 'question_held', { person, at });
    return 'over_quota';
  }
  await record(tx, lookupAttempts, { id: newId(), caseNo, requestId, attempt, phase: 'leaving', at });
  await audit(tx, {
    caseNo,
    at,
    code: 'lookup_leaving',
    article: 'LAW-2026 art. 41',
    params: { ...about, consentId: consent.id, attempt },
  });
  if (first) {
    await traceQuestion(tx, row, 'question_left', { person, at });
    await endHolding(tx, caseNo, at);
  }
  return {
    row,
    attempt,
    consentHash: consent.signatureHash,
    subject: { idNumber: person.idNumber as IdNumber, name: person.name },
  };
}

/** How a question that left ended at the other side's door. */
export interface Arrival {
  readonly phase: 'accepted' | 'refused' | 'failed';
  readonly code: string | null;
  readonly attempt: number;
  readonly source: Source;
  /** The file of questions that it went out in. */
  readonly fileId: string | undefined;
}

export async function arrived(
  tx: Tx,
  { record: caseNo, requestId, at }: Asking,
  end: Arrival,
): Promise<void> {
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

import { sql } from 'drizzle-orm';
import {
  DomainError,
  yearOf,
  type CaseNo,
  type Instant,
  type PlainDate,
  type SubmitBody,
} from '../terms/index.js';
import { audit } from './audit-log.js';
import { moveCase } from './case-state.js';
import { startClock } from './clocks.js';
import { recordConsent } from './consents.js';
import { divisionByCode, isRelated } from './divisions.js';
import { fileByRoster } from './near-relatives.js';
import { recordSignatures } from './signatures.js';
import { enqueue } from './outbox.js';
import { linksOf } from './person-links.js';
import { recordPerson } from './persons.js';
import { newId, record } from './record.js';
import {
  applications,
  caseCounters,
  caseState,
  cases,
  commands,
  declaredFacts,
  householdMembers,
  households,
  obligors,
  openRequests,
  requests,
} from './schema/index.js';
import { openTask } from './tasks.js';
import { staffOf, type Tx } from './tx.js';
import { newKey, sealField } from './vault.js';

export interface Intake {
  readonly body: SubmitBody;
  /** Canonical JSON of the body as it came, kept encrypted with the command. */
  readonly bodyText: string;
  readonly fingerprint: string;
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string;
  readonly enteredLate: boolean;
  readonly at: Instant;
  readonly today: PlainDate;
  readonly realNow: Instant;
  /** From the table: the row that admits a submission. */
  readonly step: { readonly to: string; readonly article: string; readonly turn: 'township' };
  /** What the procedure does by itself, at once, after this submission. */
  readonly atOnce: readonly { readonly code: string; readonly article: string }[];
}

async function nextCaseNo(tx: Tx, divisionId: string, code: string, on: PlainDate): Promise<CaseNo> {
  const year = yearOf(on);
  const [row] = await tx.q
    .insert(caseCounters)
    .values({ divisionId, year, last: 1 })
    .onConflictDoUpdate({
      target: [caseCounters.divisionId, caseCounters.year],
      set: { last: sql`${caseCounters.last} + 1` },
    })
    .returning({ last: caseCounters.last });
  return `AP-${code}-${year}-${String(row?.last ?? 1).padStart(5, '0')}` as CaseNo;
}

/**
 * A household knocks: the whole file, the command that brought it and the promise to start its workflow, in one
 * transaction. Nothing of it exists if anything fails.
 * @throws {DomainError} `division_unknown`, `open_request_exists`, `forbidden`
 */
export async function receiveApplication(
  tx: Tx,
  intake: Intake,
): Promise<{ caseNo: CaseNo; commandId: string }> {
  const { body, at, today } = intake;
  const staffId = staffOf(tx);
  const township = await divisionByCode(tx, body.township, today);
  const caseNo = await nextCaseNo(tx, township.id, township.code, today);
  const keyId = newId();
  const commandId = newId();
  const act = { staffId, commandId, occurredOn: body.occurredOn };

  await record(tx, cases, {
    caseNo,
    procedure: 'application',
    divisionId: township.id,
    keyId,
    openedOn: today,
  });
  await newKey(tx, 'case', caseNo, keyId);
  const draft = {
    caseNo,
    state: 'draft',
    turn: 'township',
    open: true,
    outcome: null,
    version: 0,
    workingDivisionId: township.id,
    updatedAt: at,
  } as const;
  await tx.q.insert(caseState).values(draft);

  const ids = await recordHousehold(tx, caseNo, intake, act);
  for (const consent of body.consents) {
    await recordConsent(
      tx,
      caseNo,
      { ...consent, person: ids.person(consent.person), signedBy: ids.person(consent.signedBy) },
      { commandId, occurredOn: body.occurredOn },
    );
  }
  await recordSignatures(tx, caseNo, body, ids.person, act);
  await fileByRoster(tx, caseNo, today, act);
  if (await isRelated(tx, caseNo, staffId)) throw new DomainError('relative_barred');
  await claimUnit(tx, caseNo, township.id, body);

  await tx.q.insert(commands).values({
    id: commandId,
    caseNo,
    staffId,
    method: intake.method,
    path: intake.path,
    idempotencyKey: intake.idempotencyKey,
    fingerprint: intake.fingerprint,
    kind: 'submit',
    keyId,
    body: await sealField(tx, keyId, { table: 'commands', column: 'body', row: commandId }, intake.bodyText),
    occurredOn: body.occurredOn,
    receivedAt: at,
    status: 'applied',
    outcome: { httpStatus: 201, result: { caseNo, state: intake.step.to } },
    settledAt: at,
  });
  const { seq } = await moveCase(tx, {
    caseNo,
    from: draft,
    to: intake.step.to,
    on: 'command',
    name: 'submit',
    article: intake.step.article,
    turn: intake.step.turn,
    closes: false,
    commandId,
    occurredOn: body.occurredOn,
    enteredLate: intake.enteredLate,
    lateReasonCode: body.lateReasonCode,
    at,
  });
  for (const { code, article } of intake.atOnce)
    await startClock(tx, {
      caseNo,
      code,
      article,
      turn: intake.step.turn,
      startedBySeq: seq,
      fromDate: body.occurredOn,
      dueOn: body.occurredOn,
      dueAt: at,
    });
  await openTask(tx, { caseNo, divisionId: township.id, role: 'window_clerk', kind: 'check_papers', at });
  // Found in another file too: a question to a human, never a refusal.
  for (const link of await linksOf(tx, caseNo)) {
    await openTask(tx, {
      caseNo,
      divisionId: township.id,
      role: 'window_clerk',
      kind: 'same_person',
      params: { linkId: link.id, otherCaseNo: link.otherCaseNo },
      at,
    });
  }
  await enqueue(tx, 'start', caseNo, commandId, intake.realNow);
  await audit(tx, {
    caseNo,
    at,
    code: 'application_submitted',
    article: intake.step.article,
    params: { commandId, members: body.members.length },
  });
  return { caseNo, commandId };
}

async function recordHousehold(
  tx: Tx,
  caseNo: string,
  intake: Intake,
  act: { staffId: string; commandId: string; occurredOn: PlainDate },
) {
  const { body } = intake;
  const byRef = new Map<string, string>();
  const person = (ref: string): string => {
    const id = byRef.get(ref);
    if (!id)
      throw new DomainError('body_invalid', { pointer: '/members', params: { reason: 'unknown_ref' } });
    return id;
  };
  const householdId = newId();
  await record(tx, households, { id: householdId, caseNo });
  for (const member of body.members) {
    byRef.set(member.ref, await recordPerson(tx, caseNo, member, body.occurredOn));
    await record(tx, householdMembers, {
      id: newId(),
      caseNo,
      householdId,
      personId: person(member.ref),
      included: member.included,
      reasonCode: member.reasonCode,
      validFrom: body.occurredOn,
    });
  }
  for (const obligor of body.obligors) {
    byRef.set(obligor.ref, await recordPerson(tx, caseNo, obligor, body.occurredOn));
    await record(tx, obligors, {
      id: newId(),
      caseNo,
      personId: person(obligor.ref),
      owesTo: person(obligor.owesTo),
      relation: obligor.relation,
    });
  }
  await record(tx, applications, {
    caseNo,
    householdId,
    applicantId: person(body.applicant),
    dibaoArea: body.area,
    placeCode: body.place,
    parametersOn: body.parametersOn ?? body.occurredOn,
    papers: [...body.papers],
    enteredLate: intake.enteredLate,
    lateReasonCode: body.lateReasonCode ?? null,
    villageCode: body.village,
    ...act,
  });
  for (const { member, ...fact } of body.declared) {
    await record(tx, declaredFacts, {
      id: newId(),
      caseNo,
      personId: member === undefined ? null : person(member),
      ...fact,
      ...act,
    });
  }
  return { person };
}

/** One open request per unit and programme in a township, held by a unique index. Provisional applicants never collide. */
async function claimUnit(tx: Tx, caseNo: string, divisionId: string, body: SubmitBody): Promise<void> {
  const applicant = body.members.find((member) => member.ref === body.applicant);
  const requestId = newId();
  await record(tx, requests, {
    id: requestId,
    caseNo,
    programme: 'dibao',
    unitKind: 'household',
    unitPersonId: null,
  });
  const unitIndex =
    applicant?.idNumber && !applicant.provisional
      ? tx.vault.blindIndex.of('id_number', applicant.idNumber)
      : null;
  const claimed = await tx.q
    .insert(openRequests)
    .values({ requestId, caseNo, divisionId, programme: 'dibao', unitIndex, open: true })
    .onConflictDoNothing()
    .returning({ id: openRequests.requestId });
  if (claimed.length === 0) throw new DomainError('open_request_exists', { pointer: '/applicant' });
}

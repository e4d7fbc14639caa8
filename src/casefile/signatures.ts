import { PURPOSE_OF } from '../policy/rule-inputs.js';
import type { PlainDate, SubmitBody } from '../terms/index.js';
import { recordConsent } from './consents.js';
import { recordPerson } from './persons.js';
import { newId, record } from './record.js';
import { recordCapacity, recordRepresentation } from './representations.js';
import { authorisations, commitments } from './schema/index.js';
import type { Tx } from './tx.js';

interface Act {
  readonly staffId: string;
  readonly commandId: string;
  readonly occurredOn: PlainDate;
}

/**
 * Who signs for whom, and what was signed: the proxy's mandate, guardians, commitments, and the one authorisation form
 * from whose signatures every consent is made.
 */
export async function recordSignatures(
  tx: Tx,
  caseNo: string,
  body: SubmitBody,
  person: (ref: string) => string,
  act: Act,
): Promise<void> {
  const on = body.occurredOn;
  if (body.proxy) {
    const representativeId = await recordPerson(tx, caseNo, body.proxy, on);
    await recordRepresentation(tx, caseNo, {
      kind: 'proxy',
      personId: person(body.applicant),
      representativeId,
      validFrom: on,
    });
  }
  for (const member of body.members) {
    const personId = person(member.ref);
    if (member.capacity && member.capacity !== 'full')
      await recordCapacity(tx, caseNo, { personId, capacity: member.capacity, validFrom: on });
    if (member.guardian)
      await recordRepresentation(tx, caseNo, {
        kind: 'guardian',
        personId,
        representativeId: person(member.guardian),
        validFrom: on,
      });
  }
  for (const { by, ...commitment } of body.commitments ?? [])
    await record(tx, commitments, {
      id: newId(),
      caseNo,
      personId: person(by),
      ...commitment,
      covers: [...commitment.covers],
      ...act,
    });
  if (body.authorisation) await recordAuthorisation(tx, caseNo, body, person, act);
}

/** 核对授权书: one signature per adult; each stands for the signer and for those whose guardian the signer is. */
async function recordAuthorisation(
  tx: Tx,
  caseNo: string,
  { authorisation, members }: SubmitBody,
  person: (ref: string) => string,
  act: Act,
): Promise<void> {
  if (!authorisation) return;
  const { signatures, sources, ...form } = authorisation;
  const id = newId();
  await record(tx, authorisations, {
    id,
    caseNo,
    purpose: PURPOSE_OF.dibao,
    sources: [...sources],
    ...form,
    validFrom: act.occurredOn,
    ...act,
  });
  for (const { by } of signatures) {
    const wards = members.filter(({ guardian }) => guardian === by).map(({ ref }) => ref);
    for (const ref of [by, ...wards])
      await recordConsent(
        tx,
        caseNo,
        { person: person(ref), signedBy: person(by), sources, ...form },
        { ...act, authorisationId: id },
      );
  }
}

import { fileByDeclaration, fileByRoster, filingsOf } from '../../casefile/near-relatives.js';
import { supplementRequestOf } from '../../casefile/papers.js';
import { newId, record } from '../../casefile/record.js';
import { acceptances, supplementRequests, supplements } from '../../casefile/schema/index.js';
import { recordConsent, signaturesOf } from '../../casefile/consents.js';
import { openPersons } from '../../casefile/persons.js';
import { APPLICATION_FORM, isVerifiable, replacedBy } from '../../policy/application-form.js';
import { clockDue } from '../../policy/clock-due.js';
import { maskId } from '../../policy/papers/masked-id.js';
import { statutory } from '../../policy/rulebook.js';
import { sourceOf, SOURCES } from '../../departments/sources.js';
import { DomainError, type IdNumber, type Paper, type RequestSupplementBody } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, placeOf, switchedOn } from './context.js';
import { deliver } from './delivery.js';
import { issue } from './papers.js';

const act = ({ staffId, commandId, occurredOn }: CommandContext) => ({ staffId, commandId, occurredOn });

/**
 * What the household may be asked for (LAW-2026 art. 62).
 * @throws {DomainError} `supplied_by_verification` naming the paper and the department that answers instead
 */
function askable(items: RequestSupplementBody['items']): Paper[] {
  return items.map((item, at) => {
    if (isVerifiable(item))
      throw new DomainError('supplied_by_verification', {
        pointer: `/items/${at}`,
        params: { item, source: replacedBy(item) ?? '', article: 'LAW-2026 art. 62' },
      });
    return item;
  });
}

/** 一次性告知: everything that is missing, told once (DIBAO-2021 art. 10). */
export async function requestSupplement(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('request_supplement', given);
  const items = askable(body.items);
  const { name } = await applicantOf(step);
  const due = clockDue(step.rulebook, {
    length: { unit: 'parameter', parameter: 'supplement_period' },
    place: await placeOf(step.tx, step.caseNo),
    start: step.occurredOn,
  });
  const documentId = await issue(step, 'one_time_notification', {
    applicant: name,
    missing: items,
    notAsked: APPLICATION_FORM.flatMap(({ item }) => (isVerifiable(item) ? [NOT_ASKED[item]] : [])),
    bringBy: due.date,
  });
  const id = newId();
  await record(step.tx, supplementRequests, { id, caseNo: step.caseNo, items, documentId, ...act(step) });
  if (body.delivery) await deliver(step, { documentId, ...body.delivery });
  return { result: { supplementRequestId: id, documentId }, auditParams: { items: items.join(' ') } };
}

/** What a clerk calls the certificates that nobody has to fetch any more. */
const NOT_ASKED = {
  household_register_copy: '户籍信息',
  wage_certificate: '工资和社会保险缴费信息',
  pension_certificate: '养老金信息',
  bank_statement: '银行存款信息',
} as const;

export async function supply(step: CommandContext, given: unknown): Promise<Effect> {
  const { items, consents } = bodyOf('supply', given);
  const request = await supplementRequestOf(step.tx, step.caseNo);
  if (!request) throw new DomainError('not_allowed_now');
  const id = newId();
  await record(step.tx, supplements, {
    id,
    caseNo: step.caseNo,
    requestId: request.id,
    items: [...items],
    ...act(step),
  });
  for (const consent of consents) await recordConsent(step.tx, step.caseNo, consent, step);
  return { result: { supplementId: id }, auditParams: { items: items.join(' ') } };
}

/** 受理: the statutory clock starts on the day of the receipt; near relatives are registered separately (art. 11). */
export async function accept(step: CommandContext, given: unknown): Promise<Effect> {
  const { nearRelatives, delivery } = bodyOf('accept', given);
  const { tx, caseNo, rulebook, occurredOn } = step;
  await fileByRoster(tx, caseNo, occurredOn, act(step));
  for (const { person, relation, handlerId } of nearRelatives)
    await fileByDeclaration(
      tx,
      caseNo,
      { personId: person, relation, handlerId: handlerId ?? null },
      act(step),
    );
  const filings = await filingsOf(tx, caseNo);
  if (filings.some((filing) => filing.handlerId === step.staffId)) throw new DomainError('relative_barred');
  const delegated = (await switchedOn(step, 'confirmation_delegated')) && filings.length === 0;
  const limit = delegated ? 'total_working_days_delegated' : 'total_working_days';
  const { name } = await applicantOf(step);
  const receiptDocumentId = await issue(step, 'acceptance_receipt', {
    applicant: name,
    limitWorkingDays: statutory(rulebook, limit, occurredOn).value,
    extendedWorkingDays: statutory(rulebook, 'total_working_days_special', occurredOn).value,
    dueOn: clockDue(rulebook, {
      length: { unit: 'working_days', parameter: limit },
      place: await placeOf(tx, caseNo),
      start: occurredOn,
    }).date,
  });
  const id = newId();
  await record(tx, acceptances, {
    id,
    caseNo,
    receiptDocumentId,
    nearRelative: filings.length > 0,
    ...act(step),
  });
  await authorisationForm(step);
  if (delivery) await deliver(step, { documentId: receiptDocumentId, ...delivery });
  return {
    result: { receiptId: id, receiptDocumentId, acceptedOn: occurredOn, nearRelatives: filings.length },
    auditParams: { nearRelatives: filings.length },
  };
}

/** 授权书 as it stands at the acceptance: who signed, for whom, which departments, until when. */
async function authorisationForm(step: CommandContext): Promise<void> {
  const signed = await signaturesOf(step.tx, step.caseNo);
  const [first] = signed;
  if (!first) return;
  const known = new Map((await openPersons(step.tx, step.caseNo)).map((person) => [person.id, person]));
  const sources = new Set(signed.flatMap((row) => row.sources));
  await issue(step, 'verification_authorisation', {
    signers: signed.map(({ personId, signedById }) => {
      const { name = '', idNumber = null } = known.get(signedById) ?? {};
      return {
        name,
        maskedId: idNumber === null ? null : maskId(idNumber as IdNumber),
        guardianOf: personId === signedById ? null : (known.get(personId)?.name ?? ''),
      };
    }),
    departments: SOURCES.filter((source) => sources.has(source)).map((source) => sourceOf(source).name.zh),
    purpose: '最低生活保障家庭经济状况核对',
    validFrom: first.validFrom,
    validTo: signed.map(({ validTo }) => validTo).toSorted()[0] ?? first.validTo,
    textVersion: first.textVersion,
  });
}

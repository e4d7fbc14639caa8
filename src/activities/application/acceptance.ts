import { recordConsent } from '../../casefile/consents.js';
import { supplementRequestOf } from '../../casefile/papers.js';
import { newId, record } from '../../casefile/record.js';
import { acceptances, supplementRequests, supplements } from '../../casefile/schema/index.js';
import { DomainError } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { acceptanceReceipt, oneTimeNotification } from './papers.js';

const act = ({ staffId, commandId, occurredOn }: CommandContext) => ({ staffId, commandId, occurredOn });

/** 一次性告知: everything that is missing, told once (DIBAO-2021 art. 11). */
export async function requestSupplement(step: CommandContext, given: unknown): Promise<Effect> {
  const { items } = bodyOf('request_supplement', given);
  const id = newId();
  await record(step.tx, supplementRequests, {
    id,
    caseNo: step.caseNo,
    items: [...items],
    documentId: await oneTimeNotification(step, items),
    ...act(step),
  });
  return { result: { supplementRequestId: id }, auditParams: { items: items.join(' ') } };
}

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

/** 受理: the statutory clock starts on the day of the receipt. */
export async function accept(step: CommandContext, given: unknown): Promise<Effect> {
  const { nearRelative } = bodyOf('accept', given);
  const id = newId();
  const receiptDocumentId = await acceptanceReceipt(step);
  await record(step.tx, acceptances, {
    id,
    caseNo: step.caseNo,
    receiptDocumentId,
    nearRelative,
    ...act(step),
  });
  return {
    result: { receiptId: id, receiptDocumentId, acceptedOn: step.occurredOn },
    auditParams: { nearRelative },
  };
}

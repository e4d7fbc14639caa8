import { paperTitle } from '../../policy/papers/index.js';
import { documentsOf } from '../../casefile/documents.js';
import { openPersons } from '../../casefile/persons.js';
import { newId, record } from '../../casefile/record.js';
import { deliveries } from '../../casefile/schema/index.js';
import { DomainError, type HandOver } from '../../terms/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';
import { applicantOf, staffNamesOf } from './context.js';
import { issue } from './papers.js';

/**
 * 送达: how a paper was brought, when, to whom, and what became of it, with its receipt (送达回证).
 * @returns the id of the delivery
 */
export async function deliver(
  step: CommandContext,
  { documentId, person, how, result }: HandOver & { documentId: string; person?: string | undefined },
): Promise<string> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const paper = (await documentsOf(tx, caseNo)).find(({ id }) => id === documentId);
  if (!paper) throw new DomainError('body_invalid', { pointer: '/documentId' });
  if (occurredOn < paper.occurredOn)
    throw new DomainError('occurred_out_of_order', {
      pointer: '/occurredOn',
      params: { after: paper.occurredOn },
    });
  const applicant = await applicantOf(step);
  const [recipient] = person ? await openPersons(tx, caseNo, [person]) : [applicant];
  const id = newId();
  await record(tx, deliveries, {
    id,
    caseNo,
    documentId,
    personId: recipient?.id ?? applicant.id,
    how,
    result,
    receiptDocumentId: await issue(step, 'delivery_receipt', {
      paperTitle: paperTitle(paper.kind) ?? paper.kind,
      paperDate: paper.occurredOn,
      recipient: recipient?.name ?? '',
      how,
      result,
      takenBy: null,
      deliveredOn: occurredOn,
      deliveredBy: await staffNamesOf(tx, [staffId]),
      witness: null,
    }),
    staffId,
    commandId,
    occurredOn,
  });
  return id;
}

export async function recordDelivery(step: CommandContext, given: unknown): Promise<Effect> {
  const body = bodyOf('record_delivery', given);
  const id = await deliver(step, body);
  return { refId: id, result: { deliveryId: id }, auditParams: { how: body.how, result: body.result } };
}

/** Hands over the newest paper of these kinds: what the office owes somebody at the end of a branch. */
export async function giveNewest(
  step: CommandContext,
  kinds: readonly string[],
  handOver: HandOver,
): Promise<{ deliveryId: string; documentId: string }> {
  const paper = (await documentsOf(step.tx, step.caseNo)).findLast(({ kind }) => kinds.includes(kind));
  if (!paper) throw new DomainError('guard_not_met', { params: { guard: 'paper_issued' } });
  return { deliveryId: await deliver(step, { documentId: paper.id, ...handOver }), documentId: paper.id };
}

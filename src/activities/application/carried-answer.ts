import { storeAnswer } from '../../casefile/answers.js';
import type { RequestRow } from '../../casefile/evidence.js';
import type { DepartmentAnswer } from '../../departments/contract.js';
import type { StepContext } from '../procedure-desk.js';
import { settle } from './answer-facts.js';

/** A question on record, as far as an earlier report can answer it. */
export type Asked = Pick<RequestRow, 'id' | 'personId' | 'source' | 'items' | 'purpose'>;

/** Puts the answer into this file as if it had come today, and settles the question with it. */
export async function carry(step: StepContext, request: Asked, answer: DepartmentAnswer): Promise<string> {
  const { tx, caseNo, at } = step;
  const { id: answerId } = await storeAnswer(tx, caseNo, {
    source: request.source,
    // Not one that a department could use: theirs are opaque to us, and this file's question has one earlier answer.
    webhookId: `earlier report for ${request.id}`,
    requestId: request.id,
    body: new TextEncoder().encode(JSON.stringify(answer)),
    at,
  });
  await settle(step, { request, answerId, answer });
  return answerId;
}

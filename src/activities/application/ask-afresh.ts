import { standingRequests } from '../../casefile/evidence.js';
import { newId, record } from '../../casefile/record.js';
import { freshQuestions } from '../../casefile/schema/index.js';
import type { CommandContext, Effect } from '../procedure-desk.js';
import { bodyOf } from './bodies.js';

/**
 * Somebody wants the departments themselves asked, although earlier reports answer. The questions leave at once; until
 * they come to something, nothing rests on what the reports said.
 */
export async function askAfresh(step: CommandContext, given: unknown): Promise<Effect> {
  const { requests, reasonCode } = bodyOf('ask_afresh', given);
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  for (const requestId of requests)
    await record(tx, freshQuestions, {
      id: newId(),
      caseNo,
      requestId,
      reasonCode,
      staffId,
      commandId,
      occurredOn,
    });
  const counts = { questions: requests.length };
  return { result: counts, auditParams: { ...counts, reason: reasonCode } };
}

/** Each named question was answered by an earlier report, and is not put anew already. */
export async function answeredByReport({ tx, caseNo }: CommandContext, given: unknown): Promise<boolean> {
  const standing = await standingRequests(tx, caseNo);
  return bodyOf('ask_afresh', given).requests.every((id) =>
    standing.some((row) => row.id === id && row.origin !== null),
  );
}

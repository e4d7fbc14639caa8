import type { RequestStanding } from '../../casefile/evidence.js';
import { record } from '../../casefile/record.js';
import { requestOutcomes } from '../../casefile/schema/index.js';
import type { CannotVerify } from '../../departments/desk-answer.js';
import { isBeforeAcceptance } from '../../policy/application-states.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { hasTheQuestion, tell, type Note } from './answer-facts.js';

/**
 * 无法核实: the question ends as silence does, at once and with its reason, and a person turns to other proof. What was
 * answered before stays as it was. Whoever reads the answer draws the conclusions, as from every other.
 */
export async function endUnverified(
  step: StepContext,
  answerId: string,
  request: RequestStanding,
  { reasonCode }: CannotVerify,
  note: Note,
): Promise<Effect | null> {
  const { tx, caseNo, at, state } = step;
  const { source } = request;
  if (!state.open || request.outcome !== null) {
    await note(state.open ? 'repeated' : 'after_closing');
    await tell(step, 'late_answer', { source });
    return null;
  }
  await note('cannot_verify');
  await record(tx, requestOutcomes, {
    requestId: request.id,
    caseNo,
    outcome: 'unanswered',
    answerId,
    reasonCode,
    at,
  });
  await hasTheQuestion(step);
  // Before the acceptance nobody can answer it; then it is asked for all that stayed open.
  if (!isBeforeAcceptance(state.state))
    await tell(step, 'unanswered', { requestId: request.id, source, reason: reasonCode });
  return { refId: answerId, auditParams: { source, verdict: 'cannot_verify', reason: reasonCode } };
}

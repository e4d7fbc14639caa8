import { requestsOf, type RequestStanding } from '../../casefile/evidence.js';
import { record } from '../../casefile/record.js';
import { requestOutcomes } from '../../casefile/schema/index.js';
import { closeTasks } from '../../casefile/tasks.js';
import type { CannotVerify } from '../../departments/desk-answer.js';
import { isBeforeAcceptance } from '../../policy/application-states.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { tell, type Note } from './answer-facts.js';
import { endAnswered } from './lookups.js';
import { makeReport } from './verification-report.js';

/**
 * 无法核实: the question ends as silence does, at once and with its reason, and a person turns to other proof. What was
 * answered before stays as it was.
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
  // Before the acceptance nobody can answer it; then it is asked for all that stayed open.
  if (!isBeforeAcceptance(state.state))
    await tell(step, 'unanswered', { requestId: request.id, source, reason: reasonCode });
  await adoptByRule(step);
  await endAnswered(step);
  if ((await requestsOf(tx, caseNo)).every((row) => row.outcome !== null)) {
    await closeTasks(tx, caseNo, ['await_departments'], at);
    await makeReport(step);
  }
  return { refId: answerId, auditParams: { source, verdict: 'cannot_verify', reason: reasonCode } };
}

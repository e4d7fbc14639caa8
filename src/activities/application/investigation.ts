import type { ClockRow } from '../../casefile/clocks.js';
import { requestsOf, type RequestStanding } from '../../casefile/evidence.js';
import { endHolding } from '../../casefile/lookups.js';
import { record } from '../../casefile/record.js';
import { requestOutcomes } from '../../casefile/schema/index.js';
import { isBeforeAcceptance } from '../../policy/application-states.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { tell } from './answer-facts.js';
import { adoptByRule } from './adoption.js';
import { askAgain } from './consents.js';
import { endAnswered, openLookups } from './lookups.js';
import { reportWhenSettled } from './verification-report.js';

/** Opens the verification of every member with a valid consent, in every source (DIBAO-2021 art. 15, 17). */
export async function beginInvestigation(step: StepContext): Promise<Effect> {
  const requests = await openLookups(step);
  await adoptByRule(step);
  await reportWhenSettled(step);
  return { auditParams: { requests } };
}

/**
 * 核对前置: the questions leave while the window still looks through the papers. What comes of them is compared once the
 * file is accepted; the acceptance waits for an answer or the end of its time, and is not refused because of one.
 */
export const verifyFirst = (step: StepContext): Promise<Effect> => askAgain(step);

/** The file was verified before it was accepted: what speaks against it, or stayed silent, is now somebody's task. */
export async function beginVisits(step: StepContext): Promise<Effect> {
  for (const request of await requestsOf(step.tx, step.caseNo))
    if (request.outcome === 'unanswered') await askForProof(step, request);
  await adoptByRule(step);
  return {};
}

/** The time to answer is over: silence is written down as silence, and a person is asked for other proof. */
export async function recordSilence(step: StepContext, clock: ClockRow): Promise<Effect> {
  const { tx, caseNo, at, state } = step;
  const silent = (await requestsOf(tx, caseNo)).filter(
    ({ outcome, dueOn }) => outcome === null && dueOn <= clock.dueOn,
  );
  for (const request of silent) {
    await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome: 'unanswered', at });
    if (!isBeforeAcceptance(state.state)) await askForProof(step, request);
  }
  await endHolding(tx, caseNo, at);
  await adoptByRule(step);
  await endAnswered(step);
  await reportWhenSettled(step);
  return { auditParams: { unanswered: silent.length } };
}

/** Nothing came: a verification officer looks for other proof. */
const askForProof = (step: StepContext, { id, source }: RequestStanding): Promise<void> =>
  tell(step, 'unanswered', { requestId: id, source });

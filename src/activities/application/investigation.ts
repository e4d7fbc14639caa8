import type { ClockRow } from '../../casefile/clocks.js';
import { requestsOf, standingRequests, type RequestStanding } from '../../casefile/evidence.js';
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
  const { asked, settled } = await openLookups(step);
  await adoptByRule(step);
  await reportWhenSettled(step);
  const parts =
    settled > 0 ? { auditParams: { requests: asked, settled } } : { auditParams: { requests: asked } };
  // An earlier report that answers is a verification that has begun; where it answers everything, it is done.
  if (settled === 0) return parts;
  const awaited = asked === 0 ? ['verification_answer'] : [];
  return {
    ...parts,
    endsAtOnce: {
      clocks: ['verification_start', ...awaited],
      tasks: asked === 0 ? ['await_departments'] : [],
    },
  };
}

/**
 * 核对前置: the questions leave while the window still looks through the papers. What comes of them is compared once the
 * file is accepted; the acceptance waits for an answer or the end of its time, and is not refused because of one.
 */
export async function verifyFirst(step: StepContext): Promise<Effect> {
  const effect = await askAgain(step);
  if (!effect.auditParams?.['settled']) return effect;
  return { ...effect, endsAtOnce: { clocks: ['verification_start'], tasks: [] } };
}

/** The file was verified before it was accepted: what speaks against it, or stayed silent, is now somebody's task. */
export async function beginVisits(step: StepContext): Promise<Effect> {
  for (const request of await standingRequests(step.tx, step.caseNo))
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

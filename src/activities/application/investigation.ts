import type { ClockRow } from '../../casefile/clocks.js';
import { requestsOf } from '../../casefile/evidence.js';
import { record } from '../../casefile/record.js';
import { requestOutcomes } from '../../casefile/schema/index.js';
import { openTask } from '../../casefile/tasks.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { endAnswered, openLookups } from './lookups.js';
import { reportWhenSettled } from './verification-report.js';

/** Opens the verification of every member with a valid consent, in every source (DIBAO-2021 art. 15, 17). */
export async function beginInvestigation(step: StepContext): Promise<Effect> {
  const requests = await openLookups(step);
  await adoptByRule(step);
  await reportWhenSettled(step);
  return { auditParams: { requests } };
}

/** The time to answer is over: silence is written down as silence, and a person is asked for other proof. */
export async function recordSilence(step: StepContext, clock: ClockRow): Promise<Effect> {
  const { tx, caseNo, at, state } = step;
  const silent = (await requestsOf(tx, caseNo)).filter(
    ({ outcome, dueOn }) => outcome === null && dueOn <= clock.dueOn,
  );
  for (const request of silent) {
    await record(tx, requestOutcomes, { requestId: request.id, caseNo, outcome: 'unanswered', at });
    await openTask(tx, {
      caseNo,
      divisionId: state.workingDivisionId,
      role: 'verification_officer',
      kind: 'unanswered',
      params: { requestId: request.id, source: request.source },
      at,
    });
  }
  await adoptByRule(step);
  await endAnswered(step);
  await reportWhenSettled(step);
  return { auditParams: { unanswered: silent.length } };
}

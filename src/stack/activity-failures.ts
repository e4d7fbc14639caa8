import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { DomainError } from '../terms/index.js';
import { ConnectorFault } from '../departments/connector-fault.js';
import { patienceMs, pollingPatienceMs } from '../departments/patience.js';
import { isCasefileAway } from './passing-trouble.js';

type AnyActivity = (...args: never[]) => Promise<unknown>;
const ATTEMPTS_OF_A_DEFECT = 4;

/**
 * Turns what an activity throws into a failure of a code and nothing else: messages and stacks of libraries may quote
 * rows. What passes is tried again for ever; a defect is tried a few times and then becomes an operator's.
 */
export function withFailures<T extends Record<string, AnyActivity>>(
  activities: T,
  report: (code: string, activity: string, attempt: number) => void,
): T {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    async (...args: never[]) => {
      try {
        return await run(...args);
      } catch (error) {
        const failure = failureOf(error, activityInfo().attempt);
        report(failure.type ?? 'internal', name, activityInfo().attempt);
        throw failure;
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

function failureOf(error: unknown, attempt: number): ApplicationFailure {
  if (error instanceof ConnectorFault) {
    const patience = error.fault === 'not_ready' ? pollingPatienceMs : patienceMs;
    return ApplicationFailure.create({
      message: error.fault,
      type: error.fault,
      nonRetryable: !error.retryable,
      nextRetryDelay: patience(error.nth ?? attempt, error.retryAfterMs),
    });
  }
  if (error instanceof DomainError) return ApplicationFailure.nonRetryable(error.code, error.code);
  if (isCasefileAway(error))
    return ApplicationFailure.retryable('dependency_unavailable', 'dependency_unavailable');
  return attempt < ATTEMPTS_OF_A_DEFECT
    ? ApplicationFailure.retryable('internal', 'internal')
    : ApplicationFailure.nonRetryable('internal', 'internal');
}

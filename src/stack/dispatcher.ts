import type { Client } from '@temporalio/client';
import type { Dispatcher } from '../api/ports.js';
import { NO_FAILPOINTS, type Failpoints } from '../terms/index.js';
import type { BusinessTime } from './business-time.js';
import { deliverCommand, signalAnswer, startCase } from './dispatch.js';

/** The fast way to the desk; what it does not manage the sweep does. */
export function createDispatcher(
  time: BusinessTime,
  client: Client,
  report: (code: string) => void,
  failpoints: Failpoints = NO_FAILPOINTS,
): Dispatcher {
  const soon = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => report(error instanceof Error ? error.name : 'unknown'));
  };
  return {
    deliver: ({ id, kind, caseNo }, timeoutMs) => deliverCommand(client, caseNo, { id, kind }, timeoutMs),
    caseOpened: (caseNo) => soon(time.offsetSeconds().then((offset) => startCase(client, caseNo, offset))),
    answerStored: (caseNo, answerId) =>
      soon(
        signalAnswer(client, caseNo, answerId).then((told) => {
          if (told === 'told') failpoints.pass('callback.after_signal');
        }),
      ),
  };
}

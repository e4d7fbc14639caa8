import { clockOffset, setClockOffset } from '../casefile/business-clock.js';
import { nextDueAt } from '../casefile/clocks.js';
import type { Database } from '../casefile/db.js';
import { openCases, unrest } from '../casefile/quiet.js';
import { instant, rfc3339, workflowId, type CaseNo, type Instant } from '../terms/index.js';
import { DependencyUnavailable } from './dependency-unavailable.js';
import { fastForward, readExecutionClock } from './execution-clock.js';
import type { Say } from './progress.js';
import type { TemporalAccess } from './temporal-client.js';

export interface ClockAdvance {
  readonly reader: Database;
  /** May write the clock row. */
  readonly app: Database;
  readonly temporal: TemporalAccess;
  /** Null where no simulator stands in for the departments. */
  readonly departmentsUrl: string | null;
  readonly say: Say;
}

/** Past the instant itself, so that a deadline at midnight has truly passed. */
const MARGIN_MS = 60_000;
const QUIET_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;

interface SimulatorClock {
  readonly nextDueAt: string | null;
  readonly undelivered: number;
  /** Files of answers, and what will be in the next, that nobody has come for. */
  readonly uncollected: number;
}

/**
 * Moves business time to `to`, stopping at everything that falls due on the way: timers and the simulators' answers.
 * At each stop the executions go first, then the clock row, then the simulators, and the house comes to rest.
 * @returns the stops made
 * @throws {DependencyUnavailable} when the house does not come to rest within a minute
 */
export async function advanceClock(advance: ClockAdvance, to: Instant): Promise<Instant[]> {
  const stops: Instant[] = [];
  await untilQuiet(advance);
  for (;;) {
    const now = await businessNow(advance);
    if (now >= to) return stops;
    const stop = await nextStop(advance, now, to);
    await moveTo(advance, stop);
    stops.push(stop);
    advance.say(`clock at ${rfc3339(stop)}`);
  }
}

const businessNow = async ({ reader }: ClockAdvance): Promise<Instant> =>
  instant(Date.now() + (await clockOffset(reader)));

async function nextStop(advance: ClockAdvance, now: Instant, to: Instant): Promise<Instant> {
  const clock = await nextDueAt(advance.reader);
  const simulator = await simulatorClock(advance);
  const answer = simulator?.nextDueAt ? Date.parse(simulator.nextDueAt) : null;
  const dues = [clock === null ? null : clock + MARGIN_MS, answer === null ? null : answer + 1_000].filter(
    (due) => due !== null,
  );
  return instant(Math.max(now + 1_000, Math.min(to, ...dues)));
}

async function moveTo(advance: ClockAdvance, stop: Instant): Promise<void> {
  await moveExecutions(advance, stop);
  // Before the simulators: their letters arrive while they move, and are received at the time the row says.
  await setClockOffset(advance.app, stop - Date.now());
  await moveSimulator(advance, stop);
  await untilQuiet(advance);
}

async function moveExecutions({ reader, temporal }: ClockAdvance, stop: Instant): Promise<void> {
  const cases = await openCases(reader);
  for (let at = 0; at < cases.length; at += 20) {
    await Promise.all(
      cases.slice(at, at + 20).map(async ({ caseNo }) => {
        const id = workflowId('application', caseNo as CaseNo);
        // A new run may begin on the way and stop short: look again, a few times.
        for (let tries = 0; tries < 10; tries += 1) {
          const clock = await readExecutionClock(temporal, id);
          if (!clock || clock.businessNow >= stop) return;
          await fastForward(temporal, id, stop - clock.businessNow);
        }
      }),
    );
  }
}

async function simulatorClock({ departmentsUrl }: ClockAdvance): Promise<SimulatorClock | null> {
  if (!departmentsUrl) return null;
  const response = await fetch(`${departmentsUrl}/clock`, { signal: AbortSignal.timeout(10_000) });
  return (await response.json()) as SimulatorClock;
}

async function moveSimulator({ departmentsUrl }: ClockAdvance, stop: Instant): Promise<void> {
  if (!departmentsUrl) return;
  await fetch(`${departmentsUrl}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: rfc3339(stop) }),
    signal: AbortSignal.timeout(60_000),
  });
}

/** Nothing in the outbox, no command unsettled, no answer unread, no clock overdue and unfired, no workflow at work. */
export async function untilQuiet(advance: ClockAdvance): Promise<void> {
  const until = Date.now() + QUIET_WITHIN_MS;
  let what = '';
  while (Date.now() < until) {
    const began = performance.now();
    what = await whatMoves(advance);
    if (what === '') return;
    // Looking at many cases takes longer: no longer than half of the time goes into it, the rest is for what moves.
    const pause = Math.max(LOOK_EVERY_MS, performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new DependencyUnavailable(
    `the house did not come to rest within ${QUIET_WITHIN_MS / 1000} s: ${what}`,
  );
}

async function whatMoves(advance: ClockAdvance): Promise<string> {
  const { outbox, commands, answers, files } = await unrest(advance.reader);
  if (outbox + commands + answers + files > 0)
    return `${outbox} undelivered, ${commands} unsettled, ${answers} unread, ${files} files unread`;
  const due = await nextDueAt(advance.reader);
  if (due !== null && due <= (await businessNow(advance))) return `a clock is due since ${rfc3339(due)}`;
  for (const { caseNo } of await openCases(advance.reader)) {
    const clock = await readExecutionClock(advance.temporal, workflowId('application', caseNo as CaseNo));
    if (clock?.busy) return `${caseNo} is at work`;
  }
  // Last, for it is another's to say: an answer that is polled for waits for its poll, a file is fetched in a moment.
  const uncollected = (await simulatorClock(advance))?.uncollected ?? 0;
  return uncollected > 0 ? `${uncollected} files of answers not fetched` : '';
}

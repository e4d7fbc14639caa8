import { sealHeads } from '../casefile/audit-log.js';
import { readCase } from '../casefile/case-state.js';
import { casesAwaitingCalendar } from '../casefile/clocks.js';
import { readCommand, refuseCommand } from '../casefile/commands.js';
import { holdOutbox, markDelivered, postpone, waitingOutbox, type OutboxRow } from '../casefile/outbox.js';
import { inCasefile, type Casefile, type Tx } from '../casefile/tx.js';
import { APPLICATION } from '../policy/application.js';
import { admission } from '../policy/procedure.js';
import { dateAt, ERRORS, instant, NO_FAILPOINTS, type CaseView, type Failpoints } from '../terms/index.js';
import type { BusinessTime } from './business-time.js';
import type { Client } from '@temporalio/client';
import { pause } from './pause.js';
import { deliverCommand, refreshCase, signalAnswer, startCase } from './dispatch.js';

export interface SweepDeps {
  readonly casefile: Casefile;
  readonly client: Client;
  readonly time: BusinessTime;
  /** Reads an answer that came for a case without a desk. */
  readonly readAnswer: (record: string, answerId: string) => Promise<CaseView>;
  /** Looks through what staff looked at. */
  readonly reviewAccess: () => Promise<unknown>;
  /** Real milliseconds between two such reviews. */
  readonly reviewEveryMs?: number;
  readonly report: (code: string, topic: string) => void;
  readonly failpoints?: Failpoints;
}

const BATCH = 20;
const HOLD_MS = 20_000;
const DELIVERY_MS = 10_000;
const PAUSE_MS = 250;
/** Five minutes are promised; a minute would do. */
const REVIEW_MS = 20_000;

/**
 * Delivers what was promised in the outbox until it is terminal, seals the audit chains, and looks through accesses. Any
 * number may run.
 */
export function createSweep(deps: SweepDeps) {
  const { casefile, time, failpoints = NO_FAILPOINTS } = deps;
  const asSweep = <T>(caseNo: string | undefined, work: (tx: Tx) => Promise<T>) =>
    time.now().then((now) => inCasefile(casefile, { actor: 'system:sweep', on: dateAt(now), caseNo }, work));

  /** One round. @returns how many rows were taken up */
  async function once(): Promise<number> {
    const rows = await asSweep(undefined, async (tx) => {
      const found = await waitingOutbox(tx, time.real(), BATCH);
      await holdOutbox(tx, found, instant(time.real() + HOLD_MS));
      return found;
    });
    await Promise.all(rows.map(deliver));
    await asSweep(undefined, sealHeads);
    return rows.length;
  }

  async function deliver(row: OutboxRow): Promise<void> {
    try {
      const done = await tryDeliver(row);
      await asSweep(row.caseNo, (tx) =>
        done ? markDelivered(tx, row.id, time.real()) : postpone(tx, row, 'waiting', time.real()),
      );
    } catch (error) {
      deps.report(error instanceof Error ? error.name : 'unknown', row.topic);
      await asSweep(row.caseNo, (tx) => postpone(tx, row, 'unreachable', time.real()));
    }
  }

  async function tryDeliver(row: OutboxRow): Promise<boolean> {
    switch (row.topic) {
      case 'start': {
        // Temporal forgets what ended long ago; the record does not, and no closed case starts again.
        const { open } = await asSweep(row.caseNo, (tx) => readCase(tx, row.caseNo));
        if (open) await startCase(deps.client, row.caseNo, await time.offsetSeconds());
        return true;
      }
      case 'command':
        return deliverOne(row);
      case 'refresh':
        await refreshCase(deps.client, row.caseNo);
        return true;
      case 'answer': {
        if ((await signalAnswer(deps.client, row.caseNo, row.refId)) === 'told') {
          failpoints.pass('sweep.after_signal');
          return true;
        }
        const { open } = await asSweep(row.caseNo, (tx) => readCase(tx, row.caseNo));
        if (open) return false;
        await deps.readAnswer(row.caseNo, row.refId);
        return true;
      }
    }
  }

  async function deliverOne(row: OutboxRow): Promise<boolean> {
    const before = await asSweep(row.caseNo, (tx) => readCommand(tx, row.refId));
    if (before.status !== 'received') return true;
    const delivery = await deliverCommand(
      deps.client,
      row.caseNo,
      { id: row.refId, kind: before.kind },
      DELIVERY_MS,
    );
    if (delivery.kind === 'settled') return true;
    const { open, state } = await asSweep(row.caseNo, (tx) => readCase(tx, row.caseNo));
    if (delivery.kind === 'waiting' && open) return false;
    // A desk that stands elsewhere than its record may not refuse what the record admits: parity names it.
    if (open && admission(APPLICATION, state, before.kind) === 'possible') return false;
    const code = delivery.kind === 'refused' ? delivery.code : 'case_closed';
    const now = await time.now();
    await asSweep(row.caseNo, (tx) =>
      refuseCommand(tx, row.refId, { httpStatus: ERRORS[code].status, code }, now),
    );
    return true;
  }

  /** A new calendar has arrived with this start: every case that waited for it reads its record again. */
  async function announceCalendars(years: readonly number[]): Promise<void> {
    const waiting = await asSweep(undefined, (tx) => casesAwaitingCalendar(tx, years));
    for (const caseNo of waiting) {
      await refreshCase(deps.client, caseNo).catch((error: unknown) =>
        deps.report(error instanceof Error ? error.name : 'unknown', 'calendar'),
      );
    }
  }

  const failed = (topic: string) => (error: unknown) => {
    deps.report(error instanceof Error ? error.name : 'unknown', topic);
    return 0;
  };

  async function delivering(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const busy = await once().catch(failed('sweep'));
      if (busy < BATCH) await pause(PAUSE_MS, signal);
    }
  }

  /** Beside the deliveries: however much there is to look through, none of them waits for it. */
  async function reviewing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await deps.reviewAccess().catch(failed('access'));
      await pause(deps.reviewEveryMs ?? REVIEW_MS, signal);
    }
  }

  /** Goes on until aborted. Trouble is reported and tried again; the loops themselves never end by it. */
  async function run(signal: AbortSignal): Promise<void> {
    await Promise.all([delivering(signal), reviewing(signal)]);
  }

  return { once, run, announceCalendars };
}

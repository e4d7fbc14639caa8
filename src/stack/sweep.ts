import { sealHeads } from '../casefile/audit-log.js';
import { casesAwaitingCalendar } from '../casefile/clocks.js';
import {
  holdOutbox,
  markDelivered,
  postpone,
  waitingOutbox,
  type Lane,
  type OutboxRow,
} from '../casefile/outbox.js';
import { park } from '../casefile/parked.js';
import { inCasefile, type Tx } from '../casefile/tx.js';
import { dateAt, instant } from '../terms/index.js';
import { createDelivery, type DeliveryDeps } from './deliver.js';
import { refreshCase } from './dispatch.js';
import { defectOf } from './passing-trouble.js';
import { pause } from './pause.js';

export interface SweepDeps extends DeliveryDeps {
  readonly report: (code: string, topic: string) => void;
  /** Looks through what staff looked at. */
  readonly reviewAccess: () => Promise<unknown>;
  /** Real milliseconds between two such reviews. */
  readonly reviewEveryMs?: number;
  /** Something was set aside that could not be delivered: somebody has to look. */
  readonly parked: (code: string, topic: string) => void;
  /** How often what is certainly a defect is tried, with pauses that double from 200 ms (default 8: half a minute). */
  readonly mostTries?: number;
}

/** How many are under way at once. A slow one holds a place of its own lane, and nobody waits for it to come back. */
const PLACES: Readonly<Record<Lane, number>> = { fresh: 40, again: 20 };
const LANES = Object.keys(PLACES) as Lane[];
const HOLD_MS = 20_000;
const PAUSE_MS = 250;
const SHORT_PAUSE_MS = 20;
const MOST_TRIES = 8;
/** Five minutes are promised; a minute would do. */
const REVIEW_MS = 20_000;

/**
 * Delivers what was promised in the outbox until it is terminal, seals the audit chains, and looks through accesses. Any
 * number may run. What is certainly a defect of the one promise is parked after some tries; what may pass is tried for ever.
 */
export function createSweep(deps: SweepDeps) {
  const { casefile, time, mostTries = MOST_TRIES } = deps;
  const deliver = createDelivery(deps);
  const underway: Readonly<Record<Lane, Set<Promise<void>>>> = { fresh: new Set(), again: new Set() };
  const asSweep = <T>(caseNo: string | undefined, work: (tx: Tx) => Promise<T>) =>
    time.now().then((now) => inCasefile(casefile, { actor: 'system:sweep', on: dateAt(now), caseNo }, work));
  const trouble = (error: unknown, topic: string): void =>
    deps.report(error instanceof Error ? error.name : 'unknown', topic);

  /** Takes up what there is room for. @returns whether more may be waiting */
  async function takeUp(): Promise<boolean> {
    const room = (lane: Lane): number => PLACES[lane] - underway[lane].size;
    const taken = await asSweep(undefined, async (tx) => {
      const found: { lane: Lane; row: OutboxRow }[] = [];
      for (const lane of LANES.filter((each) => room(each) > 0))
        for (const row of await waitingOutbox(tx, time.real(), lane, room(lane))) found.push({ lane, row });
      await holdOutbox(
        tx,
        found.map(({ row }) => row),
        instant(time.real() + HOLD_MS),
      );
      return found;
    });
    for (const { lane, row } of taken) {
      const going: Promise<void> = bring(row)
        .catch((error: unknown) => trouble(error, row.topic))
        .finally(() => underway[lane].delete(going));
      underway[lane].add(going);
    }
    return taken.length > 0 && LANES.some((lane) => room(lane) === 0);
  }

  async function bring(row: OutboxRow): Promise<void> {
    try {
      const came = await deliver(row);
      if (came === 'done') await asSweep(row.caseNo, (tx) => markDelivered(tx, row.id, time.real()));
      else await later(row, 'waiting', came === 'failed' ? 'command_failed' : null);
    } catch (error) {
      trouble(error, row.topic);
      await later(row, 'unreachable', defectOf(error));
    }
  }

  async function later(row: OutboxRow, code: string, defect: string | null): Promise<void> {
    if (defect === null || row.attempts + 1 < mostTries)
      return asSweep(row.caseNo, (tx) => postpone(tx, row, defect ?? code, time.real()));
    const at = await time.now();
    await asSweep(row.caseNo, (tx) => park(tx, { ...row, reason: defect, at }));
    deps.parked(defect, row.topic);
  }

  /** A new calendar has arrived with this start: every case that waited for it reads its record again. */
  async function announceCalendars(years: readonly number[]): Promise<void> {
    const waiting = await asSweep(undefined, (tx) => casesAwaitingCalendar(tx, years));
    for (const caseNo of waiting)
      await refreshCase(deps.client, caseNo).catch((error: unknown) => trouble(error, 'calendar'));
  }

  async function delivering(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const more = await takeUp()
        .then((full) => asSweep(undefined, sealHeads).then(() => full))
        .catch((error: unknown) => {
          trouble(error, 'sweep');
          return false;
        });
      await pause(more ? SHORT_PAUSE_MS : PAUSE_MS, signal);
    }
    await Promise.all(LANES.flatMap((lane) => [...underway[lane]]));
  }

  /** Beside the deliveries: however much there is to look through, none of them waits for it. */
  async function reviewing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await deps.reviewAccess().catch((error: unknown) => trouble(error, 'access'));
      await pause(deps.reviewEveryMs ?? REVIEW_MS, signal);
    }
  }

  /** Goes on until aborted. Trouble is reported and tried again; the loops themselves never end by it. */
  async function run(signal: AbortSignal): Promise<void> {
    await Promise.all([delivering(signal), reviewing(signal)]);
  }

  return { run, announceCalendars };
}

import { join, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { FAILPOINTS, type Failpoint } from '../../../src/terms/index.js';
import { until } from '../until.js';
import { atWork } from './at-work.js';
import { lookAtEverything, type Findings } from './checks.js';
import { openClient } from './client.js';
import { planOf, type Death, type Kind } from './plan.js';
import { openTown, type Town } from './town.js';
import { walk } from './way.js';

export interface CrashOptions {
  readonly seed: number;
  /** At least so many cases. */
  readonly cases: number;
  /** So many are on their way at any time until the last kill. */
  readonly inHand: number;
  /** So many wait for a desk or for a department when somebody is killed. */
  readonly inFlight: number;
  /** Kills of every kind. */
  readonly each: number;
  readonly longestPauseMs: number;
  /** Seconds from question to answer: from and to. */
  readonly answersWithin: readonly [number, number];
  readonly failpoints?: readonly Failpoint[];
}

export interface CrashReport extends Findings {
  /** How many were killed from outside, by kind. */
  readonly kills: Readonly<Record<Kind, number>>;
  /** At which failpoints a process killed itself. */
  readonly deaths: readonly Failpoint[];
  /** The fewest cases that waited for a desk or for a department at a kill. */
  readonly inFlight: number;
  /** How often the client had to try again. */
  readonly retries: number;
  /** From the last kill until everything was at its end. */
  readonly drainedMs: number;
}

const DAY = '2026-03-02';
/** A letter that has often failed rests for a minute; then the house may be away once more. */
const DIES_WITHIN_MS = 180_000;
const ALL_BEGUN_WITHIN_MS = 1_200_000;
const QUIET_WITHIN_MS = 300_000;
/** How to see what goes on, with the seconds since the beginning. */
const say = (line: string): void =>
  void process.stderr.write(`crash: ${Math.round(performance.now() / 1000)} s: ${line}\n`);

/** Takes cases through an installation whose processes are killed all the while, and looks at what is left of them. */
export async function crashRun(options: CrashOptions, opened: (town: Town) => void): Promise<CrashReport> {
  const { seed, cases, inHand } = options;
  const { kills, deaths } = planOf({
    seed,
    each: options.each,
    longestMs: options.longestPauseMs,
    failpoints: options.failpoints,
  });
  const town = await openTown({ day: DAY, seed, answersWithin: options.answersWithin });
  opened(town);
  say('everything runs');
  const reader = postgres(town.readerUrl, { max: 4, onnotice: () => {} });
  const caseNos: string[] = [];
  const over = new AbortController();
  try {
    const client = openClient({
      apiUrl: town.apiUrl,
      token: (staff) => town.token(staff),
      journalFile: join(dirname(town.ledger), 'journal.jsonl'),
      over: over.signal,
    });
    const investigators = await reader<{ id: string }[]>`
      SELECT id FROM staff WHERE subject IN ('investigator-1', 'investigator-2') ORDER BY subject`;
    const walking = {
      client,
      departmentsUrl: town.departmentsUrl,
      day: DAY,
      investigators: investigators.map(({ id }) => id),
    };
    let [begun, killing] = [0, true];
    let gaveUp: unknown;
    /** One household after another, for as long as there is killing. */
    const line = async (): Promise<void> => {
      while (gaveUp === undefined && killing) {
        begun += 1;
        caseNos.push(await walk(walking, begun));
      }
    };
    const walks = Promise.all(Array.from({ length: inHand }, line)).catch((error: unknown) => {
      gaveUp = error;
    });

    const waiting = async (): Promise<number> => {
      const [row] = await reader<{ n: number }[]>`
        SELECT count(DISTINCT case_no)::int AS n FROM (
          SELECT case_no FROM outbox WHERE delivered_at IS NULL
          UNION ALL SELECT case_no FROM commands WHERE status = 'received'
          UNION ALL SELECT r.case_no FROM department_requests r
            WHERE NOT EXISTS (SELECT 1 FROM request_outcomes o WHERE o.request_id = r.id)) AS waits`;
      return row?.n ?? 0;
    };
    let fewest = Infinity;
    const untilBusy = async (): Promise<void> => {
      const n = await until(
        `${options.inFlight} cases in flight`,
        async () => {
          if (gaveUp !== undefined) throw gaveUp;
          const now = await waiting().catch(() => 0);
          return now >= options.inFlight ? now : sleep(100, null);
        },
        60_000,
      );
      fewest = Math.min(fewest, n);
    };

    /** What begins after the last kill would only be more to wait for. */
    const untilAllBegun = (): Promise<unknown> =>
      until(
        `${cases} cases on their way`,
        () => {
          if (gaveUp !== undefined) throw gaveUp;
          return begun >= cases;
        },
        ALL_BEGUN_WITHIN_MS,
      );
    let lastKill = performance.now();
    for (const [nth, { kind, afterMs }] of kills.entries()) {
      await sleep(afterMs);
      if (deaths.length === 0 && nth === kills.length - 1) await untilAllBegun();
      await untilBusy();
      await town.kill(kind);
      await town.start(kind);
      lastKill = performance.now();
      say(`kill ${nth + 1} of ${kills.length}: ${kind}, ${caseNos.length} of ${begun} cases at their end`);
    }
    for (const death of deaths) {
      say(`to die at ${death.at}`);
      if (death === deaths.at(-1)) await untilAllBegun();
      await untilBusy();
      await dieAt(town, death);
      lastKill = performance.now();
      say(`died at ${death.at}, passing ${death.nth}; ${caseNos.length} of ${begun} cases at their end`);
    }
    killing = false;
    say('nobody is killed any more');
    const ended = await Promise.race([walks, sleep(QUIET_WITHIN_MS, 'not at rest', { ref: false })]);
    if (gaveUp !== undefined) throw gaveUp;
    if (ended === 'not at rest') throw new Error(`${begun - caseNos.length} cases do not come to their end`);
    await until('the house to come to rest', async () => (await waiting()) === 0, QUIET_WITHIN_MS);
    const drainedMs = Math.round(performance.now() - lastKill);
    say(`at rest after ${drainedMs} ms`);
    const looked = await lookAtEverything({ town, reader, client, caseNos });
    return {
      ...looked,
      kills: countOf(kills.map(({ kind }) => kind)),
      deaths: deaths.map(({ at }) => at),
      inFlight: fewest,
      retries: client.retries(),
      drainedMs,
    };
  } catch (error) {
    say(`ended by themselves: ${town.endedByThemselves.join(', ') || 'nobody'}`);
    say(await atWork(town, reader, caseNos).catch(String));
    for (const kind of ['worker', 'api'] as const) say(`${kind}:\n${await town.logTail(kind).catch(String)}`);
    throw error;
  } finally {
    over.abort(new Error('the run is over'));
    await reader.end({ timeout: 1 }).catch(() => undefined);
  }
}

/** Starts a role that dies at a failpoint, waits until it has, and starts it again as it was. */
async function dieAt(town: Town, { at, nth }: Death): Promise<void> {
  const { role } = FAILPOINTS[at];
  // The sweep tells only what no door has told: one that dies first leaves it something.
  const door: Death | null = at.startsWith('sweep.') ? { at: 'callback.after_commit', nth: 1 } : null;
  await Promise.all([role, ...(door ? ['api' as const] : [])].map((kind) => town.kill(kind)));
  await startMortal(town, role, { at, nth });
  if (door) {
    await startMortal(town, 'api', door);
    await endOf(town, 'api', door);
    await town.start('api');
  }
  await endOf(town, role, { at, nth });
  await town.start(role);
}

async function startMortal(town: Town, kind: Kind, { at, nth }: Death): Promise<void> {
  await town.start(kind, { ONEDOOR_FAILPOINT: `${at}:${nth}` }).catch(async (error: unknown) => {
    // It may be there before it has said that it serves.
    const ended = await Promise.race([town.exit(kind), sleep(1_000, null)]);
    if (ended?.signal !== 'SIGKILL') throw error;
  });
}

async function endOf(town: Town, kind: Kind, { at }: Death): Promise<void> {
  const ended = await Promise.race([town.exit(kind), sleep(DIES_WITHIN_MS, null)]);
  if (ended?.signal !== 'SIGKILL')
    throw new Error(`${kind} did not die at ${at}: ${ended ? JSON.stringify(ended) : 'it lives'}`);
}

const countOf = (kinds: readonly Kind[]): Record<Kind, number> => {
  const counts = { worker: 0, api: 0, departments: 0, temporal: 0, postgres: 0 };
  for (const kind of kinds) counts[kind] += 1;
  return counts;
};

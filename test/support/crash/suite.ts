import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from './plan.js';
import { crashRun, type CrashOptions, type CrashReport } from './run.js';
import type { Town } from './town.js';

const say = (line: string): void => void process.stderr.write(`crash: ${line}\n`);

/** The seed of `CRASH_SEED`, else a new one: what a run finds is repeated by the line that it prints. */
export const seedOf = (text: string | undefined): number =>
  text === undefined ? Math.floor(Math.random() * 1e9) : Number(text);

/** One run, and what must be so after it. */
export function crashSuite(
  options: Omit<CrashOptions, 'seed'> & {
    readonly repeat: string;
    readonly withinMs: number;
    readonly restWithinMs: number;
  },
): void {
  const seed = seedOf(process.env['CRASH_SEED']);
  let report: CrashReport;
  let town: Town | undefined;

  describe(`an installation whose processes are killed, seed ${seed}`, () => {
    beforeAll(async () => {
      say(`seed ${seed}; again with: CRASH_SEED=${seed} ${options.repeat}`);
      report = await crashRun({ ...options, seed }, (opened) => {
        town = opened;
      });
      say(JSON.stringify({ seed, ...report }));
    }, options.withinMs);
    // Also of a run that took too long.
    afterAll(() => town?.stop(), 60_000);

    it('was killed as often as it should, with enough in flight', () => {
      expect(report.kills).toEqual(Object.fromEntries(KINDS.map((kind) => [kind, options.each])));
      expect(report.inFlight).toBeGreaterThanOrEqual(options.inFlight);
      expect(report.checked['cases']).toBeGreaterThanOrEqual(options.cases);
      // Who was never refused a connection was never there when somebody died.
      expect(report.retries).toBeGreaterThan(0);
    });

    it('lost nothing, doubled nothing, and is sound: journal, Postgres, Temporal and departments agree', () => {
      expect(report.findings).toEqual([]);
    });

    it('came to rest soon after the last kill', () => {
      expect(report.drainedMs).toBeLessThanOrEqual(options.restWithinMs);
    });
  });
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRaceTrack, type Race, type RaceTrack } from './race.js';

/** Races side by side: while one waits for its desk, another is prepared. */
const LANES = 4;
const lanes = (from: number, to: number): number[] =>
  Array.from({ length: Math.min(LANES, to - from) }, (_, lane) => from + lane);

/** T14 and T15 of the reliability matrix, as many as the suite has time for. */
export function runRaces({ pairs, races }: { pairs: number; races: number }): void {
  let track: RaceTrack;
  beforeAll(async () => {
    track = await openRaceTrack();
  });
  afterAll(() => track.house.close());

  it(`T14: ${pairs} submissions clicked twice are ${pairs} cases`, async () => {
    const before = await track.caseCount();
    const numbers = new Set<unknown>();
    for (let n = 0; n < pairs; n += 1) {
      const { answers, again } = await track.doubleClick();
      const made = answers.filter(({ status }) => status === 201);
      // The second click either learns the number, or that the first is still on its way.
      expect(made.length).toBeGreaterThan(0);
      for (const { status, json } of answers)
        if (status !== 201)
          expect({ status, code: json['code'] }).toEqual({ status: 409, code: 'idempotency_in_progress' });
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      const told = new Set([...made, again].map(({ json }) => json['caseNo']));
      expect(told.size).toBe(1);
      for (const caseNo of told) numbers.add(caseNo);
    }
    expect(numbers.size).toBe(pairs);
    expect((await track.caseCount()) - before).toBe(pairs);
  });

  describe(`T15: ${races} cases decided by two at once`, () => {
    it('have one winner each, and the other learns what was decided, by whom and when', async () => {
      const won = new Map<string, number>();
      const run: Race[] = [];
      for (let n = 0; n < races; n += LANES)
        run.push(...(await Promise.all(lanes(n, races).map((lane) => track.race(lane)))));
      for (const [n, { caseNo, contestants, answers }] of run.entries()) {
        const statuses = answers.map(({ status }) => status);
        const at = statuses.indexOf(200);
        const [winner, answer] = [contestants[at], answers[1 - at]];
        if (!winner || !answer) throw new Error(`nobody won ${caseNo}: ${statuses.join(', ')}`);
        expect([409, 412], `race ${n}: ${JSON.stringify(answers.map(({ json }) => json))}`).toContain(
          answer.status,
        );
        expect(answer.json['params'], `race ${n}`).toMatchObject({
          step: winner.step,
          by: track.staffOf(winner.who),
          on: '2026-03-20',
          at: expect.stringMatching(/^2026-03-20T/) as string,
        });
        expect(await track.decided(caseNo)).toEqual([winner.step]);
        expect(winner.leadsTo).toContain(await track.state(caseNo));
        won.set(winner.step, (won.get(winner.step) ?? 0) + 1);
      }
      // It is a race only when not always the same wins.
      expect([...won.keys()].length).toBeGreaterThan(1);
    });

    it('leave a file in which verify finds nothing', async () => {
      const report = await track.verify();
      expect(report.checks.flatMap(({ findings }) => findings)).toEqual([]);
      expect(report.exitCode).toBe(0);
    });
  });
}

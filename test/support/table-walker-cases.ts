import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/terms/index.js';
import { INSIDE, openTableWalk, refusalOf, STATES, type Square, type TableWalk } from './table-walker.js';

/** A report of a cooperation has a door of its own, which a case page does not show. */
const ELSEWHERE: readonly string[] = ['report_cooperation'];

interface Walked {
  /** Squares outside the table to be tried. */
  readonly squares: readonly Square[];
  /** Whose page is looked at in a state. */
  readonly looking: (state: (typeof STATES)[number]) => readonly Role[];
}

/** The table, square by square, in both directions. */
export function walkTable({ squares, looking }: Walked): void {
  let walk: TableWalk;
  beforeAll(async () => {
    walk = await openTableWalk();
  });
  afterAll(() => walk.close());

  describe('what is not in the table is refused, and leaves the command, its outcome and one audit event', () => {
    it.each(STATES)('%s', async (state) => {
      const here = squares.filter((square) => square.state === state);
      expect(here.length).toBeGreaterThan(0);
      const { answers, ...left } = await walk.refuseAll(state, here);
      const name = ({ command, role }: Square) => `${role} ${command}`;
      expect(here.map((square, at) => `${name(square)}: ${answers[at]}`)).toEqual(
        here.map((square) => `${name(square)}: ${refusalOf(square)}`),
      );
      expect(left).toEqual({
        // The outbox holds the promise to deliver the command, made before anybody asked the table.
        grown: { commands: here.length, audit_events: here.length, outbox: here.length },
        events: { command_refused: here.length },
        unmoved: true,
      });
    });
  });

  describe('what is in the table is offered to whoever holds the role, and nothing else', () => {
    it.each(STATES)('%s', async (state) => {
      for (const role of looking(state)) {
        const rows = INSIDE.filter((square) => square.state === state && square.role === role);
        const commands = rows.map(({ command }) => command).filter((each) => !ELSEWHERE.includes(each));
        expect({ role, offered: (await walk.offered(state, role)).toSorted() }).toEqual({
          role,
          offered: commands.toSorted(),
        });
      }
    });
  });
}

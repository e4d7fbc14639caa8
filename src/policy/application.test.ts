import { describe, expect, it } from 'vitest';
import { ROLES } from '../terms/index.js';
import { APPLICATION, APPLICATION_COMMANDS, BARRED_COMMANDS, type ApplicationState } from './application.js';
import { admission, commandsFor, immediateClocks, landsIn, rowsFor } from './procedure.js';

const STATES = Object.keys(APPLICATION.stageOf) as ApplicationState[];
const AVAILABLE = APPLICATION.rows.filter((row) => !('later' in row));

describe('the table of the application (rules of art. 4–24)', () => {
  it('owns every state by a stage of the story', () => {
    for (const row of APPLICATION.rows)
      for (const from of row.from)
        for (const state of [from, landsIn(row, from)]) expect(STATES).toContain(state);
  });

  it('names a command for every command row, and no other', () => {
    const named = new Set(APPLICATION.rows.filter((row) => row.on === 'command').map((row) => row.name));
    expect([...named].toSorted()).toEqual([...APPLICATION_COMMANDS].toSorted());
  });

  it('gives every command row a role, and no timer or answer one', () => {
    for (const row of APPLICATION.rows)
      expect('role' in row && row.role.length > 0, `${row.name} from ${row.from.join()}`).toBe(
        row.on === 'command',
      );
  });

  it('cites an article in every row and for every clock', () => {
    for (const { article } of [...APPLICATION.rows, ...Object.values(APPLICATION.clocks)])
      expect(article).toMatch(/^(DIBAO-2021|LAW-2026) art\. \d+/);
  });

  it('starts only clocks that run in the state they start in', () => {
    for (const row of APPLICATION.rows) {
      const due: readonly (keyof typeof APPLICATION.clocks)[] = 'due' in row ? row.due : [];
      for (const code of due)
        for (const from of row.from)
          expect([...APPLICATION.clocks[code].runsIn], `${row.name} starts ${code}`).toContain(
            landsIn(row, from),
          );
    }
  });

  it('hears every clock in every state it runs in', () => {
    for (const [code, rule] of Object.entries(APPLICATION.clocks)) {
      for (const state of rule.runsIn)
        expect(
          rowsFor(APPLICATION, state, { on: 'due', name: code }).length,
          `${code} in ${state}`,
        ).toBeGreaterThan(0);
    }
  });

  it('leads from submission to every end that this version can reach, and out of every open state it enters', () => {
    const reached = new Set<ApplicationState>(['draft']);
    for (let grew = true; grew;) {
      const before = reached.size;
      for (const row of AVAILABLE)
        for (const from of row.from) if (reached.has(from)) reached.add(landsIn(row, from));
      grew = reached.size > before;
    }
    expect([...reached]).toEqual(expect.arrayContaining(['in_benefit', 'closed']));
    const closed: readonly string[] = APPLICATION.closed;
    for (const state of reached) {
      const leaves = AVAILABLE.some(
        (row) => row.from.some((from) => from === state) && landsIn(row, state) !== state,
      );
      expect(leaves, `${state} has a way out`).toBe(!closed.includes(state));
    }
  });

  it('lets no timer and no answer refuse, reduce or close anything', () => {
    const adverse: readonly string[] = [
      'refused',
      'closed',
      'terminated',
      'unsupplied',
      'refusal_proposed',
      'returned',
      'verification_negative',
    ];
    for (const row of APPLICATION.rows)
      for (const from of row.from)
        if (row.on !== 'command' && landsIn(row, from) !== from)
          expect(adverse, `${row.on} ${row.name}`).not.toContain(landsIn(row, from));
  });

  it('leaves nothing to do in a closed state', () => {
    for (const state of APPLICATION.closed)
      expect(APPLICATION.rows.filter((row) => row.from.some((from) => from === state))).toEqual([]);
  });
});

/** A row of the statute whose story is not told yet. */
const LATER = {
  rows: [
    {
      from: ['a'],
      on: 'command',
      name: 'wait',
      role: ['auditor'],
      article: 'x',
      to: 'b',
      turn: 'same',
      later: true,
    },
  ],
} as const;

describe('asking the table', () => {
  it('answers for what comes later, and does not list it', () => {
    expect(admission(LATER, 'a', 'wait')).toBe('stage_not_available');
    expect(commandsFor(LATER, 'a', ROLES)).toEqual([]);
  });

  it('knows who took part by the commands of the table alone', () => {
    expect([...BARRED_COMMANDS].toSorted()).toEqual([
      'confirm',
      'confirm_delegated',
      'refuse',
      'refuse_delegated',
    ]);
  });

  it.each([
    ['submitted', 'accept', 'possible'],
    ['submitted', 'confirm', 'not_allowed_now'],
    ['investigating', 'withdraw', 'possible'],
    ['awaiting_supplement', 'close_unsupplied', 'possible'],
    ['granted', 'withdraw', 'not_allowed_now'],
    ['in_benefit', 'accept', 'not_allowed_now'],
  ])('%s, %s: %s', (state, command, verdict) => {
    expect(admission(APPLICATION, state, command)).toBe(verdict);
  });

  it('lists for a role what it may do, and never what comes later', () => {
    expect(commandsFor(APPLICATION, 'submitted', ['window_clerk'])).toEqual([
      'request_supplement',
      'accept',
      'record_consents',
      'withdraw',
      'record_delivery',
    ]);
    const confirmer = ['county_confirmer'] as const;
    expect(commandsFor(APPLICATION, 'county_reviewed', confirmer)).toEqual([
      'confirm',
      'refuse',
      'return_file',
    ]);
    expect(commandsFor(APPLICATION, 'county_reviewed', confirmer, true)).toEqual([]);
    expect(commandsFor(APPLICATION, 'county_reviewed', ['window_clerk'])).toEqual([
      'adopt',
      'report',
      'withdraw',
      'warn',
      'record_delivery',
    ]);
    for (const state of STATES) {
      for (const name of commandsFor(APPLICATION, state, ROLES))
        expect(admission(APPLICATION, state, name)).toBe('possible');
    }
  });

  it('knows the steps that the procedure takes by itself', () => {
    expect(immediateClocks(APPLICATION, 'accepted')).toEqual(['begin_investigation', 'begin_visits']);
    expect(immediateClocks(APPLICATION, 'investigating')).toEqual(['ask_again']);
    expect(immediateClocks(APPLICATION, 'public_notice')).toEqual([]);
  });
});

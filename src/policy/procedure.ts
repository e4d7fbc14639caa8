import type { Role, Turn } from '../terms/index.js';

/**
 * One transition of a procedure. What is not a row cannot happen: the row feeds the Update validator, the guard in the
 * committing transaction, the actions the API shows, and the tests that walk every path.
 */
export interface Row<State extends string, Guard extends string, Clock extends string> {
  readonly from: readonly State[];
  readonly on: 'command' | 'answer' | 'due';
  /** Name of the command or answer; for `due`, the clock that fell due. */
  readonly name: string;
  /** Who may do it. Present on commands only. */
  readonly role?: readonly Role[];
  /** Guards, all of which must hold, evaluated in the transaction that records the step. */
  readonly when?: readonly Guard[];
  readonly article: string;
  /** Where the case is then; `same`: where it was. */
  readonly to: State | 'same';
  /** Whose turn it is afterwards; `same`: whoever's it was. */
  readonly turn: Turn | 'same';
  /** Clocks that start with this step. */
  readonly due?: readonly Clock[];
  /** Only somebody who took no part in the case may do it: computed from its record, with no off switch. */
  readonly outsider?: true;
  /** Puts something into the file that an opinion or a decision may rest on. */
  readonly evidence?: true;
  /** Rests on the file as it is: cannot be dated before the evidence in it. */
  readonly restsOnFile?: true;
  /** In the statute, not yet in the story: answered with 409 `stage_not_available` and not listed as allowed. */
  readonly later?: true;
}

/** How long a clock runs. A number comes from the rulebook by its parameter name, never from here. */
export interface ClockRule<State extends string> {
  readonly length:
    | { readonly unit: 'at_once' }
    | { readonly unit: 'working_days' | 'calendar_days' | 'parameter'; readonly parameter: string };
  readonly article: string;
  /** The clock is done when the case leaves these states. */
  readonly runsIn: readonly State[];
  /** Whom an expiry tells. No expiry ever decides anything against the household. */
  readonly tells?: Role;
  /** Where the task of an expiry lies: with the unit that works on the case, unless the county is told. */
  readonly tellsAt?: 'county';
  /** Steps by which the clock is done although the case stays in these states. */
  readonly endedBy?: readonly string[];
  /** Counts from the day of the last step of this name instead of the day of the step that starts it. */
  readonly countsFrom?: string;
  /** Runs only in places whose parameter of this name is true on the day it starts. */
  readonly onlyWhere?: string;
  /** Runs only in places whose parameter of this name is false. */
  readonly exceptWhere?: string;
  /** The parameter is looked up for the day of the first step of this name, not for the day the clock starts. */
  readonly flagOf?: string;
  /** A place's rule may leave periods (notice, appraisal) out of its count. */
  readonly excludable?: true;
  /** One for each thing it waits for: ended only by a step about the same thing. */
  readonly perRef?: true;
}

export interface ProcedureTable<
  State extends string,
  Guard extends string,
  Clock extends string,
  Stage extends string,
> {
  readonly procedure: string;
  readonly rows: readonly Row<State, Guard, Clock>[];
  readonly clocks: Readonly<Record<Clock, ClockRule<State>>>;
  /** Each state belongs to one stage of the story. */
  readonly stageOf: Readonly<Record<State, Stage>>;
  readonly closed: readonly State[];
}

type AnyRow = Row<string, string, string>;

/** The state a case is in after a row was taken in a state. */
export const landsIn = <S extends string>(row: { readonly to: S | 'same' }, state: S): S =>
  row.to === 'same' ? state : (row.to as S);

interface AnyTable {
  readonly rows: readonly AnyRow[];
}

export type Trigger = { readonly on: 'command' | 'answer' | 'due'; readonly name: string };

/** Rows for a trigger in a state, in table order; the first whose guards hold is taken. */
export function rowsFor<T extends AnyTable>(table: T, state: string, trigger: Trigger): T['rows'][number][] {
  return table.rows.filter((r) => r.on === trigger.on && r.name === trigger.name && r.from.includes(state));
}

/** What a command meets in a state, before roles and guards: the synchronous half that an Update validator can ask. */
export function admission(
  table: AnyTable,
  state: string,
  command: string,
): 'possible' | 'not_allowed_now' | 'stage_not_available' {
  const rows = rowsFor(table, state, { on: 'command', name: command });
  if (rows.length === 0) return 'not_allowed_now';
  return rows.some((r) => !r.later) ? 'possible' : 'stage_not_available';
}

/**
 * Commands that a holder of these roles may give in a state. Guards are not asked: they may depend on the file.
 * @param contributed whether the caller took part in the case: what asks for an outsider is then left out
 */
export function commandsFor(
  table: AnyTable,
  state: string,
  roles: readonly Role[],
  contributed = false,
): string[] {
  const names = table.rows
    .filter(
      (r) =>
        r.on === 'command' &&
        !r.later &&
        !(contributed && r.outsider) &&
        r.from.includes(state) &&
        r.role?.some((role) => roles.includes(role)),
    )
    .map((r) => r.name);
  return [...new Set(names)];
}

/** Commands whose every row asks for an outsider. */
export function barredCommands(table: AnyTable): string[] {
  const names = new Set(table.rows.filter((r) => r.on === 'command').map((r) => r.name));
  return [...names].filter((name) => table.rows.every((r) => r.name !== name || r.outsider === true));
}

/** Names of what puts evidence into the file. */
export const evidenceNames = (table: AnyTable): string[] => [
  ...new Set(table.rows.filter((r) => r.evidence).map((r) => r.name)),
];

/** Clocks that fall due at once in a state: steps the procedure takes by itself. */
export function immediateClocks<C extends string>(
  table: { clocks: Readonly<Record<C, ClockRule<string>>> },
  state: string,
): C[] {
  return (Object.keys(table.clocks) as C[]).filter((code) => {
    const rule = table.clocks[code];
    return rule.length.unit === 'at_once' && rule.runsIn.includes(state);
  });
}

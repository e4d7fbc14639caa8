import type { CaseStateRow } from '../casefile/case-state.js';
import type { ClockRow } from '../casefile/clocks.js';
import type { Tx } from '../casefile/tx.js';
import type { Period } from '../policy/clock-due.js';
import type { ProcedureTable } from '../policy/procedure.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import type { DivisionCode, Instant, Outcome, PlainDate, Role } from '../terms/index.js';

/** What every step of a procedure has at hand, inside the transaction that records it. */
export interface StepContext {
  readonly tx: Tx;
  readonly rulebook: Rulebook;
  readonly caseNo: string;
  readonly state: CaseStateRow;
  /** Business time of the entry. */
  readonly at: Instant;
  readonly today: PlainDate;
  /** The day on the paper; today for what no person did. */
  readonly occurredOn: PlainDate;
}

export interface CommandContext extends StepContext {
  readonly commandId: string;
  readonly staffId: string;
}

/** What a step did besides moving the case. */
export interface Effect {
  readonly outcome?: Outcome | undefined;
  /** Goes to the caller: ids, states, dates, amounts in fen. */
  readonly result?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  readonly auditParams?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** Kinds of task that this step finished although the state stays. */
  readonly finishes?: readonly string[] | undefined;
  readonly refId?: string | undefined;
  /** Clocks and kinds of task that begin with this step and have nothing to wait for: they end with it. */
  readonly endsAtOnce?: { readonly clocks: readonly string[]; readonly tasks: readonly string[] } | undefined;
  /** The division that works on the case from now on, when the act gave it to another. */
  readonly workingDivisionId?: string | undefined;
}

export interface TaskSpec {
  readonly kind: string;
  readonly role: Role;
  readonly level: 'township' | 'county';
}

/** How one procedure fills the desk. The desk itself is written once. */
export interface ProcedureDesk {
  readonly table: ProcedureTable<string, string, string, string>;
  /** The place whose parameters apply to the case. */
  placeOf(tx: Tx, caseNo: string): Promise<DivisionCode>;
  guard(name: string, step: StepContext, body: unknown): Promise<boolean>;
  command(name: string, step: CommandContext, body: unknown): Promise<Effect>;
  due(clock: ClockRow, step: StepContext): Promise<Effect>;
  /** Reads a stored answer. `null`: it changed nothing that a person decides on. */
  answer(answerId: string, step: StepContext): Promise<Effect | null>;
  /** What waits for a person in a state. */
  tasksIn(state: string): readonly TaskSpec[];
  /** Kinds of task that an expired clock makes urgent. */
  tasksOfClock(clock: string): readonly string[];
  /** Periods that the place's rule leaves out of the counts that it may be left out of. */
  excluded(step: StepContext): Promise<readonly Period[]>;
  /** Commands that somebody of another division gives, for the one cooperation that their body names. */
  readonly cooperative: readonly string[];
  cooperation(body: unknown): string;
  /** The division of a cooperation. @throws {DomainError} `not_found` */
  cooperatingDivision(tx: Tx, cooperationId: string): Promise<string>;
  /** Kinds of task that outlive the case. */
  readonly lasting: readonly string[];
  /** Department requests that still have to leave the house. */
  lookups(tx: Tx, caseNo: string): Promise<string[]>;
  answers(tx: Tx, caseNo: string): Promise<string[]>;
}

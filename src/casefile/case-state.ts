import { and, desc, eq } from 'drizzle-orm';
import {
  DomainError,
  rfc3339,
  type Instant,
  type Outcome,
  type PlainDate,
  type Turn,
} from '../terms/index.js';
import { APPLICATION } from '../policy/application.js';
import { immediateClocks } from '../policy/procedure.js';
import { record, newId } from './record.js';
import { caseState, cases, transitions } from './schema/index.js';
import { once, type Tx } from './tx.js';

export type CaseStateRow = typeof caseState.$inferSelect;

/** Where the case is, locked until the transaction ends. @throws {DomainError} `case_not_found` also when out of scope */
export async function lockCase(tx: Tx, caseNo: string): Promise<CaseStateRow> {
  const [row] = await tx.q.select().from(caseState).where(eq(caseState.caseNo, caseNo)).for('update');
  tx.read.clear();
  if (!row) throw new DomainError('case_not_found');
  return row;
}

export async function readCase(
  tx: Tx,
  caseNo: string,
): Promise<CaseStateRow & { keyId: string; divisionId: string; openedOn: PlainDate }> {
  const [row] = await tx.q
    .select({ state: caseState, keyId: cases.keyId, divisionId: cases.divisionId, openedOn: cases.openedOn })
    .from(caseState)
    .innerJoin(cases, eq(cases.caseNo, caseState.caseNo))
    .where(eq(caseState.caseNo, caseNo));
  if (!row) throw new DomainError('case_not_found');
  return { ...row.state, keyId: row.keyId, divisionId: row.divisionId, openedOn: row.openedOn };
}

/** Entity tag over what a person decides on: it moves with every step, answer and adopted fact, not with repetitions. */
export const evidenceTag = (row: { caseNo: string; version: number }): string =>
  `"${row.caseNo}.${row.version}"`;

export interface Step {
  readonly caseNo: string;
  readonly from: CaseStateRow;
  readonly to: string;
  readonly on: 'command' | 'answer' | 'due';
  readonly name: string;
  readonly article: string;
  readonly turn: Turn;
  readonly closes: boolean;
  readonly outcome?: Outcome | undefined;
  readonly commandId?: string | undefined;
  readonly refId?: string | undefined;
  readonly occurredOn: PlainDate;
  readonly enteredLate?: boolean | undefined;
  readonly lateReasonCode?: string | undefined;
  readonly at: Instant;
}

/** Writes the transition and moves the case. @returns the state after it */
export async function moveCase(tx: Tx, step: Step): Promise<{ state: CaseStateRow; seq: number }> {
  const last = await lastTransition(tx, step.caseNo);
  const seq = (last?.seq ?? 0) + 1;
  await record(tx, transitions, {
    id: newId(),
    caseNo: step.caseNo,
    seq,
    fromState: step.from.state,
    toState: step.to,
    onKind: step.on,
    name: step.name,
    article: step.article,
    actor: tx.acting.actor,
    commandId: step.commandId ?? null,
    refId: step.refId ?? null,
    turn: step.turn,
    occurredOn: step.occurredOn,
    enteredLate: step.enteredLate ?? false,
    lateReasonCode: step.lateReasonCode ?? null,
    at: step.at,
  });
  const state: CaseStateRow = {
    ...step.from,
    state: step.to,
    turn: step.turn,
    open: !step.closes,
    outcome: step.outcome ?? step.from.outcome,
    version: step.from.version + 1,
    updatedAt: step.at,
  };
  const { caseNo: _, ...changes } = state;
  await tx.q.update(caseState).set(changes).where(eq(caseState.caseNo, step.caseNo));
  return { state, seq };
}

/** Every step of a case, newest first. */
export const transitionsOf = (tx: Tx, caseNo: string): Promise<(typeof transitions.$inferSelect)[]> =>
  once(tx, 'transitions', caseNo, () =>
    tx.q.select().from(transitions).where(eq(transitions.caseNo, caseNo)).orderBy(desc(transitions.seq)),
  );

/**
 * Who moved the case to where it is, and when: for whoever comes too late. Ids, states and dates. What the house did at
 * once afterwards is not what they have to know: a recognition follows a confirmation within the second.
 */
export async function lastMove(tx: Tx, caseNo: string): Promise<Readonly<Record<string, string>>> {
  const moves = (await transitionsOf(tx, caseNo)).filter((step) => step.fromState !== step.toState);
  const [newest] = moves;
  const move = moves.find((step) => !followedByItself(step)) ?? newest;
  return newest && move
    ? { state: newest.toState, step: move.name, by: move.actor, on: move.occurredOn, at: rfc3339(move.at) }
    : {};
}

/** Whoever did something in the case last: what the procedure then does by itself, it does by their act. */
export async function lastActor(tx: Tx, caseNo: string): Promise<string | null> {
  const act = (await transitionsOf(tx, caseNo)).find(({ onKind }) => onKind === 'command');
  return act?.actor.startsWith('staff:') ? act.actor.slice('staff:'.length) : null;
}

const followedByItself = ({ onKind, fromState, name }: typeof transitions.$inferSelect): boolean =>
  onKind === 'due' && (immediateClocks(APPLICATION, fromState) as string[]).includes(name);

export async function lastTransition(tx: Tx, caseNo: string, name?: string) {
  const [row] = await tx.q
    .select()
    .from(transitions)
    .where(
      name ? and(eq(transitions.caseNo, caseNo), eq(transitions.name, name)) : eq(transitions.caseNo, caseNo),
    )
    .orderBy(desc(transitions.seq))
    .limit(1);
  return row;
}

import { inCasefile, type Acting, type Casefile } from '../casefile/tx.js';
import { followSuccession } from '../casefile/assignments.js';
import { evidenceTag, lastMove, lockCase, readCase, type CaseStateRow } from '../casefile/case-state.js';
import {
  expireClock,
  lockClock,
  moveClock,
  provisionalClocks,
  runningClocks,
  type ClockRow,
} from '../casefile/clocks.js';
import {
  commandBody,
  lockCommand,
  readCommand,
  refuseCommand,
  settleCommand,
  waitingCommands,
  type CommandRow,
} from '../casefile/commands.js';
import { keepPromise } from '../casefile/outbox.js';
import { park } from '../casefile/parked.js';
import { divisionAbove, isContributor, isRelated, rolesFor } from '../casefile/divisions.js';
import { closeTasks, markOverdue, openTask } from '../casefile/tasks.js';
import { attempt, type Tx } from '../casefile/tx.js';
import { audit } from '../casefile/audit-log.js';
import { landsIn, rowsFor } from '../policy/procedure.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import {
  dateAt,
  DomainError,
  endOf,
  ERRORS,
  NO_FAILPOINTS,
  type CaseView,
  type CommandReceipt,
  type Failpoints,
  type HumanAct,
  type Instant,
  type Procedure,
} from '../terms/index.js';
import { inOrder } from './act-order.js';
import { clockLength } from './clock-length.js';
import { firstAllowed } from './guarded-row.js';
import { lateEntry } from '../policy/late-entry.js';
import type { CommandContext, ProcedureDesk, StepContext } from './procedure-desk.js';
import { refusalOf } from './refusals.js';
import { takeStep } from './take-step.js';

export interface DeskDeps {
  readonly casefile: Casefile;
  readonly rulebook: () => Rulebook;
  readonly procedures: Readonly<Record<Procedure, ProcedureDesk>>;
  readonly failpoints?: Failpoints;
}

/** The clocks that run out next, and those that run out at once: of the others a later step tells. */
function nextOf({ table }: ProcedureDesk, running: readonly ClockRow[]): CaseView['clocks'] {
  const next = running[0]?.dueAt;
  return running
    .filter(({ code, dueAt }) => dueAt === next || table.clocks[code]?.length.unit === 'at_once')
    .map(({ id, code, dueAt }) => ({ id, code, dueAt }));
}

/** Every call names the case and the business time: activities never look at a clock for it. */
export interface OnCase {
  readonly procedure: Procedure;
  readonly record: string;
  readonly at: Instant;
}

/**
 * What a desk may do to the record. All are local activities: one Postgres transaction each, idempotent by id, and
 * every refusal is an outcome on record rather than a failure.
 */
export function createDeskActivities({
  casefile,
  rulebook,
  procedures,
  failpoints = NO_FAILPOINTS,
}: DeskDeps) {
  const system = (who: 'clock' | 'answers' | 'sweep' | 'operator', on: OnCase): Acting => ({
    actor: `system:${who}`,
    on: dateAt(on.at),
    caseNo: on.record,
  });
  const stepOf = (tx: Tx, on: OnCase, state: CaseStateRow): StepContext => ({
    tx,
    rulebook: rulebook(),
    caseNo: on.record,
    state,
    at: on.at,
    today: dateAt(on.at),
    occurredOn: dateAt(on.at),
  });

  const moment = (on: OnCase) => ({ on: dateAt(on.at), at: on.at });

  /**
   * What the workflow goes on with. Answers that wait are told where a run begins and where an operator asks: at any
   * other time each comes with a Signal of its own, and a list of them in every step would fill the history.
   */
  async function view(tx: Tx, on: OnCase, answers: readonly string[] = []): Promise<CaseView> {
    const row = await readCase(tx, on.record);
    const procedure = procedures[on.procedure];
    return {
      record: on.record,
      state: row.state,
      turn: row.turn,
      open: row.open,
      version: row.version,
      clocks: row.open ? nextOf(procedure, await runningClocks(tx, on.record)) : [],
      commands: await waitingCommands(tx, on.record),
      answers,
      lookups: row.open ? await procedure.lookups(tx, on.record) : [],
    };
  }

  /**
   * Reads where the case is. Clocks that were provisional are set right once their year's calendar is there.
   * @param answers whether those that wait are told: work beside the stage has no use for them
   */
  function openRecord(on: OnCase, answers: 'told' | 'left_to_the_desk' = 'told'): Promise<CaseView> {
    return inCasefile(casefile, system('sweep', on), async (tx) => {
      const state = await followSuccession(tx, await lockCase(tx, on.record), moment(on));
      for (const clock of await provisionalClocks(tx, on.record)) {
        const procedure = procedures[on.procedure];
        const rule = procedure.table.clocks[clock.code];
        const length = rule && (await clockLength(procedure, stepOf(tx, on, state), rule, clock.fromDate));
        if (!length) continue;
        const { due } = length;
        if (due.provisional && due.date === clock.dueOn) continue;
        await moveClock(tx, clock.id, {
          dueOn: due.date,
          dueAt: endOf(due.date),
          provisional: due.provisional,
          missingYear: due.missingYear ?? null,
        });
        await audit(tx, {
          caseNo: on.record,
          at: on.at,
          code: 'clock_recomputed',
          params: { clock: clock.code, was: clock.dueOn, dueOn: due.date },
        });
      }
      const waiting = await provisionalClocks(tx, on.record);
      if (waiting.length === 0) await closeTasks(tx, on.record, ['calendar_missing'], on.at);
      return view(tx, on, answers === 'told' ? await procedures[on.procedure].answers(tx, on.record) : []);
    });
  }

  /** Carries out a stored command, or writes down why not. A command that was settled before returns what it came to. */
  async function applyCommand(
    on: OnCase,
    commandId: string,
  ): Promise<{ receipt: CommandReceipt; view: CaseView }> {
    const { command, cooperation } = await inCasefile(casefile, system('sweep', on), async (tx) => {
      const found = await readCommand(tx, commandId);
      await followSuccession(tx, await lockCase(tx, on.record), moment(on));
      const procedure = procedures[on.procedure];
      const fromElsewhere = procedure.cooperative.includes(found.kind);
      return {
        command: found,
        cooperation: fromElsewhere ? procedure.cooperation(await commandBody(tx, found)) : undefined,
      };
    });
    const acting: Acting = { actor: `staff:${command.staffId}`, on: dateAt(on.at), cooperation };
    const refused = await inCasefile(casefile, acting, async (tx) => {
      const state = await lockCase(tx, on.record);
      const row = await lockCommand(tx, commandId);
      if (row.status !== 'received') return undefined;
      try {
        await attempt(tx, (inner) => perform(inner, on, state, row));
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    }).catch(refusalOf);
    return inCasefile(casefile, system('sweep', on), async (tx) => {
      if (refused) {
        const { code, pointer, params } = refused;
        await refuseCommand(
          tx,
          commandId,
          { httpStatus: ERRORS[code].status, code, ...(pointer && { pointer }), params },
          on.at,
        );
      }
      const settled = await readCommand(tx, commandId);
      const after = await view(tx, on);
      return {
        receipt: {
          id: commandId,
          status: settled.status === 'applied' ? 'applied' : 'rejected',
          state: after.state,
        },
        view: after,
      };
    });
  }

  async function perform(tx: Tx, on: OnCase, state: CaseStateRow, command: CommandRow): Promise<void> {
    const procedure = procedures[on.procedure];
    const rows = rowsFor(procedure.table, state.state, { on: 'command', name: command.kind });
    if (rows.length === 0)
      throw new DomainError(state.open ? 'not_allowed_now' : 'case_closed', {
        params: { state: state.state, ...(await lastMove(tx, on.record)) },
      });
    if (rows.every((row) => row.later))
      throw new DomainError('stage_not_available', { params: { state: state.state } });
    if (await isRelated(tx, on.record, command.staffId)) throw new DomainError('relative_barred');
    const { cooperation } = tx.acting;
    const division = cooperation
      ? await procedure.cooperatingDivision(tx, cooperation)
      : state.workingDivisionId;
    const roles = await rolesFor(tx, command.staffId, division, dateAt(on.at));
    const theirs = rows.filter((row) => !row.later && row.role?.some((role) => roles.includes(role)));
    if (theirs.length === 0) throw new DomainError('forbidden');
    const contributed =
      theirs.some((row) => row.outsider) && (await isContributor(tx, on.record, command.staffId));
    const open = theirs.filter((row) => !(contributed && row.outsider));
    if (open.length === 0) throw new DomainError('contributor_barred');
    if (command.ifMatch !== null && command.ifMatch !== evidenceTag(state))
      throw new DomainError('evidence_changed', {
        params: { version: state.version, ...(await lastMove(tx, on.record)) },
      });

    const body = (await commandBody(tx, command)) as HumanAct;
    const step: CommandContext = {
      ...stepOf(tx, on, state),
      occurredOn: command.occurredOn,
      commandId: command.id,
      staffId: command.staffId,
    };
    await inOrder(step, procedure.table, open);
    const place = await procedure.placeOf(tx, on.record);
    const late = lateEntry(step.rulebook, {
      place,
      occurredOn: step.occurredOn,
      today: step.today,
      reason: body.lateReasonCode,
    });
    const row = await firstAllowed(procedure, open, step, body);
    const effect = await procedure.command(command.kind, step, body);
    await takeStep({
      procedure,
      step,
      row,
      effect,
      commandId: command.id,
      enteredLate: late,
      lateReasonCode: body.lateReasonCode,
    });
    const result = { caseNo: on.record, state: landsIn(row, state.state), ...effect.result };
    await settleCommand(tx, command.id, 'applied', { httpStatus: 200, result }, on.at);
  }

  /** A timer ran out. What the table says happens by itself happens; everything else only tells somebody. */
  function fireClock(on: OnCase, clockId: string): Promise<CaseView> {
    return inCasefile(casefile, system('clock', on), async (tx) => {
      const state = await followSuccession(tx, await lockCase(tx, on.record), moment(on));
      const clock = await lockClock(tx, clockId);
      if (!clock || clock.doneOn !== null || clock.expiredAt !== null || !state.open || clock.dueAt > on.at)
        return view(tx, on);
      const procedure = procedures[on.procedure];
      const rows = rowsFor(procedure.table, state.state, { on: 'due', name: clock.code }).filter(
        (row) => !row.later,
      );
      const step = stepOf(tx, on, state);
      const row = await firstAllowed(procedure, rows, step, {}).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'guard_not_met') return undefined;
        throw error;
      });
      const moves = row !== undefined && landsIn(row, state.state) !== state.state;
      const atOnce = procedure.table.clocks[clock.code]?.length.unit === 'at_once';
      await expireClock(tx, clock, on.at, moves || atOnce);
      if (!row) return view(tx, on);
      const effect = { refId: clock.refId ?? undefined, ...(await procedure.due(clock, step)) };
      await takeStep({ procedure, step, row, effect });
      if (!moves) {
        const { tells, tellsAt } = procedure.table.clocks[clock.code] ?? {};
        await markOverdue(tx, on.record, procedure.tasksOfClock(clock.code));
        if (tells)
          await openTask(tx, {
            caseNo: on.record,
            divisionId:
              tellsAt === 'county'
                ? (await divisionAbove(tx, state.workingDivisionId, 'county')).id
                : state.workingDivisionId,
            role: tells,
            kind: tellsAt === 'county' ? 'deadline_escalated' : 'deadline_passed',
            params: { clock: clock.code, ...(clock.refId && { ref: clock.refId }) },
            dueOn: clock.dueOn,
            at: on.at,
          });
      }
      return view(tx, on);
    });
  }

  /** Reads one stored callback. Read before, or for a closed case: nothing moves, a person may be told. */
  async function readAnswer(on: OnCase, answerId: string): Promise<CaseView> {
    const after = await inCasefile(casefile, system('answers', on), async (tx) => {
      const state = await lockCase(tx, on.record);
      const procedure = procedures[on.procedure];
      await keepPromise(tx, answerId, 'answer');
      if (!(await procedure.answers(tx, on.record)).includes(answerId)) return view(tx, on);
      const step = stepOf(tx, on, state);
      const effect = await procedure.answer(answerId, step);
      const [row] = rowsFor(procedure.table, state.state, { on: 'answer', name: 'department_answer' });
      if (effect && row) await takeStep({ procedure, step, row, effect });
      else
        await audit(tx, {
          caseNo: on.record,
          at: on.at,
          code: 'answer_kept',
          params: { answerId, state: state.state },
        });
      failpoints.pass('answer.before_read_commit');
      return view(tx, on);
    });
    failpoints.pass('answer.after_read_commit');
    return after;
  }

  /** No reader can stand this answer: it is set aside for an operator, and the case goes on as if it had not come. */
  function parkAnswer(on: OnCase, answerId: string, reason: string): Promise<CaseView> {
    return inCasefile(casefile, system('answers', on), async (tx) => {
      await park(tx, { topic: 'answer', caseNo: on.record, refId: answerId, reason, at: on.at });
      return view(tx, on);
    });
  }

  /** Something can't proceed by itself: an operator is told, the case waits. */
  function callOperator(on: OnCase, problem: string): Promise<CaseView> {
    return inCasefile(casefile, system('operator', on), async (tx) => {
      const state = await lockCase(tx, on.record);
      await openTask(tx, {
        caseNo: on.record,
        divisionId: state.workingDivisionId,
        role: 'operator',
        kind: 'case_stuck',
        params: { problem },
        at: on.at,
      });
      return view(tx, on);
    });
  }

  return { openRecord, applyCommand, fireClock, readAnswer, parkAnswer, callOperator };
}

export type DeskActivities = ReturnType<typeof createDeskActivities>;

import { audit } from '../casefile/audit-log.js';
import { moveCase } from '../casefile/case-state.js';
import { endClocks, moveClock, runningClocks, startClock } from '../casefile/clocks.js';
import { divisionAbove, eligibleStaff } from '../casefile/divisions.js';
import { closeTasks, openTask } from '../casefile/tasks.js';
import { clockDue } from '../policy/clock-due.js';
import { landsIn, type ProcedureTable, type Row } from '../policy/procedure.js';
import { endOf, type PlainDate } from '../terms/index.js';
import { clockLength } from './clock-length.js';
import type { Effect, ProcedureDesk, StepContext, TaskSpec } from './procedure-desk.js';

type TableRow = Row<string, string, string>;

export interface StepTaken {
  readonly procedure: ProcedureDesk;
  readonly step: StepContext;
  readonly row: TableRow;
  readonly effect: Effect;
  readonly commandId?: string | undefined;
  readonly enteredLate?: boolean | undefined;
  readonly lateReasonCode?: string | undefined;
}

/** Moves the case along a row of its table: state, clocks, tasks and the audit event, in the caller's transaction. */
export async function takeStep(given: StepTaken): Promise<void> {
  const { procedure, row, effect } = given;
  const { workingDivisionId = given.step.state.workingDivisionId } = effect;
  const step = { ...given.step, state: { ...given.step.state, workingDivisionId } };
  const taken = { ...given, step };
  const { tx, caseNo, at } = step;
  const to = landsIn(row, step.state.state);
  const closes = procedure.table.closed.includes(to);
  const { state, seq } = await moveCase(tx, {
    caseNo,
    from: step.state,
    to,
    on: row.on,
    name: row.name,
    article: row.article,
    turn: row.turn === 'same' ? step.state.turn : row.turn,
    closes,
    outcome: effect.outcome,
    commandId: taken.commandId,
    refId: effect.refId,
    occurredOn: step.occurredOn,
    enteredLate: taken.enteredLate,
    lateReasonCode: taken.lateReasonCode,
    at,
  });
  await endClocks(tx, caseNo, clocksThatEnd(procedure.table, to), step.occurredOn, { endedBySeq: seq });
  for (const { code, rule } of clocksEndedBy(procedure.table, row.name))
    await endClocks(tx, caseNo, [code], step.occurredOn, {
      endedBySeq: seq,
      ...(rule.perRef && { refId: effect.refId ?? '' }),
    });
  for (const code of row.due ?? []) await start(taken, code, seq);
  if (effect.endsAtOnce)
    await endClocks(tx, caseNo, effect.endsAtOnce.clocks, step.occurredOn, { endedBySeq: seq });
  await recount(taken);
  await moveTasks(taken, closes);
  if (effect.endsAtOnce) await closeTasks(tx, caseNo, effect.endsAtOnce.tasks, at);
  await audit(tx, {
    caseNo,
    at,
    code: `${row.on}:${row.name}`,
    article: row.article,
    params: {
      from: step.state.state,
      to,
      occurredOn: step.occurredOn,
      version: state.version,
      ...(taken.commandId && { commandId: taken.commandId }),
      ...effect.auditParams,
    },
  });
}

type AnyTable = ProcedureTable<string, string, string, string>;

const clocksThatEnd = (table: AnyTable, state: string): string[] =>
  Object.entries(table.clocks)
    .filter(([, rule]) => !rule.runsIn.includes(state))
    .map(([code]) => code);

/** Clocks that wait for this very act, in whichever state. */
const clocksEndedBy = (table: AnyTable, name: string) =>
  Object.entries(table.clocks).flatMap(([code, rule]) =>
    rule.endedBy?.includes(name) ? [{ code, rule }] : [],
  );

async function start(taken: StepTaken, code: string, seq: number): Promise<void> {
  const { procedure, step, row, effect } = taken;
  const rule = procedure.table.clocks[code];
  if (!rule) throw new Error(`the table starts a clock it does not define: ${code}`);
  // Nothing to wait for.
  if (rule.perRef && effect.refId === undefined) return;
  const length = await clockLength(procedure, step, rule, step.occurredOn);
  if (!length) return;
  const { from, due } = length;
  await startClock(step.tx, {
    caseNo: step.caseNo,
    code,
    article: rule.article,
    turn: row.turn === 'same' ? step.state.turn : row.turn,
    startedBySeq: seq,
    fromDate: from,
    dueOn: due.date,
    dueAt: rule.length.unit === 'at_once' ? step.at : endOf(due.date),
    provisional: due.provisional,
    missingYear: due.missingYear,
    refId: rule.perRef ? effect.refId : undefined,
  });
  if (due.provisional) {
    await openTask(step.tx, {
      caseNo: step.caseNo,
      divisionId: step.state.workingDivisionId,
      role: 'operator',
      kind: 'calendar_missing',
      params: { year: due.missingYear ?? 0 },
      at: step.at,
    });
  }
}

/** A period that the place leaves out has begun or ended: clocks that it may be left out of count anew. */
async function recount({ procedure, step }: StepTaken): Promise<void> {
  const excluded = await procedure.excluded(step);
  if (excluded.length === 0) return;
  for (const clock of await runningClocks(step.tx, step.caseNo)) {
    const rule = procedure.table.clocks[clock.code];
    if (!rule?.excludable) continue;
    const place = await procedure.placeOf(step.tx, step.caseNo);
    const due = clockDue(step.rulebook, { length: rule.length, place, start: clock.fromDate, excluded });
    if (due.date === clock.dueOn) continue;
    await moveClock(step.tx, clock.id, {
      dueOn: due.date,
      dueAt: endOf(due.date),
      provisional: due.provisional,
      missingYear: due.missingYear ?? null,
    });
  }
}

async function moveTasks({ procedure, step, row, effect }: StepTaken, closes: boolean): Promise<void> {
  const { tx, caseNo, at } = step;
  if (closes) return closeTasks(tx, caseNo, { allBut: procedure.lasting }, at);
  if (effect.finishes?.length) await closeTasks(tx, caseNo, effect.finishes, at);
  const to = landsIn(row, step.state.state);
  if (to === step.state.state) return;
  await closeTasks(
    tx,
    caseNo,
    procedure.tasksIn(step.state.state).map((task) => task.kind),
    at,
  );
  for (const task of procedure.tasksIn(to))
    await openFor({ procedure, step, entered: to, task, dueOn: await nextDue(step) });
}

const nextDue = async (step: StepContext): Promise<PlainDate | undefined> =>
  (await runningClocks(step.tx, step.caseNo)).find((clock) => clock.dueAt > step.at)?.dueOn;

/** When everyone who could take the task contributed to the case, the task names the next unit above. */
async function openFor(opening: {
  procedure: ProcedureDesk;
  step: StepContext;
  /** The state the case has come into. */
  entered: string;
  task: TaskSpec;
  dueOn: PlainDate | undefined;
}): Promise<void> {
  const { procedure, step, entered, task, dueOn } = opening;
  const { tx, caseNo, at, today } = step;
  const unit = await divisionAbove(tx, step.state.workingDivisionId, task.level);
  const barring = procedure.table.rows.some(
    (r) => r.on === 'command' && r.outsider && r.from.includes(entered) && r.role?.includes(task.role),
  );
  if (barring) {
    const eligible = await eligibleStaff(tx, { role: task.role, divisionId: unit.id, caseNo, on: today });
    if (eligible.length === 0 && unit.parentId) {
      await openTask(tx, {
        caseNo,
        divisionId: unit.parentId,
        role: 'supervisor',
        kind: 'all_barred',
        params: { task: task.kind, unit: unit.code },
        dueOn,
        at,
      });
      return;
    }
  }
  await openTask(tx, { caseNo, divisionId: unit.id, role: task.role, kind: task.kind, dueOn, at });
}

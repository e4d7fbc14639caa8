import { audit } from '../casefile/audit-log.js';
import { moveCase } from '../casefile/case-state.js';
import { endClocks, runningClocks, startClock } from '../casefile/clocks.js';
import { divisionAbove, eligibleStaff } from '../casefile/divisions.js';
import { closeTasks, openTask } from '../casefile/tasks.js';
import { clockDue } from '../policy/clock-due.js';
import type { ProcedureTable, Row } from '../policy/procedure.js';
import { endOf, type DivisionCode, type PlainDate } from '../terms/index.js';
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
export async function takeStep(taken: StepTaken): Promise<void> {
  const { procedure, step, row, effect } = taken;
  const { tx, caseNo, at } = step;
  const closes = procedure.table.closed.includes(row.to);
  const { state, seq } = await moveCase(tx, {
    caseNo,
    from: step.state,
    to: row.to,
    on: row.on,
    name: row.name,
    article: row.article,
    turn: row.turn,
    closes,
    outcome: effect.outcome,
    commandId: taken.commandId,
    refId: effect.refId,
    occurredOn: step.occurredOn,
    enteredLate: taken.enteredLate,
    lateReasonCode: taken.lateReasonCode,
    at,
  });
  await endClocks(tx, caseNo, clocksThatEnd(procedure.table, row.to), step.occurredOn, seq);
  for (const code of row.due ?? []) await start(taken, code, seq);
  await moveTasks(taken, closes);
  await audit(tx, {
    caseNo,
    at,
    code: `${row.on}:${row.name}`,
    article: row.article,
    params: {
      from: step.state.state,
      to: row.to,
      occurredOn: step.occurredOn,
      version: state.version,
      ...(taken.commandId && { commandId: taken.commandId }),
      ...effect.auditParams,
    },
  });
}

const clocksThatEnd = (table: ProcedureTable<string, string, string, string>, state: string): string[] =>
  Object.entries(table.clocks)
    .filter(([, rule]) => !rule.runsIn.includes(state))
    .map(([code]) => code);

async function start({ procedure, step, row }: StepTaken, code: string, seq: number): Promise<void> {
  const rule = procedure.table.clocks[code];
  if (!rule) throw new Error(`the table starts a clock it does not define: ${code}`);
  const place = await procedure.placeOf(step.tx, step.caseNo);
  const due = clockDue(step.rulebook, { length: rule.length, place, start: step.occurredOn });
  await startClock(step.tx, {
    caseNo: step.caseNo,
    code,
    article: rule.article,
    turn: row.turn,
    startedBySeq: seq,
    fromDate: step.occurredOn,
    dueOn: due.date,
    dueAt: rule.length.unit === 'at_once' ? step.at : endOf(due.date),
    provisional: due.provisional,
    missingYear: due.missingYear,
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

async function moveTasks({ procedure, step, row, effect }: StepTaken, closes: boolean): Promise<void> {
  const { tx, caseNo, at } = step;
  if (closes) return closeTasks(tx, caseNo, 'all', at);
  if (effect.finishes?.length) await closeTasks(tx, caseNo, effect.finishes, at);
  if (row.to === step.state.state) return;
  await closeTasks(
    tx,
    caseNo,
    procedure.tasksIn(step.state.state).map((task) => task.kind),
    at,
  );
  for (const task of procedure.tasksIn(row.to))
    await openFor({ procedure, step, entered: row.to, task, dueOn: await nextDue(step) });
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
  const unit =
    task.level === 'county'
      ? await divisionAbove(tx, step.state.workingDivisionId, 'county')
      : { id: step.state.workingDivisionId, parentId: null, code: '' as DivisionCode };
  const barring = procedure.table.rows.some(
    (r) => r.on === 'command' && r.from.includes(entered) && procedure.barred.includes(r.name),
  );
  if (barring && task.level === 'county') {
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

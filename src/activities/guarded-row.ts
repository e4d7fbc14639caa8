import type { Row } from '../policy/procedure.js';
import { DomainError } from '../terms/index.js';
import type { ProcedureDesk, StepContext } from './procedure-desk.js';

type TableRow = Row<string, string, string>;

/**
 * The first row whose guards all hold.
 * @throws {DomainError} `guard_not_met` naming the guard that stopped the row that came furthest
 */
export async function firstAllowed(
  procedure: ProcedureDesk,
  rows: readonly TableRow[],
  step: StepContext,
  body: unknown,
): Promise<TableRow> {
  let furthest = { passed: -1, guard: 'no_row' };
  for (const row of rows) {
    const stopped = await firstUnmet(procedure, row, step, body);
    if (stopped === undefined) return row;
    if (stopped.passed > furthest.passed) furthest = stopped;
  }
  throw new DomainError('guard_not_met', { params: { guard: furthest.guard } });
}

async function firstUnmet(
  procedure: ProcedureDesk,
  row: TableRow,
  step: StepContext,
  body: unknown,
): Promise<{ passed: number; guard: string } | undefined> {
  for (const [passed, guard] of (row.when ?? []).entries())
    if (!(await procedure.guard(guard, step, body))) return { passed, guard };
  return undefined;
}

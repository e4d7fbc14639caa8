import type { Row } from '../policy/procedure.js';
import { DomainError } from '../terms/index.js';
import type { ProcedureDesk, StepContext } from './procedure-desk.js';

type TableRow = Row<string, string, string>;

/** The first row whose guards all hold. @throws {DomainError} `guard_not_met` naming the guard that failed */
export async function firstAllowed(
  procedure: ProcedureDesk,
  rows: readonly TableRow[],
  step: StepContext,
  body: unknown,
): Promise<TableRow> {
  let missing = 'no_row';
  for (const row of rows) {
    const failed = await firstUnmet(procedure, row, step, body);
    if (failed === undefined) return row;
    missing = failed;
  }
  throw new DomainError('guard_not_met', { params: { guard: missing } });
}

async function firstUnmet(
  procedure: ProcedureDesk,
  row: TableRow,
  step: StepContext,
  body: unknown,
): Promise<string | undefined> {
  for (const guard of row.when ?? []) if (!(await procedure.guard(guard, step, body))) return guard;
  return undefined;
}

import { transitionsOf } from '../casefile/case-state.js';
import { evidenceNames, immediateClocks, type ProcedureTable, type Row } from '../policy/procedure.js';
import { DomainError, type PlainDate } from '../terms/index.js';
import type { CommandContext } from './procedure-desk.js';

type AnyTable = ProcedureTable<string, string, string, string>;

/**
 * Paper comes first, but not before the paper it follows: an act is dated between the step that brought the case here
 * and today, and what rests on the file not before the newest evidence in it.
 * @throws {DomainError} `occurred_in_future`, `occurred_out_of_order`
 */
export async function inOrder(
  step: CommandContext,
  table: AnyTable,
  rows: readonly Row<string, string, string>[],
): Promise<void> {
  if (step.occurredOn > step.today) throw new DomainError('occurred_in_future', { pointer: '/occurredOn' });
  const after = await earliest(
    step,
    table,
    rows.some((row) => row.restsOnFile),
  );
  if (after !== undefined && step.occurredOn < after)
    throw new DomainError('occurred_out_of_order', { pointer: '/occurredOn', params: { after } });
}

async function earliest(
  { tx, caseNo }: CommandContext,
  table: AnyTable,
  restsOnFile: boolean,
): Promise<PlainDate | undefined> {
  const evidence = restsOnFile ? evidenceNames(table) : [];
  let newest: PlainDate | undefined;
  for (const step of await transitionsOf(tx, caseNo)) {
    const moved = step.fromState !== step.toState;
    // What the house did at once, on the day of the entry, says nothing about the day on the paper.
    const byItself = step.onKind === 'due' && immediateClocks(table, step.fromState).includes(step.name);
    const counts = moved ? !byItself : evidence.includes(step.name);
    if (counts && (newest === undefined || step.occurredOn > newest)) newest = step.occurredOn;
    if (moved && !byItself) return newest;
  }
  return newest;
}

import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import { audit } from '../casefile/audit-log.js';
import { lockCase } from '../casefile/case-state.js';
import { release } from '../casefile/parked.js';
import { closeTasks } from '../casefile/tasks.js';
import { inCasefile } from '../casefile/tx.js';
import { CASES_QUEUE, dateAt, DomainError, workflowId, type CaseNo, type DeskInput } from '../terms/index.js';
import type { House } from './house.js';
import type { TemporalAccess } from './temporal-client.js';

/**
 * Gives an open case a new execution, whatever became of the old one. Nothing else in the house may replace one.
 * The case row is locked until the new run is there, so no step of the old one slips in between.
 * @throws {DomainError} `case_not_found`, `case_closed`: a closed case never starts again
 */
export async function redrive(
  house: Pick<House, 'casefile' | 'time'>,
  temporal: TemporalAccess,
  caseNo: CaseNo,
): Promise<{ runId: string }> {
  const at = await house.time.now();
  const offsetSeconds = await house.time.offsetSeconds();
  return inCasefile(house.casefile, { actor: 'system:operator', on: dateAt(at), caseNo }, async (tx) => {
    const state = await lockCase(tx, caseNo);
    if (!state.open) throw new DomainError('case_closed', { params: { state: state.state } });
    const input: DeskInput = { version: 1, procedure: 'application', record: caseNo, offsetSeconds };
    const handle = await temporal.client.workflow.start('application', {
      workflowId: workflowId('application', caseNo),
      taskQueue: CASES_QUEUE,
      args: [input],
      memo: { offsetSeconds },
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.TERMINATE_EXISTING,
    });
    await release(tx, caseNo, at);
    await closeTasks(tx, caseNo, ['case_stuck'], at);
    await audit(tx, { caseNo, at, code: 'case_redriven', params: { state: state.state } });
    return { runId: handle.firstExecutionRunId };
  });
}

import type { WorkflowHandle } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import type { TemporalAccess } from '../../src/stack/temporal-client.js';
import { workflowId, type CaseNo } from '../../src/terms/index.js';

export interface Run {
  readonly runId: string;
  readonly status: string;
  /** As the server keeps it, payloads encrypted. */
  readonly history: History;
}

/** The chain of runs of a case, oldest first: followed from run to run, for lists of executions lag behind. */
export async function runsOf({ client }: TemporalAccess, caseNo: string): Promise<Run[]> {
  const id = workflowId('application', caseNo as CaseNo);
  const runs: Run[] = [];
  let runId: string | undefined = (await client.workflow.getHandle(id).describe()).runId;
  while (runId) {
    const handle: WorkflowHandle = client.workflow.getHandle(id, runId);
    const { status } = await handle.describe();
    const history: History = await handle.fetchHistory();
    runs.unshift({ runId, status: status.name, history });
    runId =
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return runs;
}

/** Executions of the namespace that neither run nor ended in order. */
export async function badEnds({ client }: TemporalAccess): Promise<string[]> {
  const bad: string[] = [];
  for await (const run of client.workflow.list({
    query: "ExecutionStatus NOT IN ('Running', 'Completed', 'ContinuedAsNew')",
  }))
    bad.push(`${run.workflowId} ${run.status.name}`);
  return bad;
}

import type { TemporalAccess } from '../../src/stack/temporal-client.js';
import { workflowId, type CaseNo } from '../../src/terms/index.js';
import { until } from './until.js';

export interface Run {
  readonly runId: string;
  readonly status: string;
}

/** The chain of runs of a case, oldest first, once the list has caught up with the last of them. */
export function runsOf({ client }: TemporalAccess, caseNo: string): Promise<Run[]> {
  const id = workflowId('application', caseNo as CaseNo);
  return until(`the runs of ${caseNo}`, async () => {
    const { status, runId } = await client.workflow.getHandle(id).describe();
    const runs: (Run & { at: number })[] = [];
    for await (const run of client.workflow.list({ query: `WorkflowId = "${id}"` })) runs.push({ runId: run.runId, status: run.status.name, at: run.startTime.getTime() });
    return runs.some((run) => run.runId === runId && run.status === status.name) && runs.toSorted((a, b) => a.at - b.at);
  });
}

/** Statuses of every execution in the namespace that are neither running nor an orderly end. */
export async function badEnds({ client }: TemporalAccess): Promise<string[]> {
  const bad: string[] = [];
  for await (const run of client.workflow.list({ query: 'ExecutionStatus NOT IN ("Running", "Completed", "ContinuedAsNew")' })) bad.push(`${run.workflowId} ${run.status.name}`);
  return bad;
}

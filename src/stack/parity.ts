import type { Database } from '../casefile/db.js';
import { allCases } from '../casefile/case-index.js';
import { STANDING_QUERY, workflowId, type CaseNo, type Standing } from '../terms/index.js';
import type { TemporalAccess } from './temporal-client.js';

export type ParityProblem =
  | 'no_execution'
  | 'execution_ended'
  | 'execution_of_closed_case'
  | 'execution_without_record'
  | 'execution_elsewhere';

export interface ParityFinding {
  readonly record: string;
  readonly problem: ParityProblem;
}

export interface ParityReport {
  readonly checked: number;
  readonly findings: readonly ParityFinding[];
  /** Executions that could not be asked where they stand: no worker answered. */
  readonly unasked: readonly string[];
}

const QUERY_MS = 5_000;

/** Compares every case on record with its execution. Where the two disagree the record is right, and `redrive` heals it. */
export async function parity(reader: Database, temporal: TemporalAccess): Promise<ParityReport> {
  const cases = await allCases(reader);
  const running = await latestExecutions(temporal);
  const findings: ParityFinding[] = [];
  const unasked: string[] = [];
  for (const row of cases) {
    const id = workflowId('application', row.caseNo as CaseNo);
    const status = running.get(id);
    running.delete(id);
    if (row.open && status === undefined) findings.push({ record: row.caseNo, problem: 'no_execution' });
    else if (row.open && status !== 'RUNNING')
      findings.push({ record: row.caseNo, problem: 'execution_ended' });
    else if (!row.open && status === 'RUNNING')
      findings.push({ record: row.caseNo, problem: 'execution_of_closed_case' });
    else if (row.open) {
      const standing = await whereStands(temporal, id);
      if (standing === null) unasked.push(row.caseNo);
      else if (standing.state !== row.state || standing.version !== row.version)
        findings.push({ record: row.caseNo, problem: 'execution_elsewhere' });
    }
  }
  for (const [id, status] of running) {
    if (status === 'RUNNING')
      findings.push({ record: id.slice('application/'.length), problem: 'execution_without_record' });
  }
  return { checked: cases.length, findings, unasked };
}

async function latestExecutions({ client }: TemporalAccess): Promise<Map<string, string>> {
  const latest = new Map<string, { status: string; at: number }>();
  for await (const run of client.workflow.list({ query: 'WorkflowType = "application"' })) {
    const at = run.startTime.getTime();
    const known = latest.get(run.workflowId);
    // A chain of runs: the running one counts, else the newest.
    if (!known || run.status.name === 'RUNNING' || (known.status !== 'RUNNING' && at > known.at))
      latest.set(run.workflowId, { status: run.status.name, at });
  }
  return new Map([...latest].map(([id, { status }]) => [id, status]));
}

async function whereStands({ client }: TemporalAccess, id: string): Promise<Standing | null> {
  try {
    return await client.withDeadline(Date.now() + QUERY_MS, () =>
      client.workflow.getHandle(id).query<Standing | null>(STANDING_QUERY),
    );
  } catch {
    // No worker, or one that cannot replay: reported as unasked, which is not clean.
    return null;
  }
}

import { WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../casefile/db.js';
import { allCases } from '../casefile/case-index.js';
import { parkedIn } from '../casefile/parked.js';
import { STANDING_QUERY, workflowId, type CaseNo, type Standing } from '../terms/index.js';
import type { TemporalAccess } from './temporal-client.js';

export type ParityProblem =
  | 'no_execution'
  | 'execution_ended'
  | 'execution_of_closed_case'
  | 'execution_without_record'
  | 'execution_elsewhere'
  /** Not the execution, but something that it should have heard or done: an operator has to release it. */
  | 'delivery_parked';

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
  const listed = await latestExecutions(temporal);
  const cases = await allCases(reader);
  const findings: ParityFinding[] = [];
  const unasked: string[] = [];
  for (const row of cases) {
    const id = workflowId('application', row.caseNo as CaseNo);
    const problem = await problemOf(reader, temporal, row, listed.get(id));
    listed.delete(id);
    if (problem === 'unasked') unasked.push(row.caseNo);
    else if (problem) findings.push({ record: row.caseNo, problem });
  }
  for (const [id, status] of listed) {
    if (status === 'RUNNING' && (await statusNow(temporal, id)) === 'RUNNING')
      findings.push({ record: id.slice('application/'.length), problem: 'execution_without_record' });
  }
  for (const record of new Set((await parkedIn(reader)).map(({ caseNo }) => caseNo)))
    findings.push({ record, problem: 'delivery_parked' });
  return { checked: cases.length, findings, unasked };
}

type CaseRow = Awaited<ReturnType<typeof allCases>>[number];

async function problemOf(
  reader: Database,
  temporal: TemporalAccess,
  row: CaseRow,
  listed: string | undefined,
): Promise<ParityProblem | 'unasked' | null> {
  const id = workflowId('application', row.caseNo as CaseNo);
  if (!row.open && listed !== 'RUNNING') return null;
  // The list lags behind, and between two runs it may show neither: what counts is asked for by name.
  const status = await statusNow(temporal, id);
  if (!row.open) return status === 'RUNNING' ? 'execution_of_closed_case' : null;
  if (status === undefined) return 'no_execution';
  if (status !== 'RUNNING') return 'execution_ended';
  const standing = await whereStands(temporal, id);
  if (standing && agrees(row, standing)) return null;
  if (standing) {
    // Case and execution may have moved on together since the row was read.
    const fresh = (await allCases(reader)).find((each) => each.caseNo === row.caseNo);
    const now = await whereStands(temporal, id);
    if (fresh && (!fresh.open || (now && agrees(fresh, now)))) return null;
    if (now) return 'execution_elsewhere';
  }
  // Nobody answered: it may have ended in the meantime.
  const later = await statusNow(temporal, id);
  return later === 'RUNNING' ? 'unasked' : later === undefined ? 'no_execution' : 'execution_ended';
}

const agrees = (row: CaseRow, standing: Standing): boolean =>
  standing.state === row.state && standing.version === row.version;

/** Undefined when the server knows no such execution. */
async function statusNow({ client }: TemporalAccess, id: string): Promise<string | undefined> {
  try {
    const { status } = await client.workflow.getHandle(id).describe();
    return status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
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

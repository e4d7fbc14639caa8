import { each, type Check, type Finding, type Read } from './check.js';

/** A run of a case workflow, as Temporal lists it. */
export interface Execution {
  readonly workflowId: string;
  readonly runId: string;
  /** `RUNNING`, `COMPLETED`, `TERMINATED` … */
  readonly status: string;
  /** How often the workflow task that is pending was tried; 0 when none is or nobody asked. */
  readonly taskAttempts: number;
}

/** I1, the record's half: every application that was acknowledged is on file exactly once. */
export async function applicationsOnce(read: Read): Promise<Check> {
  const [count] = await read<
    { n: number }[]
  >`SELECT count(*)::int AS n FROM commands WHERE kind = 'submit' AND status = 'applied'`;
  const missing = await read<{ record: string }[]>`
    SELECT coalesce(k.outcome -> 'result' ->> 'caseNo', k.case_no, 'command ' || k.id) AS record FROM commands k
    WHERE k.kind = 'submit' AND k.status = 'applied' AND NOT EXISTS (
      SELECT 1 FROM cases c JOIN applications a USING (case_no) JOIN case_state s USING (case_no)
      WHERE c.case_no = k.case_no AND a.command_id = k.id AND c.case_no = k.outcome -> 'result' ->> 'caseNo') ORDER BY 1`;
  const doubled = await read<{ record: string }[]>`
    SELECT DISTINCT a.case_no AS record FROM applications a JOIN applications b ON b.command_id = a.command_id AND b.case_no <> a.case_no ORDER BY 1`;
  const unasked = await read<{ record: string }[]>`
    SELECT c.case_no AS record FROM cases c
    WHERE (SELECT count(*) FROM commands k WHERE k.case_no = c.case_no AND k.kind = 'submit' AND k.status = 'applied') <> 1
      OR (SELECT count(*) FROM transitions t WHERE t.case_no = c.case_no AND t.name = 'submit') <> 1 ORDER BY 1`;
  return {
    invariant: 'I1',
    checked: count?.n ?? 0,
    findings: [
      ...each(missing, 'acknowledged, and no such application is on file'),
      ...each(doubled, 'one submission made more than one case'),
      ...each(unasked, 'a case without exactly one submission'),
    ],
  };
}

/** I1, Temporal's half: one workflow for each open case, named after it, and none that has no case. */
export async function oneWorkflowEach(read: Read, executions: readonly Execution[]): Promise<Check> {
  const cases = await read<{ case_no: string; open: boolean; starting: boolean }[]>`
    SELECT s.case_no, s.open, EXISTS (
      SELECT 1 FROM outbox o WHERE o.case_no = s.case_no AND o.topic = 'start' AND o.delivered_at IS NULL) AS starting
    FROM case_state s ORDER BY 1`;
  const runs = new Map<string, Execution[]>();
  for (const run of executions) runs.set(run.workflowId, [...(runs.get(run.workflowId) ?? []), run]);
  const known = new Set(cases.map((row) => `application/${row.case_no}`));
  const findings: Finding[] = [];
  for (const { case_no: record, open, starting } of cases) {
    const own = runs.get(`application/${record}`) ?? [];
    const running = own.filter(({ status }) => status === 'RUNNING').length;
    // What the outbox still promises has not been lost; I10 says when it is late.
    if (open && own.length === 0 && !starting)
      findings.push({ record, problem: 'open, and it has no workflow' });
    if (running > 1) findings.push({ record, problem: `${running} workflows run for it` });
  }
  for (const workflowId of runs.keys())
    if (!known.has(workflowId)) findings.push({ record: workflowId, problem: 'a workflow without a case' });
  return { invariant: 'I1', checked: runs.size, findings };
}

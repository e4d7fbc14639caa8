import type { Instant } from '../../terms/index.js';
import { each, type Check, type Finding, type Read } from './check.js';
import type { Execution } from './i01-applications.js';

export interface NextStepRules {
  /** Clocks whose end moves the case out of a state, as `state clock`. A clock that only tells somebody is no next step. */
  readonly moving: readonly string[];
  /** Business time; a clock that fell due before it and did nothing is stuck. */
  readonly dueBefore: Instant;
}

/** More attempts than this at one workflow task is a desk that cannot get up. */
const MOST_ATTEMPTS = 10;

/** I13: every open case waits for somebody or something by name. */
export async function nextStepKnown(read: Read, rules: NextStepRules): Promise<Check> {
  const [count] = await read<{ n: number }[]>`SELECT count(*)::int AS n FROM case_state WHERE open`;
  const adrift = await read<{ record: string }[]>`
    SELECT s.case_no AS record FROM case_state s WHERE s.open
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.case_no = s.case_no AND t.done_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM commands k WHERE k.case_no = s.case_no AND k.status = 'received')
      AND NOT EXISTS (SELECT 1 FROM clocks c WHERE c.case_no = s.case_no AND c.done_on IS NULL AND c.expired_at IS NULL
        AND s.state || ' ' || c.code = ANY (${[...rules.moving]})) ORDER BY 1`;
  const stuck = await read<{ record: string; code: string }[]>`
    SELECT c.case_no AS record, c.code FROM clocks c JOIN case_state s USING (case_no) WHERE s.open AND c.done_on IS NULL
      AND c.expired_at IS NULL AND c.due_at < ${new Date(rules.dueBefore).toISOString()}::timestamptz ORDER BY 1, 2`;
  return {
    invariant: 'I13',
    checked: count?.n ?? 0,
    findings: [
      ...each(adrift, 'open, and nobody and nothing is waited for'),
      ...stuck.map(({ record, code }) => ({
        record,
        problem: `clock ${code} fell due and nothing happened`,
      })),
    ],
  };
}

/** I13 on Temporal's side: no desk that fails the same task again and again. */
export function desksUp(executions: readonly Execution[]): Check {
  const running = executions.filter(({ status }) => status === 'RUNNING');
  const findings = running.flatMap(({ workflowId: record, taskAttempts }): Finding[] =>
    taskAttempts > MOST_ATTEMPTS
      ? [{ record, problem: `its workflow task failed ${taskAttempts} times` }]
      : [],
  );
  return { invariant: 'I13', checked: running.length, findings };
}

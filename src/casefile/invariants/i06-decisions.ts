import { createHash } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical.js';
import { each, type Check, type Finding, type Read } from './check.js';

/** What a determination came to, as far as it has to come out again. */
export interface Reperformed {
  readonly eligible: boolean;
  readonly monthlyBenefitFen: number;
  readonly steps: unknown;
}

export interface DecisionRules {
  /** SHA-256 in hex of frozen inputs. */
  hashInputs(inputs: unknown): string;
  /** Runs the arithmetic again. May throw: then it cannot be re-performed, and that is a finding. */
  reperform(inputs: unknown): Reperformed;
}

interface Determination {
  record: string;
  inputs: unknown;
  inputs_hash: string;
  steps: unknown;
  eligible: boolean;
  fen: number;
}

/** I6: one decision per stage, by people who are not each other, on evidence and arithmetic that stand. */
export async function decisionsStand(read: Read, rules: DecisionRules): Promise<Check> {
  const twice = await read<{ record: string }[]>`
    SELECT case_no || ' ' || stage AS record FROM decisions GROUP BY case_no, stage HAVING count(*) > 1 ORDER BY 1`;
  const sameHands = await read<{ record: string }[]>`
    WITH duty AS (
      SELECT case_no, staff_id, 'receiver' AS duty FROM applications UNION SELECT case_no, staff_id, 'receiver' FROM acceptances
      UNION SELECT case_no, staff_id, 'examiner' FROM opinions WHERE level = 'county'
      UNION SELECT case_no, staff_id, 'confirmer' FROM decisions)
    SELECT DISTINCT case_no AS record FROM duty GROUP BY case_no, staff_id HAVING count(*) > 1 ORDER BY 1`;
  const contributors = await read<{ record: string }[]>`
    SELECT 'decisions ' || d.id AS record FROM decisions d
    WHERE d.staff_id IN (SELECT onedoor.contributors(d.case_no) UNION SELECT onedoor.related_staff(d.case_no)) ORDER BY 1`;
  const unfounded = await read<{ record: string }[]>`
    SELECT 'decisions ' || d.id AS record FROM decisions d LEFT JOIN opinions o ON o.id = coalesce(d.county_opinion_id, d.township_opinion_id)
    WHERE o.case_no IS DISTINCT FROM d.case_no OR o.level <> CASE d.stage WHEN 'county_confirmation' THEN 'county' ELSE 'township' END OR o.determination_id <> d.determination_id
      OR (d.kind = 'confirm' AND (o.proposes <> 'grant' OR o.monthly_benefit_fen <> d.monthly_benefit_fen)) ORDER BY 1`;
  const determinations = await read<Determination[]>`
    SELECT 'determinations ' || id AS record, inputs, inputs_hash, steps, eligible, monthly_benefit_fen::float8 AS fen FROM determinations ORDER BY id`;
  const evidence = await evidenceOfDecisions(read);
  return {
    invariant: 'I6',
    checked: evidence.checked + determinations.length,
    findings: [
      ...each(twice, 'more than one decision at this stage'),
      ...each(sameHands, 'one person received, examined or confirmed more than one of the three'),
      ...each(contributors, 'decided by somebody who contributed to the case'),
      ...each(unfounded, 'does not follow the opinion it names'),
      ...evidence.findings,
      ...determinations.flatMap((row) => recompute(row, rules)),
    ],
  };
}

/** After a decision the evidence does not move, so its frozen hash must come out again. */
async function evidenceOfDecisions(read: Read): Promise<{ checked: number; findings: Finding[] }> {
  const rows = await read<
    { record: string; frozen: string; facts: string[]; seen: string[]; asked: string[] }[]
  >`
    SELECT 'decisions ' || d.id AS record, d.evidence_hash AS frozen,
      ARRAY(SELECT f.id::text FROM adopted_facts f WHERE f.case_no = d.case_no
        AND NOT EXISTS (SELECT 1 FROM adopted_facts later WHERE later.supersedes = f.id)
        AND NOT EXISTS (SELECT 1 FROM answer_facts stated JOIN answer_readings mine USING (answer_id)
          JOIN answer_readings later ON later.request_id = mine.request_id AND later.recorded_at > mine.recorded_at
            AND later.verdict IN ('corrected_found', 'corrected_none')
          WHERE stated.id = f.answer_fact_id) ORDER BY f.id) AS facts,
      ARRAY(SELECT v.id::text FROM visits v WHERE v.case_no = d.case_no ORDER BY v.id DESC) AS seen,
      ARRAY(SELECT concat_ws(':', r.id, coalesce(substr(c.verdict, 11), o.outcome, 'pending'), c.answer_id)
        FROM department_requests r
        LEFT JOIN request_outcomes o ON o.request_id = r.id
        LEFT JOIN LATERAL (SELECT verdict, answer_id FROM answer_readings WHERE request_id = r.id
          AND verdict IN ('corrected_found', 'corrected_none') ORDER BY recorded_at DESC LIMIT 1) c ON true
        WHERE r.case_no = d.case_no ORDER BY r.id) AS asked
    FROM decisions d ORDER BY d.id`;
  const moved = rows.filter(
    ({ frozen, facts, seen, asked }) => sha256(canonicalJson({ facts, seen, asked })) !== frozen,
  );
  return {
    checked: rows.length,
    findings: each(moved, 'the evidence on file is not what the decision was taken on'),
  };
}

function recompute(
  { record, inputs, inputs_hash, steps, eligible, fen }: Determination,
  rules: DecisionRules,
): Finding[] {
  try {
    if (rules.hashInputs(inputs) !== inputs_hash)
      return [{ record, problem: 'the frozen inputs do not have their hash' }];
    const again = rules.reperform(inputs);
    const same =
      again.eligible === eligible &&
      again.monthlyBenefitFen === fen &&
      comparable(again.steps) === comparable(steps);
    return same ? [] : [{ record, problem: 'performed again it comes to something else' }];
  } catch (error) {
    return [
      { record, problem: `cannot be performed again: ${error instanceof Error ? error.message : 'unknown'}` },
    ];
  }
}

/** A rulebook file that gained a value has another version; the value that was used has to be the same. */
const comparable = (steps: unknown): string =>
  canonicalJson(
    JSON.parse(JSON.stringify(steps, (key, value: unknown) => (key === 'version' ? undefined : value))),
  );

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

import { createHash } from 'node:crypto';
import { canonicalJson } from '../crypto/canonical.js';
import type { ReportContent } from '../schema/index.js';
import { each, type Check, type Finding, type Read } from './check.js';

interface ReportRow {
  id: string;
  case_no: string;
  version: number;
  evidence_hash: string;
  made_on: string;
  valid_to: string;
  purpose: string;
  valid_from: string;
  content: ReportContent;
  content_hash: string;
}

/** Reports read at a time: bounds the memory, whatever the size of the file. */
const BATCH = 500;

/**
 * I7, for reports: each says what the record says, under its own hash; and what an earlier report answered was reused
 * for its purpose, within its days, from a question about the same person, or rests on a paper that is in the file. A
 * section of a platform's report has the hash of the whole.
 */
export async function reportsSound(read: Read): Promise<Check> {
  const findings: Finding[] = [];
  let checked = 0;
  for (let after = ''; ;) {
    const rows = await read<ReportRow[]>`
      SELECT id, case_no, version, evidence_hash, made_on::text, valid_to::text, purpose, valid_from::text, content, content_hash
      FROM verification_reports WHERE content_hash IS NOT NULL AND id::text > ${after} ORDER BY id::text LIMIT ${BATCH}`;
    checked += rows.length;
    findings.push(...rows.flatMap(hashFindings));
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = last.id;
  }
  const untrue = await read<{ record: string }[]>`
    SELECT DISTINCT 'verification_reports ' || v.id AS record
    FROM verification_reports v CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'questions') q
    LEFT JOIN department_requests r ON r.id = (q ->> 'request')::uuid AND r.case_no = v.case_no AND r.person_id = (q ->> 'person')::uuid
      AND r.source = q ->> 'source' AND r.purpose = v.purpose
    LEFT JOIN request_outcomes o ON o.request_id = r.id
    LEFT JOIN raw_answers a ON a.id = (q #>> '{answer,id}')::uuid AND a.request_id = r.id
    LEFT JOIN raw_answers whole ON whole.id = coalesce(a.report_id, a.id) AND whole.content_hash = q #>> '{answer,hash}'
    LEFT JOIN answer_readings g ON g.answer_id = a.id AND whole.id IS NOT NULL
    WHERE r.id IS NULL OR CASE q ->> 'outcome'
      WHEN 'unanswered' THEN q -> 'answer' <> 'null' OR o.outcome IS DISTINCT FROM 'unanswered'
      WHEN 'found' THEN coalesce(g.verdict NOT IN ('found', 'corrected_found'), true)
      WHEN 'none' THEN coalesce(g.verdict NOT IN ('none', 'corrected_none'), true)
      ELSE true END
    ORDER BY 1`;
  const [count] = await read<{ n: number }[]>`SELECT count(*)::int AS n FROM answer_origins`;
  const misused = await read<{ record: string }[]>`
    SELECT 'answer_origins ' || g.request_id AS record FROM answer_origins g JOIN department_requests mine ON mine.id = g.request_id
    WHERE g.purpose <> mine.purpose OR g.valid_to < (g.at AT TIME ZONE 'Asia/Shanghai')::date ORDER BY 1`;
  const unfounded = await read<{ record: string }[]>`
    SELECT 'answer_origins ' || g.request_id AS record FROM answer_origins g JOIN department_requests mine ON mine.id = g.request_id
    WHERE g.kind = 'reused_report' AND NOT EXISTS (
      SELECT 1 FROM verification_reports v JOIN department_requests theirs ON theirs.id = g.from_request_id AND theirs.case_no = v.case_no
      JOIN person_links l ON l.id = g.link_id AND l.case_no = g.case_no AND l.person_id = mine.person_id AND l.other_person_id = theirs.person_id
      WHERE v.id = g.from_report_id AND v.case_no = g.from_case_no AND v.version = g.from_version AND v.content_hash = g.from_hash
        AND v.purpose = mine.purpose AND theirs.purpose = mine.purpose AND theirs.source = mine.source AND theirs.items @> mine.items
        AND v.valid_to = g.valid_to AND (g.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN v.valid_from AND v.valid_to
        AND v.content @> jsonb_build_object('questions', jsonb_build_array(jsonb_build_object('request', g.from_request_id::text,
          'answer', jsonb_build_object('id', g.from_answer_id::text, 'hash', g.from_answer_hash)))))
    OR g.kind = 'recognised_report' AND NOT EXISTS (
      SELECT 1 FROM recognised_reports k JOIN recognised_answers w ON w.recognised_id = k.id
      JOIN documents d ON d.id = k.document_id AND d.case_no = k.case_no AND d.content_hash = k.document_hash
      WHERE k.id = g.recognised_id AND k.case_no = g.case_no AND k.purpose = mine.purpose AND w.person_id = mine.person_id
        AND w.source = mine.source AND w.items @> mine.items AND g.valid_to <= k.valid_to)
    ORDER BY 1`;
  const withdrawn = await read<{ record: string }[]>`
    SELECT 'answer_origins ' || g.request_id AS record FROM answer_origins g JOIN department_requests theirs ON theirs.id = g.from_request_id
    JOIN consent_withdrawals w ON w.consent_id = theirs.consent_id
    WHERE w.withdrawn_on <= (g.at AT TIME ZONE 'Asia/Shanghai')::date AND w.recorded_at < g.recorded_at ORDER BY 1`;
  return {
    invariant: 'I7',
    checked: checked + (count?.n ?? 0),
    findings: [
      ...findings,
      ...each(untrue, 'says of a question what the record does not say'),
      ...each(misused, 'reuses an answer for another purpose, or after its time'),
      ...each(unfounded, 'rests on no report that has this answer about this person'),
      ...each(withdrawn, 'reuses an answer whose signature was taken back before'),
    ],
  };
}

function hashFindings(row: ReportRow): Finding[] {
  const { content } = row;
  const record = `verification_reports ${row.id}`;
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  if (hash !== row.content_hash) return [{ record, problem: 'its content does not have the hash it states' }];
  const same =
    content.caseNo === row.case_no &&
    content.version === row.version &&
    content.evidenceHash === row.evidence_hash &&
    content.purpose === row.purpose &&
    content.madeOn === row.made_on &&
    content.validFrom === row.valid_from &&
    content.validTo === row.valid_to;
  return same ? [] : [{ record, problem: 'its content is of another report than its row' }];
}

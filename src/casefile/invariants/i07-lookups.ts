import { each, type Check, type Read } from './check.js';

/**
 * I7: nobody was asked about without a ground. Every request, and every attempt that left the house, has a consent of
 * that person for that source and purpose, valid on that day (a signature that the house heard later was taken back
 * counts until then), or a coded statutory ground; an open case; a person counted in the household; a requester who had to
 * do with the case when they acted in it.
 * @param closed states in which a case is over
 */
export async function lookupsGrounded(read: Read, closed: readonly string[]): Promise<Check> {
  const [count] = await read<{ n: number }[]>`
    SELECT (SELECT count(*) FROM department_requests)::int + (SELECT count(*) FROM lookup_attempts WHERE phase = 'leaving')::int AS n`;
  const ungrounded = await read<{ record: string }[]>`
    SELECT 'department_requests ' || r.id AS record FROM department_requests r
    WHERE NOT (
      EXISTS (SELECT 1 FROM consents c LEFT JOIN consent_withdrawals w ON w.consent_id = c.id
        WHERE c.id = r.consent_id AND c.case_no = r.case_no AND c.person_id = r.person_id AND c.purpose = r.purpose
          AND c.sources ? r.source AND r.requested_on BETWEEN c.valid_from AND c.valid_to
          AND (w.withdrawn_on IS NULL OR w.withdrawn_on > r.requested_on OR w.recorded_at > r.recorded_at))
      OR (r.consent_id IS NULL AND r.ground_code IS NOT NULL AND EXISTS (
        SELECT 1 FROM household_members m WHERE m.case_no = r.case_no AND m.person_id = r.person_id AND m.included)))
    ORDER BY 1`;
  const left = await read<{ record: string }[]>`
    SELECT 'lookup_attempts ' || a.id AS record
    FROM lookup_attempts a JOIN department_requests r ON r.id = a.request_id
    WHERE a.phase = 'leaving' AND r.ground_code IS NULL AND NOT EXISTS (
      SELECT 1 FROM consents c LEFT JOIN consent_withdrawals w ON w.consent_id = c.id
      WHERE c.case_no = r.case_no AND c.person_id = r.person_id AND c.purpose = r.purpose AND c.sources ? r.source
        AND (a.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN c.valid_from AND c.valid_to
        AND (w.withdrawn_on IS NULL OR w.withdrawn_on > (a.at AT TIME ZONE 'Asia/Shanghai')::date OR w.recorded_at > a.recorded_at))
    ORDER BY 1`;
  const afterClosing = await read<{ record: string }[]>`
    SELECT 'department_requests ' || r.id AS record FROM department_requests r
    WHERE r.purpose = '' OR EXISTS (SELECT 1 FROM transitions t WHERE t.case_no = r.case_no AND t.to_state = ANY (${[...closed]})
      AND (t.at AT TIME ZONE 'Asia/Shanghai')::date < r.requested_on) ORDER BY 1`;
  const leftAfterClosing = await read<{ record: string }[]>`
    SELECT 'lookup_attempts ' || a.id AS record FROM lookup_attempts a
    WHERE a.phase = 'leaving' AND EXISTS (SELECT 1 FROM transitions t
      WHERE t.case_no = a.case_no AND t.to_state = ANY (${[...closed]}) AND t.at < a.at) ORDER BY 1`;
  const nobodys = await read<{ record: string }[]>`
    SELECT 'department_requests ' || r.id AS record FROM department_requests r
    WHERE NOT EXISTS (SELECT 1 FROM household_members m WHERE m.case_no = r.case_no AND m.person_id = r.person_id AND m.included)
    ORDER BY 1`;
  const outOfScope = await read<{ record: string }[]>`
    SELECT 'department_requests ' || r.id AS record FROM department_requests r
    WHERE r.caused_by IS NOT NULL AND EXISTS (SELECT 1 FROM lookup_attempts a WHERE a.request_id = r.id AND a.phase = 'leaving')
      AND NOT onedoor.acted_in_scope(r.caused_by, r.case_no) ORDER BY 1`;
  const unaudited = await read<{ record: string }[]>`
    SELECT 'lookup_attempts ' || a.id AS record FROM lookup_attempts a
    WHERE a.phase = 'leaving' AND NOT EXISTS (SELECT 1 FROM audit_events e
      WHERE e.chain = a.case_no AND e.code = 'lookup_leaving' AND e.actor <> '' AND e.params ->> 'requestId' = a.request_id::text) ORDER BY 1`;
  return {
    invariant: 'I7',
    checked: count?.n ?? 0,
    findings: [
      ...each(ungrounded, 'no consent or statutory ground was valid for it then'),
      ...each(left, 'left the house on a day without a valid ground'),
      ...each(afterClosing, 'without a purpose, or for a case that was closed'),
      ...each(leftAfterClosing, 'left the house after the case was closed'),
      ...each(nobodys, 'about somebody who is not counted in the household'),
      ...each(outOfScope, 'left the house for somebody who had nothing to do with the case'),
      ...each(unaudited, 'left the house without an audit event that names who asked'),
    ],
  };
}

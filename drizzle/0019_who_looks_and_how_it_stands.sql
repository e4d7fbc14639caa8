ALTER TABLE "gateway_circuits" ADD COLUMN "seen_at" timestamp with time zone;
--> statement-breakpoint
-- What a member of staff looked at, and whether they had to do with it: an act of theirs in the case about then, or a task
-- for a role of theirs that waited. A verifier is shown open questions to their source and no others: answering is what
-- they do there, and each such question waits for them. For the sweep alone.
CREATE OR REPLACE FUNCTION onedoor.accesses_of(of_staff uuid, from_at timestamptz, to_at timestamptz)
RETURNS TABLE (id uuid, kind text, about_case text, person_id uuid, found boolean, marks jsonb, at timestamptz, acted boolean, tasked boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NOT onedoor.is_house() THEN RETURN; END IF;
  RETURN QUERY SELECT e.id, e.kind, e.about_case, e.person_id, e.found,
      CASE WHEN e.found AND e.channel = 'api' AND e.about_case IS NOT NULL
        THEN (SELECT coalesce(jsonb_agg(m), '[]') FROM onedoor.kinship_marks(e.about_case, e.person_id, of_staff, (e.at AT TIME ZONE 'Asia/Shanghai')::date) m)
        ELSE e.marks END,
      e.at,
      EXISTS (SELECT 1 FROM audit_events a WHERE a.chain = e.about_case AND a.actor = 'staff:' || of_staff
        AND a.code NOT IN ('file_exported', 'reporter_read') AND a.at BETWEEN e.at - interval '12 hours' AND e.at + interval '12 hours')
        OR (e.kind = 'verifier_look' AND EXISTS (SELECT 1 FROM raw_answers r WHERE r.case_no = e.about_case AND r.staff_id = of_staff
          AND r.received_at BETWEEN e.at - interval '12 hours' AND e.at + interval '12 hours')),
      e.kind = 'verifier_look' OR EXISTS (SELECT 1 FROM tasks t WHERE t.case_no = e.about_case AND t.opened_at <= e.at AND (t.done_at IS NULL OR t.done_at >= e.at)
        AND (t.claimed_by = of_staff OR t.role IN (SELECT g.role FROM onedoor.grants_of(of_staff, (e.at AT TIME ZONE 'Asia/Shanghai')::date) g)))
    FROM access_events e WHERE e.staff_id = of_staff AND e.at BETWEEN from_at AND to_at ORDER BY e.at, e.id;
END $$
--> statement-breakpoint
-- Whom questions are about, and in which case: for the house alone, which writes down who was shown them.
CREATE FUNCTION onedoor.asked_about(request_ids uuid[]) RETURNS TABLE (case_no text, person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  IF NOT onedoor.is_house() THEN RETURN; END IF;
  RETURN QUERY SELECT r.case_no, r.person_id FROM department_requests r WHERE r.id = ANY (request_ids) ORDER BY r.id;
END $$
--> statement-breakpoint
-- Whether a member of staff had to do with a case when they acted in it: by a grant over its division, one it was handed to,
-- or one that was asked to help. What the house asks because of their act rests on it, also when they work elsewhere by now.
CREATE FUNCTION onedoor.acted_in_scope(of_staff uuid, of_case text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM transitions t
    CROSS JOIN LATERAL onedoor.grants_of(of_staff, (t.at AT TIME ZONE 'Asia/Shanghai')::date) g
    JOIN (SELECT c.division_id FROM cases c WHERE c.case_no = of_case
      UNION SELECT a.division_id FROM case_assignments a WHERE a.case_no = of_case
      UNION SELECT k.division_id FROM case_cooperations k WHERE k.case_no = of_case) d
      ON g.division_id = ANY (onedoor.divisions_over(d.division_id, (t.at AT TIME ZONE 'Asia/Shanghai')::date))
    WHERE t.case_no = of_case AND t.on_kind = 'command' AND t.actor = 'staff:' || of_staff);
END $$
--> statement-breakpoint
-- A worker says again and again how it stands: one that has gone is forgotten after five minutes. Bytes that were too many
-- are no wrong signature.
DROP FUNCTION onedoor.gateway_health(timestamptz, timestamptz, integer)
--> statement-breakpoint
-- How the departments do, and which cases of the caller's divisions wait because of each. Numbers of everybody, names of nobody.
CREATE FUNCTION onedoor.gateway_health(business_now timestamptz, real_now timestamptz, named integer)
RETURNS TABLE (source text, last_taken timestamptz, last_answer timestamptz, answer_p95_ms double precision, http_p95_ms double precision,
  open_questions integer, not_taken integer, faults jsonb, refused integer, turned_away jsonb, circuits jsonb, waiting_cases integer, oldest_due text, case_nos text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  IF NOT onedoor.has_role('{operator,verification_officer}') THEN RETURN; END IF;
  RETURN QUERY
  WITH tried AS (
    SELECT q.source, a.request_id, a.attempt, a.phase, a.code, a.at, a.recorded_at
    FROM lookup_attempts a JOIN department_requests q ON q.id = a.request_id WHERE a.at > business_now - interval '30 days'
  ), taken AS (
    SELECT t.source, max(t.at) AS last_taken,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM t.recorded_at - l.recorded_at) * 1000)
        FILTER (WHERE t.recorded_at > real_now - interval '1 day') AS http_p95_ms
    FROM tried t JOIN tried l ON l.request_id = t.request_id AND l.attempt = t.attempt AND l.phase = 'leaving'
    WHERE t.phase = 'accepted' GROUP BY t.source
  ), failed AS (
    SELECT f.source, jsonb_object_agg(f.code, f.n) AS faults FROM (
      SELECT t.source, coalesce(t.code, t.phase) AS code, count(*) AS n FROM tried t
      WHERE t.phase IN ('failed', 'refused') AND t.at > business_now - interval '1 day' GROUP BY 1, 2) f GROUP BY f.source
  ), heard AS (
    SELECT r.source, max(r.received_at) AS last_answer,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM r.received_at - asked.at) * 1000)
        FILTER (WHERE r.received_at >= asked.at) AS answer_p95_ms
    FROM (SELECT DISTINCT ON (x.request_id) x.source, x.request_id, x.received_at FROM raw_answers x
      WHERE x.request_id IS NOT NULL AND x.received_at > business_now - interval '30 days' ORDER BY x.request_id, x.received_at) r
    LEFT JOIN LATERAL (SELECT min(a.at) AS at FROM lookup_attempts a WHERE a.request_id = r.request_id AND a.phase = 'leaving') asked ON true
    GROUP BY r.source
  ), pending AS (
    SELECT q.source, q.case_no, q.due_on, s.working_division_id,
      NOT EXISTS (SELECT 1 FROM lookup_attempts a WHERE a.request_id = q.id AND a.phase IN ('accepted', 'refused')) AS not_taken
    FROM department_requests q JOIN case_state s ON s.case_no = q.case_no AND s.open
    LEFT JOIN request_outcomes o ON o.request_id = q.id WHERE o.request_id IS NULL
  ), queue AS (
    SELECT p.source, count(*)::integer AS open_questions, (count(*) FILTER (WHERE p.not_taken))::integer AS not_taken FROM pending p GROUP BY p.source
  ), waiting AS (
    SELECT w.source, count(*)::integer AS cases, min(w.due_on)::text AS oldest_due, (array_agg(w.case_no ORDER BY w.due_on, w.case_no))[1:named] AS case_nos
    FROM (SELECT p.source, p.case_no, min(p.due_on) AS due_on FROM pending p
      WHERE p.working_division_id = ANY (onedoor.scope_divisions()) GROUP BY 1, 2) w GROUP BY w.source
  ), turned_away AS (
    SELECT k.source, (sum(k.n) FILTER (WHERE k.reason <> 'too_large'))::integer AS refused, jsonb_object_agg(k.reason, k.n) AS by_reason
    FROM (SELECT c.source, c.reason, sum(c.count)::integer AS n FROM refused_callbacks c WHERE c.hour > real_now - interval '1 day' GROUP BY 1, 2) k
    GROUP BY k.source
  ), circuit AS (
    SELECT c.source, jsonb_agg(jsonb_build_object('state', c.state, 'since', extract(epoch FROM c.since) * 1000) ORDER BY c.since DESC) AS circuits
    FROM gateway_circuits c WHERE coalesce(c.seen_at > real_now - interval '5 minutes', c.since > real_now - interval '1 day') GROUP BY c.source
  )
  SELECT n.source, taken.last_taken, heard.last_answer, heard.answer_p95_ms, taken.http_p95_ms, coalesce(queue.open_questions, 0), coalesce(queue.not_taken, 0),
    coalesce(failed.faults, '{}'), coalesce(turned_away.refused, 0), coalesce(turned_away.by_reason, '{}'),
    coalesce(circuit.circuits, '[]'), coalesce(waiting.cases, 0), waiting.oldest_due, coalesce(waiting.case_nos, '{}')
  FROM (SELECT taken.source FROM taken UNION SELECT heard.source FROM heard UNION SELECT queue.source FROM queue UNION SELECT failed.source FROM failed
    UNION SELECT turned_away.source FROM turned_away UNION SELECT circuit.source FROM circuit) n
  LEFT JOIN taken USING (source) LEFT JOIN heard USING (source) LEFT JOIN queue USING (source) LEFT JOIN failed USING (source)
  LEFT JOIN waiting USING (source) LEFT JOIN turned_away USING (source) LEFT JOIN circuit USING (source);
END $$
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader

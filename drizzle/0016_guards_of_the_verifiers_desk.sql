-- Whoever answers for a department sees the questions to it and nothing of the cases they come from: such a grant reaches
-- no division's rows, and what is shown of a question is what these functions return.
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "question_looks" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "question_looks" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "contested_values" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "contested_values" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "value_findings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "value_findings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
ALTER TABLE "question_looks" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "question_looks" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "contested_values" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "contested_values" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "value_findings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "value_findings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "gateway_circuits" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "gateway_circuits" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "refused_callbacks" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "refused_callbacks" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "contested_values" TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
CREATE POLICY app ON "value_findings" TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
-- The house writes it; whoever sees the case sees who looked.
CREATE POLICY app ON question_looks TO onedoor_app
  USING ((SELECT onedoor.is_system() OR onedoor.has_role('{auditor}')) OR EXISTS (SELECT 1 FROM department_requests r WHERE r.id = question_looks.request_id))
  WITH CHECK ((SELECT onedoor.is_system()))
--> statement-breakpoint
CREATE POLICY app ON gateway_circuits TO onedoor_app
  USING ((SELECT onedoor.is_system() OR onedoor.has_role('{operator,verification_officer}'))) WITH CHECK ((SELECT onedoor.is_system()))
--> statement-breakpoint
CREATE POLICY app ON refused_callbacks TO onedoor_app
  USING ((SELECT onedoor.is_system() OR onedoor.has_role('{operator,verification_officer}'))) WITH CHECK ((SELECT onedoor.is_system()))
--> statement-breakpoint
GRANT SELECT, INSERT ON question_looks, contested_values, value_findings, gateway_circuits, refused_callbacks TO onedoor_app
--> statement-breakpoint
GRANT UPDATE ON gateway_circuits, refused_callbacks TO onedoor_app
--> statement-breakpoint
GRANT SELECT ON question_looks, contested_values, value_findings, gateway_circuits, refused_callbacks TO onedoor_reader
--> statement-breakpoint
-- A township has no department of its own.
CREATE FUNCTION onedoor.check_verifier() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM divisions d WHERE d.id = NEW.division_id AND d.level IN ('county', 'prefecture', 'province')) THEN
    RAISE EXCEPTION 'a verifier answers for a county or more' USING ERRCODE = 'check_violation', CONSTRAINT = 'role_grants_verifier_level';
  END IF;
  RETURN NEW;
END $$
--> statement-breakpoint
CREATE TRIGGER check_verifier BEFORE INSERT ON role_grants FOR EACH ROW WHEN (NEW.role = 'department_verifier') EXECUTE FUNCTION onedoor.check_verifier()
--> statement-breakpoint
-- The divisions whose rows a person reaches: by every grant but a verifier's.
CREATE FUNCTION onedoor.case_roots(staff uuid, on_date date) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN coalesce((SELECT array_agg(DISTINCT g.division_id) FROM onedoor.grants_of(staff, on_date) g WHERE g.role <> 'department_verifier'), '{}');
END $$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.reckon_scope() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN onedoor.division_tree(onedoor.case_roots(onedoor.actor_staff(), onedoor.business_date()), onedoor.business_date());
END $$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.act_as(actor text, on_date date, of_case text, cooperation text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  roots uuid[] := '{}';
  held text[] := '{}';
BEGIN
  PERFORM set_config('onedoor.actor', actor, true), set_config('onedoor.on', on_date::text, true),
    set_config('onedoor.case', of_case, true), set_config('onedoor.cooperation', cooperation, true);
  IF actor LIKE 'staff:%' THEN
    SELECT coalesce(array_agg(DISTINCT g.division_id) FILTER (WHERE g.role <> 'department_verifier'), '{}'),
      coalesce(array_agg(DISTINCT g.role), '{}') INTO roots, held
    FROM onedoor.grants_of(onedoor.actor_staff(), on_date) g;
  END IF;
  PERFORM set_config('onedoor.scope', CASE WHEN roots = '{}' THEN '{}' ELSE onedoor.division_tree(roots, on_date)::text END, true),
    set_config('onedoor.roles', held::text, true), set_config('onedoor.reckoned_for', actor || ' ' || on_date::text, true);
END $$
--> statement-breakpoint
-- A verifier's role reaches no desk either: it counts for questions only.
CREATE OR REPLACE FUNCTION onedoor.roles_over(staff uuid, division uuid, on_date date)
RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT g.role FROM onedoor.grants_of(staff, on_date) g
  WHERE g.role <> 'department_verifier' AND g.division_id = ANY (onedoor.divisions_over(division, on_date));
END $$
--> statement-breakpoint
-- Whether somebody answers for this source over this division on a day.
CREATE FUNCTION onedoor.verifies(staff uuid, of_source text, division uuid, on_date date) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM role_grants g LEFT JOIN role_revocations r ON r.grant_id = g.id
    WHERE g.staff_id = verifies.staff AND g.role = 'department_verifier' AND g.source = of_source
      AND g.division_id = ANY (onedoor.divisions_over(division, on_date))
      AND g.valid_from <= on_date AND (g.valid_to IS NULL OR g.valid_to >= on_date)
      AND (r.revoked_from IS NULL OR r.revoked_from > on_date));
END $$
--> statement-breakpoint
-- Whoever put something into the file from inside, on whichever page.
CREATE FUNCTION onedoor.handlers(of_case text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT staff_id FROM applications WHERE case_no = of_case
  UNION SELECT staff_id FROM supplement_requests WHERE case_no = of_case
  UNION SELECT staff_id FROM supplements WHERE case_no = of_case
  UNION SELECT staff_id FROM acceptances WHERE case_no = of_case
  UNION SELECT staff_id FROM consents WHERE case_no = of_case
  UNION SELECT staff_id FROM consent_refusals WHERE case_no = of_case
  UNION SELECT staff_id FROM visits WHERE case_no = of_case
  UNION SELECT staff_id FROM visit_investigators WHERE case_no = of_case
  UNION SELECT staff_id FROM case_cooperations WHERE case_no = of_case
  UNION SELECT staff_id FROM adopted_facts WHERE case_no = of_case AND staff_id IS NOT NULL
  UNION SELECT staff_id FROM proof_adoptions WHERE case_no = of_case
  UNION SELECT staff_id FROM recognised_reports WHERE case_no = of_case
  UNION SELECT staff_id FROM fresh_questions WHERE case_no = of_case
  UNION SELECT staff_id FROM verification_notices WHERE case_no = of_case
  UNION SELECT staff_id FROM verification_objections WHERE case_no = of_case
  UNION SELECT staff_id FROM rechecks WHERE case_no = of_case
  UNION SELECT staff_id FROM opinion_drafts WHERE case_no = of_case
  UNION SELECT staff_id FROM opinions WHERE case_no = of_case
  UNION SELECT staff_id FROM appraisals WHERE case_no = of_case
  UNION SELECT staff_id FROM public_notices WHERE case_no = of_case
  UNION SELECT staff_id FROM objections WHERE case_no = of_case
  UNION SELECT staff_id FROM reports WHERE case_no = of_case
  UNION SELECT staff_id FROM warnings WHERE case_no = of_case
  UNION SELECT staff_id FROM documents WHERE case_no = of_case AND staff_id IS NOT NULL;
END $$
--> statement-breakpoint
-- Whoever contributed: from inside, or by answering for a department.
CREATE OR REPLACE FUNCTION onedoor.contributors(of_case text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT h FROM onedoor.handlers(of_case) h
  UNION SELECT staff_id FROM raw_answers WHERE case_no = of_case AND staff_id IS NOT NULL;
END $$
--> statement-breakpoint
-- Why somebody may not answer a question of a case; null when they may. Relatives as filed, and as they stand on the
-- roster today: nobody needs to have noticed.
CREATE FUNCTION onedoor.barred_from_answering(staff uuid, of_case text, on_date date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF staff IN (SELECT onedoor.related_staff(of_case))
    OR staff IN (SELECT r.handler_id FROM onedoor.relatives_on_roster(of_case, on_date) r WHERE r.handler_id IS NOT NULL) THEN
    RETURN 'relative_barred';
  END IF;
  IF staff IN (SELECT onedoor.handlers(of_case)) THEN RETURN 'contributor_barred'; END IF;
  RETURN NULL;
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.check_desk_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  division uuid;
  barred text;
BEGIN
  SELECT s.working_division_id INTO division FROM case_state s JOIN department_requests q ON q.case_no = s.case_no
  WHERE s.case_no = NEW.case_no AND q.id = NEW.request_id AND q.source = NEW.source;
  IF division IS NULL OR NOT coalesce(onedoor.verifies(NEW.staff_id, NEW.source, division, onedoor.business_date()), false) THEN
    RAISE EXCEPTION 'not this verifier''s question' USING ERRCODE = 'check_violation', CONSTRAINT = 'desk_answers_by_its_verifier';
  END IF;
  barred := onedoor.barred_from_answering(NEW.staff_id, NEW.case_no, onedoor.business_date());
  IF barred IS NOT NULL THEN
    RAISE EXCEPTION '%', barred USING ERRCODE = 'check_violation', CONSTRAINT = 'desk_answers_by_nobody_concerned';
  END IF;
  RETURN NEW;
END $$
--> statement-breakpoint
CREATE TRIGGER check_desk_answer BEFORE INSERT ON raw_answers FOR EACH ROW WHEN (NEW.staff_id IS NOT NULL) EXECUTE FUNCTION onedoor.check_desk_answer()
--> statement-breakpoint
-- Questions to a verifier's source, within their division, about open cases, on a signature that holds today; without
-- the case they come from. Whom it is about is for those who are not concerned in the case; it is sealed even here.
CREATE FUNCTION onedoor.questions_to_me(one uuid, only_open boolean, after_due date, after_id uuid, at_most integer)
RETURNS TABLE (request_id uuid, case_ref text, source text, items jsonb, purpose text, as_of text, due_on text, is_open boolean,
  consent_id uuid, consent_hash text, barred text, person_id uuid, key_id uuid, wrapped bytea, name bytea, id_number bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE
  me uuid := onedoor.actor_staff();
  today date := onedoor.business_date();
BEGIN
  RETURN QUERY
  WITH mine AS (
    SELECT g.source, onedoor.division_tree(array_agg(g.division_id), today) AS tree
    FROM role_grants g LEFT JOIN role_revocations v ON v.grant_id = g.id
    WHERE g.staff_id = me AND g.role = 'department_verifier' AND g.valid_from <= today
      AND (g.valid_to IS NULL OR g.valid_to >= today) AND (v.revoked_from IS NULL OR v.revoked_from > today)
    GROUP BY g.source
  ), asked AS (
    SELECT q.*, o.request_id IS NULL AS is_open, k.signature_hash, onedoor.barred_from_answering(me, q.case_no, today) AS barred
    FROM mine JOIN department_requests q ON q.source = mine.source
    JOIN case_state s ON s.case_no = q.case_no AND s.open AND s.working_division_id = ANY (mine.tree)
    JOIN consents k ON k.id = q.consent_id AND today BETWEEN k.valid_from AND k.valid_to
    LEFT JOIN consent_withdrawals w ON w.consent_id = k.id AND w.withdrawn_on <= today
    LEFT JOIN request_outcomes o ON o.request_id = q.id
    WHERE w.consent_id IS NULL AND (one IS NULL OR q.id = one) AND (NOT only_open OR o.request_id IS NULL)
      AND (after_id IS NULL OR (q.due_on, q.id) > (after_due, after_id))
    ORDER BY q.due_on, q.id LIMIT at_most
  )
  SELECT a.id, a.case_ref, a.source, a.items, a.purpose, a.requested_on::text, a.due_on::text, a.is_open,
    a.consent_id, a.signature_hash, a.barred, p.id, p.key_id, d.wrapped, p.name, p.id_number
  FROM asked a LEFT JOIN persons p ON p.id = a.person_id AND a.barred IS NULL LEFT JOIN data_keys d ON d.id = p.key_id
  ORDER BY a.due_on, a.id;
END $$
--> statement-breakpoint
-- What the person of one such question signed; the guardian who signed for them is named, sealed too.
CREATE FUNCTION onedoor.authorisation_for_me(of_request uuid)
RETURNS TABLE (text_version text, channel text, valid_from text, valid_to text, signed_on text, signature_hash text,
  signer_id uuid, signer_key_id uuid, signer_wrapped bytea, signer_name bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT k.text_version, k.channel, k.valid_from::text, k.valid_to::text, k.occurred_on::text, k.signature_hash, p.id, p.key_id, d.wrapped, p.name
  FROM onedoor.questions_to_me(of_request, true, NULL, NULL, 1) q JOIN consents k ON k.id = q.consent_id
  JOIN persons p ON p.id = k.signed_by_id JOIN data_keys d ON d.id = p.key_id
  WHERE q.barred IS NULL;
END $$
--> statement-breakpoint
-- How the departments do, and which cases of the caller's divisions wait because of each. Numbers of everybody, names of nobody.
CREATE FUNCTION onedoor.gateway_health(business_now timestamptz, real_now timestamptz, named integer)
RETURNS TABLE (source text, last_taken timestamptz, last_answer timestamptz, answer_p95_ms double precision, http_p95_ms double precision,
  open_questions integer, not_taken integer, faults jsonb, refused integer, circuits jsonb, waiting_cases integer, oldest_due text, case_nos text[])
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
    SELECT c.source, sum(c.count)::integer AS refused FROM refused_callbacks c WHERE c.hour > real_now - interval '1 day' GROUP BY c.source
  ), circuit AS (
    SELECT c.source, jsonb_agg(jsonb_build_object('state', c.state, 'since', extract(epoch FROM c.since) * 1000) ORDER BY c.since DESC) AS circuits
    FROM gateway_circuits c WHERE c.since > real_now - interval '1 day' GROUP BY c.source
  )
  SELECT n.source, taken.last_taken, heard.last_answer, heard.answer_p95_ms, taken.http_p95_ms, coalesce(queue.open_questions, 0), coalesce(queue.not_taken, 0),
    coalesce(failed.faults, '{}'), coalesce(turned_away.refused, 0), coalesce(circuit.circuits, '[]'), coalesce(waiting.cases, 0), waiting.oldest_due, coalesce(waiting.case_nos, '{}')
  FROM (SELECT taken.source FROM taken UNION SELECT heard.source FROM heard UNION SELECT queue.source FROM queue UNION SELECT failed.source FROM failed
    UNION SELECT turned_away.source FROM turned_away UNION SELECT circuit.source FROM circuit) n
  LEFT JOIN taken USING (source) LEFT JOIN heard USING (source) LEFT JOIN queue USING (source) LEFT JOIN failed USING (source)
  LEFT JOIN waiting USING (source) LEFT JOIN turned_away USING (source) LEFT JOIN circuit USING (source);
END $$
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader

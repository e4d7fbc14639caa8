-- Earlier reports: rows of the new tables are added, never edited; seen by whoever sees their case; and the two questions
-- that the house may put across files.
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "answer_origins" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "answer_origins" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
ALTER TABLE "answer_origins" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "answer_origins" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "answer_origins" TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "fresh_questions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "fresh_questions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
ALTER TABLE "fresh_questions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "fresh_questions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "fresh_questions" TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "recognised_answers" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "recognised_answers" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
ALTER TABLE "recognised_answers" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "recognised_answers" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "recognised_answers" TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "recognised_reports" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "recognised_reports" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
ALTER TABLE "recognised_reports" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "recognised_reports" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "recognised_reports" TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
GRANT SELECT, INSERT ON "answer_origins", "fresh_questions", "recognised_answers", "recognised_reports" TO onedoor_app
--> statement-breakpoint
GRANT SELECT ON "answer_origins", "fresh_questions", "recognised_answers", "recognised_reports" TO onedoor_reader
--> statement-breakpoint
-- Whoever entered a recognised report, or wanted a question put anew, contributed.
CREATE OR REPLACE FUNCTION onedoor.contributors(of_case text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
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
-- Do two cases lie in one county? By the tree on a day, so that counties that were merged are one.
CREATE FUNCTION onedoor.in_one_county(one_case text, other_case text, on_date date)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM case_state a, case_state b, divisions d
    WHERE a.case_no = one_case AND b.case_no = other_case AND d.level = 'county'
      AND d.id = ANY (onedoor.divisions_over(a.working_division_id, on_date))
      AND d.id = ANY (onedoor.divisions_over(b.working_division_id, on_date)));
END $$
--> statement-breakpoint
-- What a source answered about the same person in another file, as the first report with that answer in it states. Told to
-- the house alone, while it acts for the case that asks, and only where both files have the number beyond dispute and lie
-- in one county. Whether it may be reused, the policy says. Answers that were reused or recognised themselves are not
-- told: nothing gets older than the question that was put to the department.
--
-- The lock holds until the end of the step: an answer that comes to that question meanwhile waits for it at the door
-- (onedoor.reusers_of) and is brought here too. Cases that reuse one answer do not wait for each other.
CREATE FUNCTION onedoor.earlier_answers(of_case text, of_person uuid, of_source text)
RETURNS TABLE (link_id uuid, other_case_no text, request_id uuid, purpose text, items jsonb, asked_at timestamptz, answer_id uuid,
  answer_hash text, key_id uuid, wrapped bytea, body bytea, report_id uuid, report_version integer, report_hash text,
  valued_on date, valid_from date, valid_to date, withdrawn_on date, told_apart boolean, heard_since boolean, disputed boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  IF onedoor.system_case() IS DISTINCT FROM of_case THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('question:' || asked.id, 0)) FROM (
    SELECT q.id FROM person_links l JOIN department_requests q ON q.case_no = l.other_case_no AND q.person_id = l.other_person_id
    WHERE l.case_no = of_case AND l.person_id = of_person AND q.source = of_source ORDER BY q.id) asked;
  RETURN QUERY
  SELECT l.id, q.case_no, q.id, q.purpose, q.items,
    coalesce((SELECT min(t.at) FROM lookup_attempts t WHERE t.request_id = q.id AND t.phase = 'leaving'), q.requested_on::timestamp AT TIME ZONE 'Asia/Shanghai'),
    a.id, a.content_hash, a.key_id, k.wrapped, a.body, r.id, r.version, r.content_hash, q.requested_on, r.valid_from, r.valid_to,
    (SELECT w.withdrawn_on FROM consent_withdrawals w WHERE w.consent_id = q.consent_id),
    EXISTS (SELECT 1 FROM person_link_resolutions v JOIN person_links b ON b.id = v.link_id WHERE v.verdict = 'different_persons'
      AND ((b.person_id = l.person_id AND b.other_person_id = l.other_person_id) OR (b.person_id = l.other_person_id AND b.other_person_id = l.person_id))),
    EXISTS (SELECT 1 FROM raw_answers x LEFT JOIN answer_readings y ON y.answer_id = x.id WHERE x.case_no = q.case_no AND x.request_id = q.id
      AND x.id <> a.id AND coalesce(y.verdict NOT IN ('repeated', 'confirmed', 'outdated'), true)),
    EXISTS (SELECT 1 FROM verification_objections d WHERE d.case_no = q.case_no)
  FROM person_links l
  JOIN persons me ON me.id = l.person_id AND me.id_status = 'valid'
  JOIN persons them ON them.id = l.other_person_id AND them.id_status = 'valid' AND them.id_index = me.id_index
  JOIN department_requests q ON q.case_no = l.other_case_no AND q.person_id = them.id AND q.source = of_source
  JOIN request_outcomes o ON o.request_id = q.id AND o.answer_id IS NOT NULL
  JOIN raw_answers a ON a.id = o.answer_id
  JOIN data_keys k ON k.id = a.key_id AND k.wrapped IS NOT NULL
  CROSS JOIN LATERAL (SELECT v.id, v.version, v.content_hash, v.valid_from, v.valid_to FROM verification_reports v
    WHERE v.case_no = q.case_no AND v.content @> jsonb_build_object('questions', jsonb_build_array(
      jsonb_build_object('request', q.id::text, 'answer', jsonb_build_object('id', a.id::text))))
    ORDER BY v.version LIMIT 1) r
  WHERE l.case_no = of_case AND l.person_id = of_person AND onedoor.in_one_county(of_case, q.case_no, onedoor.business_date())
    AND NOT EXISTS (SELECT 1 FROM answer_origins g WHERE g.request_id = q.id)
    AND NOT EXISTS (SELECT 1 FROM department_requests n WHERE n.supersedes = q.id OR n.again_of = q.id)
    -- A section is words of a platform's report, and that is about other questions too: it is asked for anew.
    AND a.report_id IS NULL
  ORDER BY q.requested_on DESC, q.id DESC;
END $$
--> statement-breakpoint
-- Questions of other files that rest on the answer to this one: what comes to it from now on is brought to them too.
CREATE FUNCTION onedoor.reusers_of(request uuid)
RETURNS TABLE (case_no text, request_id uuid) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  IF NOT onedoor.is_system() THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('question:' || request, 0));
  RETURN QUERY SELECT g.case_no, g.request_id FROM answer_origins g WHERE g.from_request_id = request ORDER BY g.request_id;
END $$
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader

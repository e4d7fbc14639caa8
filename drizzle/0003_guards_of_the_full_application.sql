-- The full application: rows of the new tables are added, never edited; who may see which; who is barred.
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "appraisals" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "appraisals" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "authorisations" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "authorisations" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "capacities" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "capacities" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "case_assignments" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "case_assignments" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "commitments" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "commitments" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "consent_refusals" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "consent_refusals" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "cooperation_cancellations" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "cooperation_cancellations" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "cooperation_reports" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "cooperation_reports" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "endings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "endings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "extensions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "extensions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "file_returns" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "file_returns" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "near_relative_filings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "near_relative_filings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "notice_photos" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "notice_photos" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "opinion_drafts" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "opinion_drafts" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "publications" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "publications" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "rechecks" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "rechecks" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "relative_roster" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "relative_roster" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "relative_roster_ends" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "relative_roster_ends" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "report_answers" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "report_answers" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "reporters" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "reporters" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "reports" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "reports" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "sample_draws" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "sample_draws" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "sample_findings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "sample_findings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "samples" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "samples" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "verification_notices" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "verification_notices" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "verification_objections" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "verification_objections" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "verification_reports" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "verification_reports" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "warnings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "warnings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
-- Whoever contributed, on whichever page of the file.
CREATE OR REPLACE FUNCTION onedoor.contributors(of_case text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT staff_id FROM applications WHERE case_no = of_case
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
  UNION SELECT staff_id FROM verification_notices WHERE case_no = of_case
  UNION SELECT staff_id FROM verification_objections WHERE case_no = of_case
  UNION SELECT staff_id FROM rechecks WHERE case_no = of_case
  UNION SELECT staff_id FROM opinion_drafts WHERE case_no = of_case
  UNION SELECT staff_id FROM opinions WHERE case_no = of_case
  UNION SELECT staff_id FROM appraisals WHERE case_no = of_case
  UNION SELECT staff_id FROM public_notices WHERE case_no = of_case
  UNION SELECT staff_id FROM objections WHERE case_no = of_case
  UNION SELECT staff_id FROM warnings WHERE case_no = of_case
  UNION SELECT staff_id FROM documents WHERE case_no = of_case AND staff_id IS NOT NULL
$$
--> statement-breakpoint
-- Handlers whose near relative, or who themselves, are in the household: barred from everything in the case.
CREATE FUNCTION onedoor.related_staff(of_case text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT handler_id FROM near_relative_filings WHERE case_no = of_case AND handler_id IS NOT NULL
$$
--> statement-breakpoint
-- The roster is not for the window to browse; the door may learn who of one case stands on it.
CREATE FUNCTION onedoor.relatives_on_roster(of_case text, on_date date)
RETURNS TABLE (roster_id uuid, person_id uuid, handler_id uuid, relation text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.id, p.id, r.handler_id, r.relation FROM persons p JOIN relative_roster r ON r.id_index = p.id_index
  LEFT JOIN relative_roster_ends e ON e.roster_id = r.id
  WHERE p.case_no = of_case AND r.valid_from <= on_date AND (e.ended_from IS NULL OR e.ended_from > on_date)
    AND EXISTS (SELECT 1 FROM household_members m WHERE m.case_no = of_case AND m.person_id = p.id)
$$
--> statement-breakpoint
-- A cooperating township acts on the one cooperation that the house named, when it is theirs and still asked for.
CREATE FUNCTION onedoor.cooperating_case() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT k.case_no FROM case_cooperations k
  WHERE k.id = nullif(current_setting('onedoor.cooperation', true), '')::uuid
    AND k.division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[])
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.accepted_in(of_case text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT division_id FROM cases WHERE case_no = of_case
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.reaches_case(of_case text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(of_case = onedoor.system_case(), false)
    OR EXISTS (SELECT 1 FROM cases c WHERE c.case_no = of_case AND c.division_id = ANY (onedoor.scope_divisions()))
    OR EXISTS (SELECT 1 FROM case_assignments a WHERE a.case_no = of_case AND a.division_id = ANY (onedoor.scope_divisions()))
$$
--> statement-breakpoint
-- What is published today: masked, and these columns only.
CREATE FUNCTION onedoor.publication_board(today date, village text)
RETURNS TABLE (id uuid, village_code text, masked_name text, member_count integer, monthly_benefit_fen bigint, published_on text, ends_on text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT p.id, p.village_code, p.masked_name, p.member_count, p.monthly_benefit_fen, p.published_on::text, p.ends_on::text
  FROM publications p WHERE p.published_on <= today AND p.ends_on >= today AND (village IS NULL OR p.village_code = village)
$$
--> statement-breakpoint
-- A row that its writer may not read again (who reported) still goes into the chain: the hash says nothing of it.
ALTER FUNCTION onedoor.row_hash(text, text, text) SECURITY DEFINER
--> statement-breakpoint
ALTER FUNCTION onedoor.row_hash(text, text, text) SET search_path = public
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.bar_contributors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.staff_id IN (SELECT onedoor.contributors(NEW.case_no)) THEN
    RAISE EXCEPTION 'contributor_barred' USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_by_outsider';
  END IF;
  IF NEW.staff_id IN (SELECT onedoor.related_staff(NEW.case_no)) THEN
    RAISE EXCEPTION 'relative_barred' USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_by_no_relative';
  END IF;
  RETURN NEW;
END $$
--> statement-breakpoint
-- Also where an emergency lets phone or video stand in, two take part.
CREATE OR REPLACE FUNCTION onedoor.check_visit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.method IN ('home_visit', 'phone_visit', 'video_visit') AND ((NEW.method = 'home_visit' AND NEW.household_signatory_id IS NULL)
      OR (SELECT count(*) FROM visit_investigators i WHERE i.visit_id = NEW.id) < 2) THEN
    RAISE EXCEPTION 'a home visit needs two investigators and a household member' USING ERRCODE = 'check_violation', CONSTRAINT = 'visits_two_investigators';
  END IF;
  RETURN NULL;
END $$
--> statement-breakpoint
ALTER TABLE "appraisals" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "appraisals" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "authorisations" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "authorisations" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "capacities" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "capacities" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "case_assignments" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "case_assignments" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "commitments" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "commitments" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "consent_refusals" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "consent_refusals" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "cooperation_cancellations" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "cooperation_cancellations" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "cooperation_reports" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "cooperation_reports" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "endings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "endings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "extensions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "extensions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "file_returns" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "file_returns" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "near_relative_filings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "near_relative_filings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "notice_photos" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "notice_photos" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "opinion_drafts" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "opinion_drafts" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "publications" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "publications" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "rechecks" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "rechecks" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "relative_roster" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "relative_roster" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "relative_roster_ends" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "relative_roster_ends" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "report_answers" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "report_answers" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "reporters" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "reporters" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "reports" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "reports" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "sample_draws" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "sample_draws" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "sample_findings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "sample_findings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "samples" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "samples" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "verification_notices" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "verification_notices" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "verification_objections" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "verification_objections" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "verification_reports" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "verification_reports" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "warnings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "warnings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "appraisals" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "appraisals".case_no))
--> statement-breakpoint
CREATE POLICY app ON "authorisations" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "authorisations".case_no))
--> statement-breakpoint
CREATE POLICY app ON "capacities" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "capacities".case_no))
--> statement-breakpoint
CREATE POLICY app ON "commitments" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "commitments".case_no))
--> statement-breakpoint
CREATE POLICY app ON "consent_refusals" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "consent_refusals".case_no))
--> statement-breakpoint
CREATE POLICY app ON "cooperation_cancellations" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "cooperation_cancellations".case_no))
--> statement-breakpoint
CREATE POLICY app ON "cooperation_reports" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "cooperation_reports".case_no))
--> statement-breakpoint
CREATE POLICY app ON "endings" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "endings".case_no))
--> statement-breakpoint
CREATE POLICY app ON "extensions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "extensions".case_no))
--> statement-breakpoint
CREATE POLICY app ON "file_returns" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "file_returns".case_no))
--> statement-breakpoint
CREATE POLICY app ON "near_relative_filings" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "near_relative_filings".case_no))
--> statement-breakpoint
CREATE POLICY app ON "notice_photos" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "notice_photos".case_no))
--> statement-breakpoint
CREATE POLICY app ON "opinion_drafts" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "opinion_drafts".case_no))
--> statement-breakpoint
CREATE POLICY app ON "publications" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "publications".case_no))
--> statement-breakpoint
CREATE POLICY app ON "rechecks" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "rechecks".case_no))
--> statement-breakpoint
CREATE POLICY app ON "report_answers" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "report_answers".case_no))
--> statement-breakpoint
CREATE POLICY app ON "reports" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "reports".case_no))
--> statement-breakpoint
CREATE POLICY app ON "sample_draws" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "sample_draws".case_no))
--> statement-breakpoint
CREATE POLICY app ON "sample_findings" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "sample_findings".case_no))
--> statement-breakpoint
CREATE POLICY app ON "verification_notices" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "verification_notices".case_no))
--> statement-breakpoint
CREATE POLICY app ON "verification_objections" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "verification_objections".case_no))
--> statement-breakpoint
CREATE POLICY app ON "verification_reports" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "verification_reports".case_no))
--> statement-breakpoint
CREATE POLICY app ON "warnings" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "warnings".case_no))
--> statement-breakpoint
DROP POLICY app ON cases
--> statement-breakpoint
CREATE POLICY app ON cases TO onedoor_app
  USING (case_no = (SELECT onedoor.system_case()) OR case_no = (SELECT onedoor.cooperating_case())
    OR division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[])
    OR EXISTS (SELECT 1 FROM case_assignments a WHERE a.case_no = cases.case_no AND a.division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[])))
--> statement-breakpoint
CREATE POLICY app ON case_assignments FOR SELECT TO onedoor_app
  USING (case_no = (SELECT onedoor.system_case()) OR case_no = (SELECT onedoor.cooperating_case())
    OR division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[])
    OR onedoor.accepted_in(case_no) = ANY ((SELECT onedoor.scope_divisions())::uuid[]))
--> statement-breakpoint
-- Asked by a function: a policy here that reads cases would read itself.
CREATE POLICY app_insert ON case_assignments FOR INSERT TO onedoor_app
  WITH CHECK (onedoor.reaches_case(case_no))
--> statement-breakpoint
-- A cooperation is also its own township's to read: there is nothing in it but whom to visit.
CREATE POLICY app_cooperating ON case_cooperations FOR SELECT TO onedoor_app
  USING (division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[]))
--> statement-breakpoint
CREATE POLICY app ON relative_roster TO onedoor_app
  USING ((SELECT onedoor.is_system()) OR ((SELECT onedoor.has_role('{township_leader,supervisor,auditor}')) AND division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[])))
  WITH CHECK ((SELECT onedoor.is_system()))
--> statement-breakpoint
CREATE POLICY app ON relative_roster_ends TO onedoor_app
  USING (EXISTS (SELECT 1 FROM relative_roster r WHERE r.id = relative_roster_ends.roster_id))
  WITH CHECK ((SELECT onedoor.is_system()))
--> statement-breakpoint
-- Who reported is for the supervisor who has it answered, and for nobody else who can read the case.
CREATE POLICY app ON reporters FOR SELECT TO onedoor_app
  USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = reporters.case_no) AND (SELECT onedoor.has_role('{supervisor}')))
--> statement-breakpoint
CREATE POLICY app_insert ON reporters FOR INSERT TO onedoor_app
  WITH CHECK (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = reporters.case_no))
--> statement-breakpoint
CREATE POLICY app ON samples TO onedoor_app
  USING ((SELECT onedoor.is_system()) OR division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[]))
--> statement-breakpoint
DROP POLICY app ON data_keys
--> statement-breakpoint
CREATE POLICY app ON data_keys TO onedoor_app
  USING (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}'))
    WHEN owner = 'reporter' THEN (SELECT onedoor.has_role('{supervisor}')) AND EXISTS (SELECT 1 FROM cases c WHERE c.case_no = data_keys.case_no)
    ELSE EXISTS (SELECT 1 FROM cases c WHERE c.case_no = data_keys.case_no) END)
  WITH CHECK (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}'))
    ELSE EXISTS (SELECT 1 FROM cases c WHERE c.case_no = data_keys.case_no) END)
--> statement-breakpoint
GRANT SELECT, INSERT ON "appraisals", "authorisations", "capacities", "case_assignments", "commitments", "consent_refusals", "cooperation_cancellations", "cooperation_reports", "endings", "extensions", "file_returns", "near_relative_filings", "notice_photos", "opinion_drafts", "publications", "rechecks", "relative_roster", "relative_roster_ends", "report_answers", "reporters", "reports", "sample_draws", "sample_findings", "samples", "verification_notices", "verification_objections", "verification_reports", "warnings" TO onedoor_app
--> statement-breakpoint
GRANT SELECT ON "appraisals", "authorisations", "capacities", "case_assignments", "commitments", "consent_refusals", "cooperation_cancellations", "cooperation_reports", "endings", "extensions", "file_returns", "near_relative_filings", "notice_photos", "opinion_drafts", "publications", "rechecks", "relative_roster", "relative_roster_ends", "report_answers", "reporters", "reports", "sample_draws", "sample_findings", "samples", "verification_notices", "verification_objections", "verification_reports", "warnings" TO onedoor_reader
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader

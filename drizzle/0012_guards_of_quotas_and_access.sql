-- Who looked at what, what auditors are told of it, and what quotas count: rows are added, never edited; who may see which.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "access_events" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "access_events" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "lookup_signals" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "lookup_signals" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "lookup_signal_conclusions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "lookup_signal_conclusions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "lookup_releases" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "lookup_releases" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
-- The house itself, in no case: the sweep.
CREATE FUNCTION onedoor.is_house() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT onedoor.is_system() AND onedoor.system_case() IS NULL
$$
--> statement-breakpoint
-- Divisions whose auditor acts: their grants as auditor, and no other grant of theirs.
CREATE FUNCTION onedoor.audited_divisions() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  roots uuid[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT g.division_id), '{}') INTO roots
  FROM onedoor.grants_of(onedoor.actor_staff(), onedoor.business_date()) g WHERE g.role = 'auditor';
  RETURN CASE WHEN roots = '{}' THEN '{}' ELSE onedoor.division_tree(roots, onedoor.business_date()) END;
END $$
--> statement-breakpoint
-- Counts for the gate, which stands in one case and may learn of the others how many questions, and nothing else.
CREATE FUNCTION onedoor.questions_caused(of_staff uuid, from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (SELECT count(*)::int FROM access_events e
    WHERE e.staff_id = of_staff AND e.kind = 'question_left' AND e.at >= from_at AND e.at < to_at);
END $$
--> statement-breakpoint
-- One human being, in whichever files: by the index of the ID number; a provisional person is only themselves.
CREATE FUNCTION onedoor.person_key(of_person uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (SELECT coalesce(p.id_index, p.id::text) FROM persons p WHERE p.id = of_person);
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.questions_about(of_person uuid, from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (
    WITH same AS (
      SELECT p.id, p.case_no FROM persons p WHERE p.id = of_person
      UNION
      SELECT o.id, o.case_no FROM persons p JOIN persons o ON o.id_index = p.id_index WHERE p.id = of_person
    )
    SELECT count(*)::int FROM same JOIN department_requests r ON r.case_no = same.case_no AND r.person_id = same.id
    CROSS JOIN LATERAL (SELECT min(a.at) AS at FROM lookup_attempts a WHERE a.request_id = r.id AND a.phase = 'leaving') first
    WHERE first.at >= from_at AND first.at < to_at);
END $$
--> statement-breakpoint
-- How whoever is in a file, or one person of it, stands to a member of staff or to the office, by what was filed and stated.
CREATE FUNCTION onedoor.kinship_marks(of_case text, of_person uuid, of_staff uuid, on_date date) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT CASE WHEN r.handler_id = of_staff THEN 'own_relative' WHEN r.relation = 'self' THEN 'colleague'
      ELSE 'relative_of_colleague' END
    FROM persons p JOIN relative_roster r ON r.id_index = p.id_index LEFT JOIN relative_roster_ends e ON e.roster_id = r.id
    WHERE p.case_no = of_case AND (of_person IS NULL OR p.id = of_person)
      AND r.valid_from <= on_date AND (e.ended_from IS NULL OR e.ended_from > on_date)
  UNION SELECT 'own_relative' FROM near_relative_filings f
    WHERE f.case_no = of_case AND (of_person IS NULL OR f.person_id = of_person) AND f.handler_id = of_staff;
END $$
--> statement-breakpoint
-- Names are known at the gate only. Colleagues are the staff of the county that the case is in, above it and below.
CREATE FUNCTION onedoor.name_marks(of_case text, name text, surname text, village text, of_staff uuid, on_date date) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT 'name_of_colleague' WHERE EXISTS (
      SELECT 1 FROM staff s JOIN cases c ON c.case_no = of_case
      JOIN divisions county ON county.level = 'county' AND county.id = ANY (onedoor.divisions_over(c.division_id, on_date))
      WHERE s.name = name_marks.name AND s.id <> of_staff
        AND (county.id = ANY (onedoor.divisions_over(s.division_id, on_date)) OR s.division_id = ANY (onedoor.divisions_over(county.id, on_date))))
  UNION SELECT 'same_name' FROM staff s WHERE s.id = of_staff AND s.name = name_marks.name
  UNION SELECT 'same_surname_and_village' FROM staff s JOIN divisions d ON d.id = s.division_id
    WHERE s.id = of_staff AND d.level = 'village' AND d.code = name_marks.village
      AND name_marks.surname <> '' AND starts_with(s.name, name_marks.surname);
END $$
--> statement-breakpoint
-- What a member of staff looked at, and whether they had to do with it: an act of theirs in the case about then, or a task
-- for a role of theirs that waited. For the sweep alone.
CREATE FUNCTION onedoor.accesses_of(of_staff uuid, from_at timestamptz, to_at timestamptz)
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
        AND a.code NOT IN ('file_exported', 'reporter_read') AND a.at BETWEEN e.at - interval '12 hours' AND e.at + interval '12 hours'),
      EXISTS (SELECT 1 FROM tasks t WHERE t.case_no = e.about_case AND t.opened_at <= e.at AND (t.done_at IS NULL OR t.done_at >= e.at)
        AND (t.claimed_by = of_staff OR t.role IN (SELECT g.role FROM onedoor.grants_of(of_staff, (e.at AT TIME ZONE 'Asia/Shanghai')::date) g)))
    FROM access_events e WHERE e.staff_id = of_staff AND e.at BETWEEN from_at AND to_at ORDER BY e.at, e.id;
END $$
--> statement-breakpoint
ALTER TABLE "access_events" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "access_events" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "access_watch" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "access_watch" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "lookup_releases" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "lookup_releases" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "lookup_signal_conclusions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "lookup_signal_conclusions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "lookup_signals" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "lookup_signals" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
-- Everybody leaves their own trace; the auditor of where they belong reads it.
CREATE POLICY app ON access_events FOR SELECT TO onedoor_app
  USING ((SELECT onedoor.is_house()) OR EXISTS (SELECT 1 FROM staff s WHERE s.id = access_events.staff_id AND s.division_id = ANY ((SELECT onedoor.audited_divisions())::uuid[])))
--> statement-breakpoint
CREATE POLICY app_insert ON access_events FOR INSERT TO onedoor_app
  WITH CHECK ((SELECT onedoor.is_system()) OR staff_id = (SELECT onedoor.actor_staff()))
--> statement-breakpoint
CREATE POLICY app ON access_watch TO onedoor_app USING ((SELECT onedoor.is_house()))
--> statement-breakpoint
CREATE POLICY app ON lookup_releases TO onedoor_app USING (onedoor.sees_case(case_no))
--> statement-breakpoint
-- Nobody is their own auditor.
CREATE POLICY app ON lookup_signals FOR SELECT TO onedoor_app
  USING ((SELECT onedoor.is_house()) OR (division_id = ANY ((SELECT onedoor.audited_divisions())::uuid[]) AND staff_id <> (SELECT onedoor.actor_staff())))
--> statement-breakpoint
CREATE POLICY app_insert ON lookup_signals FOR INSERT TO onedoor_app WITH CHECK ((SELECT onedoor.is_house()))
--> statement-breakpoint
CREATE POLICY app ON lookup_signal_conclusions TO onedoor_app
  USING (EXISTS (SELECT 1 FROM lookup_signals s WHERE s.id = lookup_signal_conclusions.signal_id))
  WITH CHECK (staff_id = (SELECT onedoor.actor_staff()) AND EXISTS (SELECT 1 FROM lookup_signals s WHERE s.id = lookup_signal_conclusions.signal_id))
--> statement-breakpoint
-- A signal is of no case, and the sweep of no division: it may lay this one kind of task before an auditor.
CREATE POLICY app_signal ON tasks FOR INSERT TO onedoor_app
  WITH CHECK (case_no IS NULL AND kind = 'lookup_signal' AND (SELECT onedoor.is_house()))
--> statement-breakpoint
GRANT SELECT, INSERT ON "access_events", "lookup_signals", "lookup_signal_conclusions", "lookup_releases", "access_watch" TO onedoor_app
--> statement-breakpoint
GRANT UPDATE ON "access_watch" TO onedoor_app
--> statement-breakpoint
GRANT SELECT ON "access_events", "lookup_signals", "lookup_signal_conclusions", "lookup_releases", "access_watch" TO onedoor_reader
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader

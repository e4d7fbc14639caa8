-- What must never be, held by the database: append-only rows, row-level security by division tree,
-- separation of duties, and the ground of a lookup. Roles are made by `onedoor migrate` before this runs.
CREATE SCHEMA IF NOT EXISTS onedoor
--> statement-breakpoint
CREATE FUNCTION onedoor.actor_staff() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('onedoor.actor', true) LIKE 'staff:%'
    THEN substr(current_setting('onedoor.actor', true), 7)::uuid END
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.is_system() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('onedoor.actor', true) LIKE 'system:%', false)
$$
--> statement-breakpoint
-- A system actor (timer, answer, sweep) sees one case: the one it was opened for.
CREATE FUNCTION onedoor.system_case() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN onedoor.is_system() THEN nullif(current_setting('onedoor.case', true), '') END
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.business_date() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('onedoor.on', true), '')::date
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.grants_of(staff uuid, on_date date)
RETURNS TABLE (role text, division_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT g.role, g.division_id FROM role_grants g LEFT JOIN role_revocations r ON r.grant_id = g.id
  WHERE g.staff_id = staff AND g.valid_from <= on_date AND (g.valid_to IS NULL OR g.valid_to >= on_date)
    AND (r.revoked_from IS NULL OR r.revoked_from > on_date)
$$
--> statement-breakpoint
-- A division, everything under it in the tree, and what it succeeded. Never a comparison of code prefixes.
CREATE FUNCTION onedoor.division_tree(roots uuid[], on_date date)
RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH RECURSIVE tree (id) AS (
    SELECT unnest(roots)
    UNION
    SELECT next.id FROM tree CROSS JOIN LATERAL (
      SELECT d.id FROM divisions d WHERE d.parent_id = tree.id
      UNION ALL
      SELECT s.from_division_id FROM division_successions s WHERE s.to_division_id = tree.id AND s.on_date <= division_tree.on_date
    ) next
  ) SELECT coalesce(array_agg(id), '{}') FROM tree
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.scope_divisions() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT onedoor.division_tree(coalesce(array_agg(g.division_id), '{}'), onedoor.business_date())
  FROM onedoor.grants_of(onedoor.actor_staff(), onedoor.business_date()) g
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.has_role(wanted text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT 1 FROM onedoor.grants_of(onedoor.actor_staff(), onedoor.business_date()) g WHERE g.role = ANY (wanted))
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.contributors(of_case text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT staff_id FROM applications WHERE case_no = of_case
  UNION SELECT staff_id FROM supplement_requests WHERE case_no = of_case
  UNION SELECT staff_id FROM supplements WHERE case_no = of_case
  UNION SELECT staff_id FROM acceptances WHERE case_no = of_case
  UNION SELECT staff_id FROM visits WHERE case_no = of_case
  UNION SELECT staff_id FROM visit_investigators WHERE case_no = of_case
  UNION SELECT staff_id FROM adopted_facts WHERE case_no = of_case AND staff_id IS NOT NULL
  UNION SELECT staff_id FROM proof_adoptions WHERE case_no = of_case
  UNION SELECT staff_id FROM opinions WHERE case_no = of_case
  UNION SELECT staff_id FROM public_notices WHERE case_no = of_case
  UNION SELECT staff_id FROM objections WHERE case_no = of_case
  UNION SELECT staff_id FROM documents WHERE case_no = of_case AND staff_id IS NOT NULL
$$
--> statement-breakpoint
-- Chains whose newest event is not sealed yet: hashes only, so that the sealer needs no case of its own.
CREATE FUNCTION onedoor.unsealed_heads() RETURNS TABLE (chain text, seq integer, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT ON (e.chain) e.chain, e.seq, e.hash FROM audit_events e
  WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.chain = e.chain AND s.chain_seq >= e.seq)
  ORDER BY e.chain, e.seq DESC
$$
--> statement-breakpoint
-- Open cases whose clocks wait for a calendar that is there now.
CREATE FUNCTION onedoor.cases_awaiting_calendar(years integer[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT DISTINCT k.case_no FROM clocks k JOIN case_state s ON s.case_no = k.case_no AND s.open
  WHERE k.provisional AND k.done_on IS NULL AND k.missing_year = ANY (years)
$$
--> statement-breakpoint
-- What hangs on the public board today: masked, and these columns only.
CREATE FUNCTION onedoor.notice_board(today date, village text)
RETURNS TABLE (id uuid, village_code text, masked_name text, member_count integer, monthly_benefit_fen bigint, posted_on text, ends_on text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT n.id, n.village_code, n.masked_name, n.member_count, n.monthly_benefit_fen, n.posted_on::text, n.ends_on::text
  FROM public_notices n LEFT JOIN public_notice_removals r ON r.notice_id = n.id
  WHERE r.notice_id IS NULL AND n.posted_on <= today AND n.ends_on >= today AND (village IS NULL OR n.village_code = village)
$$
--> statement-breakpoint
-- A callback names a request, not a case; the door may learn which case that is, and nothing else.
CREATE FUNCTION onedoor.case_of_request(request uuid, of_source text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT case_no FROM department_requests WHERE id = request AND source = of_source
$$
--> statement-breakpoint
-- What the audit chain says of a row: its columns as stored (ciphertext included). NULLs are left out, so that a
-- later migration may add a nullable column without touching old hashes.
CREATE FUNCTION onedoor.row_hash(tbl text, key_column text, key text) RETURNS text
LANGUAGE plpgsql STABLE SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
DECLARE hash text;
BEGIN
  EXECUTE format('SELECT encode(sha256(convert_to(jsonb_strip_nulls(to_jsonb(t))::text, ''UTF8'')), ''hex'') FROM %I t WHERE %I = $1::%s',
    tbl, key_column, CASE WHEN key_column = 'case_no' THEN 'text' ELSE 'uuid' END) INTO hash USING key;
  RETURN hash;
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are added, never edited', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "division_successions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "division_successions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "divisions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "divisions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "role_grants" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "role_grants" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "role_revocations" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "role_revocations" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "staff" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "staff" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "acceptances" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "acceptances" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_events" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "audit_events" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_seals" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "audit_seals" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "case_cooperations" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "case_cooperations" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "cases" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "cases" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "documents" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "documents" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "duties" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "duties" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "supplement_requests" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "supplement_requests" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "supplements" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "supplements" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "transitions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "transitions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "applications" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "applications" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "consent_withdrawals" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "consent_withdrawals" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "consents" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "consents" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "household_members" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "household_members" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "households" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "households" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "obligors" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "obligors" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "person_link_resolutions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "person_link_resolutions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "person_links" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "person_links" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "person_places" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "person_places" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "persons" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "persons" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "remarks" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "remarks" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "representations" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "representations" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "requests" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "requests" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "adopted_facts" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "adopted_facts" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "answer_facts" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "answer_facts" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "answer_readings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "answer_readings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "declared_facts" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "declared_facts" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "department_requests" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "department_requests" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "lookup_attempts" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "lookup_attempts" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "proof_adoptions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "proof_adoptions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "raw_answers" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "raw_answers" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "request_outcomes" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "request_outcomes" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "visit_investigators" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "visit_investigators" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "visits" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "visits" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "decisions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "decisions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "deliveries" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "deliveries" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "determinations" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "determinations" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "entitlement_lines" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "entitlement_lines" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "objection_findings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "objection_findings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "objections" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "objections" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "opinions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "opinions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "public_notice_removals" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "public_notice_removals" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "public_notices" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "public_notices" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "recognitions" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "recognitions" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE FUNCTION onedoor.take_duty() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE held text; wanted text := TG_ARGV[0];
BEGIN
  SELECT d.duty INTO held FROM duties d WHERE d.case_no = NEW.case_no AND d.staff_id = NEW.staff_id;
  IF held IS NULL THEN
    INSERT INTO duties (case_no, staff_id, duty) VALUES (NEW.case_no, NEW.staff_id, wanted);
  ELSIF held <> wanted THEN
    RAISE EXCEPTION 'contributor_barred' USING ERRCODE = 'check_violation', CONSTRAINT = 'duties_one_per_person';
  END IF;
  RETURN NEW;
END $$
--> statement-breakpoint
CREATE TRIGGER take_duty BEFORE INSERT ON applications FOR EACH ROW EXECUTE FUNCTION onedoor.take_duty('receiver')
--> statement-breakpoint
CREATE TRIGGER take_duty BEFORE INSERT ON acceptances FOR EACH ROW EXECUTE FUNCTION onedoor.take_duty('receiver')
--> statement-breakpoint
CREATE TRIGGER take_duty BEFORE INSERT ON opinions FOR EACH ROW WHEN (NEW.level = 'county') EXECUTE FUNCTION onedoor.take_duty('examiner')
--> statement-breakpoint
CREATE TRIGGER take_duty BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION onedoor.take_duty('confirmer')
--> statement-breakpoint
CREATE FUNCTION onedoor.bar_contributors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.staff_id IN (SELECT onedoor.contributors(NEW.case_no)) THEN
    RAISE EXCEPTION 'contributor_barred' USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_by_outsider';
  END IF;
  RETURN NEW;
END $$
--> statement-breakpoint
CREATE TRIGGER bar_contributors BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION onedoor.bar_contributors()
--> statement-breakpoint
CREATE FUNCTION onedoor.check_lookup_ground() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM case_state s WHERE s.case_no = NEW.case_no AND s.open) THEN
    RAISE EXCEPTION 'no_ground_for_lookup' USING ERRCODE = 'check_violation', CONSTRAINT = 'lookup_needs_open_case';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = NEW.person_id AND p.case_no = NEW.case_no) THEN
    RAISE EXCEPTION 'no_ground_for_lookup' USING ERRCODE = 'check_violation', CONSTRAINT = 'lookup_needs_person_of_case';
  END IF;
  IF NEW.consent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM consents c LEFT JOIN consent_withdrawals w ON w.consent_id = c.id
    WHERE c.id = NEW.consent_id AND c.case_no = NEW.case_no AND c.person_id = NEW.person_id AND c.purpose = NEW.purpose
      AND c.sources ? NEW.source AND NEW.requested_on BETWEEN c.valid_from AND c.valid_to
      AND (w.withdrawn_on IS NULL OR w.withdrawn_on > NEW.requested_on)) THEN
    RAISE EXCEPTION 'no_ground_for_lookup' USING ERRCODE = 'check_violation', CONSTRAINT = 'lookup_needs_valid_consent';
  END IF;
  IF NEW.ground_code IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM household_members m WHERE m.case_no = NEW.case_no AND m.person_id = NEW.person_id AND m.included) THEN
    RAISE EXCEPTION 'no_ground_for_lookup' USING ERRCODE = 'check_violation', CONSTRAINT = 'lookup_ground_is_for_members';
  END IF;
  RETURN NEW;
END $$
--> statement-breakpoint
CREATE TRIGGER check_lookup_ground BEFORE INSERT ON department_requests FOR EACH ROW EXECUTE FUNCTION onedoor.check_lookup_ground()
--> statement-breakpoint
-- DIBAO-2021 art. 16: two investigators, and a member of the household who was there, have signed.
CREATE FUNCTION onedoor.check_visit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.method = 'home_visit' AND (NEW.household_signatory_id IS NULL
      OR (SELECT count(*) FROM visit_investigators i WHERE i.visit_id = NEW.id) < 2) THEN
    RAISE EXCEPTION 'a home visit needs two investigators and a household member' USING ERRCODE = 'check_violation', CONSTRAINT = 'visits_two_investigators';
  END IF;
  RETURN NULL;
END $$
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER check_visit AFTER INSERT ON visits DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION onedoor.check_visit()
--> statement-breakpoint
-- Equal ID numbers in two files make a link that a human resolves; nothing is merged.
CREATE FUNCTION onedoor.link_same_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.id_index IS NOT NULL THEN
    INSERT INTO person_links (id, case_no, person_id, other_case_no, other_person_id)
    SELECT gen_random_uuid(), NEW.case_no, NEW.id, o.case_no, o.id FROM persons o
    WHERE o.id_index = NEW.id_index AND o.case_no <> NEW.case_no;
    INSERT INTO person_links (id, case_no, person_id, other_case_no, other_person_id)
    SELECT gen_random_uuid(), o.case_no, o.id, NEW.case_no, NEW.id FROM persons o
    WHERE o.id_index = NEW.id_index AND o.case_no <> NEW.case_no;
  END IF;
  RETURN NULL;
END $$
--> statement-breakpoint
CREATE TRIGGER link_same_person AFTER INSERT ON persons FOR EACH ROW EXECUTE FUNCTION onedoor.link_same_person()
--> statement-breakpoint
GRANT USAGE ON SCHEMA public, onedoor TO onedoor_app, onedoor_reader
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO onedoor_app, onedoor_reader
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader
--> statement-breakpoint
GRANT INSERT ON "case_counters", "data_keys", "acceptances", "audit_events", "audit_seals", "case_cooperations", "case_state", "cases", "clocks", "commands", "documents", "outbox", "supplement_requests", "supplements", "tasks", "transitions", "applications", "consent_withdrawals", "consents", "household_members", "households", "obligors", "open_requests", "person_link_resolutions", "person_links", "person_places", "persons", "remarks", "representations", "requests", "adopted_facts", "answer_facts", "answer_readings", "declared_facts", "department_requests", "lookup_attempts", "proof_adoptions", "raw_answers", "request_outcomes", "visit_investigators", "visits", "decisions", "deliveries", "determinations", "entitlement_lines", "objection_findings", "objections", "opinions", "public_notice_removals", "public_notices", "recognitions" TO onedoor_app
--> statement-breakpoint
GRANT UPDATE ON "data_keys", "business_clock", "case_counters", "case_state", "clocks", "tasks", "commands", "outbox", "open_requests" TO onedoor_app
--> statement-breakpoint
ALTER TABLE "business_clock" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "business_clock" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "case_counters" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "case_counters" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "data_keys" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "data_keys" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "division_successions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "division_successions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "divisions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "divisions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "role_grants" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "role_grants" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "role_revocations" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "role_revocations" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "staff" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "staff" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "acceptances" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "acceptances" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "audit_events" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "audit_events" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "audit_seals" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "audit_seals" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "case_cooperations" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "case_cooperations" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "case_state" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "case_state" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "cases" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "cases" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "clocks" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "clocks" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "commands" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "commands" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "documents" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "documents" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "duties" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "duties" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "outbox" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "supplement_requests" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "supplement_requests" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "supplements" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "supplements" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "tasks" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "transitions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "transitions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "applications" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "applications" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "consent_withdrawals" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "consent_withdrawals" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "consents" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "consents" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "household_members" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "household_members" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "households" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "households" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "obligors" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "obligors" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "open_requests" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "open_requests" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "person_link_resolutions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "person_link_resolutions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "person_links" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "person_links" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "person_places" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "person_places" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "persons" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "persons" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "remarks" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "remarks" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "representations" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "representations" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "requests" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "requests" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "adopted_facts" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "adopted_facts" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "answer_facts" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "answer_facts" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "answer_readings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "answer_readings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "declared_facts" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "declared_facts" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "department_requests" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "department_requests" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "lookup_attempts" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "lookup_attempts" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "proof_adoptions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "proof_adoptions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "raw_answers" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "raw_answers" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "request_outcomes" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "request_outcomes" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "visit_investigators" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "visit_investigators" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "visits" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "visits" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "decisions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "decisions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "deliveries" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "deliveries" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "determinations" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "determinations" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "entitlement_lines" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "entitlement_lines" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "objection_findings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "objection_findings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "objections" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "objections" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "opinions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "opinions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "public_notice_removals" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "public_notice_removals" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "public_notices" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "public_notices" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
ALTER TABLE "recognitions" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "recognitions" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "divisions" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
CREATE POLICY app ON "division_successions" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
CREATE POLICY app ON "staff" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
CREATE POLICY app ON "role_grants" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
CREATE POLICY app ON "role_revocations" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
CREATE POLICY app ON "business_clock" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
CREATE POLICY app ON "case_counters" TO onedoor_app USING (true) WITH CHECK (true)
--> statement-breakpoint
-- The sweep, in no case of its own, finds what waits for delivery; everybody else sees what was promised for their cases.
CREATE POLICY app ON outbox TO onedoor_app
  USING ((SELECT onedoor.is_system() AND onedoor.system_case() IS NULL) OR EXISTS (SELECT 1 FROM cases c WHERE c.case_no = outbox.case_no))
--> statement-breakpoint
CREATE POLICY app ON audit_seals TO onedoor_app
  USING ((SELECT onedoor.is_system() OR onedoor.has_role('{operator,auditor}')))
--> statement-breakpoint
CREATE POLICY app ON cases TO onedoor_app
  USING (case_no = (SELECT onedoor.system_case()) OR division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[]))
--> statement-breakpoint
CREATE POLICY app ON "acceptances" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "acceptances".case_no))
--> statement-breakpoint
CREATE POLICY app ON "case_cooperations" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "case_cooperations".case_no))
--> statement-breakpoint
CREATE POLICY app ON "case_state" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "case_state".case_no))
--> statement-breakpoint
CREATE POLICY app ON "clocks" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "clocks".case_no))
--> statement-breakpoint
CREATE POLICY app ON "documents" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "documents".case_no))
--> statement-breakpoint
CREATE POLICY app ON "duties" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "duties".case_no))
--> statement-breakpoint
CREATE POLICY app ON "supplement_requests" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "supplement_requests".case_no))
--> statement-breakpoint
CREATE POLICY app ON "supplements" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "supplements".case_no))
--> statement-breakpoint
CREATE POLICY app ON "transitions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "transitions".case_no))
--> statement-breakpoint
CREATE POLICY app ON "applications" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "applications".case_no))
--> statement-breakpoint
CREATE POLICY app ON "consent_withdrawals" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "consent_withdrawals".case_no))
--> statement-breakpoint
CREATE POLICY app ON "consents" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "consents".case_no))
--> statement-breakpoint
CREATE POLICY app ON "household_members" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "household_members".case_no))
--> statement-breakpoint
CREATE POLICY app ON "households" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "households".case_no))
--> statement-breakpoint
CREATE POLICY app ON "obligors" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "obligors".case_no))
--> statement-breakpoint
CREATE POLICY app ON "open_requests" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "open_requests".case_no))
--> statement-breakpoint
CREATE POLICY app ON "person_link_resolutions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "person_link_resolutions".case_no))
--> statement-breakpoint
CREATE POLICY app ON "person_links" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "person_links".case_no))
--> statement-breakpoint
CREATE POLICY app ON "person_places" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "person_places".case_no))
--> statement-breakpoint
CREATE POLICY app ON "persons" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "persons".case_no))
--> statement-breakpoint
CREATE POLICY app ON "remarks" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "remarks".case_no))
--> statement-breakpoint
CREATE POLICY app ON "representations" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "representations".case_no))
--> statement-breakpoint
CREATE POLICY app ON "requests" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "requests".case_no))
--> statement-breakpoint
CREATE POLICY app ON "adopted_facts" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "adopted_facts".case_no))
--> statement-breakpoint
CREATE POLICY app ON "answer_facts" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "answer_facts".case_no))
--> statement-breakpoint
CREATE POLICY app ON "answer_readings" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "answer_readings".case_no))
--> statement-breakpoint
CREATE POLICY app ON "declared_facts" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "declared_facts".case_no))
--> statement-breakpoint
CREATE POLICY app ON "department_requests" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "department_requests".case_no))
--> statement-breakpoint
CREATE POLICY app ON "lookup_attempts" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "lookup_attempts".case_no))
--> statement-breakpoint
CREATE POLICY app ON "proof_adoptions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "proof_adoptions".case_no))
--> statement-breakpoint
CREATE POLICY app ON "request_outcomes" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "request_outcomes".case_no))
--> statement-breakpoint
CREATE POLICY app ON "visit_investigators" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "visit_investigators".case_no))
--> statement-breakpoint
CREATE POLICY app ON "visits" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "visits".case_no))
--> statement-breakpoint
CREATE POLICY app ON "decisions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "decisions".case_no))
--> statement-breakpoint
CREATE POLICY app ON "deliveries" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "deliveries".case_no))
--> statement-breakpoint
CREATE POLICY app ON "determinations" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "determinations".case_no))
--> statement-breakpoint
CREATE POLICY app ON "entitlement_lines" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "entitlement_lines".case_no))
--> statement-breakpoint
CREATE POLICY app ON "objection_findings" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "objection_findings".case_no))
--> statement-breakpoint
CREATE POLICY app ON "objections" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "objections".case_no))
--> statement-breakpoint
CREATE POLICY app ON "opinions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "opinions".case_no))
--> statement-breakpoint
CREATE POLICY app ON "public_notice_removals" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "public_notice_removals".case_no))
--> statement-breakpoint
CREATE POLICY app ON "public_notices" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "public_notices".case_no))
--> statement-breakpoint
CREATE POLICY app ON "recognitions" TO onedoor_app USING (EXISTS (SELECT 1 FROM cases c WHERE c.case_no = "recognitions".case_no))
--> statement-breakpoint
CREATE POLICY app ON commands TO onedoor_app
  USING (staff_id = (SELECT onedoor.actor_staff()) OR EXISTS (SELECT 1 FROM cases c WHERE c.case_no = commands.case_no))
--> statement-breakpoint
-- A cooperating division sees its task, not the case.
CREATE POLICY app ON tasks TO onedoor_app
  USING (division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[]) OR EXISTS (SELECT 1 FROM cases c WHERE c.case_no = tasks.case_no))
--> statement-breakpoint
CREATE POLICY app ON data_keys TO onedoor_app
  USING (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}'))
    ELSE EXISTS (SELECT 1 FROM cases c WHERE c.case_no = data_keys.case_no) END)
--> statement-breakpoint
CREATE POLICY app ON raw_answers TO onedoor_app
  USING (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}'))
    ELSE EXISTS (SELECT 1 FROM cases c WHERE c.case_no = raw_answers.case_no) END)
--> statement-breakpoint
CREATE POLICY app ON audit_events TO onedoor_app
  USING (CASE WHEN chain = 'system' THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator,auditor}'))
    ELSE EXISTS (SELECT 1 FROM cases c WHERE c.case_no = audit_events.chain) END)

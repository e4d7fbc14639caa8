-- Who acts, and how far that reaches, is reckoned once for a transaction instead of once for a statement. The policies
-- stay as they are: they ask the same functions, which now find the answer ready. Functions that read tables are in
-- plpgsql, which keeps its plans.
CREATE OR REPLACE FUNCTION onedoor.grants_of(staff uuid, on_date date)
RETURNS TABLE (role text, division_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT g.role, g.division_id FROM role_grants g LEFT JOIN role_revocations r ON r.grant_id = g.id
  WHERE g.staff_id = grants_of.staff AND g.valid_from <= on_date AND (g.valid_to IS NULL OR g.valid_to >= on_date)
    AND (r.revoked_from IS NULL OR r.revoked_from > on_date);
END $$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.division_tree(roots uuid[], on_date date)
RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (
    WITH RECURSIVE tree (id) AS (
      SELECT unnest(roots)
      UNION
      SELECT next.id FROM tree CROSS JOIN LATERAL (
        SELECT d.id FROM divisions d WHERE d.parent_id = tree.id
        UNION ALL
        SELECT s.from_division_id FROM division_successions s WHERE s.to_division_id = tree.id AND s.on_date <= division_tree.on_date
      ) next
    ) SELECT coalesce(array_agg(tree.id), '{}') FROM tree
  );
END $$
--> statement-breakpoint
-- The same way upwards: every division whose tree holds this one on a day.
CREATE FUNCTION onedoor.divisions_over(inner_id uuid, on_date date)
RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (
    WITH RECURSIVE path (id) AS (
      SELECT inner_id
      UNION
      SELECT next.id FROM path CROSS JOIN LATERAL (
        SELECT d.parent_id FROM divisions d WHERE d.id = path.id AND d.parent_id IS NOT NULL
        UNION ALL
        SELECT s.to_division_id FROM division_successions s WHERE s.from_division_id = path.id AND s.on_date <= divisions_over.on_date
      ) next (id)
    ) SELECT array_agg(path.id) FROM path
  );
END $$
--> statement-breakpoint
-- The roles of a member of staff that reach a division on a day.
CREATE FUNCTION onedoor.roles_over(staff uuid, division uuid, on_date date)
RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT g.role FROM onedoor.grants_of(staff, on_date) g
  WHERE g.division_id = ANY (onedoor.divisions_over(division, on_date));
END $$
--> statement-breakpoint
-- Whoever holds a role over a division on a day.
CREATE FUNCTION onedoor.staff_with_role(wanted text, division uuid, on_date date)
RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT g.staff_id FROM role_grants g LEFT JOIN role_revocations r ON r.grant_id = g.id
  WHERE g.division_id = ANY (onedoor.divisions_over(division, on_date)) AND g.role = wanted
    AND g.valid_from <= on_date AND (g.valid_to IS NULL OR g.valid_to >= on_date)
    AND (r.revoked_from IS NULL OR r.revoked_from > on_date);
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.reckon_scope() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN onedoor.division_tree(
    coalesce((SELECT array_agg(DISTINCT g.division_id) FROM onedoor.grants_of(onedoor.actor_staff(), onedoor.business_date()) g), '{}'),
    onedoor.business_date());
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.reckon_roles() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN coalesce((SELECT array_agg(DISTINCT g.role) FROM onedoor.grants_of(onedoor.actor_staff(), onedoor.business_date()) g), '{}');
END $$
--> statement-breakpoint
-- Says for this transaction who acts, on which day, in which single case, for which cooperation. What is reckoned here
-- holds for that person on that day only; the application names its actor either way, so nothing more is believed.
CREATE FUNCTION onedoor.act_as(actor text, on_date date, of_case text, cooperation text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  roots uuid[] := '{}';
  held text[] := '{}';
BEGIN
  PERFORM set_config('onedoor.actor', actor, true), set_config('onedoor.on', on_date::text, true),
    set_config('onedoor.case', of_case, true), set_config('onedoor.cooperation', cooperation, true);
  IF actor LIKE 'staff:%' THEN
    SELECT coalesce(array_agg(DISTINCT g.division_id), '{}'), coalesce(array_agg(DISTINCT g.role), '{}') INTO roots, held
    FROM onedoor.grants_of(onedoor.actor_staff(), on_date) g;
  END IF;
  PERFORM set_config('onedoor.scope', CASE WHEN roots = '{}' THEN '{}' ELSE onedoor.division_tree(roots, on_date)::text END, true),
    set_config('onedoor.roles', held::text, true), set_config('onedoor.reckoned_for', actor || ' ' || on_date::text, true);
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.is_reckoned() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('onedoor.reckoned_for', true)
    = current_setting('onedoor.actor', true) || ' ' || current_setting('onedoor.on', true), false)
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.scope_divisions() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN onedoor.is_reckoned() THEN current_setting('onedoor.scope', true)::uuid[] ELSE onedoor.reckon_scope() END
$$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.has_role(wanted text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN onedoor.is_reckoned() THEN current_setting('onedoor.roles', true)::text[] ELSE onedoor.reckon_roles() END && wanted
$$
--> statement-breakpoint
CREATE FUNCTION onedoor.cooperation_reached() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN (SELECT k.case_no FROM case_cooperations k
    WHERE k.id = current_setting('onedoor.cooperation', true)::uuid AND k.division_id = ANY (onedoor.scope_divisions()));
END $$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.cooperating_case() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN coalesce(current_setting('onedoor.cooperation', true), '') <> '' THEN onedoor.cooperation_reached() END
$$
--> statement-breakpoint
-- Whoever contributed, on whichever page of the file; also who took a report down, as who took an objection.
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
CREATE OR REPLACE FUNCTION onedoor.related_staff(of_case text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN QUERY SELECT handler_id FROM near_relative_filings WHERE case_no = of_case AND handler_id IS NOT NULL;
END $$
--> statement-breakpoint
CREATE OR REPLACE FUNCTION onedoor.reaches_case(of_case text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN coalesce(of_case = onedoor.system_case(), false)
    OR EXISTS (SELECT 1 FROM cases c WHERE c.case_no = of_case AND c.division_id = ANY (onedoor.scope_divisions()))
    OR EXISTS (SELECT 1 FROM case_assignments a WHERE a.case_no = of_case AND a.division_id = ANY (onedoor.scope_divisions()));
END $$
--> statement-breakpoint
-- Is this case within reach? Asked of row after row of one case, it is looked up once; the answer is kept for this
-- actor and day, and ends with the transaction. Dear, so that a plan asks it last.
CREATE FUNCTION onedoor.look_for_case(of_case text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER COST 5000 SET search_path = public AS $$
BEGIN
  IF of_case IS NULL THEN RETURN false; END IF;
  IF of_case = onedoor.system_case() OR of_case = onedoor.cooperating_case() OR onedoor.reaches_case(of_case) THEN
    PERFORM set_config('onedoor.case_seen', current_setting('onedoor.actor', true) || ' ' || current_setting('onedoor.on', true) || ' ' || of_case, true);
    RETURN true;
  END IF;
  RETURN false;
END $$
--> statement-breakpoint
CREATE FUNCTION onedoor.sees_case(of_case text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('onedoor.case_seen', true)
      = current_setting('onedoor.actor', true) || ' ' || current_setting('onedoor.on', true) || ' ' || of_case
    THEN true ELSE onedoor.look_for_case(of_case) END
$$
--> statement-breakpoint
-- Every table whose rows are seen by whoever sees their case, and nothing else said.
DO $$
DECLARE policy record;
BEGIN
  FOR policy IN SELECT tablename, policyname FROM pg_policies
    WHERE schemaname = 'public' AND roles = '{onedoor_app}' AND cmd = 'ALL' AND with_check IS NULL
      AND regexp_replace(qual, '\s+', ' ', 'g') = '(EXISTS ( SELECT 1 FROM cases c WHERE (c.case_no = ' || tablename || '.case_no)))'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (onedoor.sees_case(case_no))', policy.policyname, policy.tablename);
  END LOOP;
END $$
--> statement-breakpoint
ALTER POLICY app ON outbox
  USING ((SELECT onedoor.is_system() AND onedoor.system_case() IS NULL) OR onedoor.sees_case(case_no))
--> statement-breakpoint
ALTER POLICY app ON commands
  USING (staff_id = (SELECT onedoor.actor_staff()) OR onedoor.sees_case(case_no))
--> statement-breakpoint
ALTER POLICY app ON tasks
  USING (division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[]) OR onedoor.sees_case(case_no))
--> statement-breakpoint
ALTER POLICY app ON raw_answers
  USING (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}')) ELSE onedoor.sees_case(case_no) END)
--> statement-breakpoint
ALTER POLICY app ON audit_events
  USING (CASE WHEN chain = 'system' THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator,auditor}')) ELSE onedoor.sees_case(chain) END)
--> statement-breakpoint
ALTER POLICY app ON data_keys
  USING (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}'))
    WHEN owner = 'reporter' THEN (SELECT onedoor.has_role('{supervisor}')) AND onedoor.sees_case(case_no)
    ELSE onedoor.sees_case(case_no) END)
  WITH CHECK (CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system() OR onedoor.has_role('{operator}')) ELSE onedoor.sees_case(case_no) END)
--> statement-breakpoint
ALTER POLICY app ON reporters
  USING ((SELECT onedoor.has_role('{supervisor}')) AND onedoor.sees_case(case_no))
--> statement-breakpoint
ALTER POLICY app_insert ON reporters WITH CHECK (onedoor.sees_case(case_no))
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA onedoor TO onedoor_app, onedoor_reader

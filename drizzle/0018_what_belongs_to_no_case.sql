-- A task may belong to no case, such as that of an operator about callbacks that answer no question of ours. The house
-- itself opens and closes it; people see it by its division, as they see every other.
ALTER POLICY app ON tasks
  USING (division_id = ANY ((SELECT onedoor.scope_divisions())::uuid[])
    OR CASE WHEN case_no IS NULL THEN (SELECT onedoor.is_system()) ELSE onedoor.sees_case(case_no) END)
--> statement-breakpoint
-- Where such a task lies: with the operators furthest up, so that all of it is in one place; where there are none on
-- that day, at the top of the tree. The house learns that division, and not who the operators are.
CREATE FUNCTION onedoor.operators_division(on_date date) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.id FROM divisions d
  LEFT JOIN role_grants g ON g.division_id = d.id AND g.role = 'operator' AND g.valid_from <= on_date
    AND (g.valid_to IS NULL OR g.valid_to >= on_date)
    AND NOT EXISTS (SELECT 1 FROM role_revocations r WHERE r.grant_id = g.id AND r.revoked_from <= on_date)
  WHERE g.id IS NOT NULL OR d.parent_id IS NULL
  ORDER BY g.id IS NULL, length(d.code), d.code LIMIT 1
$$
--> statement-breakpoint
-- How many tasks wait for operators, by kind: for the metrics, which speak for the whole house.
CREATE FUNCTION onedoor.operator_tasks() RETURNS TABLE (kind text, n integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT t.kind, count(*)::integer FROM tasks t WHERE t.role = 'operator' AND t.done_at IS NULL GROUP BY t.kind
$$
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION onedoor.operators_division(date), onedoor.operator_tasks() TO onedoor_app, onedoor_reader

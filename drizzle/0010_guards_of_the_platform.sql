-- A callback names a request, not a case; the door may learn which case that is, and nothing else. A question that went by
-- a platform is answered by the platform, or by its source itself.
CREATE OR REPLACE FUNCTION onedoor.case_of_request(request uuid, of_source text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT case_no FROM department_requests WHERE id = request AND (source = of_source OR via = of_source)
$$

-- Files of answers hold rows of many cases: the house reads them, and an operator may; whose case a row is about is with
-- the answer it became.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "answer_files" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "answer_files" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "answer_file_readings" FOR EACH ROW EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "answer_file_readings" FOR EACH STATEMENT EXECUTE FUNCTION onedoor.refuse_change()
--> statement-breakpoint
ALTER TABLE "answer_files" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "answer_files" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "answer_files" TO onedoor_app USING ((SELECT onedoor.is_system() OR onedoor.has_role('{operator}')))
--> statement-breakpoint
ALTER TABLE "answer_file_readings" ENABLE ROW LEVEL SECURITY
--> statement-breakpoint
CREATE POLICY reader ON "answer_file_readings" FOR SELECT TO onedoor_reader USING (true)
--> statement-breakpoint
CREATE POLICY app ON "answer_file_readings" TO onedoor_app USING ((SELECT onedoor.is_system() OR onedoor.has_role('{operator}')))
--> statement-breakpoint
GRANT SELECT, INSERT ON "answer_files", "answer_file_readings" TO onedoor_app
--> statement-breakpoint
GRANT SELECT ON "answer_files", "answer_file_readings" TO onedoor_reader
--> statement-breakpoint
-- How much a file brought, whoever it is about: the house counts what it may not read here.
CREATE FUNCTION onedoor.brought_by_file(file uuid) RETURNS TABLE (taken int, unmatched int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT count(*)::int, (count(*) FILTER (WHERE case_no IS NULL))::int FROM raw_answers WHERE answer_file_id = file
$$
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION onedoor.brought_by_file TO onedoor_app, onedoor_reader

DROP INDEX "tasks_open";--> statement-breakpoint
CREATE INDEX "role_grants_division" ON "role_grants" USING btree ("division_id","role");--> statement-breakpoint
CREATE INDEX "tasks_waiting" ON "tasks" USING btree ("division_id","role",coalesce(due_on, '9999-12-31'::date),"id") WHERE done_at IS NULL;
DROP INDEX "outbox_waiting";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "parked_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "outbox_parked" ON "outbox" USING btree ("case_no") WHERE delivered_at IS NULL AND parked_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("next_attempt_at") WHERE delivered_at IS NULL AND parked_at IS NULL;
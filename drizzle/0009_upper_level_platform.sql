ALTER TABLE "answer_readings" ALTER COLUMN "request_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "raw_answers" ALTER COLUMN "body" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "raw_answers" ALTER COLUMN "salt" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "raw_answers" ALTER COLUMN "content_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_readings" ADD COLUMN "valued_on" date;--> statement-breakpoint
ALTER TABLE "department_requests" ADD COLUMN "via" text;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD COLUMN "report_id" uuid;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD COLUMN "section" integer;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD CONSTRAINT "raw_answers_report_id_raw_answers_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."raw_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD CONSTRAINT "raw_answers_section" UNIQUE("report_id","section");--> statement-breakpoint
ALTER TABLE "answer_readings" ADD CONSTRAINT "answer_readings_of_question" CHECK (CASE WHEN "answer_readings"."request_id" IS NULL THEN "answer_readings"."verdict" IN ('report', 'unreadable') ELSE "answer_readings"."verdict" <> 'report' END);--> statement-breakpoint
ALTER TABLE "raw_answers" ADD CONSTRAINT "raw_answers_bytes_once" CHECK (CASE WHEN "raw_answers"."report_id" IS NULL THEN num_nulls("raw_answers"."body", "raw_answers"."salt", "raw_answers"."content_hash") = 0 AND "raw_answers"."section" IS NULL
        ELSE num_nonnulls("raw_answers"."body", "raw_answers"."salt", "raw_answers"."content_hash") = 0 AND num_nulls("raw_answers"."section", "raw_answers"."case_no", "raw_answers"."request_id") = 0 END);
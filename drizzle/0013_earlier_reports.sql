CREATE TABLE "answer_origins" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"answer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"purpose" text NOT NULL,
	"valued_on" date NOT NULL,
	"valid_to" date NOT NULL,
	"link_id" uuid,
	"from_case_no" text,
	"from_report_id" uuid,
	"from_version" integer,
	"from_hash" text,
	"from_request_id" uuid,
	"from_answer_id" uuid,
	"from_answer_hash" text,
	"asked_at" timestamp with time zone,
	"recognised_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "answer_origins_purpose" CHECK ("answer_origins"."purpose" IN ('dibao_means_verification', 'tekun_means_verification', 'marginal_household_means_verification', 'rigid_expenditure_means_verification', 'temporary_assistance_means_verification')),
	CONSTRAINT "answer_origins_kind" CHECK (CASE "answer_origins"."kind" WHEN 'reused_report' THEN "answer_origins"."recognised_id" IS NULL AND num_nulls("answer_origins"."link_id", "answer_origins"."from_case_no", "answer_origins"."from_report_id", "answer_origins"."from_version", "answer_origins"."from_hash", "answer_origins"."from_request_id", "answer_origins"."from_answer_id", "answer_origins"."from_answer_hash", "answer_origins"."asked_at") = 0
        WHEN 'recognised_report' THEN "answer_origins"."recognised_id" IS NOT NULL AND num_nonnulls("answer_origins"."link_id", "answer_origins"."from_case_no", "answer_origins"."from_report_id", "answer_origins"."from_version", "answer_origins"."from_hash", "answer_origins"."from_request_id", "answer_origins"."from_answer_id", "answer_origins"."from_answer_hash", "answer_origins"."asked_at") = 0
        ELSE false END)
);
--> statement-breakpoint
CREATE TABLE "fresh_questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"request_id" uuid NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "fresh_questions_request_id_unique" UNIQUE("request_id")
);
--> statement-breakpoint
CREATE TABLE "recognised_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"recognised_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"source" text NOT NULL,
	"items" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"key_id" uuid NOT NULL,
	"facts" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recognised_answers_once" UNIQUE("recognised_id","person_id","source")
);
--> statement-breakpoint
CREATE TABLE "recognised_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"place_code" text NOT NULL,
	"key_id" uuid NOT NULL,
	"details" "bytea" NOT NULL,
	"purpose" text NOT NULL,
	"made_on" date NOT NULL,
	"valid_to" date NOT NULL,
	"document_id" uuid NOT NULL,
	"document_hash" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recognised_reports_purpose" CHECK ("recognised_reports"."purpose" IN ('dibao_means_verification', 'tekun_means_verification', 'marginal_household_means_verification', 'rigid_expenditure_means_verification', 'temporary_assistance_means_verification')),
	CONSTRAINT "recognised_reports_dates" CHECK ("recognised_reports"."valid_to" >= "recognised_reports"."made_on")
);
--> statement-breakpoint
ALTER TABLE "department_requests" DROP CONSTRAINT "department_requests_once";--> statement-breakpoint
ALTER TABLE "department_requests" ADD COLUMN "supersedes" uuid;--> statement-breakpoint
ALTER TABLE "verification_reports" ADD COLUMN "purpose" text;--> statement-breakpoint
ALTER TABLE "verification_reports" ADD COLUMN "valid_from" date;--> statement-breakpoint
ALTER TABLE "verification_reports" ADD COLUMN "content" jsonb;--> statement-breakpoint
ALTER TABLE "verification_reports" ADD COLUMN "content_hash" text;--> statement-breakpoint
ALTER TABLE "answer_origins" ADD CONSTRAINT "answer_origins_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_origins" ADD CONSTRAINT "answer_origins_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_origins" ADD CONSTRAINT "answer_origins_answer_id_raw_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."raw_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_origins" ADD CONSTRAINT "answer_origins_link_id_person_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."person_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_origins" ADD CONSTRAINT "answer_origins_recognised_id_recognised_reports_id_fk" FOREIGN KEY ("recognised_id") REFERENCES "public"."recognised_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fresh_questions" ADD CONSTRAINT "fresh_questions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fresh_questions" ADD CONSTRAINT "fresh_questions_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_answers" ADD CONSTRAINT "recognised_answers_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_answers" ADD CONSTRAINT "recognised_answers_recognised_id_recognised_reports_id_fk" FOREIGN KEY ("recognised_id") REFERENCES "public"."recognised_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_answers" ADD CONSTRAINT "recognised_answers_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_reports" ADD CONSTRAINT "recognised_reports_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognised_reports" ADD CONSTRAINT "recognised_reports_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_origins_case" ON "answer_origins" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "answer_origins_from" ON "answer_origins" USING btree ("from_request_id");--> statement-breakpoint
CREATE INDEX "fresh_questions_case" ON "fresh_questions" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "recognised_answers_case" ON "recognised_answers" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "recognised_reports_case" ON "recognised_reports" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "department_requests_case" ON "department_requests" USING btree ("case_no");--> statement-breakpoint
CREATE UNIQUE INDEX "department_requests_once" ON "department_requests" USING btree ("case_no","person_id","source","requested_on") WHERE supersedes IS NULL;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_supersedes_unique" UNIQUE("supersedes");--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_purpose" CHECK ("consents"."purpose" IN ('dibao_means_verification', 'tekun_means_verification', 'marginal_household_means_verification', 'rigid_expenditure_means_verification', 'temporary_assistance_means_verification'));--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_purpose" CHECK ("department_requests"."purpose" IN ('dibao_means_verification', 'tekun_means_verification', 'marginal_household_means_verification', 'rigid_expenditure_means_verification', 'temporary_assistance_means_verification'));--> statement-breakpoint
ALTER TABLE "verification_reports" ADD CONSTRAINT "verification_reports_purpose" CHECK ("verification_reports"."purpose" IN ('dibao_means_verification', 'tekun_means_verification', 'marginal_household_means_verification', 'rigid_expenditure_means_verification', 'temporary_assistance_means_verification'));--> statement-breakpoint
ALTER TABLE "verification_reports" ADD CONSTRAINT "verification_reports_content" CHECK (num_nonnulls("verification_reports"."purpose", "verification_reports"."valid_from", "verification_reports"."content", "verification_reports"."content_hash") IN (0, 4));
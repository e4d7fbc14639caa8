CREATE TABLE "contested_values" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"objection_id" uuid NOT NULL,
	"answer_fact_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contested_values_once" UNIQUE("objection_id","answer_fact_id")
);
--> statement-breakpoint
CREATE TABLE "question_looks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"what" text NOT NULL,
	"on_day" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "question_looks_once" UNIQUE("request_id","staff_id","what","on_day")
);
--> statement-breakpoint
CREATE TABLE "value_findings" (
	"contested_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"verdict" text NOT NULL,
	"document_id" uuid,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "value_findings_proof" CHECK ("value_findings"."verdict" = 'confirmed' OR "value_findings"."document_id" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "gateway_circuits" (
	"source" text NOT NULL,
	"process" text NOT NULL,
	"state" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "gateway_circuits_key" UNIQUE("source","process")
);
--> statement-breakpoint
CREATE TABLE "refused_callbacks" (
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"slot" integer NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "refused_callbacks_key" UNIQUE("source","reason","slot")
);
--> statement-breakpoint
DROP INDEX "department_requests_once";--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "department_requests" ADD COLUMN "again_of" uuid;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD COLUMN "staff_id" uuid;--> statement-breakpoint
ALTER TABLE "request_outcomes" ADD COLUMN "reason_code" text;--> statement-breakpoint
ALTER TABLE "contested_values" ADD CONSTRAINT "contested_values_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_values" ADD CONSTRAINT "contested_values_objection_id_verification_objections_id_fk" FOREIGN KEY ("objection_id") REFERENCES "public"."verification_objections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_values" ADD CONSTRAINT "contested_values_answer_fact_id_answer_facts_id_fk" FOREIGN KEY ("answer_fact_id") REFERENCES "public"."answer_facts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_looks" ADD CONSTRAINT "question_looks_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_looks" ADD CONSTRAINT "question_looks_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "value_findings" ADD CONSTRAINT "value_findings_contested_id_contested_values_id_fk" FOREIGN KEY ("contested_id") REFERENCES "public"."contested_values"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "value_findings" ADD CONSTRAINT "value_findings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "value_findings" ADD CONSTRAINT "value_findings_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contested_values_case" ON "contested_values" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "value_findings_case" ON "value_findings" USING btree ("case_no");--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_again_of" FOREIGN KEY ("again_of") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD CONSTRAINT "raw_answers_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "department_requests_again" ON "department_requests" USING btree ("again_of");--> statement-breakpoint
CREATE INDEX "department_requests_source" ON "department_requests" USING btree ("source","due_on");--> statement-breakpoint
CREATE UNIQUE INDEX "department_requests_once" ON "department_requests" USING btree ("case_no","person_id","source","requested_on") WHERE supersedes IS NULL AND again_of IS NULL;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_source" CHECK (("role_grants"."role" = 'department_verifier') = ("role_grants"."source" IS NOT NULL));
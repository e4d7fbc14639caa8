CREATE TABLE "case_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"division_id" uuid NOT NULL,
	"place_code" text NOT NULL,
	"village_code" text NOT NULL,
	"reason_code" text NOT NULL,
	"from_day" date NOT NULL,
	"document_id" uuid,
	"command_id" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cooperation_cancellations" (
	"cooperation_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authorisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"text_version" text NOT NULL,
	"purpose" text NOT NULL,
	"sources" jsonb NOT NULL,
	"channel" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"document_id" uuid,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "capacities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"capacity" text NOT NULL,
	"valid_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commitments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text_version" text NOT NULL,
	"covers" jsonb NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_refusals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"sources" jsonb NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cooperation_reports" (
	"cooperation_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"visit_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rechecks" (
	"objection_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"report_id" uuid NOT NULL,
	"finding" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verification_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"report_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verification_objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"ground_code" text NOT NULL,
	"document_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verification_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"version" integer NOT NULL,
	"evidence_hash" text NOT NULL,
	"document_id" uuid NOT NULL,
	"made_on" date NOT NULL,
	"valid_to" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "verification_reports_version" UNIQUE("case_no","version")
);
--> statement-breakpoint
CREATE TABLE "appraisals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"objection_id" uuid NOT NULL,
	"called_on" date NOT NULL,
	"township_staff" integer NOT NULL,
	"committee_members" integer NOT NULL,
	"party_representatives" integer NOT NULL,
	"villager_representatives" integer NOT NULL,
	"truthful" integer NOT NULL,
	"untruthful" integer NOT NULL,
	"abstained" integer NOT NULL,
	"document_id" uuid,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appraisals_called" CHECK ("appraisals"."called_on" <= "appraisals"."occurred_on"),
	CONSTRAINT "appraisals_votes" CHECK ("appraisals"."truthful" + "appraisals"."untruthful" + "appraisals"."abstained" = "appraisals"."township_staff" + "appraisals"."committee_members" + "appraisals"."party_representatives" + "appraisals"."villager_representatives")
);
--> statement-breakpoint
CREATE TABLE "endings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"kind" text NOT NULL,
	"reason_code" text NOT NULL,
	"document_id" uuid NOT NULL,
	"signed_by_id" uuid,
	"warning_id" uuid,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "endings_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "endings_signed" CHECK (("endings"."kind" = 'withdrawn') = ("endings"."signed_by_id" IS NOT NULL)),
	CONSTRAINT "endings_warned" CHECK (("endings"."kind" = 'terminated') = ("endings"."warning_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "extensions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"ground" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "extensions_case_no_unique" UNIQUE("case_no")
);
--> statement-breakpoint
CREATE TABLE "file_returns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_photos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"document_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opinion_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"proposes" text NOT NULL,
	"monthly_benefit_fen" bigint NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"decision_id" uuid NOT NULL,
	"village_code" text NOT NULL,
	"masked_name" text NOT NULL,
	"member_count" integer NOT NULL,
	"monthly_benefit_fen" bigint NOT NULL,
	"published_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"document_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "publications_case_no_unique" UNIQUE("case_no")
);
--> statement-breakpoint
CREATE TABLE "warnings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"refusal" text NOT NULL,
	"document_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "near_relative_filings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"ground" text NOT NULL,
	"roster_id" uuid,
	"handler_id" uuid,
	"relation" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "relative_roster" (
	"id" uuid PRIMARY KEY NOT NULL,
	"holder_kind" text NOT NULL,
	"handler_id" uuid,
	"division_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"holder_name" "bytea",
	"relative_name" "bytea" NOT NULL,
	"relation" text NOT NULL,
	"id_index" text NOT NULL,
	"valid_from" date NOT NULL,
	"entered_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "relative_roster_once" UNIQUE NULLS NOT DISTINCT("id_index","holder_kind","handler_id","division_id","relation","valid_from"),
	CONSTRAINT "relative_roster_holder" CHECK (("relative_roster"."holder_kind" = 'staff') = ("relative_roster"."handler_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "relative_roster_ends" (
	"roster_id" uuid PRIMARY KEY NOT NULL,
	"ended_from" date NOT NULL,
	"entered_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "report_answers" (
	"report_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"finding" text NOT NULL,
	"how" text NOT NULL,
	"result" text NOT NULL,
	"document_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reporters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"ref_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"name" "bytea",
	"phone" "bytea",
	"words" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reporters_ref_id_unique" UNIQUE("ref_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"ground_code" text NOT NULL,
	"channel" text NOT NULL,
	"real_name" boolean NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sample_draws" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"sample_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sample_draws_once" UNIQUE("sample_id","case_no")
);
--> statement-breakpoint
CREATE TABLE "sample_findings" (
	"draw_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"finding" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "samples" (
	"id" uuid PRIMARY KEY NOT NULL,
	"division_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"seed" text NOT NULL,
	"algorithm" text NOT NULL,
	"percent" integer NOT NULL,
	"population" integer NOT NULL,
	"population_hash" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "samples_once" UNIQUE("division_id","from_day","to_day"),
	CONSTRAINT "samples_days" CHECK ("samples"."to_day" >= "samples"."from_day")
);
--> statement-breakpoint
ALTER TABLE "decisions" ALTER COLUMN "county_opinion_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "case_cooperations" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "version" integer;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "template" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "authorisation_id" uuid;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "cooperation_id" uuid;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "township_opinion_id" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "receipt_document_id" uuid;--> statement-breakpoint
ALTER TABLE "opinions" ADD COLUMN "rests_on" jsonb;--> statement-breakpoint
ALTER TABLE "opinions" ADD COLUMN "units" jsonb;--> statement-breakpoint
ALTER TABLE "opinions" ADD COLUMN "draft_id" uuid;--> statement-breakpoint
ALTER TABLE "public_notices" ADD COLUMN "document_id" uuid;--> statement-breakpoint
ALTER TABLE "public_notices" ADD COLUMN "round" integer;--> statement-breakpoint
ALTER TABLE "case_assignments" ADD CONSTRAINT "case_assignments_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_assignments" ADD CONSTRAINT "case_assignments_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation_cancellations" ADD CONSTRAINT "cooperation_cancellations_cooperation_id_case_cooperations_id_fk" FOREIGN KEY ("cooperation_id") REFERENCES "public"."case_cooperations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation_cancellations" ADD CONSTRAINT "cooperation_cancellations_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorisations" ADD CONSTRAINT "authorisations_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capacities" ADD CONSTRAINT "capacities_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "capacities" ADD CONSTRAINT "capacities_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_refusals" ADD CONSTRAINT "consent_refusals_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_refusals" ADD CONSTRAINT "consent_refusals_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation_reports" ADD CONSTRAINT "cooperation_reports_cooperation_id_case_cooperations_id_fk" FOREIGN KEY ("cooperation_id") REFERENCES "public"."case_cooperations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation_reports" ADD CONSTRAINT "cooperation_reports_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation_reports" ADD CONSTRAINT "cooperation_reports_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rechecks" ADD CONSTRAINT "rechecks_objection_id_verification_objections_id_fk" FOREIGN KEY ("objection_id") REFERENCES "public"."verification_objections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rechecks" ADD CONSTRAINT "rechecks_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rechecks" ADD CONSTRAINT "rechecks_report_id_verification_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."verification_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_notices" ADD CONSTRAINT "verification_notices_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_notices" ADD CONSTRAINT "verification_notices_report_id_verification_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."verification_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_notices" ADD CONSTRAINT "verification_notices_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_objections" ADD CONSTRAINT "verification_objections_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_objections" ADD CONSTRAINT "verification_objections_notice_id_verification_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."verification_notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_objections" ADD CONSTRAINT "verification_objections_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_reports" ADD CONSTRAINT "verification_reports_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_reports" ADD CONSTRAINT "verification_reports_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_objection_id_objections_id_fk" FOREIGN KEY ("objection_id") REFERENCES "public"."objections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endings" ADD CONSTRAINT "endings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endings" ADD CONSTRAINT "endings_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endings" ADD CONSTRAINT "endings_signed_by_id_persons_id_fk" FOREIGN KEY ("signed_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endings" ADD CONSTRAINT "endings_warning_id_warnings_id_fk" FOREIGN KEY ("warning_id") REFERENCES "public"."warnings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_returns" ADD CONSTRAINT "file_returns_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_photos" ADD CONSTRAINT "notice_photos_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_photos" ADD CONSTRAINT "notice_photos_notice_id_public_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."public_notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_photos" ADD CONSTRAINT "notice_photos_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinion_drafts" ADD CONSTRAINT "opinion_drafts_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "warnings" ADD CONSTRAINT "warnings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "warnings" ADD CONSTRAINT "warnings_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "warnings" ADD CONSTRAINT "warnings_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "near_relative_filings" ADD CONSTRAINT "near_relative_filings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "near_relative_filings" ADD CONSTRAINT "near_relative_filings_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "near_relative_filings" ADD CONSTRAINT "near_relative_filings_roster_id_relative_roster_id_fk" FOREIGN KEY ("roster_id") REFERENCES "public"."relative_roster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "near_relative_filings" ADD CONSTRAINT "near_relative_filings_handler_id_staff_id_fk" FOREIGN KEY ("handler_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relative_roster" ADD CONSTRAINT "relative_roster_handler_id_staff_id_fk" FOREIGN KEY ("handler_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relative_roster" ADD CONSTRAINT "relative_roster_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relative_roster" ADD CONSTRAINT "relative_roster_entered_by_staff_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relative_roster_ends" ADD CONSTRAINT "relative_roster_ends_roster_id_relative_roster_id_fk" FOREIGN KEY ("roster_id") REFERENCES "public"."relative_roster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relative_roster_ends" ADD CONSTRAINT "relative_roster_ends_entered_by_staff_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_answers" ADD CONSTRAINT "report_answers_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reporters" ADD CONSTRAINT "reporters_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_draws" ADD CONSTRAINT "sample_draws_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_draws" ADD CONSTRAINT "sample_draws_sample_id_samples_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_findings" ADD CONSTRAINT "sample_findings_draw_id_sample_draws_id_fk" FOREIGN KEY ("draw_id") REFERENCES "public"."sample_draws"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_findings" ADD CONSTRAINT "sample_findings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_assignments_case" ON "case_assignments" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "case_assignments_division" ON "case_assignments" USING btree ("division_id","case_no");--> statement-breakpoint
CREATE INDEX "relative_roster_index" ON "relative_roster" USING btree ("id_index");--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_authorisation_id_authorisations_id_fk" FOREIGN KEY ("authorisation_id") REFERENCES "public"."authorisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_cooperation_id_case_cooperations_id_fk" FOREIGN KEY ("cooperation_id") REFERENCES "public"."case_cooperations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_township_opinion_id_opinions_id_fk" FOREIGN KEY ("township_opinion_id") REFERENCES "public"."opinions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_receipt_document_id_documents_id_fk" FOREIGN KEY ("receipt_document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinions" ADD CONSTRAINT "opinions_draft_id_opinion_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."opinion_drafts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_opinion" CHECK (("decisions"."stage" = 'county_confirmation') = ("decisions"."county_opinion_id" IS NOT NULL) AND ("decisions"."stage" = 'delegated_confirmation') = ("decisions"."township_opinion_id" IS NOT NULL));
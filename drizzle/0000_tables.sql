CREATE TABLE "business_clock" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"offset_ms" bigint NOT NULL,
	CONSTRAINT "business_clock_single" CHECK ("business_clock"."only")
);
--> statement-breakpoint
CREATE TABLE "case_counters" (
	"division_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "case_counters_key" UNIQUE("division_id","year")
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"case_no" text,
	"kek_id" text NOT NULL,
	"wrapped" "bytea",
	"destroyed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "division_successions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_division_id" uuid NOT NULL,
	"to_division_id" uuid NOT NULL,
	"on_date" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "divisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"parent_id" uuid,
	"valid_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "divisions_code_from" UNIQUE("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"role" text NOT NULL,
	"division_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_grants_dates" CHECK ("role_grants"."valid_to" IS NULL OR "role_grants"."valid_to" >= "role_grants"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "role_revocations" (
	"grant_id" uuid PRIMARY KEY NOT NULL,
	"revoked_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"division_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "acceptances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"receipt_document_id" uuid,
	"near_relative" boolean NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "acceptances_case_no_unique" UNIQUE("case_no")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chain" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"code" text NOT NULL,
	"article" text,
	"params" jsonb NOT NULL,
	"rows" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	"written_at_ms" bigint NOT NULL,
	CONSTRAINT "audit_events_seq" UNIQUE("chain","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"seq" integer PRIMARY KEY NOT NULL,
	"chain" text NOT NULL,
	"chain_seq" integer NOT NULL,
	"chain_hash" text NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	"sealed_at_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_cooperations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"division_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_state" (
	"case_no" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"turn" text NOT NULL,
	"open" boolean NOT NULL,
	"outcome" text,
	"version" integer NOT NULL,
	"working_division_id" uuid NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"case_no" text PRIMARY KEY NOT NULL,
	"procedure" text NOT NULL,
	"division_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"opened_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"code" text NOT NULL,
	"article" text NOT NULL,
	"turn" text NOT NULL,
	"ref_id" uuid,
	"started_by_seq" integer NOT NULL,
	"from_date" date NOT NULL,
	"due_on" date NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"provisional" boolean DEFAULT false NOT NULL,
	"missing_year" integer,
	"done_on" date,
	"ended_by_seq" integer,
	"expired_at" timestamp with time zone,
	"late" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text,
	"staff_id" uuid NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"kind" text NOT NULL,
	"key_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	"if_match" text,
	"occurred_on" date NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status" text NOT NULL,
	"outcome" jsonb,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"key_id" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"salt" "bytea" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"made_by_system" boolean NOT NULL,
	"staff_id" uuid,
	"occurred_on" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "documents_size" CHECK ("documents"."size_bytes" BETWEEN 1 AND 10485760)
);
--> statement-breakpoint
CREATE TABLE "duties" (
	"case_no" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "duties_one_per_person" UNIQUE("case_no","staff_id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"case_no" text NOT NULL,
	"ref_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"last_error" text,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "supplement_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"items" jsonb NOT NULL,
	"document_id" uuid,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "supplement_requests_case_no_unique" UNIQUE("case_no")
);
--> statement-breakpoint
CREATE TABLE "supplements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"request_id" uuid NOT NULL,
	"items" jsonb NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text,
	"division_id" uuid NOT NULL,
	"role" text NOT NULL,
	"kind" text NOT NULL,
	"params" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_on" date,
	"overdue" boolean DEFAULT false NOT NULL,
	"claimed_by" uuid,
	"claimed_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"done_by" text
);
--> statement-breakpoint
CREATE TABLE "transitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"seq" integer NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"on_kind" text NOT NULL,
	"name" text NOT NULL,
	"article" text NOT NULL,
	"actor" text NOT NULL,
	"command_id" uuid,
	"ref_id" uuid,
	"turn" text NOT NULL,
	"occurred_on" date NOT NULL,
	"entered_late" boolean DEFAULT false NOT NULL,
	"late_reason_code" text,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transitions_seq" UNIQUE("case_no","seq"),
	CONSTRAINT "transitions_actor" CHECK ("transitions"."on_kind" <> 'command' OR "transitions"."command_id" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"case_no" text PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"dibao_area" text NOT NULL,
	"place_code" text NOT NULL,
	"parameters_on" date NOT NULL,
	"papers" jsonb NOT NULL,
	"entered_late" boolean NOT NULL,
	"late_reason_code" text,
	"village_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_withdrawals" (
	"consent_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"withdrawn_on" date NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"signed_by_id" uuid NOT NULL,
	"text_version" text NOT NULL,
	"purpose" text NOT NULL,
	"sources" jsonb NOT NULL,
	"channel" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"signature_hash" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consents_dates" CHECK ("consents"."valid_to" >= "consents"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "household_members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"household_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"included" boolean NOT NULL,
	"reason_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "household_members_from" UNIQUE("household_id","person_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "households" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "obligors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"owes_to" uuid NOT NULL,
	"relation" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_requests" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"division_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"unit_index" text,
	"open" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_link_resolutions" (
	"link_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"verdict" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"other_case_no" text NOT NULL,
	"other_person_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_links_pair" UNIQUE("person_id","other_person_id")
);
--> statement-breakpoint
CREATE TABLE "person_places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"hukou_code" text,
	"hukou_type" text NOT NULL,
	"residence_code" text,
	"residence_permit" boolean NOT NULL,
	"valid_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"key_id" uuid NOT NULL,
	"name" "bytea" NOT NULL,
	"id_status" text NOT NULL,
	"id_number" "bytea",
	"id_index" text,
	"phone" "bytea",
	"bank_account" "bytea",
	"provisional" boolean DEFAULT false NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "persons_id_number" CHECK (("persons"."id_status" = 'none') = ("persons"."id_number" IS NULL)),
	CONSTRAINT "persons_provisional" CHECK (NOT "persons"."provisional" OR "persons"."id_index" IS NULL)
);
--> statement-breakpoint
CREATE TABLE "remarks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"about" text NOT NULL,
	"ref_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	"seq" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "representations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid NOT NULL,
	"representative_id" uuid NOT NULL,
	"mandate_document_id" uuid,
	"valid_from" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"programme" text NOT NULL,
	"unit_kind" text NOT NULL,
	"unit_person_id" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "adopted_facts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"category" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"period_from" text NOT NULL,
	"period_to" text NOT NULL,
	"declared_fact_id" uuid,
	"answer_fact_id" uuid,
	"document_id" uuid,
	"rule_code" text,
	"staff_id" uuid,
	"command_id" uuid,
	"reason_code" text,
	"supersedes" uuid,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "adopted_facts_supersedes_unique" UNIQUE("supersedes"),
	CONSTRAINT "adopted_facts_source" CHECK (num_nonnulls("adopted_facts"."declared_fact_id", "adopted_facts"."answer_fact_id", "adopted_facts"."document_id") >= 1),
	CONSTRAINT "adopted_facts_chooser" CHECK (num_nonnulls("adopted_facts"."rule_code", "adopted_facts"."staff_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "answer_facts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"answer_id" uuid NOT NULL,
	"source" text NOT NULL,
	"item" text NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"category" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"period_from" text NOT NULL,
	"period_to" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answer_readings" (
	"answer_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"request_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declared_facts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"category" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"period_from" text NOT NULL,
	"period_to" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "department_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"source" text NOT NULL,
	"items" jsonb NOT NULL,
	"purpose" text NOT NULL,
	"case_ref" text NOT NULL,
	"consent_id" uuid,
	"ground_code" text,
	"requested_on" date NOT NULL,
	"due_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "department_requests_once" UNIQUE("case_no","person_id","source","requested_on"),
	CONSTRAINT "department_requests_ground" CHECK ("department_requests"."consent_id" IS NOT NULL OR "department_requests"."ground_code" IS NOT NULL),
	CONSTRAINT "department_requests_ground_code" CHECK ("department_requests"."ground_code" IS NULL OR "department_requests"."ground_code" IN ('art_41_household_member', 'guardian_consent'))
);
--> statement-breakpoint
CREATE TABLE "lookup_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"request_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"phase" text NOT NULL,
	"code" text,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proof_adoptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"request_id" uuid NOT NULL,
	"document_id" uuid,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proof_adoptions_request_id_unique" UNIQUE("request_id")
);
--> statement-breakpoint
CREATE TABLE "raw_answers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"webhook_id" text NOT NULL,
	"case_no" text,
	"request_id" uuid,
	"key_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	"salt" "bytea" NOT NULL,
	"content_hash" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "raw_answers_webhook" UNIQUE("source","webhook_id")
);
--> statement-breakpoint
CREATE TABLE "request_outcomes" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"outcome" text NOT NULL,
	"answer_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_investigators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"case_no" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"signed_on" date NOT NULL,
	CONSTRAINT "visit_investigators_once" UNIQUE("visit_id","staff_id")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"method" text NOT NULL,
	"household_signatory_id" uuid,
	"property_within_limits" text NOT NULL,
	"objection_id" uuid,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"stage" text NOT NULL,
	"kind" text NOT NULL,
	"county_opinion_id" uuid NOT NULL,
	"determination_id" uuid NOT NULL,
	"monthly_benefit_fen" bigint NOT NULL,
	"effective_month" text,
	"article" text NOT NULL,
	"reason_code" text NOT NULL,
	"evidence_hash" text NOT NULL,
	"parameters_on" date NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "decisions_one_per_stage" UNIQUE("case_no","stage"),
	CONSTRAINT "decisions_effective" CHECK (("decisions"."kind" = 'confirm') = ("decisions"."effective_month" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"document_id" uuid NOT NULL,
	"person_id" uuid,
	"how" text NOT NULL,
	"result" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "determinations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"format" integer NOT NULL,
	"inputs" jsonb NOT NULL,
	"inputs_hash" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"steps" jsonb NOT NULL,
	"eligible" boolean NOT NULL,
	"monthly_benefit_fen" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entitlement_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"recognition_id" uuid NOT NULL,
	"person_id" uuid,
	"component" text NOT NULL,
	"month" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlement_lines_once" UNIQUE NULLS NOT DISTINCT("recognition_id","person_id","component","month"),
	CONSTRAINT "entitlement_lines_amount" CHECK ("entitlement_lines"."amount_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "objection_findings" (
	"objection_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"opinion_id" uuid NOT NULL,
	"finding" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"ground_code" text NOT NULL,
	"real_name" boolean NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opinions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"level" text NOT NULL,
	"version" integer NOT NULL,
	"proposes" text NOT NULL,
	"category" text NOT NULL,
	"determination_id" uuid NOT NULL,
	"monthly_benefit_fen" bigint NOT NULL,
	"article" text NOT NULL,
	"reason_code" text NOT NULL,
	"evidence_hash" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opinions_version" UNIQUE("case_no","level","version")
);
--> statement-breakpoint
CREATE TABLE "public_notice_removals" (
	"notice_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"removed_on" date NOT NULL,
	"reason_code" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"opinion_id" uuid NOT NULL,
	"village_code" text NOT NULL,
	"masked_name" text NOT NULL,
	"member_count" integer NOT NULL,
	"monthly_benefit_fen" bigint NOT NULL,
	"posted_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "public_notices_opinion_id_unique" UNIQUE("opinion_id")
);
--> statement-breakpoint
CREATE TABLE "recognitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"request_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"unit_kind" text NOT NULL,
	"household_id" uuid,
	"person_id" uuid,
	"from_month" text NOT NULL,
	"recognised_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recognitions_request_id_unique" UNIQUE("request_id")
);
--> statement-breakpoint
ALTER TABLE "case_counters" ADD CONSTRAINT "case_counters_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "division_successions" ADD CONSTRAINT "division_successions_from_division_id_divisions_id_fk" FOREIGN KEY ("from_division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "division_successions" ADD CONSTRAINT "division_successions_to_division_id_divisions_id_fk" FOREIGN KEY ("to_division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_revocations" ADD CONSTRAINT "role_revocations_grant_id_role_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."role_grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptances" ADD CONSTRAINT "acceptances_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_cooperations" ADD CONSTRAINT "case_cooperations_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_cooperations" ADD CONSTRAINT "case_cooperations_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_state" ADD CONSTRAINT "case_state_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clocks" ADD CONSTRAINT "clocks_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duties" ADD CONSTRAINT "duties_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duties" ADD CONSTRAINT "duties_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplement_requests" ADD CONSTRAINT "supplement_requests_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplements" ADD CONSTRAINT "supplements_request_id_supplement_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."supplement_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transitions" ADD CONSTRAINT "transitions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_applicant_id_persons_id_fk" FOREIGN KEY ("applicant_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_withdrawals" ADD CONSTRAINT "consent_withdrawals_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_withdrawals" ADD CONSTRAINT "consent_withdrawals_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_signed_by_id_persons_id_fk" FOREIGN KEY ("signed_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "households" ADD CONSTRAINT "households_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligors" ADD CONSTRAINT "obligors_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligors" ADD CONSTRAINT "obligors_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligors" ADD CONSTRAINT "obligors_owes_to_persons_id_fk" FOREIGN KEY ("owes_to") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_requests" ADD CONSTRAINT "open_requests_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_requests" ADD CONSTRAINT "open_requests_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_requests" ADD CONSTRAINT "open_requests_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_link_resolutions" ADD CONSTRAINT "person_link_resolutions_link_id_person_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."person_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_link_resolutions" ADD CONSTRAINT "person_link_resolutions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_links" ADD CONSTRAINT "person_links_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_links" ADD CONSTRAINT "person_links_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_places" ADD CONSTRAINT "person_places_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_places" ADD CONSTRAINT "person_places_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "representations" ADD CONSTRAINT "representations_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "representations" ADD CONSTRAINT "representations_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "representations" ADD CONSTRAINT "representations_representative_id_persons_id_fk" FOREIGN KEY ("representative_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_unit_person_id_persons_id_fk" FOREIGN KEY ("unit_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adopted_facts" ADD CONSTRAINT "adopted_facts_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adopted_facts" ADD CONSTRAINT "adopted_facts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adopted_facts" ADD CONSTRAINT "adopted_facts_declared_fact_id_declared_facts_id_fk" FOREIGN KEY ("declared_fact_id") REFERENCES "public"."declared_facts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adopted_facts" ADD CONSTRAINT "adopted_facts_answer_fact_id_answer_facts_id_fk" FOREIGN KEY ("answer_fact_id") REFERENCES "public"."answer_facts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adopted_facts" ADD CONSTRAINT "adopted_facts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adopted_facts" ADD CONSTRAINT "adopted_facts_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_facts" ADD CONSTRAINT "answer_facts_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_facts" ADD CONSTRAINT "answer_facts_answer_id_answer_readings_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answer_readings"("answer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_facts" ADD CONSTRAINT "answer_facts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_readings" ADD CONSTRAINT "answer_readings_answer_id_raw_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."raw_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_readings" ADD CONSTRAINT "answer_readings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_readings" ADD CONSTRAINT "answer_readings_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declared_facts" ADD CONSTRAINT "declared_facts_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declared_facts" ADD CONSTRAINT "declared_facts_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_attempts" ADD CONSTRAINT "lookup_attempts_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_attempts" ADD CONSTRAINT "lookup_attempts_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_adoptions" ADD CONSTRAINT "proof_adoptions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_adoptions" ADD CONSTRAINT "proof_adoptions_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof_adoptions" ADD CONSTRAINT "proof_adoptions_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_outcomes" ADD CONSTRAINT "request_outcomes_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_outcomes" ADD CONSTRAINT "request_outcomes_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_outcomes" ADD CONSTRAINT "request_outcomes_answer_id_raw_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."raw_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_investigators" ADD CONSTRAINT "visit_investigators_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_investigators" ADD CONSTRAINT "visit_investigators_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_investigators" ADD CONSTRAINT "visit_investigators_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_household_signatory_id_persons_id_fk" FOREIGN KEY ("household_signatory_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_county_opinion_id_opinions_id_fk" FOREIGN KEY ("county_opinion_id") REFERENCES "public"."opinions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_determination_id_determinations_id_fk" FOREIGN KEY ("determination_id") REFERENCES "public"."determinations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "determinations" ADD CONSTRAINT "determinations_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_lines" ADD CONSTRAINT "entitlement_lines_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_lines" ADD CONSTRAINT "entitlement_lines_recognition_id_recognitions_id_fk" FOREIGN KEY ("recognition_id") REFERENCES "public"."recognitions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlement_lines" ADD CONSTRAINT "entitlement_lines_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_findings" ADD CONSTRAINT "objection_findings_objection_id_objections_id_fk" FOREIGN KEY ("objection_id") REFERENCES "public"."objections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_findings" ADD CONSTRAINT "objection_findings_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_findings" ADD CONSTRAINT "objection_findings_opinion_id_opinions_id_fk" FOREIGN KEY ("opinion_id") REFERENCES "public"."opinions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_notice_id_public_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."public_notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinions" ADD CONSTRAINT "opinions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opinions" ADD CONSTRAINT "opinions_determination_id_determinations_id_fk" FOREIGN KEY ("determination_id") REFERENCES "public"."determinations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_notice_removals" ADD CONSTRAINT "public_notice_removals_notice_id_public_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."public_notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_notice_removals" ADD CONSTRAINT "public_notice_removals_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_opinion_id_opinions_id_fk" FOREIGN KEY ("opinion_id") REFERENCES "public"."opinions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recognitions" ADD CONSTRAINT "recognitions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "divisions_parent" ON "divisions" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "role_grants_staff" ON "role_grants" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "case_state_open" ON "case_state" USING btree ("open","case_no");--> statement-breakpoint
CREATE INDEX "cases_division" ON "cases" USING btree ("division_id","case_no");--> statement-breakpoint
CREATE INDEX "clocks_case" ON "clocks" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "clocks_due" ON "clocks" USING btree ("due_at") WHERE done_on IS NULL AND expired_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "commands_idempotency" ON "commands" USING btree ("staff_id","method","path","idempotency_key");--> statement-breakpoint
CREATE INDEX "commands_waiting" ON "commands" USING btree ("case_no") WHERE status = 'received';--> statement-breakpoint
CREATE INDEX "documents_case" ON "documents" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("next_attempt_at") WHERE delivered_at IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("division_id","role","due_on","id") WHERE done_at IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_case" ON "tasks" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "consents_person" ON "consents" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "open_requests_unit" ON "open_requests" USING btree ("division_id","programme","unit_index") WHERE open;--> statement-breakpoint
CREATE INDEX "persons_case" ON "persons" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "persons_id_index" ON "persons" USING btree ("id_index");--> statement-breakpoint
CREATE INDEX "adopted_facts_case" ON "adopted_facts" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "answer_facts_case" ON "answer_facts" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "lookup_attempts_request" ON "lookup_attempts" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "raw_answers_case" ON "raw_answers" USING btree ("case_no");
CREATE TABLE "access_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"about_case" text,
	"person_id" uuid,
	"found" boolean NOT NULL,
	"marks" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_watch" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"upto" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lookup_releases" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"command_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lookup_signal_conclusions" (
	"signal_id" uuid PRIMARY KEY NOT NULL,
	"conclusion" text NOT NULL,
	"reason_code" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lookup_signals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"division_id" uuid NOT NULL,
	"key" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"params" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lookup_signals_once" UNIQUE("staff_id","kind","key")
);
--> statement-breakpoint
ALTER TABLE "department_requests" ADD COLUMN "caused_by" uuid;--> statement-breakpoint
ALTER TABLE "lookup_releases" ADD CONSTRAINT "lookup_releases_request_id_department_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."department_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_releases" ADD CONSTRAINT "lookup_releases_case_no_cases_case_no_fk" FOREIGN KEY ("case_no") REFERENCES "public"."cases"("case_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_signal_conclusions" ADD CONSTRAINT "lookup_signal_conclusions_signal_id_lookup_signals_id_fk" FOREIGN KEY ("signal_id") REFERENCES "public"."lookup_signals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_signal_conclusions" ADD CONSTRAINT "lookup_signal_conclusions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_signals" ADD CONSTRAINT "lookup_signals_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_signals" ADD CONSTRAINT "lookup_signals_division_id_divisions_id_fk" FOREIGN KEY ("division_id") REFERENCES "public"."divisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_events_staff" ON "access_events" USING btree ("staff_id","at");--> statement-breakpoint
CREATE INDEX "access_events_new" ON "access_events" USING btree ("recorded_at");--> statement-breakpoint
CREATE INDEX "lookup_releases_case" ON "lookup_releases" USING btree ("case_no");--> statement-breakpoint
CREATE INDEX "lookup_signals_division" ON "lookup_signals" USING btree ("division_id","id");--> statement-breakpoint
ALTER TABLE "department_requests" ADD CONSTRAINT "department_requests_caused_by_staff_id_fk" FOREIGN KEY ("caused_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
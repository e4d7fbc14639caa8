CREATE TABLE "answer_file_readings" (
	"answer_file_id" uuid PRIMARY KEY NOT NULL,
	"complete" boolean NOT NULL,
	"fault" text,
	"taken" integer NOT NULL,
	"unmatched" integer NOT NULL,
	"repeated" integer NOT NULL,
	"unable" integer NOT NULL,
	"refused" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answer_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"file_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"key_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	"salt" "bytea" NOT NULL,
	"content_hash" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "answer_files_once" UNIQUE("source","file_id","digest")
);
--> statement-breakpoint
ALTER TABLE "raw_answers" ADD COLUMN "answer_file_id" uuid;--> statement-breakpoint
ALTER TABLE "answer_file_readings" ADD CONSTRAINT "answer_file_readings_answer_file_id_answer_files_id_fk" FOREIGN KEY ("answer_file_id") REFERENCES "public"."answer_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_answers" ADD CONSTRAINT "raw_answers_answer_file_id_answer_files_id_fk" FOREIGN KEY ("answer_file_id") REFERENCES "public"."answer_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "raw_answers_file" ON "raw_answers" USING btree ("answer_file_id");
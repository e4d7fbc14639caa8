/** Which rows of the table each file of ways is there for; a unit test holds their union against the table. */
export const INTAKE_ROWS = [
  'submit: draft → submitted',
  'request_supplement: submitted → awaiting_supplement',
  'supplement: awaiting_supplement → same',
  'close_unsupplied: awaiting_supplement → unsupplied',
  'accept: submitted → accepted',
  'record_consents: submitted|awaiting_supplement → same',
  'begin_investigation: accepted → investigating',
  'record_visit: investigating|reinvestigate → same',
  'adopt: investigating|reinvestigate → same',
  'department_answer: investigating|reinvestigate|… → same',
  'record_consents: investigating|reinvestigate → same',
  'ask_again: investigating|reinvestigate → same',
  'later_answer: investigating|reinvestigate|… → same',
  'form_opinion grant: investigating|reinvestigate|… → preliminary_opinion',
  'give_closing_notice: unsupplied|terminated → closed',
  'withdraw: submitted|awaiting_supplement|… → closed',
  'warn: accepted|investigating|… → same',
  'terminate: accepted|investigating|… → terminated',
  'record_delivery: submitted|awaiting_supplement|… → same',
] as const;

export const VERIFICATION_ROWS = [
  'verify_first: submitted|awaiting_supplement → same',
  'verify_again: submitted|awaiting_supplement → same',
  'department_answer: submitted|awaiting_supplement → same',
  'first_answer: submitted|awaiting_supplement → same',
  'begin_visits: accepted → investigating',
  'record_consents: verification_negative|recheck → same',
  'inform_findings: investigating → verification_negative',
  'verification_objection: verification_negative → same',
  'object_to_verification: verification_negative → recheck',
  'recheck: recheck → same',
  'recheck_escalated: recheck → same',
  'recheck: recheck → investigating',
  'look_again: investigating|reinvestigate|… → same',
  'form_opinion refuse: verification_negative → preliminary_opinion',
  'form_opinion refuse: verification_negative → refusal_proposed',
  'form_opinion grant: investigating|reinvestigate|… → forwarding',
  'form_opinion refuse: investigating|reinvestigate|… → preliminary_opinion',
  'forward: refusal_proposed|forwarding|… → forwarded',
  'post_notice: preliminary_opinion → public_notice',
  'post_notice: preliminary_opinion → second_public_notice',
  'public_notice: public_notice → forwarded',
  'second_notice: second_public_notice → forwarded',
  'county_opine: forwarded|county_reviewed → county_reviewed',
  'return_file: forwarded → returned',
  'return_file: county_reviewed → returned',
  'resume_returned: returned → investigating',
  'confirm: county_reviewed → confirmed',
  'refuse: county_reviewed → refused',
  'recognise: confirmed → granted',
  'give_confirmation_notice: granted → granted',
  'publish: granted → in_benefit',
  'give_refusal_notice: refused → closed',
  'refusal_notice: refused → same',
  'refusal_notice_escalated: refused → same',
  'adopt: preliminary_opinion|forwarded|… → same',
] as const;

/** Reports that answer instead of the departments: test/branches/reports.test.ts. */
export const REPORT_ROWS = [
  'recognise_report: submitted|awaiting_supplement|… → same',
  'ask_afresh: investigating|reinvestigate → same',
] as const;

export const DELEGATED_ROWS = [
  'form_opinion refuse: investigating|reinvestigate|… → refusal_proposed',
  'forward: refusal_proposed|forwarding|… → township_confirm',
  'public_notice: public_notice → township_confirm',
  'second_notice: second_public_notice → township_confirm',
  'object: public_notice|second_public_notice → reinvestigate',
  'hold_appraisal: reinvestigate → democratic_appraisal',
  'record_county_visit: forwarded|county_reviewed → same',
  'confirm_delegated: township_confirm → confirmed',
  'refuse_delegated: township_confirm → refused',
  'return_file: township_confirm → returned',
  'take_back: township_confirm → forwarded',
  'report: township_confirm → forwarded',
] as const;

export const CLOCK_ROWS = [
  'investigation_start: accepted|investigating → same',
  'investigation_start_escalated: accepted|investigating → same',
  'verification_start: submitted|awaiting_supplement|… → same',
  'verification_start_escalated: submitted|awaiting_supplement|… → same',
  'cooperation: investigating|reinvestigate → same',
  'cooperation_escalated: investigating|reinvestigate → same',
  'cancel_cooperation: investigating|reinvestigate → same',
  'county_opinion: forwarded → same',
  'county_opinion_escalated: forwarded → same',
  'total: accepted|investigating|… → same',
  'total_escalated: accepted|investigating|… → same',
  'total_delegated: accepted|investigating|… → same',
  'total_delegated_escalated: accepted|investigating|… → same',
  'total_extended: accepted|investigating|… → same',
  'total_extended_escalated: accepted|investigating|… → same',
  'report_answer: accepted|investigating|… → same',
  'report_answer_escalated: accepted|investigating|… → same',
  'report: accepted|investigating|… → same',
  'extend: accepted|investigating|… → same',
] as const;

export const MOVE_ROWS = [
  'request_cooperation: investigating|reinvestigate → same',
  'report_cooperation: investigating|reinvestigate → same',
  'draft_opinion: investigating|reinvestigate → same',
  'record_county_visit: forwarded|county_reviewed → same',
  'hand_over: submitted|awaiting_supplement|… → same',
  'hand_over: verification_negative|recheck|… → investigating',
] as const;

/** The journeys of test/support/journeys.ts, run by test/application.test.ts. */
export const JOURNEY_ROWS = [
  'supply: awaiting_supplement → submitted',
  'verification_answer: investigating|reinvestigate → same',
] as const;

interface CommandPath {
  readonly path: string;
  /** Rests on what the caller saw: sent with If-Match. */
  readonly needsTag: boolean;
}
const seen = (path: string): CommandPath => ({ path, needsTag: true });
const free = (path: string): CommandPath => ({ path, needsTag: false });

/** Where each command is given, and whether it rests on what the caller saw. */
export const COMMAND_PATHS: Readonly<Record<string, CommandPath>> = {
  request_supplement: free('supplement-requests'),
  supply: free('supplements'),
  close_unsupplied: seen('closing'),
  accept: seen('acceptance'),
  record_consents: free('signatures'),
  request_cooperation: free('cooperations'),
  cancel_cooperation: free('cooperation-cancellations'),
  hand_over: seen('hand-overs'),
  record_visit: free('visits'),
  recognise_report: free('recognised-reports'),
  ask_afresh: free('fresh-questions'),
  adopt: free('adoptions'),
  inform_findings: seen('verification-findings'),
  object_to_verification: free('verification-objections'),
  recheck: seen('rechecks'),
  look_again: free('source-rechecks'),
  draft_opinion: free('opinion-drafts'),
  form_opinion: seen('opinions'),
  post_notice: seen('notices'),
  object: free('objections'),
  hold_appraisal: free('appraisals'),
  county_opine: seen('county-opinions'),
  record_county_visit: free('county-visits'),
  report: free('reports'),
  confirm: seen('decisions'),
  refuse: seen('decisions'),
  return_file: seen('decisions'),
  confirm_delegated: seen('decisions'),
  refuse_delegated: seen('decisions'),
  resume_returned: free('resumptions'),
  take_back: seen('take-backs'),
  give_confirmation_notice: seen('notices'),
  give_refusal_notice: seen('notices'),
  give_closing_notice: seen('notices'),
  publish: seen('publications'),
  withdraw: free('withdrawal'),
  extend: free('extensions'),
  warn: free('warnings'),
  terminate: seen('termination'),
  record_delivery: free('deliveries'),
};

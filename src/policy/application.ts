import { APPLICATION_CLOCKS, type ApplicationClock, type Breachable } from './application-clocks.js';
import {
  AT_COUNTY,
  DELIVERED_IN,
  KNOWN_BEFORE,
  LOOKING_INTO,
  NOTICING,
  STAGE_OF,
  UNDER_CLOCK,
  type ApplicationStage,
  type ApplicationState,
} from './application-states.js';
import type { Role, Turn } from '../terms/index.js';
import { barredCommands, type ProcedureTable, type Row } from './procedure.js';

export type { ApplicationClock } from './application-clocks.js';
export type { ApplicationStage, ApplicationState } from './application-states.js';

/** Low-income assistance (dibao) from submission to decision: DIBAO-2021 art. 4–29, LAW-2026 art. 37–45. */
export type ApplicationGuard =
  | 'not_told_before'
  | 'supplies_something'
  | 'papers_complete'
  | 'verified_first'
  | 'supplement_over'
  | 'two_investigators_signed'
  | 'method_allowed'
  | 'answered_once'
  | 'cites_evidence'
  | 'answered_by_report'
  | 'made_elsewhere'
  | 'same_purpose'
  | 'report_in_force'
  | 'about_members'
  | 'cooperation_open'
  | 'investigation_complete'
  | 'findings_against'
  | 'findings_told'
  | 'objection_period_over'
  | 'objection_answered'
  | 'appraisal_valid'
  | 'proposes_grant'
  | 'proposes_refusal'
  | 'eligible'
  | 'opinion_fresh'
  | 'opinions_fresh'
  | 'notice_required'
  | 'second_notice_required'
  | 'notice_not_required'
  | 'refusal_posted'
  | 'no_open_objection'
  | 'delegated'
  | 'county_visit_done'
  | 'county_opinion_grants'
  | 'township_opinion_grants'
  | 'notice_given'
  | 'signed_by_applicant'
  | 'ground_holds'
  | 'by_member'
  | 'warning_unheeded';

export const APPLICATION_COMMANDS = [
  'submit',
  'request_supplement',
  'supply',
  'close_unsupplied',
  'accept',
  'record_consents',
  'request_cooperation',
  'cancel_cooperation',
  'report_cooperation',
  'hand_over',
  'record_visit',
  'recognise_report',
  'ask_afresh',
  'adopt',
  'inform_findings',
  'object_to_verification',
  'recheck',
  'look_again',
  'draft_opinion',
  'form_opinion',
  'post_notice',
  'object',
  'hold_appraisal',
  'county_opine',
  'record_county_visit',
  'report',
  'confirm',
  'refuse',
  'return_file',
  'resume_returned',
  'confirm_delegated',
  'refuse_delegated',
  'take_back',
  'give_confirmation_notice',
  'publish',
  'give_refusal_notice',
  'give_closing_notice',
  'withdraw',
  'extend',
  'warn',
  'terminate',
  'record_delivery',
] as const;
export type ApplicationCommand = (typeof APPLICATION_COMMANDS)[number];

type TableRow = Row<ApplicationState, ApplicationGuard, ApplicationClock>;
const ROW = <R extends TableRow>(row: R): R => row;
const WINDOW: readonly Role[] = ['window_clerk'];
const LEADER: readonly Role[] = ['township_leader'];
const VILLAGE: readonly Role[] = ['window_clerk', 'village_assistant'];
const TOWNSHIP: readonly Role[] = ['window_clerk', 'village_assistant', 'township_leader'];
const FIELD: readonly Role[] = ['investigator', 'village_assistant', 'window_clerk', 'township_leader'];
const OFFICER: readonly Role[] = ['verification_officer'];
const VERIFIERS: readonly Role[] = [
  'verification_officer',
  'investigator',
  'window_clerk',
  'township_leader',
];
/** The accepting township; where divisions split and nobody knows whose the case is, the supervisor. */
const HANDS_OVER: readonly Role[] = ['township_leader', 'supervisor'];
const LISTENERS: readonly Role[] = ['window_clerk', 'village_assistant', 'county_examiner', 'supervisor'];
const EXAMINER: readonly Role[] = ['county_examiner'];
const CONFIRMER: readonly Role[] = ['county_confirmer'];

/** Also while an objection to what was found is looked into, a source can be asked once more. */
const LOOKED_AT_AGAIN = [...LOOKING_INTO, 'recheck'] as const;
/** An opinion stands, nothing is decided: a fact that is corrected here makes the opinion stale. */
const AFTER_OPINION = ['preliminary_opinion', 'forwarded', 'county_reviewed', 'township_confirm'] as const;
/** Where a leader can sign an opinion: also a new one, when facts were corrected before it was posted. */
const MAY_BE_OPINED = [
  'investigating',
  'reinvestigate',
  'democratic_appraisal',
  'preliminary_opinion',
] as const;
const READY = ['investigation_complete', 'objection_answered'] as const;
/** In the township's hands: the file may follow a household that moves. */
const BEFORE_FORWARDING = [
  'verification_negative',
  'recheck',
  'reinvestigate',
  'democratic_appraisal',
  'preliminary_opinion',
  'returned',
] as const;

/** An expiry that only tells somebody: the case stays where it is, and so does whose turn it is. */
const told = (name: ApplicationClock, due?: ApplicationClock) => {
  const { runsIn, article } = APPLICATION_CLOCKS[name];
  return ROW({
    from: runsIn,
    on: 'due',
    name,
    article,
    to: 'same',
    turn: 'same',
    ...(due && { due: [due] }),
  });
};

/** A breach: the supervisor is told, and after a while without a step the county. */
const breached = (name: Breachable) => [told(name, `${name}_escalated`), told(`${name}_escalated`)];

/** An act that leaves the case where it is. */
const within = (
  from: readonly ApplicationState[],
  act: { name: ApplicationCommand; role: readonly Role[]; article: string; turn?: Turn } & Pick<
    TableRow,
    'when' | 'due' | 'evidence'
  >,
) => ROW({ turn: 'same', ...act, from, on: 'command', to: 'same' });

// One row a line: it is read as a table.
// prettier-ignore
const rows = [
  // Intake and acceptance, art. 4–11
  ROW({ from: ['draft'], on: 'command', name: 'submit', role: VILLAGE, article: 'DIBAO-2021 art. 4, 6, 9', to: 'submitted', turn: 'township', due: ['verify_first'] }),
  ROW({ from: ['submitted'], on: 'command', name: 'request_supplement', role: WINDOW, when: ['not_told_before'], article: 'DIBAO-2021 art. 10', to: 'awaiting_supplement', turn: 'household', due: ['supplement'] }),
  ROW({ from: ['awaiting_supplement'], on: 'command', name: 'supply', role: WINDOW, when: ['supplies_something'], article: 'DIBAO-2021 art. 10', to: 'submitted', turn: 'township', due: ['verify_again'] }),
  told('supplement'),
  ROW({ from: ['awaiting_supplement'], on: 'command', name: 'close_unsupplied', role: LEADER, when: ['supplement_over'], article: 'DIBAO-2021 art. 10', to: 'unsupplied', turn: 'township' }),
  ROW({ from: ['submitted'], on: 'command', name: 'accept', role: WINDOW, when: ['papers_complete', 'verified_first'], article: 'DIBAO-2021 art. 10–11', to: 'accepted', turn: 'township', due: ['total', 'total_delegated', 'investigation_start', 'begin_investigation', 'begin_visits'] }),
  within(KNOWN_BEFORE, { name: 'record_consents', role: VILLAGE, article: 'LAW-2026 art. 41', due: ['verify_again'] }),

  // Verification before acceptance (核对前置), where the place verifies first; it decides nothing, and silence holds up nothing
  ROW({ from: KNOWN_BEFORE, on: 'due', name: 'verify_first', article: 'DIBAO-2021 art. 17', to: 'same', turn: 'same', due: ['verification_start', 'first_answer'] }),
  ROW({ from: KNOWN_BEFORE, on: 'due', name: 'verify_again', article: 'LAW-2026 art. 41', to: 'same', turn: 'same', due: ['first_answer'] }),
  ROW({ from: KNOWN_BEFORE, on: 'answer', name: 'department_answer', evidence: true, article: 'DIBAO-2021 art. 17', to: 'same', turn: 'same' }),
  told('first_answer'),

  // Investigation: home visit ‖ means verification, art. 12–18
  ROW({ from: ['accepted'], on: 'due', name: 'begin_investigation', article: 'DIBAO-2021 art. 15, 17', to: 'investigating', turn: 'township', due: ['verification_start', 'verification_answer'] }),
  // What was verified before is not asked again; whoever can be asked about since, is.
  ROW({ from: ['accepted'], on: 'due', name: 'begin_visits', article: 'DIBAO-2021 art. 15', to: 'investigating', turn: 'township', due: ['ask_again'] }),
  ...breached('investigation_start'),
  ...breached('verification_start'),
  within(LOOKING_INTO, { name: 'record_visit', role: FIELD, when: ['two_investigators_signed', 'method_allowed'], evidence: true, article: 'DIBAO-2021 art. 16', turn: 'township' }),
  // 互认: before the investigation it waits for the questions, within it it settles those that wait.
  within([...KNOWN_BEFORE, ...LOOKING_INTO], { name: 'recognise_report', role: OFFICER, when: ['made_elsewhere', 'same_purpose', 'about_members', 'report_in_force'], evidence: true, article: 'LAW-2026 art. 42' }),
  within(LOOKING_INTO, { name: 'ask_afresh', role: VERIFIERS, when: ['answered_by_report'], evidence: true, article: 'DIBAO-2021 art. 17', due: ['ask_again'] }),
  within(LOOKING_INTO, { name: 'adopt', role: VERIFIERS, when: ['cites_evidence'], evidence: true, article: 'DIBAO-2021 art. 13, 17', turn: 'township' }),
  ROW({ from: LOOKED_AT_AGAIN, on: 'answer', name: 'department_answer', evidence: true, article: 'DIBAO-2021 art. 17', to: 'same', turn: 'township' }),
  // Silence is recorded as silence, and a person adopts other proof.
  told('verification_answer'),
  within(['verification_negative', 'recheck'], { name: 'record_consents', role: VILLAGE, article: 'LAW-2026 art. 41' }),
  within(LOOKING_INTO, { name: 'record_consents', role: VILLAGE, article: 'LAW-2026 art. 41', due: ['ask_again'] }),
  told('ask_again', 'later_answer'),
  told('later_answer'),
  within(LOOKED_AT_AGAIN, { name: 'look_again', role: VERIFIERS, when: ['answered_once'], article: 'DIBAO-2021 art. 17–18', due: ['later_answer'] }),
  within(LOOKING_INTO, { name: 'request_cooperation', role: [...LEADER, 'window_clerk'], article: 'DIBAO-2021 art. 5, 15', due: ['cooperation'] }),
  within(LOOKING_INTO, { name: 'cancel_cooperation', role: [...LEADER, 'window_clerk'], when: ['cooperation_open'], article: 'DIBAO-2021 art. 15' }),
  within(LOOKING_INTO, { name: 'report_cooperation', role: FIELD, when: ['cooperation_open', 'two_investigators_signed', 'method_allowed'], evidence: true, article: 'DIBAO-2021 art. 15–16' }),
  ...breached('cooperation'),
  within(LOOKING_INTO, { name: 'draft_opinion', role: ['window_clerk', 'investigator'], article: 'DIBAO-2021 art. 19' }),
  ROW({ from: ['investigating'], on: 'command', name: 'inform_findings', role: [...LEADER, 'window_clerk'], when: ['findings_against'], restsOnFile: true, article: 'DIBAO-2021 art. 18', to: 'verification_negative', turn: 'household', due: ['verification_objection'] }),
  told('verification_objection'),
  ROW({ from: ['verification_negative'], on: 'command', name: 'object_to_verification', role: VILLAGE, article: 'DIBAO-2021 art. 18', to: 'recheck', turn: 'township', due: ['recheck'] }),
  ...breached('recheck'),
  ROW({ from: ['recheck'], on: 'command', name: 'recheck', role: VERIFIERS, when: ['cites_evidence'], article: 'DIBAO-2021 art. 18', to: 'investigating', turn: 'township' }),
  ROW({ from: ['verification_negative'], on: 'command', name: 'form_opinion', role: LEADER, when: ['proposes_refusal', 'objection_period_over', 'investigation_complete', 'refusal_posted'], restsOnFile: true, article: 'DIBAO-2021 art. 18–19', to: 'preliminary_opinion', turn: 'township' }),
  ROW({ from: ['verification_negative'], on: 'command', name: 'form_opinion', role: LEADER, when: ['proposes_refusal', 'objection_period_over', 'investigation_complete'], restsOnFile: true, article: 'DIBAO-2021 art. 18–19', to: 'refusal_proposed', turn: 'township', due: ['forward'] }),

  // Preliminary opinion and public notice, art. 19
  ROW({ from: MAY_BE_OPINED, on: 'command', name: 'form_opinion', role: LEADER, when: ['proposes_grant', ...READY, 'eligible', 'notice_not_required'], restsOnFile: true, article: 'DIBAO-2021 art. 19', to: 'forwarding', turn: 'township', due: ['forward'] }),
  ROW({ from: MAY_BE_OPINED, on: 'command', name: 'form_opinion', role: LEADER, when: ['proposes_grant', ...READY, 'eligible'], restsOnFile: true, article: 'DIBAO-2021 art. 19', to: 'preliminary_opinion', turn: 'township' }),
  ROW({ from: MAY_BE_OPINED, on: 'command', name: 'form_opinion', role: LEADER, when: ['proposes_refusal', ...READY, 'findings_told', 'refusal_posted'], restsOnFile: true, article: 'DIBAO-2021 art. 19', to: 'preliminary_opinion', turn: 'township' }),
  ROW({ from: MAY_BE_OPINED, on: 'command', name: 'form_opinion', role: LEADER, when: ['proposes_refusal', ...READY, 'findings_told'], restsOnFile: true, article: 'DIBAO-2021 art. 19', to: 'refusal_proposed', turn: 'township', due: ['forward'] }),
  // From preliminary_opinion: cases that were there before `forwarding` had a name of its own.
  ROW({ from: ['refusal_proposed', 'forwarding', 'preliminary_opinion'], on: 'due', name: 'forward', when: ['delegated'], article: 'LAW-2026 art. 44', to: 'township_confirm', turn: 'township' }),
  ROW({ from: ['refusal_proposed', 'forwarding', 'preliminary_opinion'], on: 'due', name: 'forward', article: 'DIBAO-2021 art. 19', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),
  ROW({ from: ['preliminary_opinion'], on: 'command', name: 'post_notice', role: VILLAGE, when: ['opinion_fresh', 'notice_required'], article: 'DIBAO-2021 art. 19', to: 'public_notice', turn: 'public', due: ['public_notice'] }),
  ROW({ from: ['preliminary_opinion'], on: 'command', name: 'post_notice', role: VILLAGE, when: ['opinion_fresh', 'second_notice_required'], article: 'DIBAO-2021 art. 19', to: 'second_public_notice', turn: 'public', due: ['second_notice'] }),
  ROW({ from: ['public_notice'], on: 'due', name: 'public_notice', when: ['no_open_objection', 'delegated'], article: 'LAW-2026 art. 44', to: 'township_confirm', turn: 'township' }),
  ROW({ from: ['public_notice'], on: 'due', name: 'public_notice', when: ['no_open_objection'], article: 'DIBAO-2021 art. 19', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),
  ROW({ from: ['second_public_notice'], on: 'due', name: 'second_notice', when: ['no_open_objection', 'delegated'], article: 'LAW-2026 art. 44', to: 'township_confirm', turn: 'township' }),
  ROW({ from: ['second_public_notice'], on: 'due', name: 'second_notice', when: ['no_open_objection'], article: 'DIBAO-2021 art. 19', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),
  ROW({ from: NOTICING, on: 'command', name: 'object', role: TOWNSHIP, article: 'DIBAO-2021 art. 19', to: 'reinvestigate', turn: 'township' }),
  ROW({ from: ['reinvestigate'], on: 'command', name: 'hold_appraisal', role: LEADER, when: ['appraisal_valid'], article: 'DIBAO-2021 art. 19', to: 'democratic_appraisal', turn: 'township' }),

  // County review and decision, art. 20–22
  ROW({ from: AT_COUNTY, on: 'command', name: 'county_opine', role: EXAMINER, when: ['county_visit_done', 'opinion_fresh'], restsOnFile: true, article: 'DIBAO-2021 art. 20', to: 'county_reviewed', turn: 'county' }),
  within(AT_COUNTY, { name: 'record_county_visit', role: EXAMINER, when: ['two_investigators_signed'], evidence: true, article: 'DIBAO-2021 art. 20' }),
  ...breached('county_opinion'),
  ROW({ from: ['forwarded'], on: 'command', name: 'return_file', role: EXAMINER, article: 'DIBAO-2021 art. 20', to: 'returned', turn: 'township' }),
  ROW({ from: ['county_reviewed'], on: 'command', name: 'confirm', role: CONFIRMER, when: ['county_visit_done', 'opinions_fresh', 'county_opinion_grants'], outsider: true, restsOnFile: true, article: 'DIBAO-2021 art. 21', to: 'confirmed', turn: 'county', due: ['recognise'] }),
  ROW({ from: ['county_reviewed'], on: 'command', name: 'refuse', role: CONFIRMER, when: ['county_visit_done', 'opinions_fresh'], outsider: true, restsOnFile: true, article: 'DIBAO-2021 art. 21', to: 'refused', turn: 'township', due: ['refusal_notice'] }),
  ROW({ from: ['county_reviewed'], on: 'command', name: 'return_file', role: CONFIRMER, outsider: true, article: 'DIBAO-2021 art. 20', to: 'returned', turn: 'township' }),
  ROW({ from: ['returned'], on: 'command', name: 'resume_returned', role: LEADER, article: 'DIBAO-2021 art. 20', to: 'investigating', turn: 'township' }),

  // Confirmation by the township where the province delegates it, LAW-2026 art. 44; NOTICE-2022 section 4 (1)
  ROW({ from: ['township_confirm'], on: 'command', name: 'confirm_delegated', role: LEADER, when: ['opinion_fresh', 'township_opinion_grants'], outsider: true, restsOnFile: true, article: 'LAW-2026 art. 44', to: 'confirmed', turn: 'township', due: ['recognise'] }),
  ROW({ from: ['township_confirm'], on: 'command', name: 'refuse_delegated', role: LEADER, when: ['opinion_fresh'], outsider: true, restsOnFile: true, article: 'LAW-2026 art. 44', to: 'refused', turn: 'township', due: ['refusal_notice'] }),
  ROW({ from: ['township_confirm'], on: 'command', name: 'return_file', role: LEADER, outsider: true, article: 'LAW-2026 art. 44', to: 'returned', turn: 'township' }),
  ROW({ from: ['township_confirm'], on: 'command', name: 'take_back', role: EXAMINER, article: 'LAW-2026 art. 44', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),

  // Recognition and publication, or the written refusal through the township, art. 21, 24; LAW-2026 art. 45
  ROW({ from: ['confirmed'], on: 'due', name: 'recognise', article: 'DIBAO-2021 art. 21', to: 'granted', turn: 'township' }),
  ROW({ from: ['granted'], on: 'command', name: 'give_confirmation_notice', role: TOWNSHIP, article: 'DIBAO-2021 art. 21', to: 'granted', turn: 'township' }),
  ROW({ from: ['granted'], on: 'command', name: 'publish', role: VILLAGE, when: ['notice_given'], article: 'DIBAO-2021 art. 24', to: 'in_benefit', turn: 'nobody' }),
  ROW({ from: ['refused'], on: 'command', name: 'give_refusal_notice', role: TOWNSHIP, article: 'DIBAO-2021 art. 21', to: 'closed', turn: 'nobody' }),
  ...breached('refusal_notice'),
  ROW({ from: ['unsupplied', 'terminated'], on: 'command', name: 'give_closing_notice', role: TOWNSHIP, article: 'LAW-2026 art. 45', to: 'closed', turn: 'nobody' }),

  // Across the stages
  ...breached('total'),
  ...breached('total_delegated'),
  ...breached('total_extended'),
  ...breached('report_answer'),
  within(AFTER_OPINION, { name: 'adopt', role: VERIFIERS, when: ['cites_evidence'], evidence: true, article: 'DIBAO-2021 art. 13, 17' }),
  within(UNDER_CLOCK.filter((state) => state !== 'township_confirm'), { name: 'report', role: LISTENERS, article: 'DIBAO-2021 art. 36–37', due: ['report_answer'] }),
  // Somebody reported while the township was about to confirm: the county decides, and visits (art. 20).
  ROW({ from: ['township_confirm'], on: 'command', name: 'report', role: LISTENERS, article: 'DIBAO-2021 art. 20, 37', to: 'forwarded', turn: 'county', due: ['county_opinion', 'report_answer'] }),
  within(['submitted', 'awaiting_supplement', 'investigating'], { name: 'hand_over', role: HANDS_OVER, article: 'DIBAO-2021 art. 4–5' }),
  ROW({ from: BEFORE_FORWARDING, on: 'command', name: 'hand_over', role: HANDS_OVER, article: 'DIBAO-2021 art. 4–5', to: 'investigating', turn: 'township' }),
  ROW({ from: [...KNOWN_BEFORE, ...UNDER_CLOCK], on: 'command', name: 'withdraw', role: [...WINDOW, ...LEADER], when: ['signed_by_applicant'], article: 'DIBAO-2021 art. 4', to: 'closed', turn: 'nobody' }),
  within(UNDER_CLOCK, { name: 'extend', role: ['supervisor'], when: ['ground_holds'], article: 'DIBAO-2021 art. 22', due: ['total_extended'] }),
  within(UNDER_CLOCK, { name: 'warn', role: FIELD, when: ['by_member'], article: 'DIBAO-2021 art. 29', turn: 'household' }),
  ROW({ from: UNDER_CLOCK, on: 'command', name: 'terminate', role: LEADER, when: ['warning_unheeded'], article: 'DIBAO-2021 art. 29', to: 'terminated', turn: 'township' }),
  within(DELIVERED_IN, { name: 'record_delivery', role: TOWNSHIP, article: 'LAW-2026 art. 45' }),
];

export const APPLICATION = {
  procedure: 'application',
  rows,
  clocks: APPLICATION_CLOCKS,
  stageOf: STAGE_OF,
  closed: ['in_benefit', 'closed'],
} as const satisfies ProcedureTable<ApplicationState, ApplicationGuard, ApplicationClock, ApplicationStage>;

/** Whoever contributed to a case may not give these: computed from its record, with no off switch. */
export const BARRED_COMMANDS: readonly string[] = barredCommands(APPLICATION);

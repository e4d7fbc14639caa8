import type { Role } from '../terms/index.js';
import type { ProcedureTable, Row } from './procedure.js';

/** Low-income assistance (dibao) from submission to decision: DIBAO-2021 art. 4–24, LAW-2026 art. 37–45. */
export type ApplicationState =
  | 'draft'
  | 'submitted'
  | 'awaiting_supplement'
  | 'accepted'
  | 'investigating'
  | 'verification_negative'
  | 'recheck'
  | 'refusal_proposed'
  | 'preliminary_opinion'
  | 'public_notice'
  | 'reinvestigate'
  | 'democratic_appraisal'
  | 'forwarded'
  | 'township_confirm'
  | 'county_reviewed'
  | 'returned'
  | 'confirmed'
  | 'refused'
  | 'in_benefit'
  | 'closed'
  | 'terminated';

export type ApplicationStage =
  | 'accepting'
  | 'supplementing'
  | 'investigating'
  | 'opining'
  | 'noticing'
  | 'reviewing'
  | 'deciding'
  | 'concluding'
  | 'done';

export type ApplicationClock =
  | 'supplement'
  | 'total'
  | 'investigation_start'
  | 'verification_start'
  | 'verification_answer'
  | 'public_notice'
  | 'county_opinion'
  | 'refusal_notice'
  | 'begin_investigation'
  | 'forward'
  | 'recognise';

export type ApplicationGuard =
  | 'not_told_before'
  | 'supplies_something'
  | 'papers_complete'
  | 'two_investigators_signed'
  | 'cites_evidence'
  | 'investigation_complete'
  | 'objection_investigated'
  | 'opinion_grants'
  | 'opinion_refuses'
  | 'notice_required'
  | 'notice_not_required'
  | 'no_open_objection'
  | 'county_visit_done'
  | 'county_opinion_grants';

export const APPLICATION_COMMANDS = [
  'submit',
  'request_supplement',
  'supply',
  'close_unsupplied',
  'accept',
  'record_visit',
  'adopt',
  'object_to_verification',
  'recheck',
  'form_opinion',
  'post_notice',
  'object',
  'hold_appraisal',
  'county_opine',
  'confirm',
  'refuse',
  'return_file',
  'resume_returned',
  'confirm_delegated',
  'refuse_delegated',
  'give_refusal_notice',
  'withdraw',
  'extend',
  'terminate',
] as const;
/** Whoever contributed to a case may not give these: computed from its record, with no off switch. */
export const BARRED_COMMANDS: readonly string[] = ['confirm', 'refuse'];
export type ApplicationCommand = (typeof APPLICATION_COMMANDS)[number];

const ROW = <R extends Row<ApplicationState, ApplicationGuard, ApplicationClock>>(row: R): R => row;
const WINDOW: readonly Role[] = ['window_clerk'];
const FIELD: readonly Role[] = ['investigator', 'village_assistant', 'window_clerk', 'township_leader'];
const VERIFIERS: readonly Role[] = [
  'verification_officer',
  'investigator',
  'window_clerk',
  'township_leader',
];
const BEFORE_ACCEPTANCE = ['submitted', 'awaiting_supplement'] as const;
const UNDER_CLOCK = [
  'accepted',
  'investigating',
  'verification_negative',
  'recheck',
  'refusal_proposed',
  'preliminary_opinion',
  'public_notice',
  'reinvestigate',
  'democratic_appraisal',
  'forwarded',
  'township_confirm',
  'county_reviewed',
  'returned',
] as const;
const LOOKING_INTO = ['investigating', 'reinvestigate'] as const;

/** An expiry that only tells somebody: the case stays where it is. */
const told = (
  state: ApplicationState,
  name: ApplicationClock,
  article: string,
  turn: 'township' | 'county' | 'household' | 'departments',
) => ROW({ from: [state], on: 'due', name, article, to: state, turn });

// One row a line: it is read as a table.
// prettier-ignore
const rows = [
  // Intake and acceptance, art. 4–11
  ROW({ from: ['draft'], on: 'command', name: 'submit', role: ['window_clerk', 'village_assistant'], article: 'DIBAO-2021 art. 4, 9', to: 'submitted', turn: 'township' }),
  ROW({ from: ['submitted'], on: 'command', name: 'request_supplement', role: WINDOW, when: ['not_told_before'], article: 'DIBAO-2021 art. 10', to: 'awaiting_supplement', turn: 'household', due: ['supplement'] }),
  ROW({ from: ['awaiting_supplement'], on: 'command', name: 'supply', role: WINDOW, when: ['supplies_something'], article: 'DIBAO-2021 art. 10', to: 'submitted', turn: 'township' }),
  told('awaiting_supplement', 'supplement', 'DIBAO-2021 art. 10', 'household'),
  ROW({ from: ['awaiting_supplement'], on: 'command', name: 'close_unsupplied', role: WINDOW, article: 'DIBAO-2021 art. 10', to: 'closed', turn: 'nobody', later: true }),
  ROW({ from: ['submitted'], on: 'command', name: 'accept', role: WINDOW, when: ['papers_complete'], article: 'DIBAO-2021 art. 10–11', to: 'accepted', turn: 'township', due: ['total', 'investigation_start', 'begin_investigation'] }),

  // Investigation: home visit ‖ means verification, art. 12–18
  ROW({ from: ['accepted'], on: 'due', name: 'begin_investigation', article: 'DIBAO-2021 art. 15, 17', to: 'investigating', turn: 'township', due: ['verification_start', 'verification_answer'] }),
  told('accepted', 'investigation_start', 'DIBAO-2021 art. 15', 'township'),
  told('investigating', 'verification_start', 'DIBAO-2021 art. 17', 'departments'),
  ...LOOKING_INTO.flatMap((state) => [
    ROW({ from: [state], on: 'command', name: 'record_visit', role: FIELD, when: ['two_investigators_signed'], article: 'DIBAO-2021 art. 16', to: state, turn: 'township' }),
    ROW({ from: [state], on: 'command', name: 'adopt', role: VERIFIERS, when: ['cites_evidence'], article: 'DIBAO-2021 art. 13, 17', to: state, turn: 'township' }),
    ROW({ from: [state], on: 'answer', name: 'department_answer', article: 'DIBAO-2021 art. 17', to: state, turn: 'township' }),
    // Silence is recorded as silence, and a person adopts other proof.
    told(state, 'verification_answer', 'DIBAO-2021 art. 17', 'township'),
  ]),
  ROW({ from: ['investigating'], on: 'answer', name: 'verification_negative', article: 'DIBAO-2021 art. 18', to: 'verification_negative', turn: 'household', later: true }),
  ROW({ from: ['verification_negative'], on: 'command', name: 'object_to_verification', role: WINDOW, article: 'DIBAO-2021 art. 18', to: 'recheck', turn: 'township', later: true }),
  ROW({ from: ['recheck'], on: 'command', name: 'recheck', role: VERIFIERS, article: 'DIBAO-2021 art. 18', to: 'investigating', turn: 'township', later: true }),
  ROW({ from: ['recheck'], on: 'command', name: 'form_opinion', role: ['township_leader'], article: 'DIBAO-2021 art. 18', to: 'refusal_proposed', turn: 'township', later: true }),

  // Preliminary opinion and public notice, art. 19
  ROW({ from: ['investigating'], on: 'command', name: 'form_opinion', role: ['township_leader'], when: ['investigation_complete', 'opinion_grants'], article: 'DIBAO-2021 art. 19', to: 'preliminary_opinion', turn: 'township' }),
  ROW({ from: ['investigating'], on: 'command', name: 'form_opinion', role: ['township_leader'], when: ['investigation_complete', 'opinion_refuses'], article: 'DIBAO-2021 art. 19', to: 'refusal_proposed', turn: 'township', due: ['forward'] }),
  ROW({ from: ['refusal_proposed'], on: 'due', name: 'forward', article: 'DIBAO-2021 art. 19', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),
  ROW({ from: ['preliminary_opinion'], on: 'command', name: 'post_notice', role: ['window_clerk', 'village_assistant'], when: ['notice_required'], article: 'DIBAO-2021 art. 19', to: 'public_notice', turn: 'public', due: ['public_notice'] }),
  ROW({ from: ['public_notice'], on: 'due', name: 'public_notice', when: ['no_open_objection'], article: 'DIBAO-2021 art. 19', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),
  ROW({ from: ['public_notice'], on: 'command', name: 'object', role: ['window_clerk', 'village_assistant', 'township_leader'], article: 'DIBAO-2021 art. 19', to: 'reinvestigate', turn: 'township' }),
  ROW({ from: ['reinvestigate'], on: 'command', name: 'hold_appraisal', role: ['township_leader'], article: 'DIBAO-2021 art. 19', to: 'democratic_appraisal', turn: 'township', later: true }),
  ROW({ from: ['democratic_appraisal'], on: 'command', name: 'form_opinion', role: ['township_leader'], article: 'DIBAO-2021 art. 19', to: 'preliminary_opinion', turn: 'township', later: true }),
  ROW({ from: ['reinvestigate'], on: 'command', name: 'form_opinion', role: ['township_leader'], when: ['investigation_complete', 'objection_investigated', 'opinion_grants'], article: 'DIBAO-2021 art. 19', to: 'preliminary_opinion', turn: 'township', due: ['forward'] }),
  ROW({ from: ['reinvestigate'], on: 'command', name: 'form_opinion', role: ['township_leader'], when: ['investigation_complete', 'objection_investigated', 'opinion_refuses'], article: 'DIBAO-2021 art. 19', to: 'refusal_proposed', turn: 'township', due: ['forward'] }),
  ROW({ from: ['preliminary_opinion'], on: 'due', name: 'forward', when: ['notice_not_required'], article: 'DIBAO-2021 art. 19', to: 'forwarded', turn: 'county', due: ['county_opinion'] }),

  // County review and decision, art. 20–22
  ROW({ from: ['forwarded'], on: 'command', name: 'county_opine', role: ['county_examiner'], when: ['county_visit_done'], article: 'DIBAO-2021 art. 20', to: 'county_reviewed', turn: 'county' }),
  told('forwarded', 'county_opinion', 'DIBAO-2021 art. 20', 'county'),
  ROW({ from: ['forwarded'], on: 'due', name: 'delegate', article: 'LAW-2026 art. 44', to: 'township_confirm', turn: 'township', later: true }),
  ROW({ from: ['township_confirm'], on: 'command', name: 'confirm_delegated', role: ['township_leader'], article: 'LAW-2026 art. 44', to: 'confirmed', turn: 'township', later: true }),
  ROW({ from: ['township_confirm'], on: 'command', name: 'refuse_delegated', role: ['township_leader'], article: 'LAW-2026 art. 44', to: 'refused', turn: 'township', later: true }),
  ROW({ from: ['county_reviewed'], on: 'command', name: 'confirm', role: ['county_confirmer'], when: ['county_opinion_grants'], article: 'DIBAO-2021 art. 21', to: 'confirmed', turn: 'county', due: ['recognise'] }),
  ROW({ from: ['county_reviewed'], on: 'command', name: 'refuse', role: ['county_confirmer'], article: 'DIBAO-2021 art. 21', to: 'refused', turn: 'township', due: ['refusal_notice'] }),
  ROW({ from: ['county_reviewed'], on: 'command', name: 'return_file', role: ['county_confirmer'], article: 'DIBAO-2021 art. 20', to: 'returned', turn: 'township', later: true }),
  ROW({ from: ['returned'], on: 'command', name: 'resume_returned', role: ['township_leader'], article: 'DIBAO-2021 art. 20', to: 'investigating', turn: 'township', later: true }),

  // Recognition, or the written refusal through the township, art. 21, 24; LAW-2026 art. 45
  ROW({ from: ['confirmed'], on: 'due', name: 'recognise', article: 'DIBAO-2021 art. 21', to: 'in_benefit', turn: 'nobody' }),
  ROW({ from: ['refused'], on: 'command', name: 'give_refusal_notice', role: ['window_clerk', 'village_assistant', 'township_leader'], article: 'DIBAO-2021 art. 21', to: 'closed', turn: 'nobody' }),
  told('refused', 'refusal_notice', 'DIBAO-2021 art. 21', 'township'),

  // Across the stages
  ...UNDER_CLOCK.map((state) => told(state, 'total', 'DIBAO-2021 art. 22', 'township')),
  ROW({ from: [...BEFORE_ACCEPTANCE, ...UNDER_CLOCK], on: 'command', name: 'withdraw', role: WINDOW, article: 'DIBAO-2021 art. 4', to: 'closed', turn: 'nobody', later: true }),
  ...UNDER_CLOCK.map((state) =>
    ROW({ from: [state], on: 'command', name: 'extend', role: ['supervisor'], article: 'DIBAO-2021 art. 22', to: state, turn: 'township', later: true }),
  ),
  ROW({ from: UNDER_CLOCK, on: 'command', name: 'terminate', role: ['township_leader'], article: 'DIBAO-2021 art. 29', to: 'terminated', turn: 'nobody', later: true }),
];

export const APPLICATION = {
  procedure: 'application',
  rows,
  // prettier-ignore
  clocks: {
    supplement: { length: { unit: 'parameter', parameter: 'supplement_period' }, article: 'DIBAO-2021 art. 10', runsIn: ['awaiting_supplement'], tells: 'window_clerk' },
    total: { length: { unit: 'working_days', parameter: 'total_working_days' }, article: 'DIBAO-2021 art. 22', runsIn: UNDER_CLOCK, tells: 'supervisor' },
    investigation_start: { length: { unit: 'working_days', parameter: 'investigation_start_working_days' }, article: 'DIBAO-2021 art. 15', runsIn: ['accepted'], tells: 'supervisor' },
    verification_start: { length: { unit: 'working_days', parameter: 'verification_start_working_days' }, article: 'DIBAO-2021 art. 17', runsIn: ['investigating'], tells: 'supervisor' },
    verification_answer: { length: { unit: 'parameter', parameter: 'department_answer_period' }, article: 'DIBAO-2021 art. 17', runsIn: LOOKING_INTO, tells: 'verification_officer' },
    public_notice: { length: { unit: 'calendar_days', parameter: 'public_notice_days' }, article: 'DIBAO-2021 art. 19', runsIn: ['public_notice'] },
    county_opinion: { length: { unit: 'working_days', parameter: 'county_opinion_working_days' }, article: 'DIBAO-2021 art. 20', runsIn: ['forwarded'], tells: 'supervisor' },
    refusal_notice: { length: { unit: 'working_days', parameter: 'refusal_notice_working_days' }, article: 'DIBAO-2021 art. 21', runsIn: ['refused'], tells: 'supervisor' },
    begin_investigation: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 15', runsIn: ['accepted'] },
    forward: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 19', runsIn: ['refusal_proposed', 'preliminary_opinion'] },
    recognise: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 21', runsIn: ['confirmed'] },
  },
  stageOf: {
    draft: 'accepting',
    submitted: 'accepting',
    awaiting_supplement: 'supplementing',
    accepted: 'investigating',
    investigating: 'investigating',
    verification_negative: 'investigating',
    recheck: 'investigating',
    reinvestigate: 'investigating',
    democratic_appraisal: 'investigating',
    refusal_proposed: 'opining',
    preliminary_opinion: 'opining',
    public_notice: 'noticing',
    forwarded: 'reviewing',
    township_confirm: 'reviewing',
    county_reviewed: 'deciding',
    returned: 'investigating',
    confirmed: 'concluding',
    refused: 'concluding',
    in_benefit: 'done',
    closed: 'done',
    terminated: 'done',
  },
  closed: ['in_benefit', 'closed', 'terminated'],
} as const satisfies ProcedureTable<ApplicationState, ApplicationGuard, ApplicationClock, ApplicationStage>;

import type { ClockRow } from '../../casefile/clocks.js';
import { cooperationById } from '../../casefile/cooperations.js';
import { unreadAnswers } from '../../casefile/evidence.js';
import { waitingPeriods } from '../../casefile/opinions.js';
import {
  APPLICATION,
  type ApplicationClock,
  type ApplicationGuard,
  type ApplicationState,
} from '../../policy/application.js';
import type { ApplicationBodies } from '../../terms/index.js';
import type { CommandContext, Effect, ProcedureDesk, StepContext, TaskSpec } from '../procedure-desk.js';
import { accept, requestSupplement, supply } from './acceptance.js';
import { adopt } from './adoption.js';
import { holdAppraisal } from './appraisal.js';
import { askAfresh } from './ask-afresh.js';
import { lookupsToSend } from './asked-through.js';
import { bodyOf } from './bodies.js';
import { askAgain, recordConsents } from './consents.js';
import { ofPlace, placeOf } from './context.js';
import { cancelCooperation, reportCooperation, requestCooperation } from './cooperation.js';
import {
  decide,
  giveConfirmationNotice,
  giveRefusalNotice,
  recognise,
  resumeReturned,
  returnFile,
  takeBack,
} from './decision.js';
import { recordDelivery } from './delivery.js';
import { closeUnsupplied, extend, giveClosingNotice, terminate, warn, withdraw } from './endings.js';
import { GUARDS } from './guards.js';
import { handOver } from './hand-over.js';
import { beginInvestigation, beginVisits, recordSilence, verifyFirst } from './investigation.js';
import { lookAgain } from './look-again.js';
import { object, postNotice, takeDown } from './notice.js';
import { countyOpine, draftOpinion, formOpinion } from './opinion.js';
import { publish } from './publication.js';
import { readAnswer } from './read-answer.js';
import { recogniseReport } from './recognise-report.js';
import { report } from './report.js';
import { informFindings, objectToVerification, recheck } from './verification-dispute.js';
import { recordCountyVisit, recordVisit } from './visits.js';

type Command = Exclude<keyof ApplicationBodies, 'submit'>;

/** `submit` is not here: the door records it together with the case it creates. */
const COMMANDS: Readonly<Record<Command, (step: CommandContext, body: unknown) => Promise<Effect>>> = {
  request_supplement: requestSupplement,
  supply,
  close_unsupplied: closeUnsupplied,
  accept,
  record_consents: recordConsents,
  request_cooperation: requestCooperation,
  cancel_cooperation: cancelCooperation,
  report_cooperation: reportCooperation,
  hand_over: handOver,
  record_visit: recordVisit,
  recognise_report: recogniseReport,
  ask_afresh: askAfresh,
  adopt,
  inform_findings: informFindings,
  object_to_verification: objectToVerification,
  recheck,
  look_again: lookAgain,
  draft_opinion: draftOpinion,
  form_opinion: formOpinion,
  post_notice: postNotice,
  object,
  hold_appraisal: holdAppraisal,
  county_opine: countyOpine,
  record_county_visit: recordCountyVisit,
  report,
  confirm: (step, body) => decide(step, { kind: 'confirm', by: 'county' }, body),
  refuse: (step, body) => decide(step, { kind: 'refuse', by: 'county' }, body),
  return_file: returnFile,
  resume_returned: resumeReturned,
  confirm_delegated: (step, body) => decide(step, { kind: 'confirm', by: 'township' }, body),
  refuse_delegated: (step, body) => decide(step, { kind: 'refuse', by: 'township' }, body),
  take_back: takeBack,
  give_confirmation_notice: giveConfirmationNotice,
  publish,
  give_refusal_notice: giveRefusalNotice,
  give_closing_notice: giveClosingNotice,
  withdraw,
  extend,
  warn,
  terminate,
  record_delivery: recordDelivery,
};

const DUES: Partial<Record<ApplicationClock, (step: StepContext, clock: ClockRow) => Promise<Effect>>> = {
  ask_again: askAgain,
  later_answer: recordSilence,
  verify_first: verifyFirst,
  verify_again: verifyFirst,
  first_answer: recordSilence,
  begin_investigation: beginInvestigation,
  begin_visits: beginVisits,
  verification_answer: recordSilence,
  public_notice: (step) => takeDown(step, 'period_over'),
  second_notice: (step) => takeDown(step, 'period_over'),
  recognise,
};

const FORM_OPINION: TaskSpec = { kind: 'form_opinion', role: 'township_leader', level: 'township' };
const HOME_VISIT: TaskSpec = { kind: 'home_visit', role: 'investigator', level: 'township' };
const CLOSING: TaskSpec = { kind: 'give_closing_notice', role: 'window_clerk', level: 'township' };

const TASKS: Partial<Record<ApplicationState, readonly TaskSpec[]>> = {
  submitted: [{ kind: 'check_papers', role: 'window_clerk', level: 'township' }],
  awaiting_supplement: [{ kind: 'await_supplement', role: 'window_clerk', level: 'township' }],
  investigating: [
    HOME_VISIT,
    { kind: 'await_departments', role: 'verification_officer', level: 'county' },
    FORM_OPINION,
  ],
  verification_negative: [{ kind: 'await_objection', role: 'window_clerk', level: 'township' }, FORM_OPINION],
  recheck: [{ kind: 'recheck', role: 'verification_officer', level: 'county' }],
  reinvestigate: [HOME_VISIT, FORM_OPINION],
  democratic_appraisal: [FORM_OPINION],
  preliminary_opinion: [{ kind: 'post_notice', role: 'window_clerk', level: 'township' }],
  forwarded: [{ kind: 'county_opinion', role: 'county_examiner', level: 'county' }],
  county_reviewed: [{ kind: 'decide', role: 'county_confirmer', level: 'county' }],
  township_confirm: [{ kind: 'decide_delegated', role: 'township_leader', level: 'township' }],
  returned: [{ kind: 'resume_returned', role: 'township_leader', level: 'township' }],
  granted: [
    { kind: 'give_confirmation_notice', role: 'window_clerk', level: 'township' },
    { kind: 'publish', role: 'window_clerk', level: 'township' },
  ],
  refused: [{ kind: 'give_refusal_notice', role: 'window_clerk', level: 'township' }],
  unsupplied: [CLOSING],
  terminated: [CLOSING],
};

const WHOLE_WAY = [
  'home_visit',
  'form_opinion',
  'post_notice',
  'county_opinion',
  'decide',
  'decide_delegated',
];
const TASKS_OF_CLOCK: Partial<Record<ApplicationClock, readonly string[]>> = {
  supplement: ['await_supplement'],
  investigation_start: ['home_visit'],
  verification_answer: ['await_departments'],
  later_answer: ['await_departments'],
  verification_objection: ['await_objection'],
  cooperation: ['cooperate'],
  recheck: ['recheck'],
  county_opinion: ['county_opinion'],
  refusal_notice: ['give_refusal_notice'],
  report_answer: ['answer_report'],
  total: WHOLE_WAY,
  total_delegated: WHOLE_WAY,
  total_extended: WHOLE_WAY,
};

/** The dibao application at the desk. */
export const applicationDesk: ProcedureDesk = {
  table: APPLICATION,
  placeOf,
  guard: async (name, step, body) => GUARDS[name as ApplicationGuard](step as CommandContext, body),
  command: (name, step, body) => COMMANDS[name as Command](step, body),
  due: async (clock, step) => (await DUES[clock.code as ApplicationClock]?.(step, clock)) ?? {},
  answer: readAnswer,
  tasksIn: (state) => TASKS[state as ApplicationState] ?? [],
  tasksOfClock: (clock) => TASKS_OF_CLOCK[clock as ApplicationClock] ?? [],
  lasting: ['answer_report'],
  excluded: async (step) => {
    const kinds = await ofPlace(step, 'clock_excludes');
    return (await waitingPeriods(step.tx, step.caseNo)).filter(({ kind }) => kinds.includes(kind));
  },
  cooperative: ['report_cooperation'],
  cooperation: (body) => bodyOf('report_cooperation', body).cooperationId,
  cooperatingDivision: async (tx, id) => (await cooperationById(tx, id)).divisionId,
  lookups: lookupsToSend,
  answers: unreadAnswers,
};

import { unreadAnswers, unsentRequests } from '../../casefile/evidence.js';
import {
  APPLICATION,
  BARRED_COMMANDS,
  type ApplicationClock,
  type ApplicationGuard,
  type ApplicationState,
} from '../../policy/application.js';
import type { ApplicationBodies } from '../../terms/index.js';
import type { CommandContext, Effect, ProcedureDesk, StepContext, TaskSpec } from '../procedure-desk.js';
import { accept, requestSupplement, supply } from './acceptance.js';
import { adopt } from './adoption.js';
import { readDepartmentAnswer } from './answer.js';
import { decide, giveRefusalNotice, recognise } from './decision.js';
import { GUARDS } from './guards.js';
import { beginInvestigation, recordSilence, recordVisit } from './investigation.js';
import { object, postNotice, takeDown } from './notice.js';
import { countyOpine, formOpinion } from './opinion.js';
import { placeOf } from './place.js';

type Command = Exclude<keyof ApplicationBodies, 'submit'>;

/** `submit` is not here: the door records it together with the case it creates. */
const COMMANDS: Readonly<Record<Command, (step: CommandContext, body: unknown) => Promise<Effect>>> = {
  request_supplement: requestSupplement,
  supply,
  accept,
  record_visit: recordVisit,
  adopt,
  form_opinion: formOpinion,
  post_notice: postNotice,
  object,
  county_opine: countyOpine,
  confirm: (step, body) => decide(step, 'confirm', body),
  refuse: (step, body) => decide(step, 'refuse', body),
  give_refusal_notice: giveRefusalNotice,
};

const DUES: Partial<Record<ApplicationClock, (step: StepContext) => Promise<Effect>>> = {
  begin_investigation: beginInvestigation,
  verification_answer: recordSilence,
  public_notice: (step) => takeDown(step, 'period_over'),
  recognise,
};

const TASKS: Partial<Record<ApplicationState, readonly TaskSpec[]>> = {
  submitted: [{ kind: 'check_papers', role: 'window_clerk', level: 'township' }],
  awaiting_supplement: [{ kind: 'await_supplement', role: 'window_clerk', level: 'township' }],
  investigating: [
    { kind: 'home_visit', role: 'investigator', level: 'township' },
    { kind: 'await_departments', role: 'verification_officer', level: 'county' },
    { kind: 'form_opinion', role: 'township_leader', level: 'township' },
  ],
  reinvestigate: [
    { kind: 'home_visit', role: 'investigator', level: 'township' },
    { kind: 'form_opinion', role: 'township_leader', level: 'township' },
  ],
  preliminary_opinion: [{ kind: 'post_notice', role: 'window_clerk', level: 'township' }],
  forwarded: [{ kind: 'county_opinion', role: 'county_examiner', level: 'county' }],
  county_reviewed: [{ kind: 'decide', role: 'county_confirmer', level: 'county' }],
  refused: [{ kind: 'give_refusal_notice', role: 'window_clerk', level: 'township' }],
};

const TASKS_OF_CLOCK: Partial<Record<ApplicationClock, readonly string[]>> = {
  supplement: ['await_supplement'],
  verification_answer: ['await_departments'],
  county_opinion: ['county_opinion'],
  refusal_notice: ['give_refusal_notice'],
  total: ['home_visit', 'form_opinion', 'post_notice', 'county_opinion', 'decide'],
};

/** The dibao application at the desk. */
export const applicationDesk: ProcedureDesk = {
  table: APPLICATION,
  placeOf,
  barred: BARRED_COMMANDS,
  guard: async (name, step, body) => GUARDS[name as ApplicationGuard](step, body),
  command: (name, step, body) => COMMANDS[name as Command](step, body),
  due: async (clock, step) => (await DUES[clock.code as ApplicationClock]?.(step)) ?? {},
  answer: readDepartmentAnswer,
  tasksIn: (state) => TASKS[state as ApplicationState] ?? [],
  tasksOfClock: (clock) => TASKS_OF_CLOCK[clock as ApplicationClock] ?? [],
  lookups: unsentRequests,
  answers: unreadAnswers,
};

import { KNOWN_BEFORE, LOOKING_INTO, UNDER_CLOCK, type ApplicationState } from './application-states.js';
import type { ClockRule } from './procedure.js';

/** Clocks whose breach goes to the supervisor and then to the county (DIBAO-2021 art. 22). */
const BREACHABLE = [
  'total',
  'total_delegated',
  'total_extended',
  'investigation_start',
  'verification_start',
  'cooperation',
  'recheck',
  'county_opinion',
  'refusal_notice',
  'report_answer',
] as const;
export type Breachable = (typeof BREACHABLE)[number];

export type ApplicationClock =
  | Breachable
  | `${Breachable}_escalated`
  | 'supplement'
  | 'verification_answer'
  | 'later_answer'
  | 'ask_again'
  | 'verify_first'
  | 'verify_again'
  | 'first_answer'
  | 'verification_objection'
  | 'public_notice'
  | 'second_notice'
  | 'begin_investigation'
  | 'begin_visits'
  | 'forward'
  | 'recognise';

type Rule = ClockRule<ApplicationState>;
const VERIFIES_FIRST = { onlyWhere: 'verification_before_acceptance', flagOf: 'submit' } as const;
const IN_TOWNSHIP = UNDER_CLOCK.filter((state) => state !== 'forwarded' && state !== 'county_reviewed');

// prettier-ignore
const breachable: Readonly<Record<Breachable, Rule>> = {
  total: { length: { unit: 'working_days', parameter: 'total_working_days' }, article: 'DIBAO-2021 art. 22', runsIn: UNDER_CLOCK, tells: 'supervisor', endedBy: ['extend'], excludable: true },
  // Beside the national limit: the shorter one of a place whose townships confirm.
  total_delegated: { length: { unit: 'working_days', parameter: 'total_working_days_delegated' }, article: 'LAW-2026 art. 44', runsIn: IN_TOWNSHIP, tells: 'supervisor', endedBy: ['extend'], excludable: true, onlyWhere: 'confirmation_delegated' },
  total_extended: { length: { unit: 'working_days', parameter: 'total_working_days_special' }, article: 'DIBAO-2021 art. 22', runsIn: UNDER_CLOCK, tells: 'supervisor', countsFrom: 'accept', excludable: true },
  investigation_start: { length: { unit: 'working_days', parameter: 'investigation_start_working_days' }, article: 'DIBAO-2021 art. 15', runsIn: ['accepted', 'investigating'], tells: 'supervisor', endedBy: ['record_visit', 'report_cooperation'] },
  verification_start: { length: { unit: 'working_days', parameter: 'verification_start_working_days' }, article: 'DIBAO-2021 art. 17', runsIn: [...KNOWN_BEFORE, 'investigating'], tells: 'supervisor' },
  cooperation: { length: { unit: 'parameter', parameter: 'cooperation_period' }, article: 'DIBAO-2021 art. 15', runsIn: LOOKING_INTO, tells: 'supervisor', endedBy: ['report_cooperation', 'cancel_cooperation'], perRef: true },
  recheck: { length: { unit: 'parameter', parameter: 'recheck_period' }, article: 'DIBAO-2021 art. 18', runsIn: ['recheck'], tells: 'supervisor' },
  county_opinion: { length: { unit: 'working_days', parameter: 'county_opinion_working_days' }, article: 'DIBAO-2021 art. 20', runsIn: ['forwarded'], tells: 'supervisor' },
  refusal_notice: { length: { unit: 'working_days', parameter: 'refusal_notice_working_days' }, article: 'DIBAO-2021 art. 21', runsIn: ['refused'], tells: 'supervisor' },
  report_answer: { length: { unit: 'parameter', parameter: 'report_answer_days' }, article: 'DIBAO-2021 art. 37', runsIn: UNDER_CLOCK, tells: 'supervisor', perRef: true },
};

/** The second call: it starts when the first was heard, runs where the breached clock runs, and ends with it. */
const escalated = Object.fromEntries(
  BREACHABLE.map((code): [string, Rule] => {
    const { article, runsIn, endedBy, perRef } = breachable[code];
    return [
      `${code}_escalated`,
      {
        length: { unit: 'parameter', parameter: 'escalation_period' },
        article,
        runsIn,
        tells: 'supervisor',
        tellsAt: 'county',
        ...(endedBy && { endedBy }),
        ...(perRef && { perRef }),
      },
    ];
  }),
) as Readonly<Record<`${Breachable}_escalated`, Rule>>;

// prettier-ignore
export const APPLICATION_CLOCKS: Readonly<Record<ApplicationClock, Rule>> = {
  ...breachable,
  ...escalated,
  supplement: { length: { unit: 'parameter', parameter: 'supplement_period' }, article: 'DIBAO-2021 art. 10', runsIn: ['awaiting_supplement'], tells: 'window_clerk' },
  verification_answer: { length: { unit: 'parameter', parameter: 'department_answer_period' }, article: 'DIBAO-2021 art. 17', runsIn: LOOKING_INTO, tells: 'verification_officer' },
  // Questions that a later signature opened, or that are asked once more, have their own time.
  later_answer: { length: { unit: 'parameter', parameter: 'department_answer_period' }, article: 'DIBAO-2021 art. 17', runsIn: [...LOOKING_INTO, 'recheck'], tells: 'verification_officer', perRef: true },
  // 核对前置: what holds on the day of the submission holds for the case, whenever it is accepted.
  verify_first: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 17', runsIn: KNOWN_BEFORE, ...VERIFIES_FIRST },
  verify_again: { length: { unit: 'at_once' }, article: 'LAW-2026 art. 41', runsIn: KNOWN_BEFORE, ...VERIFIES_FIRST },
  first_answer: { length: { unit: 'parameter', parameter: 'department_answer_period' }, article: 'DIBAO-2021 art. 17', runsIn: KNOWN_BEFORE, tells: 'verification_officer', perRef: true },
  ask_again: { length: { unit: 'at_once' }, article: 'LAW-2026 art. 41', runsIn: LOOKING_INTO },
  verification_objection: { length: { unit: 'parameter', parameter: 'verification_objection_period' }, article: 'DIBAO-2021 art. 18', runsIn: ['verification_negative'], tells: 'township_leader' },
  public_notice: { length: { unit: 'calendar_days', parameter: 'public_notice_days' }, article: 'DIBAO-2021 art. 19', runsIn: ['public_notice'] },
  second_notice: { length: { unit: 'parameter', parameter: 'second_notice_days' }, article: 'DIBAO-2021 art. 19', runsIn: ['second_public_notice'] },
  begin_investigation: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 15', runsIn: ['accepted'], exceptWhere: 'verification_before_acceptance', flagOf: 'submit' },
  begin_visits: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 15', runsIn: ['accepted'], ...VERIFIES_FIRST },
  forward: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 19', runsIn: ['refusal_proposed', 'preliminary_opinion', 'forwarding'] },
  recognise: { length: { unit: 'at_once' }, article: 'DIBAO-2021 art. 21', runsIn: ['confirmed'] },
};

import { adoptionsFor } from './adoptions.js';
import type { CaseView } from './case-view.js';
import { applicantOf, consents } from './submission.js';
import type { Household } from './household.js';

/** What a default body may draw on. */
export interface ActContext {
  readonly household: Household;
  readonly view: CaseView;
  /** The proof that was put in the file for this act. */
  readonly documentId: string | null;
}

type Body = Readonly<Record<string, unknown>>;
interface Act {
  /** Below `/v1/cases/{caseNo}/`. */
  readonly path: string;
  /** Signed on what was read: sent with If-Match. */
  readonly signed?: true;
  /** Who does it when nobody is named. */
  readonly role: string;
  readonly body: (context: ActContext) => Body;
}

const because = (reasonCode: string) => (): Body => ({ reasonCode });

/** Every command that a household file can name, and what the straight path sends with it. People and staff by name. */
export const ACTS: Readonly<Record<string, Act>> = {
  request_supplement: {
    path: 'supplement-requests',
    role: 'window_clerk',
    body: ({ view }) => ({ items: view.missingPapers }),
  },
  supply: {
    path: 'supplements',
    role: 'window_clerk',
    body: ({ household, view }) => ({
      items: view.missingPapers,
      consents: view.missingPapers.includes('verification_authorisation') ? consents(household) : [],
    }),
  },
  accept: {
    path: 'acceptance',
    signed: true,
    role: 'window_clerk',
    body: () => ({ nearRelatives: [] }),
  },
  record_visit: {
    path: 'visits',
    role: 'investigator',
    body: ({ household, view }) => ({
      method: 'home_visit',
      investigators: ['investigator', 'second_investigator'],
      householdSignatory: applicantOf(household).ref,
      propertyWithinLimits: 'yes',
      findings:
        view.objection === null
          ? '入户查看住房和生活状况，与申报一致。'
          : '就异议事项再次入户核实，并走访邻居。',
    }),
  },
  adopt: {
    path: 'adoptions',
    role: 'verification_officer',
    body: ({ view, documentId }) => ({ adoptions: adoptionsFor(view, documentId) }),
  },
  form_opinion: {
    path: 'opinions',
    signed: true,
    role: 'township_leader',
    body: ({ view }) => ({
      proposes: 'grant',
      reasonCode: 'below_standard',
      ...(view.objection !== null && { objectionFinding: 'not_upheld' }),
    }),
  },
  post_notice: { path: 'notices', signed: true, role: 'window_clerk', body: () => ({ kind: 'public' }) },
  object: {
    path: 'objections',
    role: 'window_clerk',
    body: () => ({
      groundCode: 'income_understated',
      realName: false,
      text: '反映该户有未申报的收入。',
    }),
  },
  county_opine: {
    path: 'county-opinions',
    signed: true,
    role: 'county_examiner',
    body: ({ view }) =>
      view.proposed.township === 'refuse'
        ? { proposes: 'refuse', reasonCode: 'not_below_standard' }
        : { proposes: 'grant', reasonCode: 'agreed' },
  },
  confirm: {
    path: 'decisions',
    signed: true,
    role: 'county_confirmer',
    body: () => ({ kind: 'confirm', reasonCode: 'agreed' }),
  },
  refuse: {
    path: 'decisions',
    signed: true,
    role: 'county_confirmer',
    body: () => ({ kind: 'refuse', reasonCode: 'not_below_standard' }),
  },
  give_refusal_notice: {
    path: 'notices',
    signed: true,
    role: 'window_clerk',
    body: () => ({ kind: 'refusal', how: 'in_person', result: 'delivered' }),
  },
  give_confirmation_notice: {
    path: 'notices',
    signed: true,
    role: 'window_clerk',
    body: () => ({ kind: 'confirmation', how: 'in_person', result: 'delivered' }),
  },
  publish: { path: 'publications', signed: true, role: 'window_clerk', body: () => ({}) },
  give_closing_notice: {
    path: 'notices',
    signed: true,
    role: 'window_clerk',
    body: () => ({ kind: 'closing', how: 'in_person', result: 'delivered' }),
  },
  resume_returned: { path: 'resumptions', role: 'township_leader', body: because('looked_into_again') },
  return_file: {
    path: 'decisions',
    signed: true,
    role: 'county_confirmer',
    body: () => ({ kind: 'return', reasonCode: 'investigation_incomplete' }),
  },
  withdraw: {
    path: 'withdrawal',
    role: 'window_clerk',
    body: ({ household, documentId }) => ({ documentId, signedBy: applicantOf(household).ref }),
  },
  close_unsupplied: {
    path: 'closing',
    signed: true,
    role: 'township_leader',
    body: because('supplement_not_brought'),
  },
  record_consents: {
    path: 'signatures',
    role: 'window_clerk',
    body: ({ household }) => ({ consents: consents(household), refusals: [] }),
  },
  inform_findings: {
    path: 'verification-findings',
    signed: true,
    role: 'window_clerk',
    body: () => ({ delivery: { how: 'in_person', result: 'delivered' } }),
  },
  object_to_verification: {
    path: 'verification-objections',
    role: 'window_clerk',
    body: ({ documentId }) => ({ groundCode: 'register_is_wrong', documentId }),
  },
  recheck: {
    path: 'rechecks',
    signed: true,
    role: 'verification_officer',
    body: () => ({ finding: 'not_upheld', reasonCode: 'register_confirmed', adoptions: [] }),
  },
  draft_opinion: {
    path: 'opinion-drafts',
    role: 'window_clerk',
    body: () => ({ proposes: 'grant', reasonCode: 'below_standard' }),
  },
  record_county_visit: {
    path: 'county-visits',
    role: 'county_examiner',
    body: ({ household }) => ({
      method: 'home_visit',
      investigators: ['county_examiner', 'verification_officer'],
      householdSignatory: applicantOf(household).ref,
      propertyWithinLimits: 'yes',
      findings: '县级入户核查，与乡镇调查一致。',
    }),
  },
  report: {
    path: 'reports',
    role: 'window_clerk',
    body: () => ({
      groundCode: 'lives_elsewhere',
      channel: 'window',
      realName: false,
      text: '反映该户不在本村居住。',
    }),
  },
  take_back: { path: 'take-backs', signed: true, role: 'county_examiner', body: because('sampled') },
  warn: {
    path: 'warnings',
    role: 'investigator',
    body: ({ household }) => ({
      person: applicantOf(household).ref,
      refusal: 'refuses_home_visit',
      delivery: { how: 'in_person', result: 'delivered' },
    }),
  },
  extend: { path: 'extensions', role: 'supervisor', body: () => ({ ground: 'hard_investigation' }) },
};

/** What a leader proposes when the arithmetic does not allow a grant. */
export const REFUSAL: Body = { proposes: 'refuse', reasonCode: 'not_below_standard' };

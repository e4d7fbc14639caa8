import { randomUUID } from 'node:crypto';
import type { ActName } from './model.js';
import type { Town } from './town.js';

/** The case page as far as an act's body needs it. */
export interface Seen {
  readonly state: string;
  readonly turn: string;
  readonly open: boolean;
  readonly outcome: string | null;
  readonly applicantId: string;
  readonly members: readonly { readonly id: string }[];
  readonly missingPapers: readonly string[];
  readonly requests: readonly { readonly id: string; readonly standing: string }[];
  readonly warnings?: readonly { readonly id: string }[];
  readonly tag: string;
}

type Given = (
  seen: Seen,
  document: string,
  staff: Town['staff'],
) => { readonly path: string; readonly body: Readonly<Record<string, unknown>> };

const handed = { how: 'in_person', result: 'delivered' } as const;
const REFUSAL = 'refuses_home_visit';
const items = ({ missingPapers }: Seen) => (missingPapers.length > 0 ? missingPapers : ['application_form']);

const visit =
  (path: string, investigators: (staff: Town['staff']) => readonly string[]): Given =>
  (seen, _, staff) => ({
    path,
    body: {
      method: 'home_visit',
      investigators: investigators(staff),
      householdSignatory: seen.applicantId,
      propertyWithinLimits: 'yes',
      findings: '砖木结构平房两间。',
    },
  });
const two = (staff: Town['staff']) => [staff.investigator, staff.secondInvestigator];
const proposal =
  (path: string, proposes: 'grant' | 'refuse'): Given =>
  () => ({
    path,
    body: {
      proposes,
      reasonCode: 'agreed',
      ...(path === 'opinions' && { objectionFinding: 'not_upheld' }),
    },
  });
const decision =
  (kind: string): Given =>
  () => ({ path: 'decisions', body: { kind, reasonCode: 'agreed' } });
const notice =
  (kind: string, more: object = handed): Given =>
  () => ({ path: 'notices', body: { kind, ...more } });
const reasoned =
  (path: string): Given =>
  () => ({ path, body: { reasonCode: 'agreed' } });
const withdrawal =
  (signer: (seen: Seen) => string | undefined): Given =>
  (seen, documentId) => ({ path: 'withdrawal', body: { documentId, signedBy: signer(seen) } });

/** How each act of the model is said over HTTP. */
export const ACTS: Readonly<Record<ActName, Given>> = {
  request_supplement: (seen) => ({
    path: 'supplement-requests',
    body: { items: items(seen), delivery: handed },
  }),
  supply: (seen) => ({ path: 'supplements', body: { items: items(seen) } }),
  close_unsupplied: reasoned('closing'),
  accept: () => ({ path: 'acceptance', body: {} }),
  visit_by_one: visit('visits', (staff) => [staff.investigator]),
  visit_by_two: visit('visits', two),
  adopt_proof: ({ requests }, documentId) => {
    const silent = requests.filter(({ standing }) => standing === 'unanswered');
    const ids = silent.length > 0 ? silent : requests.slice(0, 1);
    const entries = ids.map(({ id }) => ({ requestId: id, documentId, reasonCode: 'source_silent' }));
    // Before anybody was asked there is no question to make up for; an entry that cites nothing is as good.
    return {
      path: 'adoptions',
      body: { adoptions: entries.length > 0 ? entries : [{ reasonCode: 'none' }] },
    };
  },
  correct_fact: ({ applicantId }, documentId) => ({
    path: 'adoptions',
    body: {
      adoptions: [
        {
          // One yuan a month: a correction, never one that changes who is eligible.
          fact: {
            person: applicantId,
            kind: 'income',
            category: 'business_net',
            amountFen: 1200,
            periodFrom: '2025-03',
            periodTo: '2026-02',
          },
          documentId,
          reasonCode: 'corrected',
        },
      ],
    },
  }),
  propose_grant: proposal('opinions', 'grant'),
  propose_refusal: proposal('opinions', 'refuse'),
  post_notice: notice('public', {}),
  object: () => ({
    path: 'objections',
    body: { groundCode: 'income_understated', realName: false, text: '反映该户有未申报的收入。' },
  }),
  county_grant: proposal('county-opinions', 'grant'),
  county_refuse: proposal('county-opinions', 'refuse'),
  county_visit: visit('county-visits', (staff) => [staff.examiner, staff.verifier]),
  report: () => ({
    path: 'reports',
    body: {
      groundCode: 'income_understated',
      channel: 'hotline',
      realName: false,
      text: '反映该户有未申报的收入。',
    },
  }),
  confirm: decision('confirm'),
  refuse: decision('refuse'),
  return_file: decision('return'),
  resume_returned: reasoned('resumptions'),
  give_confirmation_notice: notice('confirmation'),
  publish: () => ({ path: 'publications', body: {} }),
  give_refusal_notice: notice('refusal'),
  give_closing_notice: notice('closing'),
  withdraw: withdrawal(({ applicantId }) => applicantId),
  withdraw_by_another: withdrawal(
    ({ applicantId, members }) => members.find(({ id }) => id !== applicantId)?.id,
  ),
  extend: () => ({ path: 'extensions', body: { ground: 'hard_investigation' } }),
  warn: ({ applicantId }) => ({
    path: 'warnings',
    body: { person: applicantId, refusal: REFUSAL, delivery: handed },
  }),
  terminate: ({ warnings = [] }) => ({
    path: 'termination',
    body: { warningId: warnings[0]?.id ?? randomUUID(), reasonCode: REFUSAL },
  }),
};

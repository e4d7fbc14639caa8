import { randomUUID } from 'node:crypto';
import type { Page } from './counter.js';
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
  readonly verified: readonly Fact[];
  readonly adopted: readonly Fact[];
  readonly tag: string;
}

type Fact = Page['declared'][number];

type Given = (
  seen: Seen,
  document: string,
  staff: Town['staff'],
  today: string,
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

const GROUPS = ['villager_representatives', 'party_representatives', 'committee_members'];

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
  adopt_wage: ({ verified, adopted }) => {
    const known = adopted.some(({ category }) => category === 'wage');
    const wage = known ? undefined : verified.find(({ category }) => category === 'wage');
    if (!wage) return { path: 'adoptions', body: { adoptions: [{ reasonCode: 'none' }] } };
    const { id, personId, kind, category, amountFen, periodFrom, periodTo } = wage;
    const fact = { person: personId, kind, category, amountFen, periodFrom, periodTo };
    return {
      path: 'adoptions',
      body: { adoptions: [{ fact, answerFactId: id, reasonCode: 'register_is_right' }] },
    };
  },
  inform_findings: () => ({ path: 'verification-findings', body: { delivery: handed } }),
  object_to_verification: (_, documentId) => ({
    path: 'verification-objections',
    body: { groundCode: 'job_ended', documentId },
  }),
  recheck: () => ({
    path: 'rechecks',
    body: { finding: 'not_upheld', reasonCode: 'register_confirmed', adoptions: [] },
  }),
  draft_opinion: () => ({
    path: 'opinion-drafts',
    body: { proposes: 'refuse', reasonCode: 'not_below_standard' },
  }),
  hold_appraisal: (_, __, ___, today) => ({
    path: 'appraisals',
    body: {
      calledOn: today,
      venue: '灯塔村党群服务中心',
      chair: '陈组长',
      recorder: '何记录',
      participants: [
        '村民甲',
        '村民乙',
        '村民丙',
        '党员甲',
        '党员乙',
        '党员丙',
        '委员甲',
        '委员乙',
        '委员丙',
      ].map((name, index) => ({ name, group: GROUPS[Math.floor(index / 3)] })),
      votes: { truthful: 9, untruthful: 0, abstained: 0 },
      steps: ['宣讲政策', '介绍情况', '现场评议', '形成结论', '签字确认'],
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
  confirm_delegated: decision('confirm_delegated'),
  refuse_delegated: decision('refuse_delegated'),
  take_back: reasoned('take-backs'),
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

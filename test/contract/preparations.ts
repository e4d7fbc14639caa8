import { application, deposit, quorum, recognised, seen } from './bodies.js';
import * as ids from './ids.js';
import type { Preparation } from './preparation.js';

const HANDED = { how: 'in_person', result: 'delivered' } as const;

/**
 * How each operation of the API comes to a 2xx: one entry for each operation of /openapi.json, and one for each kind
 * where one path takes several (`…#kind`); `…@place` tells apart entries of one operation that different people may
 * give at different places. The contract test names every operation that has none.
 *
 * To add an operation:
 *   1. a line here, under its method and path as the document writes them:
 *      `'POST /v1/cases/{caseNo}/things': { by: 'window_clerk', at: 'investigating' }`
 *   2. `by` is a role that may; the test's person of that role has touched no case before.
 *   3. `at` is a name of places.ts: where a case has to stand for the act to be possible. If none fits, add one there.
 *   4. The body is the example that the document shows for the operation, dated today. What in it has to fit the case
 *      (ids, kinds) is given by `body`, as an object or as a function of the case; it is laid over the example.
 *   5. `tag: true` when the act needs If-Match; `path` gives what the path names besides `{caseNo}`.
 *   6. `stays: true` when the act leaves the case where it is and can be done again: then it needs no case of its own.
 *   7. A row in test/role-matrix.csv says who may; test/role-matrix.test.ts tries it with the same entry.
 *
 * What has to succeed is tried first; an act that moves its case on, on a case of its own. Made-up data goes to cases
 * that are shared, one for each place and round, which the acts of that place may move on.
 */
export const PREPARATIONS: Readonly<Record<string, Preparation>> = {
  // Intake
  'POST /v1/applications': { by: 'window_clerk', body: ({ site }) => application(site) },
  'GET /v1/application-form': { by: 'village_assistant' },
  'POST /v1/cases/{caseNo}/supplement-requests': { by: 'window_clerk', at: 'incomplete' },
  'POST /v1/cases/{caseNo}/supplements': { by: 'window_clerk', at: 'awaiting_supplement' },
  'POST /v1/cases/{caseNo}/closing': { by: 'township_leader', at: 'awaiting_supplement', tag: true },
  'POST /v1/cases/{caseNo}/acceptance': {
    by: 'window_clerk',
    at: 'submitted',
    tag: true,
    body: { nearRelatives: [] },
  },
  'POST /v1/cases/{caseNo}/signatures': {
    by: 'village_assistant',
    at: 'investigating',
    stays: true,
    body: async (its) => ({
      refusals: [{ person: await ids.applicant(its), sources: ['bank'], reasonCode: 'does_not_agree' }],
    }),
  },

  // Investigation
  'POST /v1/cases/{caseNo}/visits': {
    by: 'investigator',
    at: 'investigating',
    stays: true,
    body: (its) => seen(its, 'investigator', 'secondInvestigator'),
  },
  'POST /v1/cases/{caseNo}/adoptions': {
    by: 'verification_officer',
    at: 'investigating',
    stays: true,
    body: async (its) => ({ adoptions: [await deposit(its)] }),
  },
  'POST /v1/cases/{caseNo}/recognised-reports': {
    by: 'verification_officer',
    at: 'investigating',
    stays: true,
    body: recognised,
  },
  'POST /v1/cases/{caseNo}/fresh-questions': {
    by: 'verification_officer',
    at: 'investigating',
    body: async (its) => ({ requests: [await ids.recognisedRequest(its, await recognised(its))] }),
  },
  'POST /v1/cases/{caseNo}/cooperations': {
    by: 'township_leader',
    at: 'investigating',
    stays: true,
    body: async (its) => ({ person: await ids.applicant(its) }),
  },
  'POST /v1/cases/{caseNo}/cooperation-cancellations': {
    by: 'township_leader',
    at: 'investigating',
    stays: true,
    body: async (its) => ({ cooperationId: await ids.cooperationThere(its) }),
  },
  'GET /v1/cooperations/{cooperationId}': {
    by: 'village_assistant',
    at: 'elsewhere',
    path: async (its) => ({ cooperationId: await ids.cooperationHere(its) }),
  },
  'POST /v1/cooperations/{cooperationId}/report': {
    by: 'investigator',
    at: 'elsewhere',
    stays: true,
    path: async (its) => ({ cooperationId: await ids.cooperationHere(its) }),
    body: (its) => seen(its, 'investigator', 'secondInvestigator'),
  },
  'POST /v1/cases/{caseNo}/hand-overs': {
    by: 'township_leader',
    at: 'investigating',
    tag: true,
    body: async (its) => ({ documentId: await ids.documentId(its) }),
  },
  'POST /v1/cases/{caseNo}/verification-findings': { by: 'window_clerk', at: 'contradicted', tag: true },
  'POST /v1/cases/{caseNo}/verification-objections': {
    by: 'village_assistant',
    at: 'findings_told',
    body: async (its) => ({ documentId: await ids.documentId(its) }),
  },
  'POST /v1/cases/{caseNo}/rechecks': { by: 'verification_officer', at: 'recheck', tag: true },

  'POST /v1/cases/{caseNo}/source-rechecks': {
    by: 'verification_officer',
    at: 'contradicted',
    stays: true,
    body: async (its) => ({ requestId: await ids.answeredQuestion(its) }),
  },

  // Opinion and public notice
  'POST /v1/cases/{caseNo}/opinion-drafts': { by: 'investigator', at: 'investigating', stays: true },
  'POST /v1/cases/{caseNo}/opinions': { by: 'township_leader', at: 'investigated', tag: true },
  'POST /v1/cases/{caseNo}/notices#public': { by: 'window_clerk', at: 'preliminary_opinion', tag: true },
  'POST /v1/cases/{caseNo}/objections': { by: 'village_assistant', at: 'public_notice' },
  'POST /v1/cases/{caseNo}/appraisals': { by: 'township_leader', at: 'reinvestigate', body: quorum },

  // The decision
  'POST /v1/cases/{caseNo}/county-opinions': { by: 'county_examiner', at: 'forwarded', tag: true },
  'POST /v1/cases/{caseNo}/county-visits': {
    by: 'county_examiner',
    at: 'forwarded',
    stays: true,
    body: (its) => seen(its, 'examiner', 'verifier'),
  },
  'POST /v1/cases/{caseNo}/decisions#confirm': { by: 'county_confirmer', at: 'county_reviewed', tag: true },
  'POST /v1/cases/{caseNo}/decisions#refuse': {
    by: 'county_confirmer',
    at: 'county_reviewed',
    tag: true,
    body: { kind: 'refuse' },
  },
  'POST /v1/cases/{caseNo}/decisions#return@forwarded': {
    by: 'county_examiner',
    at: 'forwarded',
    tag: true,
    body: { kind: 'return' },
  },
  'POST /v1/cases/{caseNo}/decisions#return@county_reviewed': {
    by: 'county_confirmer',
    at: 'county_reviewed',
    tag: true,
    body: { kind: 'return' },
  },
  'POST /v1/cases/{caseNo}/decisions#return@township_confirm': {
    by: 'township_leader',
    at: 'township_confirm',
    tag: true,
    body: { kind: 'return' },
  },
  'POST /v1/cases/{caseNo}/decisions#confirm_delegated': {
    by: 'township_leader',
    at: 'township_confirm',
    tag: true,
    body: { kind: 'confirm_delegated' },
  },
  'POST /v1/cases/{caseNo}/decisions#refuse_delegated': {
    by: 'township_leader',
    at: 'township_confirm',
    tag: true,
    body: { kind: 'refuse_delegated' },
  },
  'POST /v1/cases/{caseNo}/resumptions': { by: 'township_leader', at: 'returned' },
  'POST /v1/cases/{caseNo}/take-backs': { by: 'county_examiner', at: 'township_confirm', tag: true },

  // After the decision
  'POST /v1/cases/{caseNo}/notices#confirmation': {
    by: 'township_leader',
    at: 'granted',
    tag: true,
    body: { kind: 'confirmation', ...HANDED },
  },
  'POST /v1/cases/{caseNo}/publications': { by: 'village_assistant', at: 'notice_given', tag: true },
  'POST /v1/cases/{caseNo}/notices#refusal': {
    by: 'township_leader',
    at: 'refused',
    tag: true,
    body: { kind: 'refusal', ...HANDED },
  },
  'POST /v1/cases/{caseNo}/notices#closing': {
    by: 'window_clerk',
    at: 'unsupplied',
    tag: true,
    body: { kind: 'closing', ...HANDED },
  },

  // Across the stages
  'POST /v1/cases/{caseNo}/withdrawal': {
    by: 'window_clerk',
    at: 'submitted',
    body: async (its) => ({ documentId: await ids.documentId(its), signedBy: await ids.applicant(its) }),
  },
  'POST /v1/cases/{caseNo}/extensions': {
    by: 'supervisor',
    at: 'investigating',
    stays: true,
    body: { ground: 'hard_investigation' },
  },
  'POST /v1/cases/{caseNo}/warnings': {
    by: 'investigator',
    at: 'investigating',
    stays: true,
    body: async (its) => ({ person: await ids.applicant(its) }),
  },
  'POST /v1/cases/{caseNo}/termination': {
    by: 'township_leader',
    at: 'warned',
    tag: true,
    body: async (its) => ({ warningId: await ids.warningId(its) }),
  },
  'POST /v1/cases/{caseNo}/deliveries': {
    by: 'village_assistant',
    at: 'investigating',
    stays: true,
    body: async (its) => ({ documentId: await ids.documentId(its) }),
  },

  // Reports
  'POST /v1/cases/{caseNo}/reports': { by: 'village_assistant', at: 'investigating', stays: true },
  'GET /v1/cases/{caseNo}/reports': { by: 'county_examiner', at: 'investigating' },
  'GET /v1/cases/{caseNo}/reports/{reportId}/reporter': {
    by: 'supervisor',
    at: 'investigating',
    path: async (its) => ({ reportId: await ids.reportId(its) }),
  },
  'POST /v1/cases/{caseNo}/reports/{reportId}/answer': {
    by: 'supervisor',
    at: 'investigating',
    stays: true,
    path: async (its) => ({ reportId: await ids.reportId(its) }),
  },

  // Papers
  'POST /v1/cases/{caseNo}/documents': {
    by: 'investigator',
    at: 'investigating',
    stays: true,
    body: { personId: undefined },
  },
  'GET /v1/cases/{caseNo}/documents': { by: 'auditor', at: 'investigating' },
  'GET /v1/cases/{caseNo}/documents/{documentId}': {
    by: 'supervisor',
    at: 'investigating',
    path: async (its) => ({ documentId: await ids.documentId(its) }),
  },
  'GET /v1/cases/{caseNo}/file': { by: 'auditor', at: 'county_reviewed' },

  // Reading
  'GET /v1/cases': { by: 'window_clerk' },
  'GET /v1/cases/{caseNo}': { by: 'auditor', at: 'county_reviewed' },
  'GET /v1/cases/{caseNo}/comparison': { by: 'verification_officer', at: 'county_reviewed' },
  'GET /v1/cases/{caseNo}/timeline': { by: 'supervisor', at: 'county_reviewed' },
  'GET /v1/cases/{caseNo}/persons/{personId}/lookups': {
    by: 'window_clerk',
    at: 'investigating',
    path: async (its) => ({ personId: await ids.applicant(its) }),
  },
  'GET /v1/cases/{caseNo}/explanation': { by: 'county_examiner', at: 'county_reviewed' },
  'GET /v1/commands/{id}': {
    by: 'window_clerk',
    at: 'investigating',
    path: async (its) => ({ id: String((await ids.uploaded(its))['commandId']) }),
  },
  'GET /v1/public-notices': { by: 'nobody', at: 'public_notice' },
  'GET /v1/publications': { by: 'nobody', at: 'in_benefit' },

  // The worklist
  'GET /v1/worklist': { by: 'window_clerk', at: 'untouched' },
  'POST /v1/worklist/{taskId}/claim': {
    by: 'window_clerk',
    at: 'untouched',
    path: async (its) => ({ taskId: await ids.taskId(its) }),
  },
  'POST /v1/worklist/{taskId}/return': {
    by: 'window_clerk',
    at: 'untouched',
    path: async (its) => {
      const taskId = await ids.taskId(its);
      await its.site.as(its.by, { method: 'POST', path: `/v1/worklist/${taskId}/claim` });
      return { taskId };
    },
  },

  // Oversight
  'POST /v1/relative-roster': {
    by: 'township_leader',
    body: ({ site }) => ids.rosterEntry(site.house.town.staff.otherClerk),
  },
  'GET /v1/relative-roster': { by: 'auditor' },
  'POST /v1/relative-roster/{rosterId}/end': {
    by: 'supervisor',
    path: async (its) => ({ rosterId: await ids.rosterId(its) }),
  },
  'POST /v1/cases/{caseNo}/lookup-releases': { by: 'supervisor', at: 'held' },
  'GET /v1/lookup-signals': { by: 'auditor' },
  'POST /v1/lookup-signals/{signalId}/conclusion': {
    by: 'auditor',
    path: async (its) => ({ signalId: await ids.signalId(its) }),
  },
  'GET /v1/access-log': { by: 'auditor' },
  'GET /v1/access-log/{staffId}': {
    by: 'auditor',
    path: async ({ site }) => ({ staffId: site.house.town.staff.clerk }),
  },
  'POST /v1/samples': { by: 'county_examiner', body: () => ids.period() },
  'GET /v1/samples/{sampleId}': {
    by: 'supervisor',
    at: 'delegated_grant',
    path: async (its) => ({ sampleId: String((await ids.sample(its))['sampleId']) }),
  },
  'POST /v1/sample-draws/{drawId}/finding': {
    by: 'county_examiner',
    at: 'delegated_grant',
    stays: true,
    path: async (its) => ({ drawId: await ids.drawId(its) }),
  },

  // Departments
  'GET /v1/verification/inbox': { by: 'department_verifier', at: 'investigating' },
  'GET /v1/verification/requests/{requestId}/authorization': {
    by: 'department_verifier',
    at: 'investigating',
    path: async (its) => ({ requestId: await ids.openQuestion(its) }),
  },
  'POST /v1/verification/requests/{requestId}/answer': {
    by: 'department_verifier',
    at: 'investigating',
    // A case of its own: what is answered is nobody's question any more.
    path: async (its) => ({ requestId: await ids.questionToBank(its) }),
  },
  'GET /v1/verification/query-file': {
    by: 'department_verifier',
    at: 'investigating',
    query: { source: 'bank' },
  },
  'POST /v1/verification/answers-files': {
    by: 'department_verifier',
    at: 'investigating',
    stays: true,
    body: ids.emptyAnswersFile,
  },
  'GET /v1/verification/health': { by: 'operator', at: 'investigating' },
  'POST /callbacks/{source}': { by: 'nobody', signedBy: 'bank', path: async () => ({ source: 'bank' }) },
};

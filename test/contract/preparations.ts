import type { CaseNo, Role } from '../../src/terms/index.js';
import type { Site } from '../support/contract-site.js';
import { TODAY } from '../support/contract-site.js';
import type { Place } from './places.js';

/**
 * How each operation of the API comes to a 2xx: one entry for each operation of /openapi.json, and one for each kind
 * where one path takes several (`…#kind`). The contract test names every operation that has none.
 *
 * To add an operation:
 *   1. a line here, under its method and path as the document writes them:
 *      `'POST /v1/cases/{caseNo}/things': { by: 'window_clerk', at: 'investigating' }`
 *   2. `by` is a role that may; the test's person of that role has touched no case before.
 *   3. `at` is a name of places.ts: where a case has to stand for the act to be possible. If none fits, add one there.
 *   4. The body is the example that the document shows for the operation, dated today. What in it has to fit the case
 *      (ids, kinds) is given by `body`, as an object or as a function of the case; it is laid over the example.
 *   5. `tag: true` when the act needs If-Match; `path` gives what the path names besides `{caseNo}`.
 *   6. An operation that is described but not yet open has `closed` with the code of its refusal. Once it opens, the
 *      test fails until the word is taken away.
 *
 *   7. A row in test/role-matrix.csv says who may; test/role-matrix.test.ts tries it with the same entry.
 *
 * What has to succeed is tried first, each act on a case of its own. Made-up data then goes to other cases, one for each
 * place and round, which the acts of that place may move on.
 */
export interface Preparation {
  readonly by: Role | 'nobody';
  readonly at?: Place;
  readonly body?: Body | ((its: Its) => Promise<Body> | Body);
  readonly query?: Readonly<Record<string, string>>;
  readonly path?: (its: Its) => Promise<Readonly<Record<string, string>>>;
  readonly tag?: true;
  readonly closed?: string;
  /** The department whose key signs the body. */
  readonly signedBy?: keyof Site['house']['webhookKeys'];
}
export type Body = Readonly<Record<string, unknown>>;
/** The case at hand. `caseNo` is empty for an operation without a case. */
export interface Its {
  readonly site: Site;
  readonly caseNo: CaseNo;
  readonly by: Role;
}

export const PREPARATIONS: Readonly<Record<string, Preparation>> = {
  // Intake
  'POST /v1/applications': { by: 'window_clerk', body: ({ site }) => application(site) },

  // Acts on a case
  'POST /v1/cases/{caseNo}/supplement-requests': { by: 'window_clerk', at: 'incomplete' },
  'POST /v1/cases/{caseNo}/supplements': { by: 'window_clerk', at: 'awaiting_supplement' },
  'POST /v1/cases/{caseNo}/acceptance': { by: 'window_clerk', at: 'submitted', tag: true },
  'POST /v1/cases/{caseNo}/visits': { by: 'investigator', at: 'investigating', body: visitors },
  'POST /v1/cases/{caseNo}/adoptions': {
    by: 'verification_officer',
    at: 'investigating',
    body: async (its) => ({
      adoptions: [
        {
          documentId: (await uploaded(its))['documentId'],
          fact: await fact(its),
          reasonCode: 'bankbook_shown',
        },
      ],
    }),
  },
  'POST /v1/cases/{caseNo}/opinions': { by: 'township_leader', at: 'investigated', tag: true },
  'POST /v1/cases/{caseNo}/notices#public': { by: 'window_clerk', at: 'preliminary_opinion', tag: true },
  'POST /v1/cases/{caseNo}/notices#refusal': {
    by: 'township_leader',
    at: 'refused',
    tag: true,
    body: { kind: 'refusal', how: 'in_person', result: 'delivered' },
  },
  'POST /v1/cases/{caseNo}/objections': { by: 'village_assistant', at: 'public_notice' },
  'POST /v1/cases/{caseNo}/county-opinions': { by: 'county_examiner', at: 'forwarded', tag: true },
  'POST /v1/cases/{caseNo}/decisions#confirm': { by: 'county_confirmer', at: 'county_reviewed', tag: true },
  'POST /v1/cases/{caseNo}/decisions#refuse': {
    by: 'county_confirmer',
    at: 'county_reviewed',
    tag: true,
    body: { kind: 'refuse' },
  },
  'POST /v1/cases/{caseNo}/decisions#return': {
    by: 'county_confirmer',
    at: 'county_reviewed',
    tag: true,
    body: { kind: 'return' },
    closed: 'stage_not_available',
  },
  'POST /v1/cases/{caseNo}/withdrawal': {
    by: 'window_clerk',
    at: 'investigating',
    closed: 'stage_not_available',
  },
  'POST /v1/cases/{caseNo}/extensions': {
    by: 'supervisor',
    at: 'investigating',
    closed: 'stage_not_available',
  },
  'POST /v1/cases/{caseNo}/termination': {
    by: 'township_leader',
    at: 'investigating',
    closed: 'stage_not_available',
  },

  // Papers
  'POST /v1/cases/{caseNo}/documents': { by: 'investigator', at: 'submitted', body: { personId: undefined } },
  'GET /v1/cases/{caseNo}/documents': { by: 'auditor', at: 'submitted' },
  'GET /v1/cases/{caseNo}/documents/{documentId}': {
    by: 'supervisor',
    at: 'submitted',
    path: async (its) => ({ documentId: String((await uploaded(its))['documentId']) }),
  },

  // Reading
  'GET /v1/cases': { by: 'window_clerk' },
  'GET /v1/cases/{caseNo}': { by: 'auditor', at: 'county_reviewed' },
  'GET /v1/cases/{caseNo}/timeline': { by: 'supervisor', at: 'county_reviewed' },
  'GET /v1/cases/{caseNo}/explanation': { by: 'county_examiner', at: 'county_reviewed' },
  'GET /v1/commands/{id}': {
    by: 'window_clerk',
    at: 'submitted',
    path: async (its) => ({ id: String((await uploaded(its))['commandId']) }),
  },
  'GET /v1/public-notices': { by: 'nobody', at: 'public_notice' },

  // The worklist
  'GET /v1/worklist': { by: 'window_clerk', at: 'submitted' },
  'POST /v1/worklist/{taskId}/claim': {
    by: 'window_clerk',
    at: 'untouched',
    path: async (its) => ({ taskId: await task(its) }),
  },
  'POST /v1/worklist/{taskId}/return': {
    by: 'window_clerk',
    at: 'untouched',
    path: async (its) => {
      const taskId = await task(its);
      await its.site.as(its.by, { method: 'POST', path: `/v1/worklist/${taskId}/claim` });
      return { taskId };
    },
  },

  // Departments
  'POST /callbacks/{source}': { by: 'nobody', signedBy: 'bank', path: async () => ({ source: 'bank' }) },
};

/** The household as a client would send it: no field that is not there. */
const application = (site: Site): Body =>
  JSON.parse(JSON.stringify({ ...site.household(), occurredOn: TODAY })) as Body;

async function visitors({ site, caseNo }: Its): Promise<Body> {
  const { investigator, secondInvestigator } = site.house.town.staff;
  const { json } = await site.as('investigator', { path: `/v1/cases/${caseNo}` });
  return { investigators: [investigator, secondInvestigator], householdSignatory: json['applicantId'] };
}

/** A deposit of the applicant, as the paper shows it. */
const fact = async ({ site, caseNo }: Its): Promise<Body> => ({
  person: (await site.as('investigator', { path: `/v1/cases/${caseNo}` })).json['applicantId'],
  kind: 'property',
  category: 'deposit',
  amountFen: 120_000,
  periodFrom: '2026-03',
  periodTo: '2026-03',
});

/** A paper, handed in at the window. */
async function uploaded({ site, caseNo }: Its): Promise<Body> {
  const body = { occurredOn: TODAY, kind: 'income_proof', content: Buffer.from('工资单').toString('base64') };
  return (await site.as('window_clerk', { path: `/v1/cases/${caseNo}/documents`, body })).json;
}

/** The id of the window's open task about the case. */
async function task({ site, caseNo, by }: Its): Promise<string> {
  const { json } = await site.as(by, { path: '/v1/worklist?group=unit&limit=200' });
  const items = json['items'] as readonly { id: string; caseNo: string }[];
  const found = items.find((each) => each.caseNo === caseNo);
  if (!found) throw new Error(`${caseNo} gives ${by} no task`);
  return found.id;
}

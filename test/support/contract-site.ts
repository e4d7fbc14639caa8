import { randomUUID } from 'node:crypto';
import { newId } from '../../src/casefile/record.js';
import { roleGrants, staff } from '../../src/casefile/schema/index.js';
import { startCase } from '../../src/stack/dispatch.js';
import { plainDate, ROLES, type CaseNo, type Role, type SubmitBody } from '../../src/terms/index.js';
import { db09, member } from './household.js';
import { rulebookWith } from './rulebook.js';
import { openHouse, type Answer, type TestHouse } from './house.js';
import { sourceFor, type Person } from './town.js';
import { createWalker, on, type Walker } from './walk.js';

/** The business day of these tests: after every landmark a walk leaves behind (`STEPS` of walk.ts end on the 20th). */
export const TODAY = '2026-03-23';
/** The division that each role's grant names: the township's own people, and those above it. */
const OVER: Readonly<Record<Role, string>> = {
  window_clerk: '441625103',
  investigator: '441625103',
  village_assistant: '441625103',
  township_leader: '441625103',
  county_examiner: '441625',
  county_confirmer: '441625',
  verification_officer: '441625',
  department_verifier: '441625',
  // The county's: a prefecture's draws no sample.
  supervisor: '441625',
  auditor: '4416',
  operator: '441625',
};
/** Another township of the same county: out of the reach of the township's people, not of the county's. */
export const ELSEWHERE = '441625104';

export interface Call {
  readonly path: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A house with one person of each role, none of whom has touched a case, and a walker that makes cases for them. Its
 * sweep stands still as long as cases are walked.
 */
export interface Site {
  readonly house: TestHouse;
  readonly walker: Walker;
  /** Walks as where the province lets townships confirm. */
  readonly delegating: Walker;
  /** Walks as where a clerk may cause one question a day. */
  readonly stinting: Walker;
  readonly tokens: Readonly<Record<Role, string>>;
  /** One person who lives on little: few letters to departments. Nobody is the same person twice. */
  household(changes?: Parameters<typeof db09>[0]): SubmitBody;
  /** Gives the case its workflow; from then on its desk takes commands. */
  open(caseNo: CaseNo): Promise<CaseNo>;
  /** As the person of that role; an Idempotency-Key goes with every POST. */
  as(role: Role, call: Call): Promise<Answer>;
  /** One more person with a role over a division. @returns the token */
  hire(role: Role, division: string): Promise<string>;
  asToken(token: string, call: Call): Promise<Answer>;
  /** The ETag of the case page, as the window sees it. */
  tag(caseNo: string): Promise<string>;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const house = await openHouse({ at: on(TODAY), rulebook: rulebookWith() });
  // It would open a case, and act in it, while the walker still walks it.
  await house.stopSweep();
  const { casefile, admin } = house.database;
  const { town, rulebook } = house;
  const walker = createWalker({ casefile, rulebook, town });
  const delegated = rulebookWith({ confirmation_delegated: true });
  const delegating = createWalker({ casefile, rulebook: delegated, town });
  const small = rulebookWith({ lookup_quota_clerk_day: 1 });
  const stinting = createWalker({ casefile, rulebook: small, town });
  const offset = await house.time.offsetSeconds();

  async function hire(role: Role, division: string): Promise<string> {
    const divisionId = town.divisions[division] ?? '';
    const id = newId();
    const subject = `${role}-${id}`;
    await admin.db.insert(staff).values({ id, subject, name: subject, divisionId });
    await admin.db.insert(roleGrants).values({
      id: newId(),
      staffId: id,
      role,
      divisionId,
      validFrom: plainDate('2020-01-01'),
      ...sourceFor(role),
    });
    // The issuer signs for any subject; only the town's own people have names of their own in the types.
    return house.token(subject as Person);
  }

  const asToken: Site['asToken'] = async (token, { path, method, body, headers }) => {
    const posts = (method ?? (body === undefined ? 'GET' : 'POST')) === 'POST';
    const response = await fetch(house.apiUrl + path, {
      method: posts ? 'POST' : (method ?? 'GET'),
      headers: {
        authorization: `Bearer ${token}`,
        ...(posts && { 'idempotency-key': randomUUID() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };

  const entries = await Promise.all(
    ROLES.map(async (role): Promise<[Role, string]> => [role, await hire(role, OVER[role])]),
  );
  const tokens = Object.fromEntries(entries) as Record<Role, string>;
  const as: Site['as'] = (role, call) => asToken(tokens[role], call);
  return {
    house,
    walker,
    delegating,
    stinting,
    tokens,
    household: (changes = {}) => db09({ members: [member('m1')], yearlyYuan: '600', ...changes }),
    open: async (caseNo) => {
      await startCase(house.temporal.client, caseNo, offset);
      return caseNo;
    },
    as,
    hire,
    asToken,
    tag: async (caseNo) =>
      (await as('window_clerk', { path: `/v1/cases/${caseNo}` })).headers.get('etag') ?? '',
    close: () => house.close(),
  };
}

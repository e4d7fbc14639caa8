import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICATION } from '../policy/application.js';
import { ROLES, type Role } from '../terms/index.js';
import { openTestApi, type Answer, type TestApi } from '../../test/support/api.js';
import { db09, member } from '../../test/support/household.js';
import { on, type Landmark } from '../../test/support/walk.js';
import { COMMAND_PATHS } from './command-paths.js';

/** Cases in every state that a straight walk leaves behind, and one of each role over their county. */
const STATES: readonly Landmark[] = [
  'submitted',
  'accepted',
  'investigating',
  'preliminary_opinion',
  'public_notice',
  'forwarded',
  'county_reviewed',
  'confirmed',
  'granted',
  'in_benefit',
];
/** Whoever only answers for a department sees no case. */
const WITHIN = ROLES.filter((role) => role !== 'department_verifier');
const TODAY = '2026-03-20';

/** One person asks three departments and not eighteen. */
const alone = () => db09({ members: [member('m1')], yearlyYuan: '600' });

let api: TestApi;
const caseIn = new Map<string, string>();
const staffOf = new Map<Role, string>();

beforeAll(async () => {
  api = await openTestApi();
  await Promise.all(
    STATES.map(async (state) => caseIn.set(state, await api.record.walker.walkTo(state, alone()))),
  );
  for (const role of WITHIN) staffOf.set(role, await api.hire(role, '441625'));
  api.now = on(TODAY);
});
afterAll(() => api.close());

interface Action {
  readonly command: string;
  readonly href: string;
  readonly needsIfMatch: boolean;
}
const actionsOf = async (who: string, caseNo: string): Promise<readonly Action[]> =>
  (await api.call(who, 'GET', `/v1/cases/${caseNo}`)).json['actions'] as Action[];

/** What the table says, read here by itself: open rows that leave this state and name this role. */
const inTable = (state: string, role: Role): string[] => [
  ...new Set(
    APPLICATION.rows.flatMap((row) => {
      const from: readonly string[] = row.from;
      const roles: readonly Role[] = ('role' in row && row.role) || [];
      const later = 'later' in row && row.later;
      const here = !ELSEWHERE.includes(row.name) && from.includes(state);
      return row.on === 'command' && !later && here && roles.includes(role) ? [row.name as string] : [];
    }),
  ),
];
/** Given where the cooperation is, by people who do not see the case: not among its actions. */
const ELSEWHERE = ['report_cooperation'];
const LATER = new Set(
  APPLICATION.rows.flatMap((row) => ('later' in row && row.later ? [row.name as string] : [])),
);

describe('the actions of a case', () => {
  it.each(STATES.map((state): [Landmark] => [state]))(
    '%s: to each role what the table allows it',
    async (state) => {
      for (const role of WITHIN) {
        const shown = await actionsOf(staffOf.get(role) ?? '', caseIn.get(state) ?? '');
        expect(shown.map(({ command }) => command).toSorted(), role).toEqual(inTable(state, role).toSorted());
        for (const { command, href, needsIfMatch } of shown) {
          expect(LATER.has(command) && !inTable(state, role).includes(command), command).toBe(false);
          expect([href, needsIfMatch]).toEqual([
            `/v1/cases/${caseIn.get(state)}/${COMMAND_PATHS[command]?.path}`,
            COMMAND_PATHS[command]?.needsTag,
          ]);
        }
      }
    },
  );

  it('each has a path that the document knows', async () => {
    const { paths } = (await api.raw('/openapi.json', {})).json as { paths: Record<string, unknown> };
    for (const state of STATES)
      for (const role of WITHIN)
        for (const command of inTable(state, role))
          expect(paths, command).toHaveProperty([`/v1/cases/{caseNo}/${COMMAND_PATHS[command]?.path}`]);
  });
});

const day = { occurredOn: TODAY };
const plain = { ...day, reasonCode: 'some_reason' };
const BODIES: Readonly<Record<string, object>> = {
  'supplement-requests': { ...day, items: ['commitment'] },
  supplements: { ...day, items: ['commitment'] },
  acceptance: day,
  objections: { ...day, groundCode: 'income_hidden', realName: false, text: '家有存款。' },
  opinions: { ...plain, proposes: 'grant' },
  notices: { ...day, kind: 'public' },
  'county-opinions': { ...plain, proposes: 'grant' },
  decisions: { ...plain, kind: 'confirm' },
  extensions: { ...day, ground: 'hard_investigation' },
  closing: plain,
  publications: day,
  resumptions: plain,
};
const COMMANDS: Readonly<Record<string, string>> = {
  'supplement-requests': 'request_supplement',
  supplements: 'supply',
  acceptance: 'accept',
  objections: 'object',
  opinions: 'form_opinion',
  notices: 'post_notice',
  'county-opinions': 'county_opine',
  decisions: 'confirm',
  extensions: 'extend',
  closing: 'close_unsupplied',
  publications: 'publish',
  resumptions: 'resume_returned',
};

describe('every role tries every act', () => {
  it.each<[Landmark]>([['submitted'], ['investigating'], ['county_reviewed'], ['in_benefit']])(
    '%s: what is not listed is refused, and by its right name',
    async (state) => {
      const caseNo = caseIn.get(state) ?? '';
      const ifMatch = await api.tag('clerk', caseNo);
      const rows = APPLICATION.rows.map((row) => ({
        ...row,
        roles: ('role' in row ? row.role : []) as readonly Role[],
        states: row.from as readonly string[],
        later: 'later' in row && row.later,
      }));
      for (const role of WITHIN) {
        for (const [path, body] of Object.entries(BODIES)) {
          const command = COMMANDS[path] ?? '';
          if (inTable(state, role).includes(command)) continue;
          const answer = await api.call(staffOf.get(role) ?? '', 'POST', `/v1/cases/${caseNo}/${path}`, {
            body,
            ifMatch,
          });
          const given = rows.filter((row) => row.on === 'command' && row.name === command);
          const here = given.filter((row) => row.states.includes(state));
          const expected = !given.some((row) => row.roles.includes(role))
            ? [403, 'forbidden']
            : here.length === 0
              ? [
                  409,
                  APPLICATION.closed.some((closed) => closed === state) ? 'case_closed' : 'not_allowed_now',
                ]
              : here.every((row) => row.later)
                ? [409, 'stage_not_available']
                : [403, 'forbidden'];
          expect([answer.status, answer.json['code']], `${role} ${path}`).toEqual(expected);
        }
      }
      expect(await api.tag('clerk', caseNo)).toBe(ifMatch);
    },
  );
});

describe('whoever took part does not decide', () => {
  const grant = async (who: 'clerk' | 'investigator' | 'leader' | 'examiner'): Promise<void> => {
    const { town, database } = api.record;
    await database.admin.sql`INSERT INTO role_grants (id, staff_id, role, division_id, valid_from)
      VALUES (gen_random_uuid(), ${town.staff[who]}, 'county_confirmer', ${town.divisions['441625'] ?? ''}, '2020-01-01')`;
  };
  const decide = async (who: string, kind: 'confirm' | 'refuse'): Promise<Answer> =>
    api.call(who, 'POST', `/v1/cases/${caseIn.get('county_reviewed')}/decisions`, {
      body: { ...plain, kind },
      ifMatch: await api.tag('examiner', caseIn.get('county_reviewed') ?? ''),
    });

  it.each(['clerk', 'investigator', 'leader', 'examiner'] as const)('%s, even with the role', async (who) => {
    await grant(who);
    const shown = await actionsOf(who, caseIn.get('county_reviewed') ?? '');
    expect(shown.map(({ command }) => command)).not.toContain('confirm');
    for (const kind of ['confirm', 'refuse'] as const) {
      const answer = await decide(who, kind);
      expect([answer.status, answer.json['code']], kind).toEqual([403, 'contributor_barred']);
    }
  });

  it('somebody else may, and is shown so', async () => {
    const shown = await actionsOf('confirmer', caseIn.get('county_reviewed') ?? '');
    expect(shown.map(({ command }) => command).toSorted()).toEqual(['confirm', 'refuse', 'return_file']);
    const answer = await decide('confirmer', 'confirm');
    expect([answer.status, answer.json['state']]).toEqual([200, 'confirmed']);
  });
});

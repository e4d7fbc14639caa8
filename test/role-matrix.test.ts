import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type CaseNo, type Role } from '../src/terms/index.js';
import { caseAt, type Place } from './contract/places.js';
import { PREPARATIONS } from './contract/preparations.js';
import {
  lackingIn,
  operationOf,
  operationsOf,
  permissionOf,
  readDocument,
  unknownIn,
  type Document,
} from './support/contract-names.js';
import { attemptAt, movesCase } from './support/contract-plan.js';
import { openSite, type Site } from './support/contract-site.js';
import type { Attempt } from './support/contract-types.js';

/**
 * Every role tries every operation; what it may is written by hand in role-matrix.csv, not taken from the code:
 * - `allowed`: the role passes; an act that moves its case on succeeds,
 * - `own`: it passes with a case of its own divisions; to the same role elsewhere that case does not exist (404),
 * - `denied`: 403 `forbidden`, also where everything else about the request is right,
 * - `hidden`: 404, as if it were not there: a sample lies with the county, a task with whoever claimed it.
 * A name may end in `@place`: the operation at that place only, where who may differs from place to place.
 * How each request is made right is in contract/preparations.ts.
 */
type Cell = 'allowed' | 'own' | 'denied' | 'hidden';
const CELLS: readonly string[] = ['allowed', 'own', 'denied', 'hidden'] satisfies Cell[];

const [head = '', ...lines] = readFileSync(new URL('role-matrix.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const columns = head.split(',').slice(1);
const matrix = lines.map((line) => {
  const [operation = '', ...cells] = line.split(',');
  return { operation, cells };
});
const names = matrix.map(({ operation }) => operation);
const rows = matrix.map(({ operation, cells }) => [operation, cells] as const);

const OVER_CASES = ROLES.filter((role) => role !== 'department_verifier');

let site: Site;
let document: Document;
/** Cases that nobody has moved on yet, by where they stand. */
const standing = new Map<Place, CaseNo>();
/** The same roles in another county. */
const strangers = new Map<Role, string>();
beforeAll(async () => {
  site = await openSite();
  document = await readDocument(site.house.apiUrl);
  for (const role of ROLES) strangers.set(role, await site.hire(role, '441621'));
});
afterAll(() => site.close());

describe('the matrix', () => {
  it('has a row for every operation of the document, and no other', () => {
    const apart = { lacking: lackingIn(document, names), unknown: unknownIn(document, names) };
    expect(apart).toEqual({ lacking: [], unknown: [] });
    expect(names).toEqual([...new Set(names)]);
  });

  it('has a column for every role, and a word in every cell', () => {
    expect(columns).toEqual(ROLES);
    const odd = matrix.filter(
      ({ cells }) => cells.length !== ROLES.length || cells.some((cell) => !CELLS.includes(cell)),
    );
    expect(odd).toEqual([]);
  });

  it('is what the document says: the roles that it names, or where it says any role, all of them', () => {
    const faults = operationsOf(document).flatMap((operation) => {
      const about = matrix.filter((row) => operationOf(row.operation) === operation);
      const may = ROLES.filter((_, at) => about.some(({ cells }) => cells[at] !== 'denied'));
      const said = permissionOf(document, operation);
      const names = said.filter((each) => ROLES.some((role) => role === each));
      // A verifier's is a role over questions: it is over no division, cooperation or sample.
      const over = said.some((each) => each.startsWith('any role over')) ? OVER_CASES : ROLES;
      const anyone = said.some((each) => each.startsWith('any role'));
      const expected: readonly string[] = names.length > 0 ? names : anyone ? over : may;
      const same = said.length > 0 && expected.toSorted().join() === may.toSorted().join();
      return same ? [] : [{ operation, said, may }];
    });
    expect(faults).toEqual([]);
  });
});

async function send(token: string, name: string, attempt: Attempt): Promise<string> {
  const [method = '', path = ''] = operationOf(name).split(' ');
  const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => attempt.path[part] ?? '');
  const query = new URLSearchParams(attempt.query).toString();
  const answer = await site.asToken(token, {
    method,
    path: query === '' ? filled : `${filled}?${query}`,
    ...(attempt.body !== undefined && { body: attempt.body }),
    ...(attempt.tagOf !== undefined && { headers: { 'if-match': await site.tag(attempt.tagOf) } }),
  });
  const { code } = answer.json;
  return `${answer.status} ${typeof code === 'string' ? code : ''}`.trim();
}

/** Refused before anybody asked who it is: then the preparation is wrong, and nothing is known about the role. */
const TOO_EARLY = /^(400|412|413|415|422|428) /;
const FORBIDDEN = '403 forbidden';

describe('what each role may', () => {
  it.each(rows)('%s', async (operation, cells) => {
    const preparation = PREPARATIONS[operation];
    if (!preparation) throw new Error(`contract/preparations.ts has no ${operation}`);
    const { at } = preparation;
    const fresh = async (): Promise<CaseNo | undefined> => at && (await caseAt(site, at));
    const shared = (at && standing.get(at)) ?? (await fresh());
    if (at && shared) standing.set(at, shared);
    const attempt = await attemptAt(site, document, operation, preparation, shared);
    const found: string[] = [];
    const fault = (role: Role, cell: string | undefined, answer: string): void =>
      void found.push(`${role} is ${cell} and got ${answer}`);
    const tries = ROLES.map((role, index) => ({ role, cell: cells[index] }));

    for (const { role } of tries.filter(({ cell }) => cell === 'own')) {
      const answer = await send(strangers.get(role) ?? '', operation, attempt);
      if (!answer.startsWith('404 ')) fault(role, 'a stranger', answer);
    }
    for (const { role, cell } of tries.filter(({ cell }) => cell === 'denied' || cell === 'hidden')) {
      const answer = await send(site.tokens[role], operation, attempt);
      if (cell === 'denied' ? answer !== FORBIDDEN : !answer.startsWith('404 ')) fault(role, cell, answer);
    }
    for (const { role, cell } of tries.filter(({ cell }) => cell === 'allowed' || cell === 'own')) {
      // Whoever may acts on a case of their own, which the one before has not moved on.
      const moves = movesCase(operation, preparation);
      const theirs = moves ? await attemptAt(site, document, operation, preparation, await fresh()) : attempt;
      const answer = await send(site.tokens[role], operation, theirs);
      const passed = moves ? answer.startsWith('2') : answer !== FORBIDDEN && !TOO_EARLY.test(answer);
      if (!passed) fault(role, cell, answer);
    }
    // What should not have happened may have moved it.
    if (at && found.length > 0) standing.delete(at);
    expect(found).toEqual([]);
  });
});

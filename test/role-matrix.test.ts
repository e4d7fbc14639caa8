import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type CaseNo, type Role } from '../src/terms/index.js';
import { caseAt } from './contract/places.js';
import { PREPARATIONS } from './contract/preparations.js';
import { lackingIn, readDocument, unknownIn, type Document } from './support/contract-names.js';
import { attemptAt } from './support/contract-plan.js';
import { openSite, type Site } from './support/contract-site.js';
import type { Attempt } from './support/contract-types.js';

/**
 * Every role tries every operation; what it may is written by hand in role-matrix.csv, not taken from the code:
 * - `allowed`: the role passes,
 * - `own`: it passes with a case of its own divisions; to the same role elsewhere that case does not exist (404),
 * - `denied`: 403 `forbidden`, also where everything else about the request is right.
 * How each request is made right is in contract/preparations.ts.
 */
type Cell = 'allowed' | 'own' | 'denied';
const CELLS: readonly string[] = ['allowed', 'own', 'denied'] satisfies Cell[];

const [head = '', ...lines] = readFileSync(new URL('role-matrix.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const columns = head.split(',').slice(1);
const matrix = lines.map((line) => {
  const [operation = '', ...cells] = line.split(',');
  return { operation, cells };
});
const names = matrix.map(({ operation }) => operation);

let site: Site;
let document: Document;
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
});

async function send(token: string, name: string, attempt: Attempt): Promise<string> {
  const [method = '', path = ''] = name.replace(/#.*$/, '').split(' ');
  const filled = path.replace(/\{(\w+)\}/g, (_, part: string) => attempt.path[part] ?? '');
  const answer = await site.asToken(token, {
    method,
    path: filled,
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
  it.each(matrix)('$operation', async ({ operation, cells }) => {
    const preparation = PREPARATIONS[operation];
    if (!preparation) throw new Error(`contract/preparations.ts has no ${operation}`);
    const { at } = preparation;
    const fresh = async (): Promise<CaseNo | undefined> => at && (await caseAt(site, at));
    const shared = await fresh();
    const attempt = await attemptAt(site, document, operation, preparation, shared);
    const changes = operation.startsWith('POST /v1/cases/');
    const found: string[] = [];
    const fault = (role: Role, cell: string | undefined, answer: string): void =>
      void found.push(`${role} is ${cell} and got ${answer}`);
    const tries = ROLES.map((role, index) => ({ role, cell: cells[index] }));

    for (const { role } of tries.filter(({ cell }) => cell === 'own')) {
      const answer = await send(strangers.get(role) ?? '', operation, attempt);
      if (!answer.startsWith('404 ')) fault(role, 'a stranger', answer);
    }
    for (const { role, cell } of tries.filter(({ cell }) => cell === 'denied')) {
      const answer = await send(site.tokens[role], operation, attempt);
      if (answer !== FORBIDDEN) fault(role, cell, answer);
    }
    for (const { role, cell } of tries.filter(({ cell }) => cell !== 'denied')) {
      // Whoever may acts on a case of their own, which the one before has not moved on.
      const theirs = changes
        ? await attemptAt(site, document, operation, preparation, await fresh())
        : attempt;
      const answer = await send(site.tokens[role], operation, theirs);
      if (answer === FORBIDDEN || TOO_EARLY.test(answer)) fault(role, cell, answer);
    }
    expect(found).toEqual([]);
  });
});

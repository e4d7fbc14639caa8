import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { on } from '../../test/support/walk.js';
import type { Person } from '../../test/support/town.js';

/** Ids in a body are the caller's word: none may reach into another file, and none may break the desk. */
let api: TestApi;
let caseNo: string;
let foreign: Record<'person' | 'declared' | 'document' | 'request', string>;
let own: Record<'person' | 'request', string>;

const first = async (table: string, of: string): Promise<string> => {
  const { sql } = api.record.database.admin;
  const [row] = await sql<
    { id: string }[]
  >`SELECT id FROM ${sql(table)} WHERE case_no = ${of} ORDER BY id LIMIT 1`;
  return row?.id ?? '';
};

beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo('answered');
  const other = await api.record.walker.walkTo('investigating');
  api.now = on('2026-03-06');
  const paper = await api.call('clerk', 'POST', `/v1/cases/${other}/documents`, {
    body: { occurredOn: '2026-03-06', kind: 'income_proof', content: Buffer.from('收据').toString('base64') },
  });
  foreign = {
    person: await first('persons', other),
    declared: await first('declared_facts', other),
    document: String(paper.json['documentId']),
    request: await first('department_requests', other),
  };
  own = { person: await first('persons', caseNo), request: await first('department_requests', caseNo) };
});
afterAll(() => api.close());

const visit = (change: object) => ({
  method: 'home_visit',
  investigators: [api.record.town.staff.investigator, api.record.town.staff.secondInvestigator],
  householdSignatory: own.person,
  propertyWithinLimits: 'yes',
  findings: '平房。',
  ...change,
});
const fact = {
  kind: 'property',
  category: 'deposit',
  amountFen: 100,
  periodFrom: '2026-03',
  periodTo: '2026-03',
};
const adoption = (change: object) => ({
  adoptions: [{ fact: { ...fact, person: own.person }, reasonCode: 'paper_shown', ...change }],
});

it.each<[string, Person, string, () => object]>([
  [
    'a signatory of another file',
    'investigator',
    'visits',
    () => visit({ householdSignatory: foreign.person }),
  ],
  ['a signatory who is nobody', 'investigator', 'visits', () => visit({ householdSignatory: randomUUID() })],
  [
    'investigators who are nobody',
    'investigator',
    'visits',
    () => visit({ investigators: [randomUUID(), randomUUID()] }),
  ],
  [
    'one investigator twice',
    'investigator',
    'visits',
    () => visit({ investigators: [api.record.town.staff.investigator, api.record.town.staff.investigator] }),
  ],
  ['a document of another file', 'verifier', 'adoptions', () => adoption({ documentId: foreign.document })],
  ['a document that is not there', 'verifier', 'adoptions', () => adoption({ documentId: randomUUID() })],
  [
    'a declaration of another file',
    'verifier',
    'adoptions',
    () => adoption({ declaredFactId: foreign.declared }),
  ],
  [
    'a fact about somebody of another file',
    'verifier',
    'adoptions',
    () => ({
      adoptions: [
        { fact: { ...fact, person: foreign.person }, documentId: randomUUID(), reasonCode: 'paper_shown' },
      ],
    }),
  ],
  [
    'a request of another file',
    'verifier',
    'adoptions',
    () => ({
      adoptions: [{ requestId: foreign.request, documentId: foreign.document, reasonCode: 'paper_shown' }],
    }),
  ],
  [
    'a correction of what is not there',
    'verifier',
    'adoptions',
    () => adoption({ declaredFactId: foreign.declared, supersedes: randomUUID() }),
  ],
  [
    'proof for a source that did answer',
    'verifier',
    'adoptions',
    () => ({ adoptions: [{ requestId: own.request, reasonCode: 'paper_shown' }] }),
  ],
])('%s is refused, and nothing of it stays', async (_, who, path, body) => {
  const ifMatch = await api.tag(who, caseNo);
  const answer = await api.call(who, 'POST', `/v1/cases/${caseNo}/${path}`, {
    body: { occurredOn: '2026-03-06', ...body() },
    ifMatch,
  });
  expect([409, 422], answer.text).toContain(answer.status);
  expect(await api.tag(who, caseNo)).toBe(ifMatch);
});

it('consents of people of another file are not taken', async () => {
  const waiting = await api.record.walker.walkTo('submitted');
  await api.call('clerk', 'POST', `/v1/cases/${waiting}/supplement-requests`, {
    body: { occurredOn: '2026-03-06', items: ['commitment'] },
  });
  const consent = (person: string) => ({
    person,
    signedBy: person,
    sources: ['bank'],
    textVersion: '2026-01',
    channel: 'paper',
    validTo: '2026-12-31',
  });
  for (const person of [foreign.person, randomUUID()]) {
    const answer = await api.call('clerk', 'POST', `/v1/cases/${waiting}/supplements`, {
      body: { occurredOn: '2026-03-06', items: ['commitment'], consents: [consent(person)] },
    });
    expect([409, 422], answer.text).toContain(answer.status);
  }
});

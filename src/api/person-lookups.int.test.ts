import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPersons } from '../casefile/persons.js';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { on } from '../../test/support/walk.js';
import type { CaseNo } from '../terms/index.js';

let api: TestApi;
let caseNo: CaseNo;
let applicant: string;
beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo('answered');
  const persons = await api.record.walker.inside(caseNo, '2026-03-05', (tx) => openPersons(tx, caseNo));
  applicant = persons[0]?.id ?? '';
  api.now = on('2026-03-06');
});
afterAll(() => api.close());
const path = (person: string) => `/v1/cases/${caseNo}/persons/${person}/lookups`;

interface Lookup {
  readonly askedFor: string | null;
  readonly source: string;
  readonly outcome: string;
  readonly left: readonly string[];
  readonly heard: readonly string[];
}

describe('who looked up what about a person', () => {
  it('says who was asked what, why, on which signature, when, and what came of it', async () => {
    const { status, json } = await api.call('clerk', 'GET', path(applicant));
    expect(status).toBe(200);
    const items = json['items'] as Lookup[];
    expect(items.map(({ source }) => source).toSorted()).toEqual([
      'bank',
      'household_register',
      'social_insurance',
    ]);
    expect(items.find(({ source }) => source === 'bank')).toMatchObject({
      sourceName: { zh: '银行', en: 'bank' },
      items: [{ item: 'deposits', name: { zh: '存款', en: 'deposits' } }],
      purpose: 'dibao_means_verification',
      article: 'DIBAO-2021 art. 17; LAW-2026 art. 41',
      signed: { on: '2026-03-02', textVersion: '2026-01', validTo: '2026-12-31' },
      groundCode: null,
      askedFor: 'clerk',
      requestedOn: '2026-03-03',
      left: ['2026-03-04T09:00:00+08:00'],
      outcome: 'found',
      heard: ['2026-03-05T09:00:00+08:00'],
    });
  });

  it('names whoever’s act caused a question, also where somebody else had accepted the application', async () => {
    const { admin } = api.record.database;
    await admin.sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`UPDATE department_requests SET caused_by = ${api.record.town.staff.leader}
        WHERE person_id = ${applicant} AND source = 'social_insurance'`;
    });
    const { json } = await api.call('clerk', 'GET', path(applicant));
    const asked = (json['items'] as Lookup[]).map(({ source, askedFor }) => `${source} ${askedFor}`);
    expect(asked.toSorted()).toEqual(['bank clerk', 'household_register clerk', 'social_insurance leader']);
  });

  it('says nothing of what was found, and nothing about anybody else', async () => {
    const { text } = await api.call('clerk', 'GET', path(applicant));
    for (const word of ['1200', '120000', '张守田', 'amountFen']) expect(text).not.toContain(word);
  });

  it.each([
    ['a person of no case', (): string => '0199a0f2-7c1e-7000-8000-1a2b3c4d5e01', 'clerk', 404],
    ['somebody of another county', (): string => applicant, 'strangeClerk', 404],
    ['what is no id', (): string => 'everybody', 'clerk', 404],
  ] as const)('%s', async (_, person, who, status) => {
    expect((await api.call(who, 'GET', path(person()))).status).toBe(status);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsOf } from '../casefile/evidence.js';
import { signBody } from '../departments/signature.js';
import { instant, ROLES } from '../terms/index.js';
import { openTestApi, type Answer, type TestApi } from '../../test/support/api.js';
import { db09, idNumber, member } from '../../test/support/household.js';
import type { Person } from '../../test/support/town.js';
import { on } from '../../test/support/walk.js';
import { metricsApp } from './metrics.js';

/** What is planted into every input that takes it. None of it may come out again, except where it says so below. */
const NUMBERS = [101, 102, 103].map((serial) => idNumber('441625', '19710203', serial));
const CANARY = {
  names: ['麒麟甲守田', '麒麟乙·买买提', '麒麟丙𠮷'],
  phone: '13987654321',
  bank: '6222021234567890128',
  findings: '黄鹂鸟一般的平房三间',
  remarks: '黄鹂鸟一般的意见',
  objection: '黄鹂鸟一般的异议',
  reporter: '麒麟丁进',
  reporterPhone: '13787654321',
  paper: '黄鹂鸟一般的工资单',
  agent: 'canary-agent',
  key: 'canary-key',
};
const planted = [
  ...NUMBERS,
  ...NUMBERS.map((number) => number.slice(6, 14)),
  ...Object.values(CANARY).flat(),
  '黄鹂鸟',
  '买买提',
  '甲守田',
];

let api: TestApi;
let caseNo: string;
let keys = 0;
const heard: { readonly what: string; readonly answer: Answer }[] = [];

async function say(
  who: string | null,
  method: string,
  path: string,
  more: { body?: unknown; ifMatch?: string } = {},
): Promise<Answer> {
  keys += 1;
  const answer = await api.call(who, method, path, {
    ...more,
    key: `${CANARY.key}-${keys}`,
    headers: { 'user-agent': CANARY.agent },
  });
  heard.push({ what: `${who} ${method} ${path}`, answer });
  return answer;
}

async function act(who: Person, day: string, path: string, body: object): Promise<Answer> {
  api.now = on(day);
  const answer = await say(who, 'POST', `/v1/cases/${caseNo}/${path}`, {
    body: { occurredOn: day, ...body },
    ifMatch: await api.tag(who, caseNo),
  });
  expect([200, 201], `${path} ${answer.text}`).toContain(answer.status);
  return answer;
}

async function investigate(): Promise<void> {
  const { walker } = api.record;
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
  await walker.ask(caseNo, on('2026-03-04'));
  for (const request of await walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo)))
    await walker.answer(caseNo, request, [], on('2026-03-05'));
}

beforeAll(async () => {
  api = await openTestApi();
  const { town, walker } = api.record;
  const members = CANARY.names.map((name, at) =>
    member(`m${at + 1}`, { name, idNumber: NUMBERS[at], phone: CANARY.phone, bankAccount: CANARY.bank }),
  );
  const household = db09({ members, papers: ['application_form'], yearlyYuan: '1800' });
  const submitted = await say('clerk', 'POST', '/v1/applications', {
    body: { ...household, declared: household.declared.slice(0, 1) },
  });
  caseNo = String(submitted.json['caseNo']);
  const items = ['commitment', 'verification_authorisation', 'income_declaration'];
  await act('clerk', '2026-03-02', 'supplement-requests', { items });
  await act('clerk', '2026-03-03', 'supplements', { items });
  await act('clerk', '2026-03-03', 'documents', {
    kind: 'income_proof',
    content: Buffer.from(CANARY.paper).toString('base64'),
  });
  await act('clerk', '2026-03-03', 'acceptance', {});
  await investigate();
  const page = await say('clerk', 'GET', `/v1/cases/${caseNo}`);
  const [first] = page.json['members'] as { id: string }[];
  const visit = {
    method: 'home_visit',
    investigators: [town.staff.investigator, town.staff.secondInvestigator],
    householdSignatory: first?.id,
    propertyWithinLimits: 'yes',
    findings: CANARY.findings,
  };
  await act('investigator', '2026-03-06', 'visits', visit);
  await act('leader', '2026-03-09', 'opinions', {
    proposes: 'grant',
    reasonCode: 'below_standard',
    remarks: CANARY.remarks,
  });
  await act('clerk', '2026-03-10', 'notices', { kind: 'public' });
  await say(null, 'GET', '/v1/public-notices');
  await act('clerk', '2026-03-11', 'objections', {
    groundCode: 'income_hidden',
    realName: true,
    reporter: { name: CANARY.reporter, phone: CANARY.reporterPhone },
    text: CANARY.objection,
  });
  await act('investigator', '2026-03-12', 'visits', visit);
  await act('leader', '2026-03-12', 'opinions', {
    proposes: 'grant',
    reasonCode: 'below_standard',
    remarks: CANARY.remarks,
    objectionFinding: 'not_upheld',
  });
  await walker.due(caseNo, 'forward', on('2026-03-12', 10));
  await act('examiner', '2026-03-13', 'county-opinions', {
    proposes: 'grant',
    reasonCode: 'agreed',
    remarks: CANARY.remarks,
  });
  await act('confirmer', '2026-03-16', 'decisions', {
    kind: 'confirm',
    reasonCode: 'agreed',
    remarks: CANARY.remarks,
  });
});
afterAll(() => api.close());

describe('a whole procedure with canaries in every input', () => {
  it('as every role: nothing is shown unmasked', async () => {
    // Whoever only answers for a department sees no case: what they see is tried in test/verifiers-desk.test.ts.
    for (const role of ROLES.filter((each) => each !== 'department_verifier')) {
      const subject = await api.hire(role, '441625');
      for (const path of [
        '',
        '/comparison',
        '/timeline',
        '/explanation?lang=zh',
        '/explanation?lang=en',
        '/documents',
      ]) {
        const answer = await say(subject, 'GET', `/v1/cases/${caseNo}${path}`);
        expect(answer.status, `${role} ${path}`).toBe(200);
      }
      for (const path of [
        '/v1/cases',
        '/v1/worklist?group=unit',
        '/v1/worklist?group=overdue',
        '/v1/worklist?group=mine',
      ])
        await say(subject, 'GET', path);
    }
    const given = heard.flatMap(({ answer }) =>
      typeof answer.json['commandId'] === 'string' ? [answer.json['commandId']] : [],
    );
    expect(given.length).toBeGreaterThan(10);
    for (const id of given) expect((await say('clerk', 'GET', `/v1/commands/${id}`)).status, id).toBe(200);
    expect(heard.some(({ answer }) => answer.text.includes('麒**'))).toBe(true);
    for (const { what, answer } of heard) {
      const said = answer.text + JSON.stringify([...answer.headers]);
      for (const canary of planted) expect(said.includes(canary), `${what} says ${canary}`).toBe(false);
    }
  });

  it('refused as much as one can be, it says nothing either', async () => {
    const all = Object.values(CANARY).flat();
    const bodies = [
      {
        ...db09(),
        members: [member('m1', { name: CANARY.names[0] ?? '', idNumber: `${NUMBERS[0]?.slice(0, 17)}?` })],
      },
      { ...db09(), [CANARY.findings]: 1, applicant: CANARY.phone },
      { ...db09(), lateReasonCode: CANARY.findings, village: CANARY.phone, members: all },
      `{"occurredOn": ${CANARY.findings}`,
      {
        ...db09(),
        members: [member('m1', { idNumber: NUMBERS[0], name: CANARY.names[0] ?? '' })],
        declared: [],
        consents: [],
      },
    ];
    for (const body of bodies) {
      const answer = await say('clerk', 'POST', '/v1/applications', { body });
      expect(answer.status).toBeGreaterThanOrEqual(409);
      for (const canary of planted) expect(answer.text.includes(canary), answer.text).toBe(false);
    }
    for (const path of [
      `/v1/cases/${encodeURIComponent(CANARY.findings)}`,
      `/v1/cases?cursor=${CANARY.phone}`,
      `/v1/cases?state=${encodeURIComponent(CANARY.findings)}`,
      `/docs/${CANARY.phone}`,
      `/${NUMBERS[0]}`,
    ]) {
      const answer = await say('clerk', 'GET', path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      for (const canary of planted) expect(answer.text.includes(canary), answer.text).toBe(false);
    }
  });

  it('a callback with people in it leaves no word of them', async () => {
    const [key] = api.deps.webhookKeys['bank'] ?? [];
    if (!key) throw new Error('no key');
    for (const text of [
      JSON.stringify({ requestId: 'none', subject: { name: CANARY.names[0], idNumber: NUMBERS[0] } }),
      CANARY.findings,
    ]) {
      const body = Buffer.from(text);
      const headers = signBody({
        key,
        id: `${CANARY.key}-${text.length}`,
        realNow: instant(Date.now()),
        body,
      });
      const answers = [
        await api.raw('/callbacks/bank', { method: 'POST', headers, body }),
        await api.raw('/callbacks/bank', {
          method: 'POST',
          headers: { ...headers, 'webhook-signature': 'v1,AAAA' },
          body,
        }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([202, 401]);
      for (const { text: said } of answers) for (const canary of planted) expect(said).not.toContain(canary);
    }
  });

  it('logs and metrics hold none of it, nor a case number', async () => {
    const lines = api.log.map((line) => JSON.stringify(line)).join('\n');
    const metrics = await (await metricsApp(api.deps.metrics).request('/metrics')).text();
    expect(api.log.length).toBeGreaterThan(100);
    for (const text of [lines, metrics]) {
      for (const canary of [...planted, caseNo]) expect(text.includes(canary), canary).toBe(false);
      for (const canary of planted) expect(text.includes(encodeURIComponent(canary)), canary).toBe(false);
    }
  });

  it('audit, outbox and outcomes hold none of it', async () => {
    const { sql } = api.record.database.admin;
    const rows = [
      ...(await sql`SELECT to_jsonb(t)::text AS text FROM audit_events t`),
      ...(await sql`SELECT to_jsonb(t)::text AS text FROM outbox t`),
      ...(await sql`SELECT to_jsonb(t)::text AS text FROM tasks t`),
      ...(await sql`SELECT outcome::text AS text FROM commands WHERE outcome IS NOT NULL`),
    ].map((row) => String(row['text']));
    expect(rows.length).toBeGreaterThan(30);
    for (const text of rows)
      for (const canary of planted) expect(text.includes(canary), `${canary} in ${text}`).toBe(false);
  });

  it('the bytes of a paper come back to whoever may read the file, and to nobody else', async () => {
    const { items } = (await api.call('clerk', 'GET', `/v1/cases/${caseNo}/documents`)).json as {
      items: { id: string; kind: string }[];
    };
    const paper = items.find(({ kind }) => kind === 'income_proof')?.id ?? '';
    expect((await api.call('clerk', 'GET', `/v1/cases/${caseNo}/documents/${paper}`)).text).toBe(
      CANARY.paper,
    );
    expect((await api.call('strangeClerk', 'GET', `/v1/cases/${caseNo}/documents/${paper}`)).status).toBe(
      404,
    );
  });
});

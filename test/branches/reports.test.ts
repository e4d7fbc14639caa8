import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../src/departments/contract.js';
import { signBody } from '../../src/departments/signature.js';
import {
  fenFromYuan,
  rfc3339,
  type CaseNo,
  type MemberEntry,
  type SubmitBody,
} from '../../src/terms/index.js';
import { atBranches, type Branches } from '../support/branches.js';
import { atCounter, type Page } from '../support/counter.js';
import { db09, member } from '../support/household.js';
import { openHouse, type TestHouse } from '../support/house.js';
import { missing, rowsTaken } from '../support/row-coverage.js';
import { rulebookWith } from '../support/rulebook.js';
import { soundAfter } from '../support/sound.js';
import type { Person } from '../support/town.js';
import { REPORT_ROWS } from './rows.js';

interface Origin {
  readonly kind: string;
  readonly version: number | null;
  readonly hash: string | null;
  readonly validTo: string;
}
type Question = Page['requests'][number] & { readonly superseded: boolean; readonly origin: Origin | null };

type FullPage = Omit<Page, 'requests'> & { readonly requests: readonly Question[] };

let house: TestHouse;
let at: Branches;
beforeAll(async () => {
  house = await openHouse({ rulebook: rulebookWith() });
  at = atBranches(house, atCounter(house));
});
afterAll(() => house.close());

const SAVINGS: readonly Fact[] = [{ item: 'deposits', category: 'deposit', amountFen: fenFromYuan('1200') }];
const one = member('m1', { name: '吴一舟' });

/** One person, who declares the savings that the bank knows. */
async function household(who: MemberEntry, township = '441625103'): Promise<SubmitBody> {
  const occurredOn = await house.today();
  const base = db09({ occurredOn, members: [who], township, yearlyYuan: '600' });
  return { ...base, declared: base.declared.filter(({ category }) => category === 'deposit') };
}
const pageFor = async (who: Person, caseNo: string): Promise<FullPage> =>
  (await at.page(caseNo, who)) as unknown as FullPage;
const question = async (caseNo: string, source: string): Promise<Question | undefined> =>
  (await pageFor('verifier', caseNo)).requests.find((each) => each.source === source && !each.superseded);
/** An act of somebody whose page the clerk does not see. */
async function actAs(who: Person, caseNo: string, path: string, body: object) {
  const ifMatch = (await at.page(caseNo, who)).tag;
  const act = { occurredOn: await house.today(), ...body };
  return house.post(who, `/v1/cases/${caseNo}/${path}`, act, { ifMatch });
}
/** A department sends one more answer to a question of its own accord, signed as it signs. */
async function say(request: Question, about: MemberEntry, facts: readonly Fact[]): Promise<number> {
  const { source } = request;
  const body = JSON.stringify({
    answerId: randomUUID(),
    requestId: request.id,
    source,
    answeredAt: rfc3339(await house.time.now()),
    subject: { idNumber: about.idNumber, name: about.name },
    outcome: facts.length > 0 ? 'found' : 'none',
    facts,
  });
  const key = house.webhookKeys[source]?.[0];
  if (!key) throw new Error(`${source} has no key`);
  const headers = signBody({ key, id: randomUUID(), realNow: Date.now(), body: Buffer.from(body) });
  const { status } = await fetch(`${house.apiUrl}/callbacks/${source}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  await house.quiet();
  return status;
}

describe('a report of the county (LAW-2026 art. 42)', () => {
  let there: CaseNo;
  let here: string;
  beforeAll(async () => {
    there = await at.submit(await household(one), SAVINGS);
    await at.lookInto(there);
    const answer = await house.post('otherClerk', '/v1/applications', await household(one, '441625104'));
    here = String(answer.json['caseNo']);
    expect((await actAs('otherClerk', here, 'acceptance', { nearRelatives: [] })).status).toBe(200);
    await house.quiet();
  });

  it('answers in another township: no department hears of it, and every page says where it comes from', async () => {
    const { applicantId, requests, verificationReport } = await pageFor('otherClerk', here);
    const first = await pageFor('clerk', there);
    expect(requests.map(({ source, standing, origin }) => [source, standing, origin?.kind])).toEqual([
      ['bank', 'found', 'reused_report'],
      ['household_register', 'none', 'reused_report'],
      ['social_insurance', 'none', 'reused_report'],
    ]);
    const hash = (page: FullPage): unknown => Reflect.get(page.verificationReport ?? {}, 'contentHash');
    expect(new Set(requests.map(({ origin }) => origin?.hash))).toEqual(new Set([hash(first)]));
    expect(verificationReport).toMatchObject({ version: 1, purpose: 'dibao_means_verification' });
    const lookups = await house.get('otherClerk', `/v1/cases/${here}/persons/${applicantId}/lookups`);
    for (const each of lookups.json['items'] as { left: unknown[]; origin: Origin }[])
      expect([each.left, each.origin.kind, each.origin.hash]).toEqual([[], 'reused_report', hash(first)]);
    const timeline = await house.get('otherClerk', `/v1/cases/${here}/timeline`);
    const entries = timeline.json['entries'] as { code: string }[];
    expect(entries.filter(({ code }) => code === 'report_reused')).toHaveLength(3);
    const documents = await house.get('otherClerk', `/v1/cases/${here}/documents`);
    const paper = (documents.json['items'] as { id: string; kind: string }[]).findLast(
      ({ kind }) => kind === 'verification_report',
    );
    const printed = await fetch(`${house.apiUrl}/v1/cases/${here}/documents/${paper?.id}`, {
      headers: { authorization: `Bearer ${await house.token('otherClerk')}` },
    });
    expect(await printed.text()).toContain('沿用本县第1版核对报告');
  });

  it('is corrected by the department when the first case is closed long since: whoever rests on it hears', async () => {
    const { applicantId, requests } = await pageFor('clerk', there);
    await at.act('clerk', there, 'withdrawal', {
      documentId: await at.paper(there, '撤回申请书'),
      signedBy: applicantId,
    });
    const insured = requests.find(({ source }) => source === 'social_insurance');
    if (!insured) throw new Error('nobody was asked');
    expect(await say(insured, one, await at.wage('24000'))).toBe(202);
    const { tasks, verified, verificationReport } = await pageFor('otherClerk', here);
    expect(await question(here, 'social_insurance')).toMatchObject({ standing: 'found' });
    expect(verified.map(({ category, amountFen }) => [category, amountFen])).toEqual([
      ['deposit', fenFromYuan('1200')],
      ['wage', fenFromYuan('24000')],
    ]);
    expect(tasks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['answer_corrected', 'contradiction']),
    );
    expect(verificationReport).toMatchObject({ version: 2 });
  });

  it('gives way to the department itself where a person wants that, with a reason', async () => {
    const bank = await question(here, 'bank');
    const body = { requests: [bank?.id], reasonCode: 'household_disputes_it' };
    expect((await actAs('verifier', here, 'fresh-questions', body)).status).toBe(200);
    await house.quiet();
    await at.advance(await at.dayAfter(1));
    const anew = await question(here, 'bank');
    expect(anew).toMatchObject({ standing: 'found', origin: null });
    expect(anew?.id).not.toBe(bank?.id);
    const { verified, adopted } = await pageFor('otherClerk', here);
    expect(verified.filter(({ category }) => category === 'deposit')).toHaveLength(1);
    expect(adopted.filter(({ category }) => category === 'deposit')).toHaveLength(1);
  });
});

describe('a report of another place (互认)', () => {
  const two = member('m1', { name: '郑二川' });
  let caseNo: CaseNo;
  let entered: Record<string, unknown>;
  beforeAll(async () => {
    caseNo = await at.submit(await household(two), []);
    const { applicantId } = await at.page(caseNo);
    entered = {
      place: '441621',
      body: '紫金县居民家庭经济状况核对中心',
      reportNo: '紫核〔2026〕17号',
      purpose: 'dibao_means_verification',
      madeOn: '2026-02-10',
      validTo: '2026-12-31',
      documentId: await at.paper(caseNo, '紫金县核对报告'),
      answers: [
        { person: applicantId, source: 'bank', items: ['deposits'], outcome: 'found', facts: SAVINGS },
        // Less than is asked: it settles nothing.
        { person: applicantId, source: 'social_insurance', items: ['pension'], outcome: 'none' },
      ],
    };
  });
  const enter = (changes: object) =>
    actAs('verifier', caseNo, 'recognised-reports', { ...entered, ...changes });
  const refusal = async (changes: object) => at.refused(enter(changes));

  it('is refused from this county, for another purpose, out of its days, or about what is not of this case', async () => {
    expect(await refusal({ place: '441625' })).toEqual([409, 'guard_not_met', 'made_elsewhere']);
    expect(await refusal({ purpose: 'tekun_means_verification' })).toEqual([
      409,
      'guard_not_met',
      'same_purpose',
    ]);
    expect(await refusal({ validTo: '2026-02-28' })).toEqual([409, 'guard_not_met', 'report_in_force']);
    // Valid as it says itself, and older than a report of this place may be.
    expect(await refusal({ madeOn: '2025-08-01' })).toEqual([409, 'guard_not_met', 'report_in_force']);
    expect(await refusal({ documentId: randomUUID() })).toEqual([422, 'body_invalid', '/documentId']);
    const [, second] = entered['answers'] as object[];
    expect(await refusal({ answers: [{ ...second, person: randomUUID() }] })).toEqual([
      422,
      'body_invalid',
      '/answers/0/person',
    ]);
    expect(await refusal({ answers: [{ ...second, outcome: 'found' }] })).toEqual([
      422,
      'body_invalid',
      '/answers/0/outcome',
    ]);
  });

  it('settles what it covers and is valid no longer than one of this place; the rest is asked', async () => {
    expect((await enter({})).json).toMatchObject({ settled: 0 });
    await at.doDuty(caseNo, 'accept');
    await house.quiet();
    expect(await question(caseNo, 'bank')).toMatchObject({
      standing: 'found',
      origin: { kind: 'recognised_report', validTo: '2026-08-10' },
    });
    const left = await house.database.reader.sql<{ source: string }[]>`
      SELECT DISTINCT r.source FROM lookup_attempts l JOIN department_requests r ON r.id = l.request_id WHERE l.case_no = ${caseNo} ORDER BY 1`;
    expect(left.map(({ source }) => source)).toEqual(['household_register', 'social_insurance']);
    await at.advance(await at.dayAfter(1));
    expect(await question(caseNo, 'social_insurance')).toMatchObject({ standing: 'none', origin: null });
    const { adopted, verificationReport } = await at.page(caseNo);
    expect(adopted.map(({ category }) => category)).toEqual(['deposit']);
    expect(verificationReport).toMatchObject({ validTo: '2026-08-10' });
    expect(await at.documentText(caseNo, 'verification_report')).toContain('互认外地核对报告');
    const read = await house.get('verifier', `/v1/cases/${caseNo}`);
    expect(read.json['recognisedReports']).toMatchObject([
      { placeCode: '441621', body: entered['body'], reportNo: entered['reportNo'] },
    ]);
  });

  it('is contradicted by its department like a declaration: a person decides', async () => {
    const bank = await question(caseNo, 'bank');
    if (!bank) throw new Error('no bank was asked');
    await say(bank, two, [{ item: 'deposits', category: 'deposit', amountFen: fenFromYuan('9000') }]);
    const { tasks, adopted, verified } = await at.page(caseNo);
    expect(verified.map(({ amountFen }) => amountFen)).toEqual([fenFromYuan('9000')]);
    expect(adopted).toEqual([]);
    expect(tasks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['answer_corrected', 'contradiction']),
    );
    await at.visit(caseNo);
    expect(await at.tryTo('leader', caseNo, 'opinions', { proposes: 'grant', reasonCode: 'x_y' })).toEqual([
      409,
      'guard_not_met',
      'investigation_complete',
    ]);
  });
});

it('took every row that these ways are there for, and left a sound house', async () => {
  expect(missing(REPORT_ROWS, await rowsTaken(house))).toEqual([]);
  await soundAfter(house);
});

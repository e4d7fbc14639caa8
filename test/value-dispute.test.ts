import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeDocument } from '../src/casefile/documents.js';
import {
  adoptedOf,
  answeredOf,
  evidenceHash,
  requestsOf,
  type RequestStanding,
} from '../src/casefile/evidence.js';
import { latestReport } from '../src/casefile/verification-reports.js';
import type { CommandRow } from '../src/casefile/commands.js';
import { dateAt, fenFromYuan, type CaseNo, type Month } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/** A department's value that the household says is wrong: confirmed or corrected on proof, or asked for once more. */
let record: TestRecord;
beforeAll(async () => {
  record = await openTestRecord();
});
afterAll(() => record.database.drop());

const DAY = '2026-03-06';
const YEAR = { periodFrom: '2025-03' as Month, periodTo: '2026-02' as Month };
const inside = <T>(caseNo: CaseNo, work: Parameters<TestRecord['walker']['inside']>[2]): Promise<T> =>
  record.walker.inside(caseNo, DAY, work) as Promise<T>;
const requestTo = async (caseNo: CaseNo, source: string): Promise<RequestStanding[]> =>
  (await record.walker.inside(caseNo, DAY, (tx) => requestsOf(tx, caseNo))).filter(
    (each) => each.source === source,
  );
const wages = async (caseNo: CaseNo) =>
  record.walker.inside(caseNo, DAY, async (tx) => ({
    verified: (await answeredOf(tx, caseNo)).filter(({ category }) => category === 'wage'),
    adopted: (await adoptedOf(tx, caseNo)).filter(({ category }) => category === 'wage'),
    hash: await evidenceHash(tx, caseNo),
    version: (await latestReport(tx, caseNo))?.version,
  }));
const WAGE = { item: 'contributions', category: 'wage', amountFen: fenFromYuan('60000'), ...YEAR };
const refusedBy = ({ outcome }: CommandRow): unknown => [outcome?.code, outcome?.params?.['guard']];

/** A wage that was not declared, known to the insurance and adopted. */
async function contradicted(): Promise<CaseNo> {
  const { walker } = record;
  const caseNo = await walker.walkTo('investigating', db09({ members: [member('m1')], yearlyYuan: '600' }));
  for (const request of await walker.inside(caseNo, DAY, (tx) => requestsOf(tx, caseNo)))
    await walker.answer(
      caseNo,
      request,
      request.source === 'social_insurance' ? [WAGE] : [],
      on('2026-03-05'),
    );
  const [found] = (await wages(caseNo)).verified;
  if (!found) throw new Error('no wage');
  const { id, personId, kind, category, amountFen, periodFrom, periodTo } = found;
  const fact = { person: personId ?? undefined, kind, category, amountFen, periodFrom, periodTo };
  const adoptions = [{ fact, answerFactId: id, reasonCode: 'register_is_right' }];
  await applied(walker.act('verifier', caseNo, 'adopt', { adoptions }, on(DAY)));
  return caseNo;
}
async function told(): Promise<{ caseNo: CaseNo; value: string; proof: string }> {
  const { walker } = record;
  const caseNo = await contradicted();
  const [found] = (await wages(caseNo)).verified;
  const delivery = { how: 'in_person', result: 'delivered' } as const;
  await applied(walker.act('clerk', caseNo, 'inform_findings', { delivery }, on('2026-03-09')));
  const proof = await walker.as('assistant', '2026-03-10', async (tx) => {
    const bytes = Buffer.from('解除劳动合同证明');
    const at = on('2026-03-10');
    return (await storeDocument(tx, { caseNo, kind: 'income_proof', bytes, occurredOn: dateAt(at), at })).id;
  });
  return { caseNo, value: found?.id ?? '', proof };
}
const object = (caseNo: CaseNo, documentId: string, values?: readonly string[]): Promise<CommandRow> =>
  record.walker.act(
    'assistant',
    caseNo,
    'object_to_verification',
    { groundCode: 'job_ended', documentId, ...(values && { values }) },
    on('2026-03-10'),
  );
const recheck = (
  caseNo: CaseNo,
  values: readonly { answerFactId: string; verdict: 'confirmed' | 'corrected'; documentId?: string }[],
): Promise<CommandRow> =>
  record.walker.act(
    'verifier',
    caseNo,
    'recheck',
    {
      finding: values.some(({ verdict }) => verdict === 'corrected') ? 'upheld' : 'not_upheld',
      reasonCode: 'looked_into',
      adoptions: [],
      values: values.map((value) => ({ ...value, reasonCode: 'looked_into' })),
    },
    on('2026-03-11'),
  );

describe('a contested value', () => {
  it('corrected on proof counts no more: what rests on it is not adopted, the evidence has changed, the report is made anew', async () => {
    const { caseNo, value, proof } = await told();
    const before = await wages(caseNo);
    expect([before.verified.length, before.adopted.length]).toEqual([1, 1]);
    await applied(object(caseNo, proof, [value]));
    await applied(recheck(caseNo, [{ answerFactId: value, verdict: 'corrected', documentId: proof }]));
    const after = await wages(caseNo);
    expect([after.verified.length, after.adopted.length]).toEqual([0, 0]);
    expect(after.hash).not.toBe(before.hash);
    expect(after.version).toBe((before.version ?? 0) + 1);
  });

  it('confirmed stands, and so does what was adopted', async () => {
    const { caseNo, value, proof } = await told();
    await applied(object(caseNo, proof, [value]));
    await applied(recheck(caseNo, [{ answerFactId: value, verdict: 'confirmed' }]));
    const after = await wages(caseNo);
    expect([after.verified.length, after.adopted.length]).toEqual([1, 1]);
  });

  it('is one that the household was told of, and each is looked into', async () => {
    const { caseNo, value, proof } = await told();
    expect(refusedBy(await object(caseNo, proof, [randomUUID()]))).toEqual(['guard_not_met', 'value_told']);
    await applied(object(caseNo, proof, [value]));
    expect(refusedBy(await recheck(caseNo, []))).toEqual(['guard_not_met', 'values_looked_into']);
    const other = { answerFactId: randomUUID(), verdict: 'confirmed' } as const;
    const mine = { answerFactId: value, verdict: 'confirmed' } as const;
    expect(refusedBy(await recheck(caseNo, [mine, other]))).toEqual(['guard_not_met', 'value_contested']);
    const unproved = await recheck(caseNo, [{ answerFactId: value, verdict: 'corrected' }]);
    expect(refusedBy(unproved)).toEqual(['guard_not_met', undefined]);
  });

  it('is a matter of the objection: without values the recheck is what it was', async () => {
    const { caseNo, proof } = await told();
    await applied(object(caseNo, proof));
    await applied(recheck(caseNo, []));
    expect((await wages(caseNo)).adopted).toHaveLength(1);
  });
});

describe('a source that is asked to look again', () => {
  const again = (caseNo: CaseNo, requestId: string, day = '2026-03-09'): Promise<CommandRow> =>
    record.walker.act('verifier', caseNo, 'look_again', { requestId, reasonCode: 'job_ended' }, on(day));

  it('has a question of its own with days of its own; what it said stands until it answers', async () => {
    const caseNo = await contradicted();
    const [first] = await requestTo(caseNo, 'social_insurance');
    await applied(again(caseNo, first?.id ?? ''));
    const [, second] = await requestTo(caseNo, 'social_insurance');
    expect(second).toMatchObject({ againOf: first?.id, outcome: null, requestedOn: '2026-03-09' });
    expect(second?.caseRef).not.toBe(first?.caseRef);
    expect((await wages(caseNo)).adopted).toHaveLength(1);
  });

  it('and says something else: the first value counts no more, nor what rests on it', async () => {
    const caseNo = await contradicted();
    const before = await wages(caseNo);
    const [first] = await requestTo(caseNo, 'social_insurance');
    await applied(again(caseNo, first?.id ?? ''));
    const [, second] = await requestTo(caseNo, 'social_insurance');
    if (!second) throw new Error('not asked again');
    await record.walker.ask(caseNo, on('2026-03-09'));
    await record.walker.answer(
      caseNo,
      second,
      [{ ...WAGE, amountFen: fenFromYuan('6000') }],
      on('2026-03-10'),
    );
    const after = await wages(caseNo);
    expect(after.verified.map(({ amountFen }) => amountFen)).toEqual([fenFromYuan('6000')]);
    expect(after.adopted).toEqual([]);
    expect(after.hash).not.toBe(before.hash);
    expect(after.version).toBe((before.version ?? 0) + 1);
  });

  it('and stays silent: what it said first still stands', async () => {
    const caseNo = await contradicted();
    const [first] = await requestTo(caseNo, 'social_insurance');
    await applied(again(caseNo, first?.id ?? ''));
    await record.walker.due(caseNo, 'later_answer');
    const [, second] = await requestTo(caseNo, 'social_insurance');
    expect(second?.outcome).toBe('unanswered');
    expect((await wages(caseNo)).verified).toHaveLength(1);
  });

  it('is asked once, and only about what it answered, and only while the signature holds', async () => {
    const caseNo = await contradicted();
    const [first] = await requestTo(caseNo, 'social_insurance');
    await applied(again(caseNo, first?.id ?? ''));
    const [, second] = await requestTo(caseNo, 'social_insurance');
    const once = ['guard_not_met', 'answered_once'];
    expect(refusedBy(await again(caseNo, first?.id ?? ''))).toEqual(once);
    expect(refusedBy(await again(caseNo, second?.id ?? ''))).toEqual(once);
    const withdrawals = [{ person: first?.personId ?? '' }];
    const body = { consents: [], refusals: [], withdrawals };
    await applied(record.walker.act('clerk', caseNo, 'record_consents', body, on('2026-03-09', 12)));
    const [bank] = await requestTo(caseNo, 'bank');
    expect(refusedBy(await again(caseNo, bank?.id ?? '', '2026-03-10'))).toEqual([
      'no_ground_for_lookup',
      undefined,
    ]);
  });

  it('may be asked while the objection is looked into', async () => {
    const { caseNo, value, proof } = await told();
    await applied(object(caseNo, proof, [value]));
    const [first] = await requestTo(caseNo, 'social_insurance');
    await applied(again(caseNo, first?.id ?? '', '2026-03-11'));
    const clocks = await inside<{ code: string }[]>(caseNo, async ({ q }) => [
      ...(await q.execute<{ code: string }>(
        `SELECT code FROM clocks WHERE case_no = '${caseNo}' AND done_on IS NULL AND code = 'later_answer'`,
      )),
    ]);
    expect(clocks).toHaveLength(1);
  });

  it('leaves a file in which every invariant holds', async () => {
    await record.seal();
    const { checks } = await record.verify({ now: on('2026-03-12') });
    // I13 apart: nobody let the other clocks of these cases run out.
    const held = checks.filter(({ invariant }) => invariant !== 'I13');
    expect(held.flatMap(({ findings }) => findings)).toEqual([]);
    expect(held.length).toBeGreaterThan(5);
  });
});

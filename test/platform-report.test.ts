import { eq, and, isNull } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { storeDocument } from '../src/casefile/documents.js';
import { answeredOf, requestsOf, type RequestStanding } from '../src/casefile/evidence.js';
import { answerReadings, rawAnswers, tasks } from '../src/casefile/schema/index.js';
import { latestReport } from '../src/casefile/verification-reports.js';
import type { Fact } from '../src/departments/contract.js';
import { fenFromYuan, plainDate, type CaseNo, type Month } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { notReached, PLATFORM, platformOf, section, withPlatform } from './support/platform.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/** What a platform's report comes to, section by section, in a place that asks bank and social insurance through it. */
const world: TestRecord = await openTestRecord(withPlatform());
const { walker, database } = world;
const { hear, report, subjectOf } = platformOf(world);
let caseNo: CaseNo;
/** Of the applicant. */
let bank: RequestStanding;
let insurance: RequestStanding;
let register: RequestStanding;
let spouse: string;

async function household(): Promise<CaseNo> {
  const two = db09({ members: [member('m1'), member('m2')] });
  const asking = await walker.submit({ ...two, declared: [] });
  await applied(walker.act('clerk', asking, 'accept', { nearRelatives: [] }, on('2026-03-03')));
  await walker.due(asking, 'begin_investigation', on('2026-03-03', 10));
  return asking;
}
beforeEach(async () => {
  caseNo = await household();
  await walker.ask(caseNo, on('2026-03-04'));
  const asked = await requests();
  const first = asked[0]?.personId;
  spouse = asked.find(({ personId }) => personId !== first)?.personId ?? '';
  const of = (source: string): RequestStanding => {
    const found = asked.find((row) => row.personId === first && row.source === source);
    if (!found) throw new Error(`${source} was not asked`);
    return found;
  };
  [bank, insurance, register] = [of('bank'), of('social_insurance'), of('household_register')];
});
afterAll(() => database.drop());

const inside = <T>(work: Parameters<typeof walker.inside<T>>[2]) => walker.inside(caseNo, '2026-03-05', work);
const requests = () => inside((tx) => requestsOf(tx, caseNo));
const outcomeOf = async ({ id }: RequestStanding) => (await requests()).find((row) => row.id === id)?.outcome;
const stated = async () => (await inside((tx) => answeredOf(tx, caseNo))).map(({ amountFen }) => amountFen);
const versions = async () => (await inside((tx) => latestReport(tx, caseNo)))?.version ?? 0;
const verdictsOf = async ({ id }: RequestStanding) =>
  (
    await database.admin.db
      .select({ verdict: answerReadings.verdict })
      .from(answerReadings)
      .where(eq(answerReadings.requestId, id))
      .orderBy(answerReadings.recordedAt)
  ).map(({ verdict }) => verdict);
const wholeVerdicts = async () =>
  (
    await database.admin.db
      .select({ verdict: answerReadings.verdict })
      .from(answerReadings)
      .where(and(eq(answerReadings.caseNo, caseNo), isNull(answerReadings.requestId)))
      .orderBy(answerReadings.recordedAt)
  ).map(({ verdict }) => verdict);
const told = async () =>
  (
    await database.admin.db
      .select({ kind: tasks.kind, params: tasks.params })
      .from(tasks)
      .where(and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt)))
  ).map(({ kind, params: { personId: _, differs: __, ...params } }) =>
    [kind, ...Object.values(params).map(String).toSorted()].join(' '),
  );

const deposit = (yuan: string): Fact => ({
  item: 'deposits',
  category: 'deposit',
  amountFen: fenFromYuan(yuan),
});
const wage = (yuan: string): Fact => ({
  item: 'contributions',
  category: 'wage',
  amountFen: fenFromYuan(yuan),
  periodFrom: '2025-03' as Month,
  periodTo: '2026-02' as Month,
});

describe('a report', () => {
  it('is kept once, and each section is the answer of its source', async () => {
    const id = await report(
      caseNo,
      { sections: [section(bank, [deposit('500')]), section(insurance)] },
      on('2026-03-05'),
    );
    expect(await wholeVerdicts()).toEqual(['report']);
    expect([await outcomeOf(bank), await outcomeOf(insurance)]).toEqual(['found', 'none']);
    expect(await stated()).toEqual([fenFromYuan('500')]);
    const rows = await database.admin.db
      .select({ source: rawAnswers.source, body: rawAnswers.body, reportId: rawAnswers.reportId })
      .from(rawAnswers)
      .where(eq(rawAnswers.caseNo, caseNo))
      .orderBy(rawAnswers.id);
    expect(rows.map((row) => [row.source, row.body !== null, row.reportId])).toEqual([
      [PLATFORM, true, null],
      ['bank', false, id],
      ['social_insurance', false, id],
    ]);
    const [reading] = await database.admin.db
      .select({ valuedOn: answerReadings.valuedOn })
      .from(answerReadings)
      .where(eq(answerReadings.requestId, bank.id));
    expect(reading?.valuedOn).toBe('2026-03-04');
  });

  it('leaves a question open whose source it has not reached, and a later one answers it', async () => {
    await report(caseNo, { sections: [notReached(bank), section(insurance)] }, on('2026-03-05'));
    expect([await outcomeOf(bank), await outcomeOf(insurance)]).toEqual([null, 'none']);
    await report(
      caseNo,
      { sections: [section(bank, [deposit('500')]), section(insurance)] },
      on('2026-03-06'),
    );
    expect(await verdictsOf(insurance)).toEqual(['none', 'confirmed']);
    // One that reaches less takes nothing back.
    await report(caseNo, { sections: [notReached(bank)] }, on('2026-03-07'));
    expect(await verdictsOf(bank)).toEqual(['not_answered', 'found', 'not_answered']);
    expect(await outcomeOf(bank)).toBe('found');
    expect(await stated()).toEqual([fenFromYuan('500')]);
  });

  it('never makes silence into nothing found: the clock ends what it has not reached', async () => {
    await report(caseNo, { sections: [notReached(bank), section(insurance)] }, on('2026-03-05'));
    await walker.due(caseNo, 'verification_answer');
    expect([await outcomeOf(bank), await outcomeOf(insurance)]).toEqual(['unanswered', 'none']);
    await report(caseNo, { sections: [section(bank, [deposit('500')])] }, on('2026-03-12'));
    expect(await outcomeOf(bank)).toBe('unanswered');
    expect(await told()).toContain('late_answer bank');
  });

  it('makes the next version of the verification report once, however much it corrects', async () => {
    for (const row of await requests())
      if (row.personId === spouse || row.id === register.id)
        await walker.answer(caseNo, row, [], on('2026-03-05'));
    await report(caseNo, { sections: [section(bank), section(insurance)] }, on('2026-03-05'));
    const before = await versions();
    expect(before).toBe(1);
    const corrected = [section(bank, [deposit('500')]), section(insurance, [wage('2400')])];
    await report(caseNo, { sections: corrected }, on('2026-03-06'));
    expect(await verdictsOf(bank)).toEqual(['none', 'corrected_found']);
    expect(await versions()).toBe(before + 1);
    expect(await told()).toEqual(
      expect.arrayContaining([expect.stringContaining('answer_corrected') as unknown]),
    );
  });

  it('and the source itself are two voices of one source: what was stated last holds', async () => {
    await walker.answer(caseNo, bank, [deposit('500')], on('2026-03-05'));
    await report(caseNo, { sections: [section(bank), section(insurance)] }, on('2026-03-06'));
    expect(await verdictsOf(bank)).toEqual(['found', 'corrected_none']);
    expect(await stated()).toEqual([]);
    await walker.answer(caseNo, bank, [deposit('700')], on('2026-03-07'));
    expect(await stated()).toEqual([fenFromYuan('700')]);
    const early = { sections: [section(bank)], answeredAt: on('2026-03-06', 12) };
    await report(caseNo, early, on('2026-03-08'));
    expect(await verdictsOf(bank)).toEqual(['found', 'corrected_none', 'corrected_found', 'outdated']);
    expect(await stated()).toEqual([fenFromYuan('700')]);
  });
});

describe('a section that cannot be used spoils no other', () => {
  it('because of what it says', async () => {
    const about = { subject: await subjectOf(caseNo, spouse) };
    const bad = [
      ['wrong_person', section(bank, [deposit('500')], about)],
      ['unreadable', section(bank, [], { note: '' })],
      ['unreadable', section(bank, [], { valuedOn: '2026-03-09' })],
      ['implausible', section(bank, [deposit('100000001')])],
    ] as const;
    const sections = [...bad.map(([, each]) => each), section(insurance)];
    await report(caseNo, { sections }, on('2026-03-05'));
    expect(await verdictsOf(bank)).toEqual(bad.map(([verdict]) => verdict));
    expect([await outcomeOf(bank), await outcomeOf(insurance)]).toEqual([null, 'none']);
    for (const [verdict] of bad) expect(await told()).toContain(`answer_unusable bank ${verdict}`);
    expect(await stated()).toEqual([]);
  });

  it('because it answers no question that went by the platform', async () => {
    const other = await household();
    const theirs = await walker.inside(other, '2026-03-05', (tx) => requestsOf(tx, other));
    const foreign = [
      ['bank', section({ ...bank, id: '0195552e-7a00-7000-8000-0000000000ff' })],
      ['bank', section(theirs.find(({ source }) => source === 'bank') ?? bank)],
      ['tax', section({ ...bank, source: 'tax' })],
      ['household_register', section(register)],
      [PLATFORM, []],
    ] as const;
    const sections = [...foreign.map(([, each]) => each), section(insurance)];
    await report(caseNo, { sections }, on('2026-03-05'));
    expect([await outcomeOf(bank), await outcomeOf(register), await outcomeOf(insurance)]).toEqual([
      null,
      null,
      'none',
    ]);
    for (const [source] of foreign)
      expect(await told()).toContain(['answer_unusable', ...[source, 'not_asked'].toSorted()].join(' '));
    expect(
      (await walker.inside(other, '2026-03-05', (tx) => requestsOf(tx, other))).map(({ outcome }) => outcome),
    ).not.toContain('none');
  });
});

describe('a report of which nothing can be used', () => {
  it('because it is about somebody else, whatever its sections say', async () => {
    const sections = [
      section(bank, [], { subject: await subjectOf(caseNo, bank.personId) }),
      section(insurance),
    ];
    await report(caseNo, { sections, subject: await subjectOf(caseNo, spouse) }, on('2026-03-05'));
    expect([await verdictsOf(bank), await verdictsOf(insurance)]).toEqual([
      ['wrong_person'],
      ['wrong_person'],
    ]);
  });

  it('because it says what nobody can read, or is a plain answer of a source', async () => {
    await report(caseNo, { sections: [section(bank)], more: { note: '' } }, on('2026-03-05'));
    const plain = {
      answerId: '0195552e-7a00-7000-8000-0000000000fe',
      requestId: bank.id,
      source: 'bank',
      answeredAt: '2026-03-05T09:00:00+08:00',
      subject: await subjectOf(caseNo, bank.personId),
      outcome: 'none',
      facts: [],
    };
    await hear(caseNo, plain, on('2026-03-05'));
    expect(await wholeVerdicts()).toEqual(['unreadable', 'unreadable']);
    expect(await outcomeOf(bank)).toBe(null);
    expect(await told()).toContain('answer_unusable provincial_platform unreadable');
  });

  it('because the signature was taken back: it is not even looked into', async () => {
    const withdrawn = { consents: [], refusals: [], withdrawals: [{ person: bank.personId }] };
    await applied(walker.act('clerk', caseNo, 'record_consents', withdrawn, on('2026-03-05')));
    await report(
      caseNo,
      { sections: [section(bank, [deposit('500')]), section(insurance)] },
      on('2026-03-06'),
    );
    expect([await verdictsOf(bank), await verdictsOf(insurance)]).toEqual([
      ['consent_withdrawn'],
      ['consent_withdrawn'],
    ]);
    expect(await stated()).toEqual([]);
  });

  it('because the case is over', async () => {
    const paper = await walker.as('clerk', '2026-03-05', (tx) =>
      storeDocument(tx, {
        caseNo,
        kind: 'withdrawal',
        bytes: Buffer.from('撤回申请'),
        occurredOn: plainDate('2026-03-05'),
        at: on('2026-03-05'),
      }),
    );
    const signed = { documentId: paper.id, signedBy: bank.personId };
    await applied(walker.act('clerk', caseNo, 'withdraw', signed, on('2026-03-05')));
    await report(caseNo, { sections: [section(bank), section(insurance)] }, on('2026-03-06'));
    expect([await verdictsOf(bank), await verdictsOf(insurance)]).toEqual([
      ['after_closing'],
      ['after_closing'],
    ]);
    expect(await outcomeOf(bank)).toBe(null);
  });
});

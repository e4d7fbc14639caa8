import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_GUIDE } from '../src/departments/simulator/fault-guide.js';
import type { FaultCode } from '../src/departments/simulator/faults.js';
import { instant, plainDate, type CaseNo, type Source } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { openHouse, type TestHouse } from './support/house.js';
import { journeys, twoPeople } from './support/journeys.js';
import { soundAfter } from './support/sound.js';

/**
 * Departments that never call: one is polled, one exchanges files. Households are asked about while both go wrong in some
 * way; then nine days pass, and each question must stand where `docs/department-faults.md` says.
 */
const FUND: Source = 'housing_fund';
const FEDERATION: Source = 'disabled_federation';
const HOUR_MS = 3_600_000;

let house: TestHouse;
let counter: Counter;
const cases = new Map<string, CaseNo>();

const behave = async (source: Source, fault: FaultCode | null): Promise<void> => {
  const response = await fetch(`${house.clock.departmentsUrl}/departments/${source}/profile`, {
    method: 'PUT',
    body: JSON.stringify({ kind: 'prompt', ...(fault && { faults: { [fault]: 1 } }) }),
  });
  if (!response.ok) throw new Error(await response.text());
};

/** A household whose applicant lets both be asked. Returns when both have the question. */
async function household(atFund: FaultCode | null, atFederation: FaultCode | null): Promise<CaseNo> {
  await behave(FUND, atFund);
  await behave(FEDERATION, atFederation);
  const body = twoPeople(await house.today());
  const consents = (body.consents ?? []).slice(0, 1);
  const caseNo = await counter.submit({
    ...body,
    consents: consents.map((each) => ({ ...each, sources: [FUND, FEDERATION, 'bank'] })),
  });
  await counter.doDuty(caseNo, 'accept');
  await house.quiet();
  cases.set(`${atFund} ${atFederation}`, caseNo);
  return caseNo;
}
const caseWith = (fault: FaultCode): CaseNo => {
  const [, caseNo] = [...cases].find(([faults]) => faults.split(' ').includes(fault)) ?? [];
  if (!caseNo) throw new Error(`${fault} was not walked`);
  return caseNo;
};

const standingsOf = async (caseNo: CaseNo): Promise<Record<string, string>> =>
  Object.fromEntries((await counter.page(caseNo)).requests.map(({ source, standing }) => [source, standing]));
/** What is said of no source in particular, such as that an answer was kept, is among it. */
const auditOf = (caseNo: CaseNo, source: Source) => house.database.reader.sql<
  { code: string; reason: string | null }[]
>`SELECT code, params->>'reason' AS reason FROM audit_events
  WHERE chain = ${caseNo} AND coalesce(params->>'source', ${source}) = ${source} ORDER BY seq`;
const answersOf = (caseNo: CaseNo, source: Source) => house.database.reader.sql`
  SELECT id FROM raw_answers WHERE case_no = ${caseNo} AND source = ${source}`;

let withdrawn: CaseNo;
beforeAll(async () => {
  house = await openHouse();
  counter = atCounter(house);
  await household('ready_after_polls', 'rows_repeated');
  await household('silence', 'rows_missing');
  await household('wrong_key', 'row_unable');
  await household('namesake', 'file_half_written');
  withdrawn = await household(null, 'file_missing');
  const { applicantId } = await counter.page(withdrawn);
  await counter.act('clerk', withdrawn, 'signatures', {
    consents: [],
    refusals: [],
    withdrawals: [{ person: applicantId }],
  });
  await house.advance(instant((await house.time.now()) + 9 * 24 * HOUR_MS));
}, 300_000);
afterAll(() => house.close());

/** What the guide says of a fault, of a question that is its own. */
async function expectGuide(fault: FaultCode, source: Source): Promise<void> {
  const { audit, task, ends } = FAULT_GUIDE[fault];
  const caseNo = caseWith(fault);
  expect((await standingsOf(caseNo))[source]).toBe(ends === 'answered' ? 'none' : 'unanswered');
  if (audit !== null && !audit.startsWith('due:'))
    expect((await auditOf(caseNo, source)).map(({ code }) => code)).toContain(audit);
  const tasks = (await counter.page(caseNo)).tasks.filter(({ params }) => params['source'] === source);
  if (task === null) expect(tasks).toEqual([]);
  else expect(tasks.map(({ kind }) => kind)).toContain(task);
}

describe('a department that is polled', () => {
  it.each<FaultCode>(['ready_after_polls', 'silence', 'wrong_key', 'namesake'])('%s', (fault) =>
    expectGuide(fault, FUND),
  );

  it('is asked once, and come for until there is an answer, or no time is left', async () => {
    const events = (await auditOf(caseWith('silence'), FUND)).map(({ code }) => code);
    expect(events.filter((code) => code === 'lookup_leaving')).toHaveLength(1);
    expect(await answersOf(caseWith('silence'), FUND)).toHaveLength(0);
    expect(await answersOf(caseWith('ready_after_polls'), FUND)).toHaveLength(1);
  });

  it('is not believed without its signature: counted, logged, and nothing is stored', async () => {
    const caseNo = caseWith('wrong_key');
    const events = await auditOf(caseNo, FUND);
    expect(events).toContainEqual({ code: 'lookup_failed', reason: 'signature_invalid' });
    expect(await answersOf(caseNo, FUND)).toHaveLength(0);
    expect(house.logLines.join('')).toMatch(/"code":"callback_refused","source":"housing_fund"/);
    const [counted] = await house.database.reader.sql<{ n: number }[]>`
      SELECT sum(count)::int AS n FROM refused_callbacks WHERE source = ${FUND} AND reason = 'signature_invalid'`;
    expect(counted?.n).toBeGreaterThan(0);
  });

  it('is kept once when it says the same wrong thing at every poll', async () => {
    expect(await answersOf(caseWith('namesake'), FUND)).toHaveLength(1);
  });

  it('is not come for any more once the signature was taken back', async () => {
    const codes = (await auditOf(withdrawn, FUND)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'collecting_without_ground')).toHaveLength(1);
    expect(await answersOf(withdrawn, FUND)).toHaveLength(0);
  });

  it('leaves one activity in the history of a case, however often it was asked', async () => {
    const { temporal } = house;
    const handle = temporal.client.workflow.getHandle(`application/${caseWith('silence')}`);
    const { events } = await handle.fetchHistory();
    const polls = (events ?? []).filter(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'collectAnswer',
    );
    expect(polls).toHaveLength(1);
  });
});

describe('a department that exchanges files', () => {
  it.each<FaultCode>(['rows_repeated', 'rows_missing', 'row_unable', 'file_half_written', 'file_missing'])(
    '%s',
    (fault) => expectGuide(fault, FEDERATION),
  );

  it('has every file kept, with what it came to', async () => {
    const read = await house.database.reader.sql<
      { taken: number; repeated: number; unable: number; complete: boolean; half: boolean }[]
    >`SELECT r.taken, r.repeated, r.unable, r.complete, NOT r.complete AND r.fault IS NULL AS half
      FROM answer_file_readings r JOIN answer_files f ON f.id = r.answer_file_id ORDER BY f.id`;
    const sum = (of: (each: (typeof read)[number]) => number): number =>
      read.reduce((total, each) => total + of(each), 0);
    // Answers of the first and the fourth household; the first twice in each of two files.
    expect(sum(({ taken }) => taken)).toBe(2);
    expect(sum(({ repeated }) => repeated)).toBeGreaterThanOrEqual(3);
    expect(sum(({ unable }) => unable)).toBe(1);
    expect(read.filter(({ half }) => half)).toHaveLength(1);
    const events = await house.database.reader.sql`
      SELECT 1 FROM audit_events WHERE chain = 'system' AND code = 'answer_file_read'`;
    expect(events).toHaveLength(read.length);
  });

  it('has every answer linked to the file whose row it was', async () => {
    const answers = await house.database.reader.sql<{ linked: boolean }[]>`
      SELECT answer_file_id IS NOT NULL AS linked FROM raw_answers WHERE source = ${FEDERATION}`;
    expect(answers.map(({ linked }) => linked)).toEqual([true, true]);
  });
});

it('is how a household is answered, and decided on', async () => {
  await behave(FUND, null);
  await behave(FEDERATION, null);
  const body = twoPeople(await house.today());
  const sources: Source[] = ['bank', FUND, FEDERATION, 'household_register', 'social_insurance'];
  const until = plainDate(`${Number((await house.today()).slice(0, 4)) + 1}-12-31`);
  const caseNo = await counter.submit({
    ...body,
    consents: (body.consents ?? []).map((each) => ({ ...each, sources, validTo: until })),
  });
  await counter.investigate(caseNo);
  const { requests } = await counter.page(caseNo);
  expect(requests).toHaveLength(10);
  expect(requests.filter(({ standing }) => !['found', 'none'].includes(standing))).toEqual([]);
  await journeys(house, counter).intoBenefit(caseNo);
  expect((await counter.page(caseNo)).decision).toMatchObject({ kind: 'confirm' });
  await soundAfter(house);
}, 120_000);

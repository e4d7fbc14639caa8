import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_GUIDE } from '../src/departments/simulator/fault-guide.js';
import { befalls, FAULT_CODES, FAULTS, type FaultCode } from '../src/departments/simulator/faults.js';
import { sourceOf } from '../src/departments/sources.js';
import { fenFromYuan, type CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { expectEnd } from './support/fault-ends.js';
import { AT_ONCE, atFaultyBank, BANK } from './support/faulty-bank.js';
import { openHouse, type TestHouse } from './support/house.js';
import { soundAfter } from './support/sound.js';

/**
 * Every fault of the departments against the whole house: a household each, whose bank goes wrong in one way. Then two
 * months pass, and each case must stand where `docs/department-faults.md` says.
 */
const DECLARED_FEN = fenFromYuan('1200');
const DAY_MS = 86_400_000;

/** What only sources of another wire can do is in `wires.long.test.ts`. */
const AT_A_BANK = FAULT_CODES.filter((fault) => befalls(fault, sourceOf(BANK).wire));

let house: TestHouse;
let counter: Counter;
/** The household that was asked about first, at a bank that does as it should. */
let innocent: CaseNo;
const cases = new Map<FaultCode, CaseNo>();
/** Audit events of no case that came while the fault was on. */
const strays = new Map<FaultCode, string[]>();
/** Callbacks that were stored while it was on. */
const stored = new Map<FaultCode, number>();

async function soFar(): Promise<{ strays: string[]; stored: number }> {
  const { sql } = house.database.reader;
  const events = await sql<{ code: string }[]>`
    SELECT code FROM audit_events WHERE chain = 'system' ORDER BY seq`;
  const [answers] = await sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM raw_answers WHERE source = ${BANK}`;
  return { strays: events.map(({ code }) => code), stored: answers?.n ?? 0 };
}

beforeAll(async () => {
  house = await openHouse();
  counter = atCounter(house);
  const bank = atFaultyBank(house, counter);
  innocent = await bank.household(AT_ONCE);
  for (const fault of AT_A_BANK) {
    const before = await soFar();
    cases.set(fault, await bank.household({ ...AT_ONCE, faults: { [fault]: 1 } }));
    const after = await soFar();
    strays.set(fault, after.strays.slice(before.strays.length));
    stored.set(fault, after.stored - before.stored);
  }
  await bank.behave(AT_ONCE);
  await bank.forward(62 * DAY_MS);
}, 600_000);
afterAll(() => house.close());

const caseOf = (fault: FaultCode): CaseNo => {
  const caseNo = cases.get(fault);
  if (!caseNo) throw new Error(`${fault} was not walked`);
  return caseNo;
};
/** The answer that is filed under another case is the one thing that happens elsewhere: with the oldest question. */
const caseThatHears = (fault: FaultCode): CaseNo => (fault === 'for_another_case' ? innocent : caseOf(fault));

const expectGuide = (fault: FaultCode): Promise<void> =>
  expectEnd({ house, counter }, FAULT_GUIDE[fault], {
    caseNo: caseOf(fault),
    heardIn: caseThatHears(fault),
    strays: strays.get(fault),
    depositFen: DECLARED_FEN,
  });

describe('a question that is taken badly is asked again, and answered once', () => {
  const TAKING: readonly FaultCode[] = [
    'slow_response',
    'no_response',
    'executes_and_times_out',
    'connection_reset',
    'too_many_requests',
    'server_error',
    'bad_gateway',
    'unavailable',
    'ok_with_error_body',
    'ok_with_html',
    'large_response',
    'gzip_bomb_response',
  ];
  it.each(TAKING)('%s', async (fault) => {
    await expectGuide(fault);
    expect(stored.get(fault)).toBe(2);
  });

  it('is all that acts in taking', () => {
    expect(TAKING).toEqual(AT_A_BANK.filter((fault) => FAULTS[fault].acts === 'taking'));
  });
});

describe('an answer that nobody can read, or that is about something else, is adopted nowhere', () => {
  it.each<FaultCode>([
    'truncated_json',
    'gbk_as_utf8',
    'gzip_bomb_callback',
    'for_another_case',
    'for_unknown_id',
    'namesake',
    'person_not_found',
    'negative_amount',
    'year_1900',
  ])('%s', async (fault) => {
    await expectGuide(fault);
    expect(stored.get(fault)).toBe(2);
  });

  it('says why: another person’s, or unreadable', async () => {
    const verdicts = async (fault: FaultCode): Promise<string[]> => {
      const rows = await house.database.reader.sql<{ verdict: string }[]>`
        SELECT DISTINCT r.verdict FROM answer_readings r JOIN raw_answers a ON a.id = r.answer_id
        WHERE r.case_no = ${caseThatHears(fault)} AND a.source = ${BANK} AND r.verdict IN ('wrong_person', 'unreadable')`;
      return rows.map(({ verdict }) => verdict);
    };
    expect(await verdicts('namesake')).toEqual(['wrong_person']);
    expect(await verdicts('for_another_case')).toEqual(['wrong_person']);
    for (const fault of ['gbk_as_utf8', 'person_not_found', 'negative_amount', 'year_1900'] as const)
      expect(await verdicts(fault)).toEqual(['unreadable']);
  });
});

describe('what nobody signed, or what is too much, is not even stored', () => {
  it.each<FaultCode>([
    'large_callback',
    'wrong_key',
    'expired_timestamp',
    'old_key',
    'another_departments_key',
  ])('%s', async (fault) => {
    await expectGuide(fault);
    expect(stored.get(fault)).toBe(0);
  });
});

describe('answers that come at their own time', () => {
  it.each<FaultCode>([
    'doubled_five_times',
    'before_acceptance',
    'after_thirty_days',
    'out_of_order',
    'silence',
    'silence_about_one',
  ])('%s', expectGuide);

  it('five times is stored once', () => {
    expect(stored.get('doubled_five_times')).toBe(2);
  });

  it('silence about one is not silence about the other', async () => {
    const { requests } = await counter.page(caseOf('silence_about_one'));
    const standings = requests.filter(({ source }) => source === BANK).map(({ standing }) => standing);
    expect(standings.toSorted()).toEqual(['none', 'unanswered']);
  });
});

describe('answers that say two things, or ten thousand times too much', () => {
  it.each<FaultCode>(['wan_for_yuan', 'contradictory_answers', 'later_correction'])('%s', expectGuide);
});

it('walked every fault there is, and left a sound house', async () => {
  expect([...cases.keys()]).toEqual(AT_A_BANK);
  await soundAfter(house);
});

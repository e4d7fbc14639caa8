import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessTime } from '../src/stack/business-time.js';
import { readExecutionClock } from '../src/stack/execution-clock.js';
import { parity } from '../src/stack/parity.js';
import { readRulebook } from '../src/stack/rulebook-files.js';
import { instant, workflowId, type CaseNo } from '../src/terms/index.js';
import { atCounter, morningOf, type Counter } from './support/counter.js';
import { openHouse, type TestHouse } from './support/house.js';
import { journeys } from './support/journeys.js';
import { onedoor } from './support/program.js';
import { until } from './support/until.js';
import { on } from './support/walk.js';

const MINUTE = 60_000;
/** Business time passes while a test looks. */
const SOON = 30_000;

describe('from due to due', () => {
  let house: TestHouse;
  let counter: Counter;
  let cases: CaseNo[];
  let stops: number[];
  beforeAll(async () => {
    house = await openHouse({
      profiles: { social_insurance: { kind: 'slow' }, household_register: { kind: 'silent' } },
    });
    counter = atCounter(house);
    const ways = journeys(house, counter);
    const told = await ways.submitTwo();
    const asked = await ways.submitTwo();
    cases = [told, asked];
    await counter.doDuty(asked, 'accept');
    await counter.advance('2026-03-03');
    const [late] = [await ways.submitTwo()];
    await counter.doDuty(late, 'accept');
    cases.push(late);
    stops = await counter.advance('2026-03-16');
  });
  afterAll(() => house.close());

  it('stops in order, and last where it was sent', async () => {
    expect(stops).toEqual(stops.toSorted((a, b) => a - b));
    expect(new Set(stops).size).toBe(stops.length);
    expect(stops.at(-1)).toBe(morningOf('2026-03-16'));
    expect((await house.time.now()) - morningOf('2026-03-16')).toBeLessThan(SOON);
  });

  it('stops at every deadline on the way, which is written down within minutes of it', async () => {
    const passed = await house.database.reader.sql<
      { code: string; due: number; expired: number | null; done_on: string | null }[]
    >`
      SELECT code, extract(epoch FROM due_at)::float * 1000 AS due, extract(epoch FROM expired_at)::float * 1000 AS expired, done_on
      FROM clocks WHERE code <> 'begin_investigation' AND due_at <= '2026-03-16T01:00:00Z'`;
    const expired = passed.filter((clock) => clock.expired !== null);
    expect(expired.map(({ code }) => code)).toContain('verification_answer');
    expect(passed.filter((clock) => clock.expired === null && clock.done_on === null)).toEqual([]);
    for (const { due, expired: at } of expired) {
      expect(stops.some((stop) => stop >= due && stop <= due + 2 * MINUTE)).toBe(true);
      expect((at ?? 0) - due).toBeLessThan(3 * MINUTE);
    }
  });

  it('lets each answer come on its day', async () => {
    const answers = await house.database.reader.sql<{ source: string; hours: number }[]>`
      SELECT a.source, extract(epoch FROM a.received_at - l.at)::float / 3600 AS hours
      FROM raw_answers a JOIN lookup_attempts l ON l.request_id = a.request_id AND l.phase = 'leaving'`;
    const hours = (source: string): number[] =>
      answers.filter((each) => each.source === source).map((each) => each.hours);
    expect(hours('household_register')).toEqual([]);
    expect(hours('bank')).toHaveLength(4);
    for (const each of hours('bank')) expect(Math.abs(each - 1)).toBeLessThan(0.1);
    expect(hours('social_insurance')).toHaveLength(4);
    for (const each of hours('social_insurance')) expect(Math.abs(each - 72)).toBeLessThan(13);
  });

  it('brings every execution to the same time', async () => {
    const now = await house.time.now();
    for (const caseNo of cases) {
      const clock = await readExecutionClock(house.temporal, workflowId('application', caseNo));
      expect(Math.abs((clock?.businessNow ?? 0) - now)).toBeLessThan(SOON);
    }
  });

  it('never goes back', async () => {
    const before = await house.time.now();
    expect(await counter.advance('2026-03-10')).toEqual([]);
    expect(await house.time.now()).toBeGreaterThanOrEqual(before);
  });

  it('is real time in production, whatever row there is', async () => {
    const real = businessTime(house.database.casefile.database, 'production');
    expect(await real.offset()).toBe(0);
    expect(Math.abs((await real.now()) - Date.now())).toBeLessThan(SOON);
  });
});

describe('under production configuration', () => {
  const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
  const env = {
    ONEDOOR_MODE: 'production',
    DATABASE_APP_URL: 'postgres://nobody@127.0.0.1:9/none',
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ONEDOOR_FIELD_KEY: key(1),
    ONEDOOR_INDEX_KEY: key(2),
    ONEDOOR_PAYLOAD_KEY: key(3),
    ONEDOOR_CURSOR_KEY: key(4),
    OIDC_ISSUER: 'https://issuer.test',
    OIDC_JWKS_URL: 'https://issuer.test/jwks',
  };

  it('nobody moves the clock', async () => {
    const { exit, stderr } = await onedoor(['clock', 'advance', '--to', '2026-03-16'], env);
    expect(stderr).toContain('simulated mode only');
    expect(exit).toBe(2);
  });
});

describe('in December', () => {
  let house: TestHouse;
  let counter: Counter;
  let caseNo: CaseNo;
  let policy: string;
  beforeAll(async () => {
    house = await openHouse({ at: on('2026-12-15') });
    counter = atCounter(house);
    caseNo = await journeys(house, counter).submitTwo();
    await counter.doDuty(caseNo, 'accept');
    await house.quiet();
    policy = await mkdtemp(join(tmpdir(), 'onedoor-policy-'));
  });
  afterAll(async () => {
    await rm(policy, { recursive: true, force: true });
    await house.close();
  });
  const total = async () => (await counter.page(caseNo)).clocks.find(({ code }) => code === 'total');

  it('accepts, marks the date as provisional and names the missing year to an operator', async () => {
    const page = await counter.page(caseNo);
    expect(page.state).toBe('investigating');
    expect(await total()).toMatchObject({ due: '2027-01-26', provisional: true });
    expect(page.tasks).toContainEqual(
      expect.objectContaining({ kind: 'calendar_missing', role: 'operator', params: { year: 2027 } }),
    );
    expect(page.clocks.filter(({ provisional }) => provisional).map(({ code }) => code)).toEqual(['total']);
  });

  it('sets the date right when the year is published, and the desk waits for the new one', async () => {
    await cp(fileURLToPath(new URL('../policy', import.meta.url)), policy, { recursive: true });
    await writeFile(join(policy, 'calendar/2027.yaml'), MADE_UP_2027);
    house.rulebook = readRulebook(policy);
    await house.announceCalendars();
    const moved = await until('the new date', async () => {
      const clock = await total();
      return clock?.provisional === false && clock;
    });
    expect(moved.due).toBe('2027-01-28');
    const page = await counter.page(caseNo);
    expect(page.tasks.map(({ kind }) => kind)).not.toContain('calendar_missing');
    const events = await house.database.reader
      .sql`SELECT params FROM audit_events WHERE chain = ${caseNo} AND code = 'clock_recomputed'`;
    expect(events.map(({ params }) => params as object)).toEqual([
      { clock: 'total', was: '2027-01-26', dueOn: '2027-01-28' },
    ]);
    await house.quiet();
    expect((await parity(house.database.reader, house.temporal)).findings).toEqual([]);
  });

  it('nobody is told on the old date, and somebody on the new', async () => {
    await counter.visit(caseNo);
    await counter.advance('2027-01-28');
    expect(await total()).toMatchObject({ late: false, done: null });
    await house.advance(instant(morningOf('2027-01-28') + 16 * 60 * MINUTE));
    expect(await total()).toMatchObject({ late: true, done: null });
    expect((await counter.page(caseNo)).tasks).toContainEqual(
      expect.objectContaining({ kind: 'deadline_passed', params: { clock: 'total' } }),
    );
  });
});

const MADE_UP_2027 = `year: 2027
document: made up for a test
published: 2026-12-16
url: https://example.invalid/2027
holidays:
  - 2027-01-01
  - 2027-01-02
  - 2027-01-03
  - 2027-01-04
workdays: []
`;

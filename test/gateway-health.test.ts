import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestsOf, type RequestStanding } from '../src/casefile/evidence.js';
import { countRefused, noteCircuit } from '../src/casefile/gateway.js';
import { newId } from '../src/casefile/record.js';
import { inCasefile } from '../src/casefile/tx.js';
import { signBody } from '../src/departments/signature.js';
import { SOURCES } from '../src/departments/sources.js';
import { instant, plainDate, rfc3339, type CaseNo } from '../src/terms/index.js';
import { createCircuitNotes } from '../src/stack/circuit-notes.js';
import { openTestApi, type TestApi } from './support/api.js';
import { db09, member } from './support/household.js';
import { on } from './support/walk.js';
import { until } from './support/until.js';

/** How departments do, for whoever has to know which cases wait because of them. */
let api: TestApi;
let ours: CaseNo;
let theirs: CaseNo;
let bank: RequestStanding;
const DAY = plainDate('2026-03-05');
const household = (more = {}) => db09({ members: [member('m1')], yearlyYuan: '600', ...more });
const bankQuestion = async (caseNo: CaseNo): Promise<RequestStanding> => {
  const asked = await api.record.walker.inside(caseNo, DAY, (tx) => requestsOf(tx, caseNo));
  const found = asked.find(({ source }) => source === 'bank');
  if (!found) throw new Error('the bank was not asked');
  return found;
};

interface Health {
  readonly source: string;
  readonly lastTaken: string | null;
  readonly lastAnswer: string | null;
  readonly answerP95Hours: number | null;
  readonly httpP95Ms: number | null;
  readonly openQuestions: number;
  readonly notTaken: number;
  readonly faults: Record<string, number>;
  readonly wrongSignatures: number;
  readonly turnedAway: Readonly<Record<string, number>>;
  readonly circuit: string;
  readonly circuits: readonly { state: string; since: string }[];
  readonly waiting: { cases: number; oldestDueOn: string | null; caseNos: readonly string[] };
}
async function health(source = 'bank', who = 'operator'): Promise<Health> {
  const { json } = await api.call(who, 'GET', '/v1/verification/health');
  const found = (json['items'] as readonly Health[]).find((each) => each.source === source);
  if (!found) throw new Error(`nothing about ${source}`);
  return found;
}
const asHouse = (work: Parameters<typeof inCasefile<void>>[2]): Promise<void> =>
  inCasefile(api.record.database.casefile, { actor: 'system:verification', on: DAY }, work);

beforeAll(async () => {
  api = await openTestApi();
  ours = await api.record.walker.walkTo('investigating', household());
  theirs = await api.record.walker.walkTo('submitted', household({ township: '441625104' }));
  bank = await bankQuestion(ours);
});
beforeEach(() => {
  api.now = on(DAY);
});
afterAll(() => api.close());

describe('the health of the gateway', () => {
  it('names every source, also those of which nothing is known', async () => {
    const { json } = await api.call('verifier', 'GET', '/v1/verification/health');
    expect((json['items'] as readonly Health[]).map(({ source }) => source)).toEqual(SOURCES);
  });

  it.each(['clerk', 'banker', 'supervisor', 'auditor'])('is not for %s', async (who) => {
    expect((await api.call(who, 'GET', '/v1/verification/health')).status).toBe(403);
  });

  it('says when a question was taken last, how long that took, and what still waits', async () => {
    expect(await health()).toMatchObject({
      lastTaken: '2026-03-04T09:00:00+08:00',
      lastAnswer: null,
      answerP95Hours: null,
      openQuestions: 1,
      notTaken: 0,
    });
    expect((await health()).httpP95Ms).toBeGreaterThan(0);
  });

  it('names who waits, within the caller’s divisions, and since when', async () => {
    expect((await health()).waiting).toEqual({ cases: 1, oldestDueOn: bank.dueOn, caseNos: [ours] });
    const stranger = await api.hire('operator', '441621');
    const seen = await health('bank', stranger);
    expect(seen.waiting).toEqual({ cases: 0, oldestDueOn: null, caseNos: [] });
    expect(seen.openQuestions).toBe(1);
    expect(JSON.stringify(seen)).not.toContain('AP-');
  });

  it('to whoever holds no such role the database says nothing either', async () => {
    const { casefile } = api.record.database;
    for (const who of ['clerk', 'banker', 'auditor'] as const) {
      const rows = await inCasefile(
        casefile,
        { actor: `staff:${api.record.town.staff[who]}`, on: DAY },
        async ({ q }) => [...(await q.execute(`SELECT 1 FROM onedoor.gateway_health(now(), now(), 10)`))],
      );
      expect(rows, who).toEqual([]);
    }
  });

  it('counts the faults of the last day by their code', async () => {
    const { sql } = api.record.database.admin;
    const attempt = (code: string | null, phase: string, at: string, attemptNo: number) =>
      sql`INSERT INTO lookup_attempts (id, case_no, request_id, attempt, phase, code, at)
        VALUES (${newId()}, ${ours}, ${bank.id}, ${attemptNo}, ${phase}, ${code}, ${at})`;
    await attempt('timeout', 'failed', '2026-03-05T08:00:00+08:00', 11);
    await attempt('timeout', 'failed', '2026-03-04T10:00:00+08:00', 12);
    await attempt('http_404', 'refused', '2026-03-05T08:30:00+08:00', 13);
    await attempt('server_error', 'failed', '2026-03-03T10:00:00+08:00', 14);
    expect((await health()).faults).toEqual({ timeout: 2, http_404: 1 });
    expect((await health('tax')).faults).toEqual({});
  });

  it('measures how long answers take, in business time', async () => {
    await api.record.walker.answer(ours, bank, [], on('2026-03-05', 9));
    api.now = on('2026-03-05', 10);
    expect(await health()).toMatchObject({
      lastAnswer: '2026-03-05T09:00:00+08:00',
      answerP95Hours: 24,
      openQuestions: 0,
      waiting: { cases: 0, oldestDueOn: null, caseNos: [] },
    });
    expect(theirs).toBeTruthy();
  });
});

describe('circuits', () => {
  const note = (process: string, state: 'open' | 'half_open' | 'closed', ms: number, silentMs = 0) =>
    asHouse((tx) => {
      const [since, seenAt] = [instant(Date.now() - ms), instant(Date.now() - silentMs)];
      return noteCircuit(tx, { source: 'tax', process, state, since, seenAt });
    });

  it('are known for each process, and the worst of them is the department’s', async () => {
    expect((await health('tax')).circuit).toBe('unknown');
    await note('a', 'closed', 5_000);
    await note('b', 'open', 4_000);
    expect(await health('tax')).toMatchObject({
      circuit: 'open',
      circuits: [{ state: 'open' }, { state: 'closed' }],
    });
    await note('b', 'half_open', 3_000);
    expect((await health('tax')).circuit).toBe('half_open');
    await note('b', 'closed', 2_000);
    expect((await health('tax')).circuit).toBe('closed');
  });

  it('a change that was overtaken by a later one does not undo it', async () => {
    await note('b', 'open', 60_000);
    expect((await health('tax')).circuit).toBe('closed');
  });

  it('a process that said nothing for five minutes is not counted, however short ago it changed', async () => {
    await note('gone', 'open', 400_000, 310_000);
    expect((await health('tax')).circuits).toHaveLength(2);
  });

  it('a process whose circuits have not changed for weeks says so again and again', async () => {
    const weeks = Date.now() - 21 * 86_400_000;
    const notes = createCircuitNotes({ casefile: api.record.database.casefile }, () => {}, 50);
    notes.of('housing_fund')('closed', weeks);
    notes.of('provincial_platform')('open', Date.now());
    const seen = async () =>
      (
        await api.record.database.reader.sql<{ seen: string }[]>`
          SELECT seen_at::text AS seen FROM gateway_circuits WHERE source = 'housing_fund'`
      )[0]?.seen;
    const first = await until('the note', seen);
    await until('the same again', async () => (await seen()) !== first);
    notes.stop();
    expect(await health('housing_fund')).toMatchObject({
      circuit: 'closed',
      circuits: [{ state: 'closed', since: rfc3339(instant(weeks)) }],
    });
    // A platform stands behind the twelve.
    expect((await health('provincial_platform')).circuit).toBe('open');
  });
});

describe('wrong signatures', () => {
  const forge = () => {
    const body = Buffer.from(JSON.stringify({ requestId: randomUUID() }));
    const key = createSecretKey(randomBytes(32));
    return api.raw('/callbacks/insurance', {
      method: 'POST',
      headers: { ...signBody({ key, id: randomUUID(), realNow: Date.now(), body }) },
      body,
    });
  };
  const rows = async (): Promise<number> =>
    (await api.record.database.admin.sql`SELECT 1 FROM refused_callbacks WHERE source = 'insurance'`).length;

  it('are counted for the source in whose name they came, in few rows however many they are', async () => {
    for (let n = 0; n < 60; n += 1) expect((await forge()).status).toBe(401);
    await until('the count', async () => (await health('insurance')).wrongSignatures === 60);
    expect(await rows()).toBeLessThanOrEqual(2);
    expect((await health('insurance')).turnedAway).toEqual({ no_match: 60 });
  });

  it('are not what is too large to be looked at', async () => {
    const body = Buffer.alloc(70_000, 32);
    expect((await api.raw('/callbacks/real_estate', { method: 'POST', body })).status).toBe(413);
    await until('the count', async () => (await health('real_estate')).turnedAway['too_large'] === 1);
    expect((await health('real_estate')).wrongSignatures).toBe(0);
  });

  it('of the same hour a day ago give way to today’s', async () => {
    const now = Date.UTC(2026, 5, 1, 7, 30);
    const counted = (count: number, at: number) =>
      asHouse((tx) => countRefused(tx, [{ source: 'securities', reason: 'signature', count }], instant(at)));
    const kept = async () => {
      const { sql } = api.record.database.admin;
      return (
        await sql`SELECT slot, count FROM refused_callbacks WHERE source = 'securities' ORDER BY slot`
      ).map(({ slot, count }) => [slot, count] as unknown);
    };
    await counted(3, now - 86_400_000);
    await counted(2, now);
    await counted(1, now + 60_000);
    await counted(4, now + 3_600_000);
    expect(await kept()).toEqual([
      [7, 3],
      [8, 4],
    ]);
  });
});

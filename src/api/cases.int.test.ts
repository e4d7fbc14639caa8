import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09, member } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';

let api: TestApi;
let caseNo: string;
let decided: string;

beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo(
    'submitted',
    db09({
      members: [member('m1', { name: '张守田', idNumber: '441625195001050019', phone: '13800138009' })],
    }),
  );
  decided = await api.record.walker.walkTo('in_benefit');
  await api.record.walker.walkTo('submitted', db09({ township: '441625104' }));
});
beforeEach(() => {
  api.now = on('2026-03-23');
});
afterAll(() => api.close());

const get = (who: string, path: string, headers: Record<string, string> = {}) =>
  api.call(who, 'GET', path, { headers });
const commandsOf = async (who: string, of: string) =>
  ((await get(who, `/v1/cases/${of}`)).json['actions'] as { command: string }[]).map(
    ({ command }) => command,
  );

describe('the case page', () => {
  it('masks people', async () => {
    const page = await get('clerk', `/v1/cases/${caseNo}`);
    expect(page.status).toBe(200);
    expect(page.json['members']).toMatchObject([
      { name: '张**', idNumber: '441625********0019', included: true, reasonCode: 'applicant' },
    ]);
    for (const secret of ['守田', '441625195001050019', '19500105', '13800138009', '6222020200001234567'])
      expect(page.text).not.toContain(secret);
  });

  it('shows those who owe support, apart and masked, by the id under which they sign', async () => {
    const { included: _, reasonCode: __, ...daughter } = member('o1', { name: '张春' });
    const body = { ...db09(), obligors: [{ ...daughter, owesTo: 'm1', relation: 'daughter' }] };
    const own = await api.record.walker.submit(body);
    const page = await get('clerk', `/v1/cases/${own}`);
    const [first] = page.json['members'] as { id: string }[];
    expect(page.json['obligors']).toMatchObject([{ name: '张*', owesTo: first?.id, relation: 'daughter' }]);
    expect(page.json['members']).toHaveLength(6);
  });

  it('carries a strong ETag, and answers 304 to whoever has it', async () => {
    const page = await get('clerk', `/v1/cases/${caseNo}`);
    const tag = page.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[^"]+"$/);
    expect(await get('clerk', `/v1/cases/${caseNo}`, { 'if-none-match': tag })).toMatchObject({
      status: 304,
      text: '',
    });
  });

  it('lists what this caller may do now, and how', async () => {
    const page = await get('clerk', `/v1/cases/${caseNo}`);
    expect(page.json['actions']).toEqual([
      {
        command: 'request_supplement',
        method: 'POST',
        href: `/v1/cases/${caseNo}/supplement-requests`,
        needsIfMatch: false,
      },
      { command: 'accept', method: 'POST', href: `/v1/cases/${caseNo}/acceptance`, needsIfMatch: true },
      {
        command: 'record_consents',
        method: 'POST',
        href: `/v1/cases/${caseNo}/signatures`,
        needsIfMatch: false,
      },
      { command: 'withdraw', method: 'POST', href: `/v1/cases/${caseNo}/withdrawal`, needsIfMatch: false },
      {
        command: 'record_delivery',
        method: 'POST',
        href: `/v1/cases/${caseNo}/deliveries`,
        needsIfMatch: false,
      },
    ]);
    expect(await commandsOf('leader', caseNo)).toEqual(['hand_over', 'withdraw', 'record_delivery']);
    expect(await commandsOf('auditor', caseNo)).toEqual([]);
    expect(await commandsOf('supervisor', caseNo)).toEqual(['hand_over']);
  });

  it('lists no act in a closed case, and no decision in an accepted one', async () => {
    for (const who of ['clerk', 'leader', 'examiner', 'confirmer', 'supervisor'])
      expect(await commandsOf(who, decided), who).toEqual([]);
    const accepted = await api.record.walker.walkTo('accepted');
    for (const who of ['clerk', 'leader', 'supervisor'])
      expect(await commandsOf(who, accepted), who).not.toContain('confirm');
  });

  it('offers the confirmation to a person who took no part', async () => {
    const reviewed = await api.record.walker.walkTo('county_reviewed');
    expect(await commandsOf('confirmer', reviewed)).toEqual(['confirm', 'refuse', 'return_file']);
    expect(await commandsOf('examiner', reviewed)).toEqual(['county_opine', 'record_county_visit', 'report']);
  });

  it('tells found, none and pending apart', async () => {
    const asked = await api.record.walker.walkTo('investigating');
    const answered = await api.record.walker.walkTo('answered');
    const standings = async (of: string) =>
      new Set(
        ((await get('verifier', `/v1/cases/${of}`)).json['requests'] as { standing: string }[]).map(
          ({ standing }) => standing,
        ),
      );
    expect(await standings(asked)).toEqual(new Set(['pending']));
    expect(await standings(answered)).toEqual(new Set(['found', 'none']));
  });
});

describe('the timeline and the explanation', () => {
  it('name the day, who, what, the article and the clocks', async () => {
    const { entries } = (await get('clerk', `/v1/cases/${decided}/timeline`)).json as {
      entries: Record<string, unknown>[];
    };
    expect(entries[0]).toMatchObject({
      on: '2026-03-02',
      code: 'submit',
      actor: { kind: 'staff', name: 'clerk' },
      from: 'draft',
      to: 'submitted',
    });
    expect(entries.at(-1)).toMatchObject({ code: 'publish', to: 'in_benefit', actor: { kind: 'staff' } });
    expect(entries.find(({ code }) => code === 'recognise')).toMatchObject({ actor: { kind: 'system' } });
    expect(entries.find(({ code }) => code === 'accept')).toMatchObject({
      started: expect.arrayContaining([expect.objectContaining({ code: 'total' })]),
      article: 'DIBAO-2021 art. 10–11',
    });
    expect(entries.some(({ code }) => code === 'lookup_accepted')).toBe(true);
    const days = entries.map((entry) => entry['on'] as string);
    expect(days).toEqual(days.toSorted());
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['?lang=zh', {}, /^\p{Script=Han}/u],
    ['?lang=en', {}, /^[A-Z][a-z]+ /],
    ['', { 'accept-language': 'en-GB,en;q=0.9' }, /^[A-Z][a-z]+ /],
    ['', {}, /^\p{Script=Han}/u],
  ])('the arithmetic in the language asked for %s %j', async (query, headers, looks) => {
    const answer = await get('clerk', `/v1/cases/${decided}/explanation${query}`, headers);
    expect(answer.json['monthlyBenefitFen']).toBe(6000);
    expect((answer.json['lines'] as string[])[0]).toMatch(looks);
  });

  it('a case without a determination has no explanation yet', async () => {
    expect((await get('clerk', `/v1/cases/${caseNo}/explanation`)).status).toBe(404);
  });
});

describe('the list', () => {
  const all = async (who: string, query = ''): Promise<string[]> => {
    const found: string[] = [];
    let path: string | null = `/v1/cases?limit=2${query}`;
    while (path) {
      const { json }: { json: Record<string, unknown> } = await get(who, path);
      found.push(...(json['items'] as { caseNo: string }[]).map((item) => item.caseNo));
      path = json['next'] ? `/v1/cases?limit=2${query}&cursor=${json['next'] as string}` : null;
    }
    return found;
  };

  it('gives every case of the caller once, page by page', async () => {
    const { sql } = api.record.database.admin;
    const rows = await sql<{ case_no: string }[]>`SELECT case_no FROM cases ORDER BY 1`;
    const numbers = rows.map((row) => row.case_no);
    expect(numbers.length).toBeGreaterThan(4);
    expect(await all('examiner')).toEqual(numbers);
    expect(await all('clerk')).toEqual(numbers.filter((number) => number.startsWith('AP-441625103')));
    expect(await all('strangeClerk')).toEqual([]);
    expect(await all('clerk', '&state=in_benefit')).toEqual([decided]);
  });

  it('links the next page with all that was asked for', async () => {
    const page = await get('examiner', '/v1/cases?limit=1&state=submitted');
    const link = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
    const next = await get(
      'examiner',
      new URL(link, 'http://api.test/v1/cases').href.slice('http://api.test'.length),
    );
    const states = (answer: typeof next) =>
      (answer.json['items'] as { state: string }[]).map(({ state }) => state);
    expect(states(next)).toEqual(['submitted']);
    expect(next.json['items']).not.toEqual(page.json['items']);
  });

  it.each([
    'x',
    'eyJhIjoxfQ.AAAA',
    '.',
    `${Buffer.from('{"caseNo":"AP-000000000-0000-00000"}').toString('base64url')}.${'A'.repeat(22)}`,
  ])('takes no cursor but its own: %s', async (cursor) => {
    const answer = await get('clerk', `/v1/cases?cursor=${cursor}`);
    expect([answer.status, answer.json['code']]).toEqual([400, 'cursor_invalid']);
  });

  it('notices one changed character', async () => {
    const cursor = String((await get('examiner', '/v1/cases?limit=1')).json['next']);
    for (let at = 0; at < cursor.length; at += 5) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'B' ? 'C' : 'B') + cursor.slice(at + 1);
      expect((await get('examiner', `/v1/cases?cursor=${changed}`)).status, changed).toBe(400);
    }
  });

  it('keeps limits', async () => {
    for (const limit of ['0', '201', 'all'])
      expect((await get('clerk', `/v1/cases?limit=${limit}`)).status).toBe(422);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsOf } from '../casefile/evidence.js';
import { signBody } from '../departments/signature.js';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09, member } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';

const alone = () => db09({ members: [member('m1')], yearlyYuan: '600' });
const MANY = 120;

let api: TestApi;
const numbers: string[] = [];

beforeAll(async () => {
  api = await openTestApi();
  for (let made = 0; made < MANY; made += 10)
    numbers.push(...(await Promise.all(Array.from({ length: 10 }, () => api.record.walker.submit(alone())))));
  numbers.sort();
});
afterAll(() => api.close());

type Page = {
  readonly items: readonly { readonly caseNo: string; readonly id?: string }[];
  readonly next: string | null;
};

/** Follows `Link` as a client would; `between` happens after each page. */
async function pages(
  first: string,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Page['items'][]> {
  const found: Page['items'][] = [];
  for (let path: string | undefined = first; path; await between()) {
    const answer = await api.call('clerk', 'GET', path);
    expect(answer.status, answer.text).toBe(200);
    const page = answer.json as Page;
    found.push(page.items);
    path = /^<(\/v1\/[^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    expect(path === undefined).toBe(page.next === null);
  }
  return found;
}

describe(`${MANY} cases`, () => {
  it.each([7, 40, 120, 200])('come once each, %i at a time', async (limit) => {
    const cases = await pages(`/v1/cases?limit=${limit}`);
    expect(cases.length).toBe(Math.ceil(MANY / limit));
    expect(cases.flat().map(({ caseNo }) => caseNo)).toEqual(numbers);
    const tasks = (await pages(`/v1/worklist?group=unit&limit=${limit}`)).flat();
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(MANY);
    expect(tasks.map(({ caseNo }) => caseNo).toSorted()).toEqual(numbers);
  });

  it('come once each while others are taken and put back', async () => {
    const [first] = (await pages('/v1/worklist?group=unit&limit=200')).flat();
    const taken = `/v1/worklist/${first?.id}`;
    let held = false;
    const tasks = await pages('/v1/worklist?group=unit&limit=11', async () => {
      await api.call('clerk', 'POST', `${taken}/${held ? 'return' : 'claim'}`);
      held = !held;
    });
    const ids = tasks.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(MANY);
    if (held) await api.call('clerk', 'POST', `${taken}/return`);
  });

  it('a cursor belongs to its list', async () => {
    const { next } = (await api.call('clerk', 'GET', '/v1/cases?limit=1')).json as Page;
    for (const path of ['/v1/worklist?group=unit', '/v1/worklist?group=mine']) {
      const answer = await api.call('clerk', 'GET', `${path}&cursor=${next}`);
      expect([answer.status, answer.json['code']]).toEqual([400, 'cursor_invalid']);
    }
  });

  it('a cursor shows nobody else anything', async () => {
    const { next } = (await api.call('clerk', 'GET', '/v1/cases?limit=1')).json as Page;
    expect((await api.call('strangeClerk', 'GET', `/v1/cases?cursor=${next}`)).json['items']).toEqual([]);
  });
});

describe('the ETag of a case', () => {
  it('moves with what a person decides on, and with nothing else', async () => {
    const { walker } = api.record;
    const caseNo = await walker.walkTo('investigating', alone());
    api.now = on('2026-03-05');
    const tag = () => api.tag('clerk', caseNo);
    const before = await tag();
    const [request, other] = await walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo));
    const key = request && api.deps.webhookKeys[request.source]?.[0];
    if (!request || !other || !key) throw new Error('nothing was asked');

    const body = Buffer.from(JSON.stringify({ requestId: request.id, unfit: true }));
    for (const id of ['once', 'once', 'twice']) {
      const headers = signBody({ key, id: `etag-${id}`, realNow: Date.now(), body });
      expect(
        (await api.raw(`/callbacks/${request.source}`, { method: 'POST', headers, body })).status,
      ).toBeLessThan(300);
    }
    expect(await tag(), 'answers that nobody has read').toBe(before);

    const [task] = (await api.call('investigator', 'GET', '/v1/worklist?group=unit')).json['items'] as {
      id: string;
    }[];
    expect((await api.call('investigator', 'POST', `/v1/worklist/${task?.id}/claim`)).status).toBe(200);
    expect(await tag(), 'a task that was taken').toBe(before);

    const refused = await api.call('leader', 'POST', `/v1/cases/${caseNo}/opinions`, {
      body: { occurredOn: '2026-03-05', proposes: 'grant', reasonCode: 'too_early' },
      ifMatch: before,
    });
    expect([refused.status, refused.json['code']]).toEqual([409, 'guard_not_met']);
    expect(await tag(), 'a command that was refused').toBe(before);

    await walker.answer(caseNo, request, [], on('2026-03-05'));
    const answered = await tag();
    expect(answered, 'an answer').not.toBe(before);
    await walker.answer(caseNo, request, [], on('2026-03-05', 11));
    expect(await tag(), 'the same answer again').toBe(answered);
    await walker.answer(caseNo, other, [], on('2026-03-05', 12));
    expect(await tag(), 'another answer').not.toBe(answered);
  });
});

describe('a public notice', () => {
  it('comes down with an objection', async () => {
    const caseNo = await api.record.walker.walkTo('public_notice', alone());
    api.now = on('2026-03-11');
    const hanging = async () =>
      ((await api.call(null, 'GET', '/v1/public-notices')).json['items'] as unknown[]).length;
    expect(await hanging()).toBe(1);
    const answer = await api.call('clerk', 'POST', `/v1/cases/${caseNo}/objections`, {
      body: { occurredOn: '2026-03-11', groundCode: 'income_hidden', realName: false, text: '家有存款。' },
    });
    expect([answer.status, answer.json['state']]).toEqual([200, 'reinvestigate']);
    expect(await hanging()).toBe(0);
  });
});

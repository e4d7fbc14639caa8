import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { db09, member } from '../../test/support/household.js';
import { on } from '../../test/support/walk.js';

let api: TestApi;
const day = (date: string) => {
  api.now = on(date, 12);
  return api.call(null, 'GET', '/v1/public-notices');
};

beforeAll(async () => {
  api = await openTestApi();
  await api.record.walker.walkTo(
    'public_notice',
    db09({
      members: [
        member('m1', { name: '张守田', idNumber: '441625195001050019' }),
        ...['m2', 'm3', 'm4', 'm5', 'm6'].map((ref) => member(ref)),
      ],
    }),
  );
});
afterAll(() => api.close());

it('shows a passer-by what hangs: masked name, members, amount, days, and nothing else', async () => {
  const answer = await day('2026-03-12');
  expect(answer.status).toBe(200);
  const items = answer.json['items'] as Record<string, unknown>[];
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    villageCode: '441625103201',
    name: '张**',
    memberCount: 6,
    monthlyBenefitFen: 6000,
    postedOn: '2026-03-10',
  });
  expect(Object.keys(items[0] ?? {}).toSorted()).toEqual([
    'endsOn',
    'id',
    'memberCount',
    'monthlyBenefitFen',
    'name',
    'postedOn',
    'villageCode',
  ]);
  expect(answer.text).not.toMatch(/守田|441625195001050019|AP-/);
});

it('keeps search engines and caches out', async () => {
  const answer = await day('2026-03-12');
  expect(answer.headers.get('x-robots-tag')).toContain('noindex');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

it('by village', async () => {
  api.now = on('2026-03-12');
  const of = async (village: string) =>
    ((await api.call(null, 'GET', `/v1/public-notices?village=${village}`)).json['items'] as unknown[])
      .length;
  expect(await of('441625103201')).toBe(1);
  expect(await of('441625104201')).toBe(0);
  expect((await api.call(null, 'GET', '/v1/public-notices?village=44')).status).toBe(422);
});

it('not before it was posted, and gone after its last day', async () => {
  const last = String(((await day('2026-03-12')).json['items'] as { endsOn: string }[])[0]?.endsOn);
  const shown = async (date: string) => ((await day(date)).json['items'] as unknown[]).length;
  expect(await shown('2026-03-09')).toBe(0);
  expect(await shown(last)).toBe(1);
  expect(await shown('2026-03-31')).toBe(0);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLATFORMS } from '../platforms.js';
import { SOURCES } from '../sources.js';
import { LIN, NOW } from '../test-support.js';
import { FAULT_CODES } from './faults.js';
import { ASK, HOUR, openHouse, openTownship } from './test-township.js';
import type { DepartmentView, LetterView, QuestionView } from './steering.js';
import type { House, Opening, Township } from './test-township.js';

let house: House;
let town: Township;
const open = async (opening: Opening = {}): Promise<void> => {
  town = await openTownship(house, opening);
};
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await town.stop();
  await house.stop();
});

interface Standing {
  seed: number;
  faults: { code: string }[];
  departments: DepartmentView[];
}
const standing = async (): Promise<Standing> => (await (await town.get('/departments')).json()) as Standing;
const bank = async (): Promise<DepartmentView | undefined> =>
  (await standing()).departments.find(({ source }) => source === 'bank');
const letters = async (): Promise<{ questions: QuestionView[]; letters: LetterView[] }> =>
  (await (await town.get('/departments/bank/letters')).json()) as Awaited<ReturnType<typeof letters>>;

describe('GET /departments', () => {
  it('tells of every source, how it behaves, and of every fault there is', async () => {
    await open({ seed: 5, profiles: { bank: { kind: 'slow' } } });
    const { seed, faults, departments } = await standing();
    expect(seed).toBe(5);
    expect(faults.map(({ code }) => code)).toEqual(FAULT_CODES);
    expect(departments.map(({ source }) => source)).toEqual([...SOURCES, ...PLATFORMS]);
    expect(departments.find(({ platform }) => platform)).toMatchObject({
      name: { zh: '省级核对平台' },
      items: expect.arrayContaining(['bank', 'tax']) as unknown,
    });
    expect(
      departments.filter(({ profile }) => profile.kind !== 'prompt').map(({ source }) => source),
    ).toEqual(['bank']);
  });

  it('counts what was taken, waits, and went out with which status', async () => {
    await open();
    expect(await bank()).toMatchObject({ taken: 0, refused: 0, pending: 0, delivered: 0, last: [] });
    await town.ask('bank');
    const before = await bank();
    expect(before).toMatchObject({ taken: 1, pending: 1, undelivered: 0, delivered: 0 });
    house.statuses.push(503);
    await town.moveTo(before?.nextDueAt ?? '');
    const after = await bank();
    expect(after).toMatchObject({ taken: 1, pending: 0, delivered: 1, nextDueAt: null });
    expect(after?.last.map(({ status }) => status).toSorted()).toEqual([204, 503]);
  });

  it('tells a letter that nobody would have from one that was delivered', async () => {
    await open({ profiles: { bank: { kind: 'prompt', faults: { wrong_key: 1 } } } });
    await town.ask('bank');
    await town.moveTo(NOW + 2 * HOUR);
    expect(await bank()).toMatchObject({ pending: 0, delivered: 0, givenUp: 1 });
    expect(await letters()).toMatchObject({
      questions: [{ requestId: ASK.bank.requestId, fault: 'wrong_key', attempts: 1 }],
      letters: [{ state: 'given_up', fault: 'wrong_key', deliveries: [{ status: 401 }] }],
    });
  });
});

describe('PUT /departments/{source}/profile', () => {
  it('holds from the next question on', async () => {
    await open();
    await town.ask('bank');
    const response = await town.put('/departments/bank/profile', { kind: 'silent' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ source: 'bank', profile: { kind: 'silent' } });
    await town.ask('bank', { requestId: '0195552e-7a00-7000-8000-0000000000aa' });
    expect(await bank()).toMatchObject({ taken: 2, pending: 1 });
  });

  it.each([
    ['no kind', {}, '/kind'],
    ['an unknown kind', { kind: 'lying' }, '/kind'],
    ['an unknown fault', { kind: 'prompt', faults: { lying: 1 } }, '/faults'],
    ['a rate above 1', { kind: 'prompt', faults: { silence: 2 } }, '/faults/silence'],
    ['rates above 1 together', { kind: 'prompt', faults: { silence: 0.6, namesake: 0.6 } }, '/faults'],
    ['a field nobody reads', { kind: 'prompt', note: '' }, ''],
  ])('refuses %s by place, and changes nothing', async (_, profile, pointer) => {
    await open();
    const response = await town.put('/departments/bank/profile', profile);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const said = (await response.json()) as { code: string; pointer: string };
    expect(said.code).toBe('body_invalid');
    expect(said.pointer.startsWith(pointer)).toBe(true);
    expect(await bank()).toMatchObject({ profile: { kind: 'prompt' } });
  });

  it('knows no other department', async () => {
    await open();
    expect((await town.put('/departments/police/profile', { kind: 'prompt' })).status).toBe(404);
    expect((await town.get('/departments/police/letters')).status).toBe(404);
  });

  it('refuses a long body', async () => {
    await open();
    const profile = { kind: 'prompt', note: 'x'.repeat(20_000) };
    expect((await town.put('/departments/bank/profile', profile)).status).toBe(413);
  });
});

it('shows nobody: neither question nor letter names a person', async () => {
  await open();
  await town.ask('bank');
  await town.moveTo(NOW + 2 * HOUR);
  for (const path of ['/departments', '/departments/bank/letters', '/clock']) {
    const text = await (await town.get(path)).text();
    expect(text).not.toContain(LIN.idNumber);
    expect(text).not.toContain(LIN.name);
  }
});

it('one seed: the same questions meet the same faults, in whatever order they come', async () => {
  const rates = Object.fromEntries(
    ['namesake', 'silence', 'wrong_key', 'year_1900'].map((code) => [code, 0.2]),
  );
  const people = Array.from({ length: 12 }, (_, n) => n);
  const faultsIn = async (order: readonly number[], seed: number): Promise<string[]> => {
    await open({ seed, profiles: { bank: { kind: 'prompt', faults: rates } } });
    for (const n of order) {
      const two = String(n).padStart(2, '0');
      const subject = { ...LIN, idNumber: `4416251970010100${two}` };
      await town.ask('bank', { requestId: `0195552e-7a00-7000-8000-0000000001${two}`, subject });
    }
    const { questions } = await letters();
    await town.stop();
    return questions.map(({ requestId, fault }) => `${requestId} ${fault}`).toSorted();
  };
  const one = await faultsIn(people, 3);
  expect(await faultsIn(people.toReversed(), 3)).toEqual(one);
  expect(await faultsIn(people, 4)).not.toEqual(one);
});

describe('the page', () => {
  it('is Chinese first, and all of it comes from this server', async () => {
    await open();
    const response = await town.get('/');
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).not.toMatch(/https?:\/\/|<script>|<style>| style=| on[a-z]+=/);
    for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]*)"/g))
      expect([path, (await town.get(path ?? '')).status]).toEqual([path, 200]);
  });

  it('lets in no script but its own', async () => {
    await open();
    const policy = (await town.get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('has every word in both languages', async () => {
    await open();
    const html = await (await town.get('/')).text();
    const script = await (await town.get('/words.js')).text();
    const [zh = '', en = ''] = script.split(/^ {2}en: \{$/m);
    for (const [, word = ''] of html.matchAll(/data-text="(\w+)"/g))
      for (const words of [zh, en]) expect(words).toMatch(new RegExp(`^ {4}${word}:`, 'm'));
  });
});

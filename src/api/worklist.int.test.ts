import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { on } from '../../test/support/walk.js';

const ascending = (a: number, b: number): number => a - b;
let api: TestApi;

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly role: string;
  readonly claimed: boolean;
  readonly dueOn: string | null;
}

beforeAll(async () => {
  api = await openTestApi();
  for (let left = 5; left > 0; left -= 1) await api.record.walker.walkTo('submitted');
  await api.record.walker.walkTo('investigating');
});
beforeEach(() => {
  api.now = on('2026-03-05');
});
afterAll(() => api.close());

const list = async (who: string, query: string): Promise<Task[]> =>
  (await api.call(who, 'GET', `/v1/worklist?${query}`)).json['items'] as Task[];
const claim = (who: string, id: string) => api.call(who, 'POST', `/v1/worklist/${id}/claim`);
const putBack = (who: string, id: string) => api.call(who, 'POST', `/v1/worklist/${id}/return`);

describe('the worklist', () => {
  it('shows a unit the tasks of its roles', async () => {
    const tasks = await list('clerk', 'group=unit');
    expect(tasks.length).toBeGreaterThanOrEqual(5);
    expect(new Set(tasks.map(({ role }) => role))).toEqual(new Set(['window_clerk']));
    expect((await list('investigator', 'group=unit')).map(({ role }) => role)).toContain('investigator');
    expect(await list('otherClerk', 'group=unit')).toEqual([]);
  });

  it('moves a task to mine and back', async () => {
    const [task] = await list('clerk', 'group=unit');
    const id = task?.id ?? '';
    expect((await claim('clerk', id)).json).toMatchObject({ id, claimed: true });
    expect((await claim('clerk', id)).status).toBe(200);
    expect((await list('clerk', 'group=mine')).map((each) => each.id)).toEqual([id]);
    expect((await list('clerk', 'group=unit')).map((each) => each.id)).not.toContain(id);
    expect((await putBack('clerk', id)).json).toMatchObject({ id, claimed: false });
    expect(await list('clerk', 'group=mine')).toEqual([]);
  });

  it('gives a task to one of two who want it at once', async () => {
    const second = await api.hire('window_clerk', '441625103');
    const [task] = await list('clerk', 'group=unit');
    const id = task?.id ?? '';
    const answers = await Promise.all([claim('clerk', id), claim(second, id)]);
    expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.json['code']).toBe('task_taken');
    const loser = answers[0]?.status === 409 ? 'clerk' : second;
    expect((await putBack(loser, id)).status).toBe(404);
    await putBack(loser === 'clerk' ? second : 'clerk', id);
  });

  it('does not give it to somebody whose task it is not', async () => {
    const [task] = await list('clerk', 'group=unit');
    const id = task?.id ?? '';
    expect((await claim('strangeClerk', id)).status).toBe(404);
    for (const who of ['auditor', 'supervisor', 'confirmer', 'leader'])
      expect([who, (await claim(who, id)).json['code']]).toEqual([who, 'forbidden']);
    expect((await list('clerk', 'group=unit')).map((each) => each.id)).toContain(id);
    expect((await claim('clerk', randomUUID())).status).toBe(404);
  });

  it('pages in the order of the due day, each task once', async () => {
    const all = await list('clerk', 'group=unit');
    const paged: Task[] = [];
    let cursor = '';
    do {
      const page = await api.call(
        'clerk',
        'GET',
        `/v1/worklist?group=unit&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...(page.json['items'] as Task[]));
      cursor = (page.json['next'] as string | null) ?? '';
      expect(page.headers.get('link') !== null).toBe(cursor !== '');
    } while (cursor);
    expect(paged).toEqual(all);
  });

  it('names what is overdue once its day has passed', async () => {
    const caseNo = await api.record.walker.walkTo('investigating');
    expect(await list('verifier', 'group=overdue')).toEqual([]);
    await api.record.walker.due(caseNo, 'verification_answer');
    api.now = on('2026-06-01');
    const told = await list('verifier', 'group=unit');
    expect(told.map(({ kind }) => kind)).toContain('deadline_passed');
    const overdue = await Promise.all(
      ['clerk', 'investigator', 'verifier', 'leader'].map((who) => list(who, 'group=overdue')),
    );
    expect(overdue.flat().length).toBeGreaterThan(0);
  });

  it('knows its groups', async () => {
    expect((await api.call('clerk', 'GET', '/v1/worklist?group=everything')).status).toBe(422);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readQueryFile, writeAnswersFile, type FileAnswer } from '../src/departments/batch-file.js';
import { fenFromYuan, rfc3339, type Id } from '../src/terms/index.js';
import { openTestApi, type TestApi } from './support/api.js';
import { db09, member } from './support/household.js';
import { on } from './support/walk.js';

const ROWS = 500;
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  const members = ['m1', 'm2', 'm3', 'm4'].map((ref) => member(ref));
  await api.record.walker.walkTo('investigating', db09({ members }));
  api.now = on('2026-03-05');
});
afterAll(() => api.close());

it('five hundred rows are taken in less than two minutes, and again in less, adding nothing', async () => {
  const { bytes } = await api.bytes('banker', '/v1/verification/query-file?source=bank');
  const read = readQueryFile('bank', bytes);
  const questions = read.ok ? read.value.questions : [];
  const answers = Array.from({ length: ROWS }, (_, at): FileAnswer[] => {
    const question = questions[at % questions.length];
    if (!question) return [];
    const { requestId, subject } = question;
    const amountFen = fenFromYuan(String(100 + at));
    return [
      {
        answerId: randomUUID() as Id,
        requestId,
        subject,
        answeredAt: rfc3339(api.now),
        outcome: 'found',
        facts: [{ item: 'deposits', category: 'deposit', amountFen }],
      },
    ];
  }).flat();
  const head = { fileId: randomUUID() as Id, source: 'bank', madeAt: rfc3339(api.now) };
  const content = Buffer.from(writeAnswersFile(head, answers)).toString('base64');
  const handIn = () =>
    api.call('banker', 'POST', '/v1/verification/answers-files', { body: { source: 'bank', content } });
  const started = performance.now();
  expect((await handIn()).json).toMatchObject({ taken: ROWS, known: 0, refused: 0 });
  expect(performance.now() - started).toBeLessThan(120_000);
  expect((await handIn()).json).toMatchObject({ taken: 0, known: ROWS, refused: 0 });
}, 300_000);

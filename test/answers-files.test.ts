import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestsOf } from '../src/casefile/evidence.js';
import {
  readQueryFile,
  writeAnswersFile,
  type BatchQuestion,
  type FileAnswer,
} from '../src/departments/batch-file.js';
import { fenFromYuan, plainDate, rfc3339, type Fen, type Id } from '../src/terms/index.js';
import { openTestApi, type Answer, type TestApi } from './support/api.js';
import { db09, member } from './support/household.js';
import { on } from './support/walk.js';

/** 批量核对: a bank fetches its questions as a file and hands its answers in as one. */
let api: TestApi;
let questions: readonly BatchQuestion[];
let otherSource: string;
const DAY = plainDate('2026-03-05');

beforeAll(async () => {
  api = await openTestApi();
  const household = db09({ members: [member('m1'), member('m2'), member('m3'), member('m4')] });
  const caseNo = await api.record.walker.walkTo('investigating', household);
  api.now = on(DAY);
  questions = await fetched();
  const asked = await api.record.walker.inside(caseNo, DAY, (tx) => requestsOf(tx, caseNo));
  otherSource = asked.find(({ source }) => source !== 'bank')?.id ?? '';
});
beforeEach(() => {
  api.now = on(DAY);
});
afterAll(() => api.close());

async function fetched(who = 'banker', source = 'bank'): Promise<readonly BatchQuestion[]> {
  const file = await api.bytes(who, `/v1/verification/query-file?source=${source}`);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const read = readQueryFile(source, file.bytes);
  if (!read.ok) throw new Error(read.error);
  expect([read.value.complete, read.value.faults]).toEqual([true, []]);
  return read.value.questions;
}
const answerTo = (question: BatchQuestion | undefined, more: Partial<FileAnswer> = {}): FileAnswer => {
  if (!question) throw new Error('no such question');
  const { requestId, subject } = question;
  const answeredAt = rfc3339(on(DAY, 8));
  return {
    answerId: randomUUID() as Id,
    requestId,
    answeredAt,
    subject,
    outcome: 'none',
    facts: [],
    ...more,
  };
};
const fileOf = (answers: readonly FileAnswer[]): Uint8Array =>
  writeAnswersFile({ fileId: randomUUID() as Id, source: 'bank', madeAt: rfc3339(api.now) }, answers);
const handIn = (file: Uint8Array | string, who = 'banker'): Promise<Answer> =>
  api.call(who, 'POST', '/v1/verification/answers-files', {
    body: { source: 'bank', content: Buffer.from(file).toString('base64') },
  });
const stored = async (): Promise<number> =>
  (await api.record.database.admin.sql`SELECT 1 FROM raw_answers WHERE staff_id IS NOT NULL`).length;
const deposits = (yuan: string): FileAnswer['facts'] => [
  { item: 'deposits', category: 'deposit', amountFen: fenFromYuan(yuan) },
];

describe('the query file', () => {
  it('holds what the inbox holds: one’s own source within one’s own county, and no case number', async () => {
    const { json } = await api.call('banker', 'GET', '/v1/verification/inbox?limit=200');
    const listed = (json['items'] as readonly { requestId: string }[]).map(({ requestId }) => requestId);
    expect(questions.map(({ requestId }) => requestId)).toEqual(listed);
    expect(listed).toHaveLength(4);
    expect(await fetched('strangeBanker')).toEqual([]);
    expect(await fetched('banker', 'tax')).toEqual([]);
    const { bytes } = await api.bytes('banker', '/v1/verification/query-file?source=bank');
    expect(Buffer.from(bytes).toString()).not.toContain('AP-');
  });

  it('to fetch it is a look, and on record as one', async () => {
    const looks = await api.record.database.admin
      .sql`SELECT 1 FROM question_looks WHERE what = 'query_file' AND request_id = ${questions[0]?.requestId ?? ''}`;
    expect(looks).toHaveLength(1);
  });

  it.each(['clerk', 'verifier', 'operator'])('is not for %s', async (who) => {
    expect((await api.bytes(who, '/v1/verification/query-file?source=bank')).status).toBe(403);
    expect((await handIn(fileOf([]), who)).status).toBe(403);
  });
});

describe('a file of answers', () => {
  it('good rows are taken, bad ones named by row, column and code; again it adds nothing', async () => {
    const [first, second, third, fourth] = questions;
    const stranger = { idNumber: fourth?.subject.idNumber ?? '', name: '另一人' } as FileAnswer['subject'];
    const file = fileOf([
      answerTo(first, { outcome: 'found', facts: deposits('1200') }),
      answerTo(second),
      answerTo(third, { outcome: 'unable' }),
      answerTo(fourth, { subject: stranger }),
      answerTo(fourth, { requestId: otherSource as Id }),
      answerTo(fourth, { requestId: randomUUID() as Id }),
      answerTo(fourth, { answeredAt: rfc3339(on('2026-03-07')) }),
      answerTo(fourth, { answeredAt: rfc3339(on('2026-02-01')) }),
      answerTo(fourth, {
        outcome: 'found',
        facts: [{ item: 'deposits', category: 'deposit', amountFen: -1 as Fen }],
      }),
    ]);
    const report = await handIn(file);
    expect(report.status).toBe(200);
    expect(report.json).toMatchObject({ complete: true, taken: 3, known: 0, refused: 6 });
    const rows = (report.json['rows'] as readonly Record<string, unknown>[]).map(
      ({ status, column, code }) => [status, column, code],
    );
    expect(rows).toEqual([
      ['taken', null, null],
      ['taken', null, null],
      ['taken', null, null],
      ['refused', 'id_number', 'other_person'],
      ['refused', 'request_id', 'not_found'],
      ['refused', 'request_id', 'not_found'],
      ['refused', 'answered_at', 'answered_in_future'],
      ['refused', 'answered_at', 'answered_before_asked'],
      ['refused', 'amount_fen', 'value'],
    ]);
    expect(report.text).not.toContain(fourth?.subject.idNumber);
    const before = await stored();
    const again = await handIn(file);
    expect(again.json).toMatchObject({ taken: 0, known: 3, refused: 6 });
    expect(await stored()).toBe(before);
  });

  it('one answer id for two different things is refused, also from one file to the next', async () => {
    const [, , , fourth] = questions;
    const said = answerTo(fourth);
    expect((await handIn(fileOf([said]))).json).toMatchObject({ taken: 1 });
    const report = await handIn(fileOf([{ ...said, outcome: 'found', facts: deposits('5') }]));
    expect(report.json['rows']).toMatchObject([
      { status: 'refused', column: 'answer_id', code: 'idempotency_key_reused' },
    ]);
  });

  it('half a file: its whole rows count, and it says so', async () => {
    const [first] = questions;
    const whole = Buffer.from(fileOf([answerTo(first)])).toString();
    const report = await handIn(whole.slice(0, whole.lastIndexOf('end,')));
    expect(report.json).toMatchObject({ complete: false, taken: 1 });
  });

  it.each([
    ['nothing of ours', 'a,b\n1,2\n', 'head'],
    ['one that was changed on its way', 'changed', 'damaged'],
  ])('%s is not read at all', async (_, text, reason) => {
    const file =
      text === 'changed'
        ? Buffer.from(fileOf([answerTo(questions[0])]))
            .toString()
            .replace('none', 'None')
        : text;
    const refused = await handIn(file);
    expect([refused.status, refused.json['pointer'], refused.json['params']]).toEqual([
      422,
      '/content',
      { reason },
    ]);
  });
});

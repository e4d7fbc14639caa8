import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_BATCH_BYTES,
  readAnswersFile,
  readQueryFile,
  writeAnswersFile,
  writeQueryFile,
  type BatchHead,
  type FileAnswer,
} from './batch-file.js';
import { LIN, lookupOf } from './test-support.js';
import type { Id } from '../terms/ids.js';

const HEAD: BatchHead = {
  fileId: '0195552e-7a00-7000-8000-0000000000ff' as Id,
  source: 'bank',
  madeAt: '2026-03-03T09:00:00+08:00',
};
const id = (n: number): Id => `0195552e-7a00-7000-8000-${String(n).padStart(12, '0')}` as Id;
const answerOf = (n: number, changes: Record<string, unknown> = {}): FileAnswer =>
  ({
    answerId: id(1000 + n),
    requestId: id(n),
    answeredAt: '2026-03-03T09:00:00+08:00',
    subject: LIN,
    outcome: 'found',
    facts: [
      { item: 'deposits', category: 'deposit', amountFen: 120_000 },
      { item: 'deposits', category: 'deposit', amountFen: 5, text: '定期, "三年"' },
    ],
    ...changes,
  }) as unknown as FileAnswer;
const none = (n: number): FileAnswer => answerOf(n, { outcome: 'none', facts: [] });
const fileOf = (...answers: FileAnswer[]): string => Buffer.from(writeAnswersFile(HEAD, answers)).toString();

/** Rows are changed before the trailer is made; who cuts it off shows the rows as they are. */
const withoutTrailer = (text: string): string => text.slice(0, text.lastIndexOf('end,'));
function rowsOf(text: string | Uint8Array) {
  const read = readAnswersFile('bank', typeof text === 'string' ? Buffer.from(text) : text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}
const faultOf = (text: string | Uint8Array) => {
  const read = readAnswersFile('bank', typeof text === 'string' ? Buffer.from(text) : text);
  return read.ok ? 'read' : read.error;
};

describe('an answers file', () => {
  it('says what a callback would have said', () => {
    const { complete, head, rows } = rowsOf(fileOf(answerOf(1), none(2)));
    expect({ complete, head }).toEqual({ complete: true, head: HEAD });
    expect(rows).toEqual([
      { kind: 'answer', row: 4, answer: { ...answerOf(1), source: 'bank' } },
      { kind: 'answer', row: 5, answer: { ...none(2), source: 'bank' } },
    ]);
  });

  it('tells "cannot tell" from "nothing found"', () => {
    const { rows } = rowsOf(fileOf(answerOf(1, { outcome: 'unable', facts: [] })));
    expect(rows).toEqual([{ kind: 'unable', row: 3, requestId: id(1), answerId: id(1001) }]);
  });

  it('may begin with a byte order mark, and end without a line break', () => {
    expect(rowsOf(fileOf(none(1)).trimEnd()).complete).toBe(true);
    expect(rowsOf(`\uFEFF${fileOf(none(1))}`)).toMatchObject({ complete: true, rows: [{ kind: 'answer' }] });
  });

  it('recognises rows that are repeated, also of an answer of several rows', () => {
    const answers = [answerOf(1), none(2)];
    const { rows } = rowsOf(fileOf(...answers, ...answers));
    expect(rows.map(({ kind }) => kind)).toEqual(['answer', 'answer', 'repeated', 'repeated', 'repeated']);
  });

  it('takes an answer whose rows are in another order, or apart', () => {
    const lines = withoutTrailer(fileOf(answerOf(1), none(2)))
      .trimEnd()
      .split('\r\n');
    const [head = '', columns = '', a = '', b = '', c = ''] = lines;
    const { rows } = rowsOf([head, columns, b, c, a, ''].join('\r\n'));
    expect(rows.map((each) => [each.kind, each.row])).toEqual([
      ['answer', 4],
      ['answer', 5],
    ]);
    expect(rows[1]).toMatchObject({ answer: { facts: answerOf(1).facts } });
  });

  it('counts every answer whose rows are whole, wherever it was cut off, and says that it is half-written', () => {
    const whole = writeAnswersFile(HEAD, [answerOf(1), none(2), answerOf(3), none(4)]);
    const text = Buffer.from(whole);
    const ends = [...text.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
    fc.assert(
      fc.property(fc.integer({ min: ends[1] ?? 0, max: whole.length - 3 }), (cut) => {
        const { complete, rows } = rowsOf(whole.subarray(0, cut));
        expect(complete).toBe(false);
        const through = ends.filter((end) => end <= cut).length;
        const answered = [4, 5, 7, 8].filter((row) => row <= through);
        expect(rows.filter(({ kind }) => kind === 'answer').map(({ row }) => row)).toEqual(answered);
        const rest = rows.filter(({ kind }) => kind !== 'answer');
        const half = through === 3 || through === 6;
        expect(rest).toEqual(
          half ? [{ kind: 'refused', row: through, column: null, code: 'answer_incomplete' }] : [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['id_number', LIN.idNumber, '44162519700101', 'id_number'],
    ['a number that a spreadsheet rounded', LIN.idNumber, '4.41625E+17', 'id_number'],
    ['amount_fen, negative', '120000', '-120000', 'amount_fen'],
    ['amount_fen, in yuan', '120000', '1200.00', 'amount_fen'],
    ['category', 'deposit,120000', 'wage,120000', 'category'],
    ['item of another source', 'deposits,deposit,120000', 'vehicles,vehicle,120000', 'item'],
    ['outcome', 'found,2,1', 'perhaps,2,1', 'outcome'],
    ['outcome against its facts', 'found,2,1', 'none,2,1', 'facts'],
    ['a fact that is not one of so many', 'found,2,1', 'found,2,3', 'fact'],
    ['request_id', id(1), 'x', 'request_id'],
    ['answered_at', '2026-03-03T09:00:00+08:00\r\n', '3/3/2026\r\n', 'answered_at'],
  ])('refuses %s by row and column, and with it the rest of that answer only', (_, was, is, column) => {
    const text = withoutTrailer(fileOf(answerOf(1), none(2)));
    const head = text.indexOf('answered_at\r\n') + 13;
    const replace = column === 'id_number' || column === 'answered_at' ? 'replaceAll' : 'replace';
    const changed =
      text.slice(0, head) +
      text.slice(head, text.indexOf(id(2)))[replace](was, is) +
      text.slice(text.indexOf(id(2)));
    const { rows } = rowsOf(changed);
    expect(rows).toContainEqual({ kind: 'refused', row: expect.any(Number), column, code: 'value' });
    expect(rows.filter(({ kind }) => kind === 'answer')).toMatchObject([{ row: 5 }]);
    expect(rows.filter(({ kind }) => kind === 'refused').map(({ row }) => row)).toEqual([3, 4]);
  });

  it('refuses a row by its writing, and reads the next', () => {
    const text = withoutTrailer(fileOf(none(1), none(2), none(3)));
    const changed = text.replace(`${id(1)},`, `"${id(1)},`).replace(`${id(2)},`, `${id(2)},x,`);
    expect(rowsOf(changed).rows).toMatchObject([
      { kind: 'refused', row: 3, code: 'quoting', column: null },
      { kind: 'refused', row: 4, code: 'cell_count', column: null },
      { kind: 'answer', row: 5 },
    ]);
  });

  it('does not choose between two things that one answer id says', () => {
    const { rows } = rowsOf(fileOf(none(1), answerOf(1), answerOf(2), answerOf(2, { requestId: id(3) })));
    expect(rows.map((each) => [each.row, each.kind === 'refused' ? each.code : each.kind])).toEqual([
      [3, 'answer'],
      [4, 'answer_differs'],
      [5, 'answer_differs'],
      [7, 'answer'],
      [8, 'answer_differs'],
      [9, 'answer_differs'],
    ]);
  });

  it.each([
    ['another source', (text: string) => text.replace(',bank,', ',tax,'), 'other_source'],
    ['a later version', (text: string) => text.replace('answers,1,', 'answers,2,'), 'version'],
    ['a query file', () => Buffer.from(writeQueryFile(HEAD, [])).toString(), 'head'],
    ['a web page', () => '<!doctype html>\n<p>系统维护中</p>\n', 'head'],
    ['nothing', () => '', 'head'],
    ['other columns', (text: string) => text.replace('id_number,name', 'name,id_number'), 'columns'],
    [
      'a row less than its trailer says',
      (text: string) => text.replace(/\r\n[^\r]*(?=\r\nend)/, ''),
      'damaged',
    ],
    ['a digit changed on the way', (text: string) => text.replace('120000', '120001'), 'damaged'],
    ['rows behind its trailer', (text: string) => `${text}${text.split('\r\n')[2]}\r\n`, 'damaged'],
  ])('is not read at all when it is %s', (_, change, fault) => {
    expect(faultOf(change(fileOf(answerOf(1), none(2))))).toBe(fault);
  });
  it('is not read at all when it is too large', () => {
    expect(faultOf(Buffer.alloc(MAX_BATCH_BYTES + 1))).toBe('too_large');
  });
});

describe('a query file', () => {
  const { callbackUrl: _, ...question } = lookupOf({ subject: { ...LIN, name: '=cmd|林,桂香' } });
  const bytes = writeQueryFile(HEAD, [question, { ...question, requestId: id(2) }]);

  it('is read as it was written', () => {
    const read = readQueryFile('bank', bytes);
    expect(read).toEqual({
      ok: true,
      value: {
        head: HEAD,
        complete: true,
        questions: [question, { ...question, requestId: id(2) }],
        faults: [],
      },
    });
  });
  it('has nothing that a spreadsheet runs', () => {
    expect(Buffer.from(bytes).toString()).toContain(`"'=cmd|林,桂香"`);
  });
  it('names the row and the column that are no question', () => {
    const text = withoutTrailer(Buffer.from(bytes).toString()).replace('deposits', 'vehicles');
    const read = readQueryFile('bank', Buffer.from(text));
    expect(read.ok && read.value.faults).toEqual([{ row: 3, column: 'items', code: 'value' }]);
    expect(read.ok && read.value.questions).toHaveLength(1);
    expect(read.ok && read.value.complete).toBe(false);
  });
});

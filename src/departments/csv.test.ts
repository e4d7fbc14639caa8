import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvRows, MAX_ROW_BYTES } from './csv.js';

const read = (text: string | Uint8Array) => [...csvRows(typeof text === 'string' ? Buffer.from(text) : text)];
const cellsOf = (text: string | Uint8Array) =>
  read(text).map(({ cells }) => (cells.ok ? cells.value : cells.error));

describe('csvRows', () => {
  it.each([
    [
      'plain',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'line feeds alone',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['no line break at the end', 'a,b', [['a', 'b']]],
    ['empty cells', ',,\r\n\r\n', [['', '', ''], ['']]],
    ['quotes, commas and line breaks in quotes', '"a,""b""\r\nc",d\r\n', [['a,"b"\r\nc', 'd']]],
    ['a quote inside a bare cell', 'a"b,c\r\nd\r\n', ['quoting', ['d']]],
    ['text behind a closing quote', '"a"b,c\r\nd\r\n', ['quoting', ['d']]],
    ['a quote that is never closed takes one line with it', '"a,b\r\nc\r\nd\r\n', ['quoting', ['c'], ['d']]],
    ['nothing', '', []],
  ])('%s', (_, text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it('refuses the row that is not UTF-8 and no other', () => {
    const gbk = Buffer.from([0xc1, 0xd6, 0x2c, 0xb9, 0xf0, 0x0a]);
    expect(cellsOf(Buffer.concat([Buffer.from('a\n'), gbk, Buffer.from('林\n')]))).toEqual([
      ['a'],
      'not_utf8',
      ['林'],
    ]);
  });

  it('refuses a row longer than any that means something, and no other', () => {
    expect(cellsOf(`${'x'.repeat(MAX_ROW_BYTES)}\na\n`)).toEqual(['too_long', ['a']]);
    expect(cellsOf(`"${'x\n'.repeat(MAX_ROW_BYTES)}"\na\n`).at(-1)).toEqual(['a']);
  });

  it('says which row was cut off', () => {
    expect(read('a\r\nb').map(({ whole }) => whole)).toEqual([true, false]);
  });

  it('reads what csvLine wrote, whatever stood in the cells', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('a林,"\r\n\t=+-@＝\'\0 \u{20000}')), maxLength: 8 }),
      fc.constantFrom('=1+1', "'=1", "''", '＋1', '"', ',', '\r\n'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        expect(cellsOf(rows.map(csvLine).join(''))).toEqual(rows);
      }),
    );
  });
});

describe('csvLine', () => {
  it.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1"])(
    'writes %j so that no spreadsheet runs it',
    (cell) => {
      expect(csvLine([cell])).toMatch(/^"?'/);
    },
  );
  it('leaves other cells alone', () => {
    expect(csvLine(['林桂香', '44162519700101001X', "O'Brien", ''])).toBe(
      "林桂香,44162519700101001X,O'Brien,\r\n",
    );
  });
});

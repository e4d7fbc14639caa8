import { describe, expect, it } from 'vitest';
import { daysOf, landmarkOf, SPREAD } from './copies.js';
import { copyOf, type TemplateFacts } from './multiply.js';
import { personOf } from './people.js';

const OWN = '01a20b3a-f491-7041-8fd0-06ab17e30d0b';
const facts: TemplateFacts = {
  caseNo: 'AP-441625103-2026-00001',
  township: '01a20b3a-0000-7041-8fd0-000000000001',
  county: '01a20b3a-0000-7041-8fd0-000000000002',
  owned: new Set([OWN]),
};
const column = (name: string, type: string) => ({ table: 'any', name, type });

describe('what a column of a copy holds', () => {
  it.each<[string, string, (string | null)[], RegExp]>([
    ['case_no', 'text', [facts.caseNo], /^k\.case_no$/],
    ['due_on', 'date', ['2026-03-02'], /^t\.due_on \+ k\.days$/],
    ['at', 'timestamp with time zone', ['…'], /interval '1 day'/],
    ['recorded_at', 'timestamp with time zone', ['…'], /^t\.recorded_at$/],
    ['unit_index', 'text', ['abc'], /^md5/],
    ['state', 'text', ['submitted'], /^t\.state$/],
    ['person_id', 'uuid', [OWN, null], /md5\(t\.person_id/],
    ['division_id', 'uuid', [facts.township], /^k\.township$/],
    ['division_id', 'uuid', [facts.township, facts.county], /^CASE .*k\.township.*k\.county/],
    ['staff_id', 'uuid', ['01a20b3a-0000-7041-8fd0-00000000000f'], /^t\.staff_id$/],
    ['ref_id', 'uuid', [null], /^t\.ref_id$/],
  ])('%s %s', (name, type, values, sql) => {
    expect(copyOf(column(name, type), values, facts)).toMatch(sql);
  });
});

describe('a hundred cases', () => {
  it('have the whole spread', () => {
    const counts = new Map<string, number>();
    for (let n = 300; n < 400; n += 1) counts.set(landmarkOf(n), (counts.get(landmarkOf(n)) ?? 0) + 1);
    expect([...counts]).toEqual(SPREAD);
  });

  it('lie on days that differ from those of other hundreds', () => {
    expect([daysOf(99), daysOf(100), daysOf(4_000)]).toEqual([0, 1, 0]);
  });
});

it('nobody has the number of anybody else', () => {
  const numbers = new Set<string>();
  for (let n = 0; n < 20_000; n += 1) for (const place of [1, 2]) numbers.add(personOf(n, place).number);
  expect(numbers.size).toBe(40_000);
});

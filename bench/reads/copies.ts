import type { Sql } from 'postgres';
import type { Landmark } from '../../test/support/walk.js';
import type { Township } from './places.js';

/** How many of a hundred cases stand where. Half have been decided; the others wait for somebody. */
export const SPREAD: readonly (readonly [landmark: Landmark, percent: number])[] = [
  ['submitted', 6],
  ['investigating', 6],
  ['investigated', 8],
  ['preliminary_opinion', 5],
  ['public_notice', 8],
  ['forwarded', 8],
  ['county_reviewed', 7],
  ['in_benefit', 52],
];

/** Which landmark the nth case stands at: every hundred cases have the whole spread. */
export function landmarkOf(nth: number): Landmark {
  let place = nth % 100;
  for (const [landmark, percent] of SPREAD) {
    if (place < percent) return landmark;
    place -= percent;
  }
  throw new Error('the spread is not a hundred');
}

/** Days by which the nth case lies later than its template. */
export const daysOf = (nth: number): number => Math.floor(nth / 100) % 40;

/** A table of what becomes of each copy; rows are made from it by INSERT … SELECT. */
export async function planCopies(
  sql: Sql,
  templates: ReadonlyMap<Landmark, string>,
  townships: readonly Township[],
  count: number,
): Promise<void> {
  await sql`CREATE UNLOGGED TABLE copies (template text, n integer, case_no text, township uuid, county uuid, code text, days integer)`;
  const made = new Map<string, number>();
  const rows = Array.from({ length: count }, (_, n) => {
    const town = townships[Math.floor(n / 100) % townships.length];
    if (!town) throw new Error('no townships');
    const number = (made.get(town.code) ?? 0) + 1;
    made.set(town.code, number);
    return {
      template: templates.get(landmarkOf(n)) ?? '',
      n,
      case_no: `AP-${town.code}-2026-${String(number).padStart(5, '0')}`,
      township: town.id,
      county: town.countyId,
      code: town.code,
      days: daysOf(n),
    };
  });
  for (let at = 0; at < rows.length; at += 5_000)
    await sql`INSERT INTO copies ${sql(rows.slice(at, at + 5_000))}`;
  await sql`CREATE INDEX ON copies (template)`;
  await sql`ANALYZE copies`;
}

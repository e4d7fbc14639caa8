import type { Sql } from 'postgres';
import { newId } from '../../src/casefile/record.js';
import type { Role } from '../../src/terms/index.js';
import type { Town } from '../../test/support/town.js';

export interface Township {
  readonly id: string;
  /** Nine digits. */
  readonly code: string;
  readonly countyId: string;
}

export interface Country {
  readonly townships: readonly Township[];
  /** Subjects of tokens: a clerk of each township, an examiner of each county. */
  readonly clerks: readonly string[];
  readonly examiners: readonly string[];
}

const COUNTIES = 5;
const TOWNSHIPS = 12;
const FROM = '2020-01-01';

/** Counties with townships beside the town of the templates, and people at their desks. */
export async function seedCountry(sql: Sql, town: Town): Promise<Country> {
  const prefecture = town.divisions['4416'] ?? null;
  const division = async (code: string, level: string, parent: string | null): Promise<string> => {
    const id = newId();
    await sql`INSERT INTO divisions (id, code, name, level, parent_id, valid_from) VALUES (${id}, ${code}, ${code}, ${level}, ${parent}, ${FROM})`;
    return id;
  };
  const person = async (subject: string, role: Role, divisionId: string): Promise<string> => {
    const id = newId();
    await sql`INSERT INTO staff (id, subject, name, division_id) VALUES (${id}, ${subject}, ${subject}, ${divisionId})`;
    await sql`INSERT INTO role_grants (id, staff_id, role, division_id, valid_from) VALUES (${newId()}, ${id}, ${role}, ${divisionId}, ${FROM})`;
    return subject;
  };
  const townships: Township[] = [];
  const clerks: string[] = [];
  const examiners: string[] = [];
  for (let county = 0; county < COUNTIES; county += 1) {
    const code = `4416${40 + county}`;
    const countyId = await division(code, 'county', prefecture);
    examiners.push(await person(`examiner-${code}`, 'county_examiner', countyId));
    for (let nth = 0; nth < TOWNSHIPS; nth += 1) {
      const townCode = `${code}${100 + nth}`;
      const id = await division(townCode, 'township', countyId);
      townships.push({ id, code: townCode, countyId });
      clerks.push(await person(`clerk-${townCode}`, 'window_clerk', id));
    }
  }
  return { townships, clerks, examiners };
}

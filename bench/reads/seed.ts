import type { Landmark } from '../../test/support/walk.js';
import type { TestRecord } from '../../test/support/record.js';
import { household } from '../decision/cases.js';
import { progress } from '../servers.js';
import { planCopies, SPREAD } from './copies.js';
import { caseColumns, multiply, ownedIds } from './multiply.js';
import { copyPeople } from './people.js';
import { seedCountry, type Country } from './places.js';

/**
 * A country with `count` cases. One household is walked to each landmark as the desk would take it; the rest are copies of
 * those rows with ids, places, days and people of their own, written by the administrator with triggers off.
 */
export async function seedCases({ database, town, walker }: TestRecord, count: number): Promise<Country> {
  const admin = database.admin.sql;
  const country = await seedCountry(admin, town);
  const templates = new Map<Landmark, string>();
  for (const [at, [landmark]] of SPREAD.entries())
    templates.set(landmark, await walker.walkTo(landmark, household(at)));
  await planCopies(admin, templates, country.townships, count);
  const tables = await caseColumns(admin);
  const connection = await admin.reserve();
  try {
    await connection`SET session_replication_role = replica`;
    for (const [landmark, caseNo] of templates) {
      const facts = {
        caseNo,
        township: town.divisions['441625103'] ?? '',
        county: town.divisions['441625'] ?? '',
        owned: await ownedIds(admin, tables, caseNo),
      };
      await multiply(connection, tables, facts);
      await copyPeople(connection, database.casefile.vault, caseNo);
      progress(`copied the case that is ${landmark}`);
    }
    await connection`SET session_replication_role = origin`;
  } finally {
    connection.release();
  }
  await admin`VACUUM (ANALYZE)`;
  return country;
}

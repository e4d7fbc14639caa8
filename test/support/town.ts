import type { Database } from '../../src/casefile/db.js';
import { newId } from '../../src/casefile/record.js';
import { divisions, divisionSuccessions, roleGrants, staff } from '../../src/casefile/schema/index.js';
import { plainDate, type Role } from '../../src/terms/index.js';

const FROM = plainDate('2020-01-01');

const PLACES = [
  ['44', '广东省', 'province', null],
  ['4416', '河源市', 'prefecture', '44'],
  ['441625', '东源县', 'county', '4416'],
  ['441625103', '灯塔镇', 'township', '441625'],
  ['441625103201', '灯塔村', 'village', '441625103'],
  ['441625104', '骆湖镇', 'township', '441625'],
  ['441625104201', '骆湖村', 'village', '441625104'],
  ['441621', '紫金县', 'county', '4416'],
  ['441621100', '紫城镇', 'township', '441621'],
  ['441621100201', '紫城村', 'village', '441621100'],
] as const;

const PEOPLE = {
  clerk: [['window_clerk', '441625103']],
  investigator: [['investigator', '441625103']],
  secondInvestigator: [['investigator', '441625103']],
  assistant: [['village_assistant', '441625103']],
  leader: [['township_leader', '441625103']],
  secondLeader: [['township_leader', '441625103']],
  verifier: [['verification_officer', '441625']],
  banker: [['department_verifier', '441625']],
  strangeBanker: [['department_verifier', '441621']],
  examiner: [['county_examiner', '441625']],
  confirmer: [['county_confirmer', '441625']],
  secondConfirmer: [['county_confirmer', '441625']],
  supervisor: [['supervisor', '4416']],
  countySupervisor: [['supervisor', '441625']],
  auditor: [['auditor', '4416']],
  operator: [['operator', '441625']],
  otherClerk: [['window_clerk', '441625104']],
  strangeClerk: [['window_clerk', '441621100']],
  strangeInvestigator: [['investigator', '441621100']],
  strangeSecondInvestigator: [['investigator', '441621100']],
  strangeLeader: [['township_leader', '441621100']],
  strangeExaminer: [['county_examiner', '441621']],
  strangeConfirmer: [['county_confirmer', '441621']],
} as const satisfies Record<string, readonly (readonly [Role, string])[]>;

/** Verifiers of a test answer for the bank. */
export const sourceFor = (role: Role): { source?: string } =>
  role === 'department_verifier' ? { source: 'bank' } : {};

export type Person = keyof typeof PEOPLE;

export interface Town {
  readonly divisions: Readonly<Record<string, string>>;
  /** Staff ids. */
  readonly staff: Readonly<Record<Person, string>>;
}

/** Two townships of one county, a township of another, and the people at their desks. Written as the administrator. */
export async function seedTown(admin: Database): Promise<Town> {
  const ids: Record<string, string> = {};
  for (const [code, name, level, parent] of PLACES) {
    const id = newId();
    await admin.db.insert(divisions).values({
      id,
      code,
      name,
      level,
      parentId: parent === null ? null : idOf(ids, parent),
      validFrom: FROM,
    });
    ids[code] = id;
  }
  const people = Object.entries(PEOPLE) as [Person, readonly (readonly [Role, string])[]][];
  const staffIds = await Promise.all(
    people.map(async ([person, grants]): Promise<[Person, string]> => {
      const id = newId();
      await admin.db
        .insert(staff)
        .values({ id, subject: person, name: person, divisionId: idOf(ids, grants[0]?.[1] ?? '44') });
      for (const [role, code] of grants)
        await admin.db.insert(roleGrants).values({
          id: newId(),
          staffId: id,
          role,
          divisionId: idOf(ids, code),
          validFrom: FROM,
          ...sourceFor(role),
        });
      return [person, id];
    }),
  );
  return { divisions: ids, staff: Object.fromEntries(staffIds) as Record<Person, string> };
}

/** One township becomes part of another on a day. */
export async function mergeTownship(
  admin: Database,
  town: Town,
  merge: { from: string; into: string; on: string },
): Promise<void> {
  await admin.db.insert(divisionSuccessions).values({
    id: newId(),
    fromDivisionId: idOf(town.divisions, merge.from),
    toDivisionId: idOf(town.divisions, merge.into),
    onDate: plainDate(merge.on),
  });
}

function idOf(ids: Readonly<Record<string, string>>, code: string): string {
  const id = ids[code];
  if (!id) throw new Error(`no division ${code}`);
  return id;
}

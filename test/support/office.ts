import { expect } from 'vitest';
import type { Database } from '../../src/casefile/db.js';
import { storeDocument } from '../../src/casefile/documents.js';
import { requestsOf } from '../../src/casefile/evidence.js';
import { openPersons } from '../../src/casefile/persons.js';
import { newId } from '../../src/casefile/record.js';
import { roleGrants, staff } from '../../src/casefile/schema/index.js';
import type { Fact } from '../../src/departments/contract.js';
import {
  fenFromYuan,
  plainDate,
  ROLES,
  type ApplicationBodies,
  type CaseNo,
  type Month,
} from '../../src/terms/index.js';
import type { Person, Town } from './town.js';
import { on, type Walker } from './walk.js';

type Kind = Exclude<keyof ApplicationBodies, 'submit'>;
export const AGREED = { reasonCode: 'agreed' } as const;
export const AT_COUNTY = ['confirm', 'refuse', 'return_file'] as const;
export const IN_TOWNSHIP = ['confirm_delegated', 'refuse_delegated', 'return_file'] as const;
type Decision = (typeof AT_COUNTY)[number] | (typeof IN_TOWNSHIP)[number];
const DECISIONS: readonly Decision[] = [...new Set([...AT_COUNTY, ...IN_TOWNSHIP])];
const COUNTY = '441625';

/** Gives somebody every role there is, anywhere in the county. */
export async function grantAll(admin: Database, town: Town, person: Person): Promise<void> {
  await admin.db.insert(roleGrants).values(
    // Who only answers for a department does nothing within a case.
    ROLES.filter((role) => role !== 'department_verifier').map((role) => ({
      id: newId(),
      staffId: town.staff[person],
      role,
      divisionId: town.divisions[COUNTY] ?? '',
      validFrom: plainDate('2020-01-01'),
    })),
  );
}

/** Hires somebody new who may do anything anywhere in the county. */
async function hireInto(admin: Database, town: Town, name: string): Promise<Person> {
  const id = newId();
  // A person of the town is known by subject; whoever is hired here is one more of them.
  const subject = `${name} ${id}` as Person;
  await admin.db.insert(staff).values({ id, subject, name, divisionId: town.divisions[COUNTY] ?? '' });
  (town.staff as Record<Person, string>)[subject] = id;
  await grantAll(admin, town, subject);
  return subject;
}

export type Office = ReturnType<typeof openOffice>;

/** One case in which every act is done by somebody of its own, and everybody who has touched it so far. */
export function openOffice(admin: Database, walker: Walker) {
  const { town } = walker;
  const touched = new Map<string, Person>([['submit', 'clerk']]);
  const hire = (name: string) => hireInto(admin, town, name);

  /** @returns the staff id of somebody new who is named in an act of others */
  async function named(name: string): Promise<string> {
    const who = await hire(name);
    touched.set(name, who);
    return town.staff[who];
  }

  /** Somebody new acts, and must be let. `as` tells two acts of one kind apart. */
  async function act<K extends Kind>(
    caseNo: CaseNo,
    kind: K,
    body: Omit<ApplicationBodies[K], 'occurredOn'>,
    day: string,
    as: string = kind,
  ): Promise<void> {
    const who = await hire(as);
    const { status, outcome } = await walker.act(who, caseNo, kind, body, on(day));
    expect(status, `${kind}: ${JSON.stringify(outcome)}`).toBe('applied');
    touched.set(as, who);
  }

  /** Two who are named for it go to see the household; a third enters it. */
  async function visit(
    caseNo: CaseNo,
    day: string,
    kind: 'record_visit' | 'record_county_visit' = 'record_visit',
    as: string = kind,
  ): Promise<void> {
    const [householdSignatory] = await people(caseNo);
    const body = {
      method: 'home_visit',
      investigators: [await named(`${as}: first`), await named(`${as}: second`)],
      householdSignatory,
      propertyWithinLimits: 'yes',
      findings: '砖木结构平房两间。',
    } as const;
    await act(caseNo, kind, body, day, as);
  }

  /** @returns the members, the applicant first */
  const people = async (caseNo: CaseNo): Promise<string[]> =>
    (await walker.inside(caseNo, '2026-03-02', (tx) => openPersons(tx, caseNo))).map(({ id }) => id);

  /** @returns the document that somebody new took in */
  async function paper(caseNo: CaseNo, day: string, as: string): Promise<string> {
    const who = await hire(as);
    touched.set(as, who);
    const { id } = await walker.as(who, day, (tx) =>
      storeDocument(tx, {
        caseNo,
        kind: 'proof',
        bytes: Buffer.from('证明材料'),
        occurredOn: plainDate(day),
        at: on(day),
      }),
    );
    return id;
  }

  /** The insurance may know of a wage; and one question may stay open until its time is over. */
  async function departmentsAnswer(
    caseNo: CaseNo,
    day: string,
    how: { wageYuan?: string; oneIsSilent?: true } = {},
  ): Promise<void> {
    await walker.due(caseNo, 'begin_investigation', on(day, 10));
    await walker.ask(caseNo, on(day));
    const asked = await walker.inside(caseNo, day, (tx) => requestsOf(tx, caseNo));
    const wage: Fact = {
      item: 'contributions',
      category: 'wage',
      amountFen: fenFromYuan(how.wageYuan ?? '0'),
      periodFrom: '2025-03' as Month,
      periodTo: '2026-02' as Month,
    };
    const insured = how.wageYuan && asked.find(({ source }) => source === 'social_insurance');
    for (const request of how.oneIsSilent ? asked.slice(1) : asked)
      await walker.answer(caseNo, request, request === insured ? [wage] : [], on(day));
    if (how.oneIsSilent) await walker.due(caseNo, 'verification_answer');
  }

  /** Everybody who touched the case tries every decision: barred from the open ones, and the others are not open. */
  async function everybodyTries(caseNo: CaseNo, day: string, open: readonly Decision[]): Promise<void> {
    const heard: string[] = [];
    for (const [name, who] of touched)
      for (const kind of DECISIONS) {
        const { outcome } = await walker.act(who, caseNo, kind, AGREED, on(day));
        const expected = open.includes(kind) ? 'contributor_barred' : 'not_allowed_now';
        if (outcome?.code !== expected) heard.push(`${name} tries ${kind}: ${JSON.stringify(outcome)}`);
      }
    expect(heard).toEqual([]);
  }
  return { touched, hire, act, visit, people, paper, departmentsAnswer, everybodyTries };
}

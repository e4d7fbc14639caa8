import { readFile } from 'node:fs/promises';
import { desc, eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { drive } from '../../demo/driver.js';
import { readHousehold, type Household } from '../../demo/household.js';
import { openLine } from '../../demo/http.js';
import type { People } from '../../demo/people.js';
import { openSession } from '../../demo/session.js';
import type { Registers } from '../../src/departments/simulator/files.js';
import { answerFacts, opinions, tasks } from '../../src/casefile/schema/index.js';
import { runVerify } from '../../src/stack/verify.js';
import { instant } from '../../src/terms/index.js';
import { openHouse, type TestHouse } from '../support/house.js';
import type { Person } from '../support/town.js';
import { on } from '../support/walk.js';

/** The examples that need difficult departments, driven by the demo's own hands through a house of the tests. */
const AT_THE_DESK: Readonly<Record<string, Person>> = {
  'clerk-1': 'clerk',
  window_clerk: 'clerk',
  investigator: 'investigator',
  second_investigator: 'secondInvestigator',
  township_leader: 'leader',
  verification_officer: 'verifier',
  county_examiner: 'examiner',
  county_confirmer: 'confirmer',
};

function peopleOf(house: TestHouse): People {
  const subjectFor = (name: string): Person => {
    const person = AT_THE_DESK[name];
    if (!person) throw new Error(`nobody is ${name}`);
    return person;
  };
  return {
    subjectFor,
    find: async (name) => {
      const subject = subjectFor(name);
      const line = openLine(house.apiUrl, await house.token(subject), new AbortController().signal);
      return { subject, staffId: house.town.staff[subject], name: subject, line };
    },
  };
}

let house: TestHouse;
afterEach(() => house.close());

async function carried(name: string) {
  const path = new URL(`../../examples/${name}.json`, import.meta.url).pathname;
  const household: Household = await readHousehold(path);
  const { registers } = JSON.parse(await readFile(path, 'utf8')) as { registers: Registers };
  house = await openHouse();
  await house.register(registers, 'replace');
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const people = peopleOf(house);
  const stack = {
    apiUrl: house.apiUrl,
    departmentsUrl: '',
    signal: new AbortController().signal,
    json: () => Promise.reject(new Error('there is no program here')),
    lines: () => Promise.reject(new Error('there is no program here')),
    advanceTo: async (day: string) => void (await house.advance(on(day))),
    stop: () => Promise.resolve(),
  };
  const session = await openSession({ stack, people, household, say, submit: { as: 'window_clerk' } });
  await house.quiet();
  const view = await drive({ session, events: household.events ?? [], say });
  const { checks } = await runVerify({
    reader: house.database.reader,
    temporal: null,
    rulebook: house.rulebook,
    logFiles: [],
    now: await house.time.now(),
    realNow: instant(Date.now()),
    patience: { unsealedMs: 600_000 },
  });
  const { db } = house.database.admin;
  return { view, said, db, broken: checks.flatMap(({ findings }) => findings) };
}

const byDiffering = (a: object, b: object): number =>
  String(Reflect.get(a, 'differs')).localeCompare(String(Reflect.get(b, 'differs')));

describe('examples/namesake.json', () => {
  it('keeps what was said of others, shows it to a person, and decides as if it had never come', async () => {
    const { view, db, broken } = await carried('namesake');
    expect(view).toMatchObject({ outcome: 'confirmed', decision: { monthlyBenefitFen: 6_000 } });
    const { m2: spouse, m3: child } = view.persons;
    expect(view.comparison.unused.toSorted(byDiffering)).toMatchObject([
      { source: 'bank', personId: spouse, verdict: 'wrong_person', differs: 'id_number' },
      { source: 'tax', personId: child, verdict: 'wrong_person', differs: 'name' },
    ]);
    const told = await db
      .select({ params: tasks.params })
      .from(tasks)
      .where(eq(tasks.kind, 'answer_unusable'));
    expect(told.map(({ params }) => params).toSorted(byDiffering)).toEqual([
      { source: 'bank', verdict: 'wrong_person', personId: spouse, differs: 'id_number' },
      { source: 'tax', verdict: 'wrong_person', personId: child, differs: 'name' },
    ]);
    const entered = await db.select({ category: answerFacts.category }).from(answerFacts);
    expect(entered).toEqual([{ category: 'transfer_net' }]);
    expect(broken).toEqual([]);
  }, 120_000);
});
describe('examples/correction-after-opinion.json', () => {
  it('posts nothing on a stale opinion: a person confirms, the opinion is formed anew, the decision is right', async () => {
    const { view, said, db, broken } = await carried('correction-after-opinion');
    expect(said.join('\n')).toMatch(
      /post_notice {2}→ 412 opinion_stale[^]*adopt[^]*form_opinion[^]*post_notice/,
    );
    const formed = await db
      .select({ version: opinions.version, fen: opinions.monthlyBenefitFen })
      .from(opinions)
      .where(eq(opinions.level, 'township'))
      .orderBy(desc(opinions.version));
    expect(formed).toEqual([
      { version: 2, fen: 8_000 },
      { version: 1, fen: 6_000 },
    ]);
    expect(view).toMatchObject({ outcome: 'confirmed', decision: { monthlyBenefitFen: 8_000 } });
    const line = view.comparison.lines.find(({ standing }) => standing === 'corrected');
    expect(line).toMatchObject({
      open: false,
      adopted: [{ amountFen: 24_000, staffName: 'verifier', reasonCode: 'register_complete' }],
    });
    expect(line?.options.find(({ origin }) => origin === 'declared')?.effectFenPerMonth).toBe(-2_000);
    // A corrected answer does not look to the verifier like evidence that moved after the decision.
    expect(broken).toEqual([]);
  }, 120_000);
});

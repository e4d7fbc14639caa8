import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reusableAnswers } from '../src/casefile/earlier-reports.js';
import { answeredOf, requestsOf, type RequestStanding } from '../src/casefile/evidence.js';
import { linksOf } from '../src/casefile/person-links.js';
import { openPersons } from '../src/casefile/persons.js';
import { fenFromYuan, type CaseNo, type MemberEntry, type Month } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/**
 * What an earlier report answers is not asked again: for the same purpose, within its days, about the same person, for
 * all that is asked, on signatures that stand (LAW-2026 art. 42; 28 of the security list). Everything else is asked anew.
 * One household was verified; each of its members applies again elsewhere in the county, under a condition of their own.
 */
const SOURCES = ['household_register', 'social_insurance', 'bank'];
const REUSED = { household_register: 'reused', social_insurance: 'reused', bank: 'reused' };
const ASKED = { household_register: 'asked', social_insurance: 'asked', bank: 'asked' };

const NAMES = [
  'plain',
  'withdrew',
  'corrected',
  'silent',
  'apart',
  'renamed',
  'wider',
  'late',
  'over',
  'narrow',
  'strange',
];
type Who = (typeof NAMES)[number];
const people = Object.fromEntries(
  NAMES.map((name, at) => [name, member(`m${at + 1}`, { name: `赵${name}` })]),
) as Readonly<Record<Who, MemberEntry>>;
const someone = (who: Who): MemberEntry => people[who] ?? member('m1');

let record: TestRecord;
let there: CaseNo;
beforeAll(async () => {
  record = await openTestRecord();
  const { walker } = record;
  const household = db09({ members: Object.values(people) });
  there = await walker.submit({ ...household, declared: [] });
  await applied(walker.act('clerk', there, 'accept', { nearRelatives: [] }, on('2026-03-03')));
  await walker.due(there, 'begin_investigation', on('2026-03-03', 10));
  await walker.ask(there, on('2026-03-04'));
  for (const request of await requests(there)) {
    if (request.personId === (await idOf(there, 'silent'))) continue;
    const deposit = { item: 'deposits', category: 'deposit', amountFen: fenFromYuan('800') };
    await walker.answer(there, request, request.source === 'bank' ? [deposit] : [], on('2026-03-05'));
  }
  await walker.due(there, 'verification_answer');
  const insured = (await about(there, 'corrected')).find(({ source }) => source === 'social_insurance');
  if (!insured) throw new Error('nobody was asked');
  const wage = {
    item: 'contributions',
    category: 'wage',
    amountFen: fenFromYuan('9000'),
    periodFrom: '2025-03' as Month,
    periodTo: '2026-02' as Month,
  };
  await walker.answer(there, insured, [wage], on('2026-03-12'));
  await applied(
    walker.act(
      'clerk',
      there,
      'record_consents',
      { consents: [], refusals: [], withdrawals: [{ person: await idOf(there, 'withdrew') }] },
      on('2026-03-12'),
    ),
  );
}, 60_000);
afterAll(() => record.database.drop());

const inside = <T>(caseNo: string, work: Parameters<TestRecord['walker']['inside']>[2]) =>
  record.walker.inside(caseNo, '2026-03-16', work) as Promise<T>;
const requests = (caseNo: string) => inside<RequestStanding[]>(caseNo, (tx) => requestsOf(tx, caseNo));
const idOf = async (caseNo: string, who: Who): Promise<string> => {
  const known = await inside<{ id: string; name: string }[]>(caseNo, (tx) => openPersons(tx, caseNo));
  return known.find(({ name }) => name === `赵${who}`)?.id ?? '';
};
const about = async (caseNo: string, who: Who) => {
  const person = await idOf(caseNo, who);
  return (await requests(caseNo)).filter(({ personId }) => personId === person);
};

/** Somebody of the household applies alone in the other township. @returns the case, when it begins to investigate */
async function applyAgain(
  who: Who,
  { day = '2026-03-16', textVersion = '2026-01', sources = SOURCES, as = someone(who) } = {},
): Promise<CaseNo> {
  const { walker } = record;
  const body = db09({ members: [{ ...as, ref: 'm1', reasonCode: 'applicant' }], township: '441625104' });
  const here = await walker.submit(
    {
      ...body,
      declared: [],
      consents: body.consents.map((each) => ({ ...each, textVersion, sources })),
    },
    on(day, 8),
  );
  await applied(walker.act('otherClerk', here, 'accept', { nearRelatives: [] }, on(day)));
  await walker.due(here, 'begin_investigation', on(day, 10));
  return here;
}

/** What became of each question as soon as it was opened. */
const cameTo = async (caseNo: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await requests(caseNo)).map(({ source, outcome, origin }) => [
      source,
      outcome === null ? 'asked' : origin?.kind === 'reused_report' ? 'reused' : 'settled',
    ]),
  );

describe('a valid report of the county', () => {
  let here: CaseNo;
  beforeAll(async () => {
    here = await applyAgain('plain');
  });

  it('answers instead of the departments: nothing leaves, and each answer says where it comes from', async () => {
    expect(await cameTo(here)).toEqual(REUSED);
    const [report] = await record.database.admin.sql<{ content_hash: string; version: number }[]>`
      SELECT content_hash, version FROM verification_reports WHERE case_no = ${there} ORDER BY version LIMIT 1`;
    for (const { origin } of await requests(here))
      expect(origin).toMatchObject({
        purpose: 'dibao_means_verification',
        fromCaseNo: there,
        fromVersion: report?.version,
        fromHash: report?.content_hash,
        valuedOn: '2026-03-03',
      });
    expect(
      await record.database.admin.sql`SELECT 1 FROM lookup_attempts WHERE case_no = ${here}`,
    ).toHaveLength(0);
    const stated = await inside<{ source: string; amountFen: number }[]>(here, (tx) => answeredOf(tx, here));
    expect(stated.map(({ source, amountFen }) => [source, amountFen])).toEqual([
      ['bank', fenFromYuan('800')],
    ]);
  });

  it('is told to the house alone, and only while it acts for the case that asks', async () => {
    const asked = { caseNo: here, personId: await idOf(here, 'plain'), source: 'bank' };
    const told = (tx: Parameters<typeof reusableAnswers>[0]) => reusableAnswers(tx, asked);
    const { walker } = record;
    expect(await walker.inside(here, '2026-03-16', told)).toHaveLength(1);
    expect(await walker.inside(there, '2026-03-16', told)).toEqual([]);
    expect(await walker.as('verifier', '2026-03-16', told)).toEqual([]);
  });

  it('is named in the chain of the case that rests on it, once for each question', async () => {
    const events = await record.database.admin.sql<{ source: string; article: string }[]>`
      SELECT params ->> 'source' AS source, article FROM audit_events WHERE chain = ${here} AND code = 'report_reused' ORDER BY 1`;
    expect(events.map(({ source }) => source)).toEqual(SOURCES.toSorted());
    expect(new Set(events.map(({ article }) => article))).toEqual(new Set(['LAW-2026 art. 42']));
  });

  it('ends what waited for departments, and makes a report that is valid no longer than itself', async () => {
    const clocks = await record.database.admin.sql<{ code: string; done_on: string }[]>`
      SELECT code, done_on::text FROM clocks WHERE case_no = ${here} AND code IN ('verification_start', 'verification_answer') ORDER BY 1`;
    expect(clocks.map(({ code, done_on }) => [code, done_on])).toEqual([
      ['verification_answer', '2026-03-16'],
      ['verification_start', '2026-03-16'],
    ]);
    const tasks = await record.database.admin.sql<{ kind: string }[]>`
      SELECT kind FROM tasks WHERE case_no = ${here} AND done_at IS NULL`;
    expect(tasks.map(({ kind }) => kind)).not.toContain('await_departments');
    const valid = (caseNo: string) => record.database.admin.sql<{ valid_to: string }[]>`
      SELECT valid_to::text FROM verification_reports WHERE case_no = ${caseNo} ORDER BY version LIMIT 1`;
    const [[theirs], [mine]] = await Promise.all([valid(there), valid(here)]);
    expect(mine?.valid_to).toBe(theirs?.valid_to);
  });
});

describe('asked anew', () => {
  it.each<[string, Who, Parameters<typeof applyAgain>[1], Record<string, string>]>([
    ['after the signature was taken back there', 'withdrew', {}, ASKED],
    ['what the department has corrected since', 'corrected', {}, { ...REUSED, social_insurance: 'asked' }],
    ['what was met with silence', 'silent', {}, ASKED],
    ['where the name is another', 'renamed', { as: { ...someone('renamed'), name: '钱七' } }, ASKED],
    [
      'where more is asked than was answered',
      'wider',
      { textVersion: '2026-02' },
      { ...REUSED, household_register: 'asked' },
    ],
  ])('%s', async (_, who, how, expected) => {
    expect(await cameTo(await applyAgain(who, how))).toEqual(expected);
  });

  it('nobody is, and nothing is reused, of a source that this signature does not name', async () => {
    expect(await cameTo(await applyAgain('narrow', { sources: ['bank'] }))).toEqual({ bank: 'reused' });
  });

  it('one day after the report ran out, and not on its last day', async () => {
    const [report] = await record.database.admin.sql<{ last: string; after: string }[]>`
      SELECT valid_to::text AS last, (valid_to + 1)::text AS after FROM verification_reports WHERE case_no = ${there} ORDER BY version LIMIT 1`;
    expect(await cameTo(await applyAgain('late', { day: report?.last ?? '' }))).toEqual(REUSED);
    expect(await cameTo(await applyAgain('over', { day: report?.after ?? '' }))).toEqual(ASKED);
  });

  it.each([
    [
      'in another county',
      [
        `UPDATE case_state SET working_division_id = (SELECT id FROM divisions WHERE code = '441621100') WHERE case_no = $there`,
      ],
    ],
    [
      'for another purpose, whichever it is',
      ['consents', 'department_requests', 'verification_reports'].map(
        (table) =>
          `UPDATE ${table} SET purpose = 'temporary_assistance_means_verification' WHERE case_no = $there`,
      ),
    ],
    ['where the number is in dispute', [`UPDATE persons SET id_status = 'disputed' WHERE case_no = $there`]],
    [
      'while an answer to that question lies unread',
      [
        `INSERT INTO raw_answers SELECT gen_random_uuid(), source, webhook_id || ' again', case_no, request_id, key_id, body, salt, content_hash, received_at, now() FROM raw_answers WHERE case_no = $there`,
      ],
    ],
  ])('what was learned %s', async (_, statements) => {
    const planted = statements.map((each) => each.replaceAll('$there', `'${there}'`));
    // The same household, which would be reused otherwise: what is planted is taken back, with all that came after.
    const came = await record.tamper(planted, async () => cameTo(await applyAgain('strange')));
    expect(came).toEqual(ASKED);
  });

  it('where a person found that the two are not one', async () => {
    const { walker } = record;
    const again = { ...someone('apart'), ref: 'm1', reasonCode: 'applicant' } as const;
    const first = await walker.submit(
      { ...db09({ members: [again], township: '441625104' }), declared: [] },
      on('2026-03-16', 7),
    );
    const links = await inside<{ id: string; otherCaseNo: string }[]>(there, (tx) => linksOf(tx, there));
    const link = links.find(({ otherCaseNo }) => otherCaseNo === first);
    const told = { id: link?.id ?? '', verdict: 'different_persons' } as const;
    await applied(
      walker.act(
        'verifier',
        there,
        'adopt',
        { adoptions: [{ link: told, reasonCode: 'another_card' }] },
        on('2026-03-16', 8),
      ),
    );
    await applied(walker.act('otherClerk', first, 'accept', { nearRelatives: [] }, on('2026-03-16')));
    await walker.due(first, 'begin_investigation', on('2026-03-16', 10));
    expect(await cameTo(first)).toEqual(ASKED);
  });
});

describe('a question that a person wants put anew', () => {
  it('leaves the house although a report answers; until it is answered nothing rests on the report', async () => {
    const { walker } = record;
    const [here = ''] = await casesOf('plain');
    const bank = (await requests(here)).find(({ source }) => source === 'bank');
    if (!bank) throw new Error('no bank was asked');
    const afresh = { requests: [bank.id], reasonCode: 'circumstances_changed' } as const;
    const day = on('2026-03-17');
    await applied(walker.act('verifier', here as CaseNo, 'ask_afresh', afresh, day));
    await walker.due(here, 'ask_again', day);
    const asked = (await requests(here)).filter(({ source }) => source === 'bank');
    expect(asked.map(({ superseded, outcome, origin }) => [superseded, outcome, origin?.kind])).toEqual([
      [true, 'found', 'reused_report'],
      [false, null, undefined],
    ]);
    expect(await inside(here, (tx) => answeredOf(tx, here))).toEqual([]);
    expect(await walker.act('verifier', here as CaseNo, 'ask_afresh', afresh, day)).toMatchObject({
      outcome: { code: 'guard_not_met', params: { guard: 'answered_by_report' } },
    });
    await walker.ask(here, day);
    const [, anew] = asked;
    if (anew) await walker.answer(here, anew, [], on('2026-03-18'));
    expect(
      (await requests(here)).filter(({ source, superseded }) => source === 'bank' && !superseded),
    ).toMatchObject([{ outcome: 'none', origin: null }]);
  });

  it('comes before a person may say that the other file is about somebody else', async () => {
    const { walker } = record;
    const [here = ''] = (await casesOf('late')) as CaseNo[];
    const [link] = await inside<{ id: string }[]>(here, (tx) => linksOf(tx, here));
    const day = on('2026-09-14');
    const apart = () =>
      walker.act(
        'verifier',
        here as CaseNo,
        'adopt',
        {
          adoptions: [
            { link: { id: link?.id ?? '', verdict: 'different_persons' }, reasonCode: 'another_card' },
          ],
        },
        day,
      );
    expect(await apart()).toMatchObject({
      outcome: { code: 'guard_not_met', params: { guard: 'asked_afresh' } },
    });
    const all = (await requests(here)).map(({ id }) => id);
    await applied(
      walker.act(
        'verifier',
        here as CaseNo,
        'ask_afresh',
        { requests: all, reasonCode: 'different_persons' },
        day,
      ),
    );
    await applied(apart());
  });
});

describe('onedoor verify', () => {
  const I7 = async (): Promise<string[]> => {
    const { checks } = await record.verify({ now: on('2026-09-14') });
    const found = checks.find(({ invariant }) => invariant === 'I7');
    return (found?.findings ?? []).map(({ record: name, problem }) => `${name.split(' ')[0]}: ${problem}`);
  };
  const set = (table: string, what: string, where: string) =>
    `UPDATE ${table} SET ${what} WHERE ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;

  it('finds nothing in reports as they were made, and in what was reused of them', async () => {
    expect(await I7()).toEqual([]);
  });

  it.each([
    [
      'a changed content',
      [set('verification_reports', `content = jsonb_set(content, '{validTo}', '"2030-01-01"')`, 'true')],
      'verification_reports: its content does not have the hash it states',
    ],
    [
      'a changed validity',
      [
        set(
          'verification_reports',
          `valid_to = '2030-01-01'`,
          `case_no NOT IN (SELECT from_case_no FROM answer_origins)`,
        ),
      ],
      'verification_reports: its content is of another report than its row',
    ],
    [
      'another answer under a report',
      [
        set(
          'raw_answers',
          `content_hash = repeat('0', 64)`,
          'NOT EXISTS (SELECT 1 FROM answer_origins o WHERE o.from_answer_id = raw_answers.id)',
        ),
      ],
      'verification_reports: says of a question what the record does not say',
    ],
    [
      'a use for another purpose',
      [set('answer_origins', `purpose = 'tekun_means_verification'`, 'true')],
      'answer_origins: reuses an answer for another purpose, or after its time',
    ],
    [
      'a report that does not have the answer',
      [set('answer_origins', `from_answer_hash = repeat('0', 64)`, 'true')],
      'answer_origins: rests on no report that has this answer about this person',
    ],
    [
      'a use after its time',
      [set('answer_origins', `at = '2027-01-01'`, 'true')],
      'answer_origins: reuses an answer for another purpose, or after its time',
    ],
  ])('names %s', async (_, statements, finding) => {
    expect(await record.tamper(statements, I7)).toContain(finding);
  });
});

/** Cases in the other township in which somebody applies. */
async function casesOf(who: Who): Promise<string[]> {
  const rows = await record.database.admin.sql<{ case_no: string }[]>`
    SELECT case_no FROM cases WHERE case_no LIKE 'AP-441625104%' ORDER BY case_no`;
  const found: string[] = [];
  for (const { case_no } of rows) if ((await idOf(case_no, who)) !== '') found.push(case_no);
  return found;
}

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsOf, visitsOf } from '../src/casefile/evidence.js';
import { includedMembers } from '../src/casefile/persons.js';
import { comparison } from '../src/casefile/views/comparison.js';
import { latestOpinion } from '../src/casefile/opinions.js';
import type { Fact } from '../src/departments/contract.js';
import { reachOf } from '../src/departments/sources.js';
import {
  fen,
  fenFromYuan,
  plainDate,
  type CaseNo,
  type FactCategory,
  type FactEntry,
  type Month,
} from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/** Each line of a file says what it would do to the benefit; adopting it does just that. */
let world: TestRecord;
beforeAll(async () => {
  world = await openTestRecord();
});
afterAll(() => world.database.drop());

type Amounts = Readonly<Partial<Record<FactCategory, number>>>;
const YEAR = { periodFrom: '2025-03' as Month, periodTo: '2026-02' as Month };
const declaring = (amounts: Amounts): FactEntry[] =>
  Object.entries(amounts).map(([category, amount]) => ({
    member: 'm1',
    kind: category === 'deposit' ? 'property' : 'income',
    category: category as FactCategory,
    amountFen: fen(amount),
    ...(category === 'deposit' ? { periodFrom: '2026-03' as Month, periodTo: '2026-03' as Month } : YEAR),
  }));

const ITEMS: Readonly<Record<string, readonly [source: string, item: string]>> = {
  wage: ['social_insurance', 'contributions'],
  transfer_net: ['social_insurance', 'pension'],
  deposit: ['bank', 'deposits'],
};
const stating = (source: string, amounts: Amounts): Fact[] =>
  Object.entries(amounts).flatMap(([category, amount]) => {
    const [from, item = ''] = ITEMS[category] ?? [];
    return from === source
      ? [{ item, category, amountFen: fen(amount), ...(category !== 'deposit' && YEAR) }]
      : [];
  });

async function investigated(
  declared: Amounts,
  stated: Amounts,
  silent: readonly string[] = [],
): Promise<CaseNo> {
  const { walker, town } = world;
  const household = db09({ members: [member('m1')] });
  const caseNo = await walker.submit({ ...household, declared: declaring(declared) });
  await applied(walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03')));
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
  await walker.ask(caseNo, on('2026-03-04'));
  const requests = await walker.inside(caseNo, '2026-03-04', (tx) => requestsOf(tx, caseNo));
  const applicant = await walker.inside(caseNo, '2026-03-04', (tx) => includedMembers(tx, caseNo));
  const [first] = applicant;
  for (const request of requests) {
    if (silent.includes(request.source)) continue;
    const facts = request.personId === first?.personId ? stating(request.source, stated) : [];
    await walker.answer(caseNo, request, facts, on('2026-03-05'));
  }
  const visit = {
    method: 'home_visit',
    investigators: [town.staff.investigator, town.staff.secondInvestigator],
    householdSignatory: first?.personId,
    propertyWithinLimits: 'yes',
    findings: '砖木结构平房两间。',
  } as const;
  await applied(walker.act('investigator', caseNo, 'record_visit', visit, on('2026-03-06')));
  return caseNo;
}

const look = (caseNo: CaseNo) =>
  world.walker.inside(caseNo, '2026-03-06', (tx) =>
    comparison(tx, { caseNo, rulebook: world.rulebook, reach: reachOf, today: plainDate('2026-03-06') }),
  );
type Look = Awaited<ReturnType<typeof look>>;
const choose = (caseNo: CaseNo, option: Look['lines'][number]['options'][number] | undefined, hour: number) =>
  applied(
    world.walker.act(
      'verifier',
      caseNo,
      'adopt',
      {
        adoptions: (option?.adoptions ?? []).map((entry) => ({ ...entry, reasonCode: 'register_prevails' })),
      },
      on('2026-03-06', hour),
    ),
  );

describe('the comparison', () => {
  it('of a clean case has no open line, and no command is needed before the opinion', async () => {
    const caseNo = await investigated({ wage: 48_000 }, { wage: 48_000 });
    expect(await look(caseNo)).toMatchObject({
      openLines: 0,
      lines: [{ category: 'wage', standing: 'clean', open: false }],
      silent: [],
      unused: [],
    });
    const { status } = await world.walker.act(
      'leader',
      caseNo,
      'form_opinion',
      { proposes: 'grant', reasonCode: 'below_standard' },
      on('2026-03-09'),
    );
    expect(status).toBe('applied');
  });

  it('says who stated what when, and by whom it was adopted', async () => {
    const caseNo = await investigated({ transfer_net: 48_000 }, { transfer_net: 60_000 });
    const [line] = (await look(caseNo)).lines;
    expect(line?.verified).toMatchObject([
      {
        source: 'social_insurance',
        standing: 'found',
        corrected: false,
        complete: true,
        valuedOn: '2026-03-03',
        receivedAt: '2026-03-05T09:00:00+08:00',
        facts: [{ amountFen: 60_000 }],
      },
    ]);
    await choose(caseNo, line?.options[1], 12);
    const after = await look(caseNo);
    expect(after.openLines).toBe(0);
    expect(after.lines[0]).toMatchObject({
      standing: 'contradiction',
      open: false,
      adopted: [
        {
          amountFen: 60_000,
          chosenBy: `staff:${world.town.staff.verifier}`,
          staffName: 'verifier',
          reasonCode: 'register_prevails',
          occurredOn: '2026-03-06',
        },
      ],
    });
  });

  it('cannot say what a line costs before somebody has stated what the place leaves to a person', async () => {
    const caseNo = await investigated({ wage: 48_000 }, { wage: 60_000 });
    const blind = await world.walker.inside(caseNo, '2026-03-05', async (tx) => {
      // As on the day before the visit.
      (await visitsOf(tx, caseNo)).length = 0;
      return comparison(tx, {
        caseNo,
        rulebook: world.rulebook,
        reach: reachOf,
        today: plainDate('2026-03-05'),
      });
    });
    expect(blind.lines[0]?.options[0]).toMatchObject({
      monthlyBenefitFen: null,
      effectFenPerMonth: null,
      preChosen: null,
      undetermined: { code: 'guard_not_met', params: { guard: 'property_finding' } },
    });
  });

  it('refuses a choice that leaves standing beside it what the question is about', async () => {
    const caseNo = await investigated({ wage: 48_000 }, { wage: 48_000 });
    const requests = await world.walker.inside(caseNo, '2026-03-06', (tx) => requestsOf(tx, caseNo));
    const [line] = (await look(caseNo)).lines;
    // A person rests on the declaration, then the source takes its answer back.
    await choose(caseNo, line?.options[0], 10);
    const asked = requests.find(
      ({ source, personId }) => source === 'social_insurance' && personId === line?.personId,
    );
    if (!asked) throw new Error('nobody was asked');
    await world.walker.answer(
      caseNo,
      asked,
      stating('social_insurance', { wage: 60_000 }),
      on('2026-03-06', 11),
    );
    const reopened = await look(caseNo);
    expect(reopened).toMatchObject({ openLines: 1, lines: [{ standing: 'corrected', open: true }] });
    const option = reopened.lines[0]?.options.find(({ origin }) => origin === 'source');
    const entries = (option?.adoptions ?? []).map(({ supersedes: _, ...entry }) => ({
      ...entry,
      reasonCode: 'register_prevails',
    }));
    const refused = await world.walker.act(
      'verifier',
      caseNo,
      'adopt',
      { adoptions: entries },
      on('2026-03-06', 12),
    );
    expect(refused.outcome).toMatchObject({ code: 'guard_not_met', params: { guard: 'supersedes' } });
    await choose(caseNo, option, 13);
    expect(await look(caseNo)).toMatchObject({
      openLines: 0,
      lines: [{ adopted: [{ amountFen: 60_000 }] }],
    });
  });
});

describe('the effect of an option', () => {
  const amount = fc.option(fc.integer({ min: 1, max: 150_000 }), { nil: undefined });
  const amounts: fc.Arbitrary<Amounts> = fc
    .record({ wage: amount, transfer_net: amount, deposit: amount })
    .map((some) => Object.fromEntries(Object.entries(some).filter(([, each]) => each !== undefined)));

  it('is the difference that adopting it makes to the opinion, in every household', async () => {
    await fc.assert(
      fc.asyncProperty(amounts, amounts, fc.infiniteStream(fc.nat()), async (declared, stated, picks) => {
        const caseNo = await investigated(declared, stated);
        const draft = async (hour: number): Promise<number> => {
          const body = { proposes: 'grant', reasonCode: 'below_standard' } as const;
          const { outcome } = await world.walker.act(
            'clerk',
            caseNo,
            'draft_opinion',
            body,
            on('2026-03-06', hour),
          );
          return Number(outcome?.result?.['monthlyBenefitFen']);
        };
        let now = await look(caseNo);
        for (let hour = 10; now.openLines > 0; hour += 2) {
          const line = now.lines.find(({ open }) => open);
          const option = line?.options[(picks.next().value ?? 0) % line.options.length];
          const before = await draft(hour);
          await choose(caseNo, option, hour);
          const after = await draft(hour + 1);
          expect(before).toBe(now.present.monthlyBenefitFen);
          expect(after - before).toBe(option?.effectFenPerMonth);
          now = await look(caseNo);
          expect(after).toBe(now.present.monthlyBenefitFen);
        }
        await world.walker.act(
          'leader',
          caseNo,
          'form_opinion',
          { proposes: 'grant', reasonCode: 'below_standard' },
          on('2026-03-09'),
        );
        const opinion = await world.walker.inside(caseNo, '2026-03-09', (tx) =>
          latestOpinion(tx, caseNo, 'township'),
        );
        // Who is not eligible gets no opinion that grants.
        expect(opinion?.monthlyBenefitFen ?? 0).toBe(now.present.monthlyBenefitFen);
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('follows the standard: equal is not below', async () => {
    // 100 yuan a month in Dongyuan's countryside of 2009: 1,200 a year are not below it.
    const equal = fenFromYuan('1200');
    const caseNo = await investigated({ wage: equal - 1_200 }, { wage: equal });
    const [line] = (await look(caseNo)).lines;
    const [below, not] = line?.options ?? [];
    expect(below?.monthlyBenefitFen).toBe(100);
    expect(not?.monthlyBenefitFen).toBe(0);
  });
});

import { answeredOf, requestsOf } from '../../src/casefile/evidence.js';
import { tasks } from '../../src/casefile/schema/index.js';
import { sourceOf } from '../../src/departments/sources.js';
import type { Fact } from '../../src/departments/contract.js';
import { fenFromYuan, plainDate, type Month } from '../../src/terms/index.js';
import { freshDatabase } from './database.js';
import { ASKED, db09, member } from './household.js';
import { rulebookWith } from './rulebook.js';
import { seedTown } from './town.js';
import { createWalker, on } from './walk.js';

/**
 * Run as a program in a copy of the project that has one file more: takes a household that lets the new source be asked as
 * far as its answer, and prints what became of it as one line of JSON.
 */
const SOURCE = 'education';
const GRANT: Fact = {
  item: 'grants',
  category: 'grant',
  amountFen: fenFromYuan('3000'),
  periodFrom: '2025-03' as Month,
  periodTo: '2026-02' as Month,
};

const database = await freshDatabase();
const town = await seedTown(database.admin);
const walker = createWalker({ casefile: database.casefile, rulebook: rulebookWith(), town });
const caseNo = await walker.submit({
  ...db09({ members: [member('m1'), member('m2')] }),
  // The second signed a text that does not name the new source's items yet.
  consents: (
    [
      ['m1', '2026-02'],
      ['m2', '2026-01'],
    ] as const
  ).map(([person, textVersion]) => ({
    person,
    signedBy: person,
    sources: [...ASKED, SOURCE],
    textVersion,
    channel: 'paper',
    validTo: plainDate('2026-12-31'),
  })),
});
await walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03'));
await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
await walker.ask(caseNo, on('2026-03-04'));
const asked = await walker.inside(caseNo, '2026-03-04', (tx) => requestsOf(tx, caseNo));
for (const request of asked)
  await walker.answer(
    caseNo,
    request,
    request.source === SOURCE ? [GRANT, { item: 'enrolment', category: 'left_school' }] : [],
    on('2026-03-05'),
  );
const found = await walker.inside(caseNo, '2026-03-05', (tx) => answeredOf(tx, caseNo));
const open = await walker.inside(caseNo, '2026-03-05', (tx) => tx.q.select().from(tasks));
console.log(
  JSON.stringify({
    name: sourceOf(SOURCE).name.zh,
    items: asked.filter(({ source }) => source === SOURCE).map(({ items }) => items),
    facts: found.map(({ source, category, amountFen }) => ({ source, category, amountFen })),
    raised: open
      .filter(({ role, doneAt }) => role === 'verification_officer' && doneAt === null)
      .map(({ kind }) => kind)
      .toSorted(),
  }),
);
await database.drop();

import { and, eq, notInArray } from 'drizzle-orm';
import type { WeighedFact } from '../../policy/adoptable.js';
import { benefitOn, type BenefitOutlook } from '../../policy/benefit-on.js';
import { compare, type ComparisonLine } from '../../policy/comparison.js';
import type { Rulebook } from '../../policy/rulebook-types.js';
import { rfc3339, type PlainDate } from '../../terms/index.js';
import { adoptedOf } from '../evidence.js';
import { answerReadings, departmentRequests, rawAnswers, tasks } from '../schema/index.js';
import { staffNames } from '../staff-names.js';
import type { Tx } from '../tx.js';
import { householdToTest, weigh, type Reach } from '../weighing.js';

export interface ComparisonQuery {
  readonly caseNo: string;
  readonly rulebook: Rulebook;
  readonly reach: Reach;
  /** The day whose law an opinion would be formed under. */
  readonly today: PlainDate;
}

/**
 * 申报与核对对照: what was declared, what each source stated and when, what was adopted and by whom, and what each choice
 * would do to the benefit. Nothing of it is adopted by being read.
 */
export async function comparison(tx: Tx, { caseNo, rulebook, reach, today }: ComparisonQuery) {
  const household = await householdToTest(tx, caseNo, today);
  const came = await answersOf(tx, caseNo);
  const received = new Map(came.map(({ id, receivedAt }) => [id, receivedAt]));
  const weighed = await weigh(tx, caseNo, reach, received);
  const { present, lines } = compare({ ...weighed, benefitOn: benefitOn(rulebook, household) });
  const rows = await adoptedOf(tx, caseNo);
  const names = await staffNames(tx, [...new Set(rows.flatMap(({ staffId }) => staffId ?? []))]);
  const adopted = rows.map((row) => ({
    ...fact(row),
    declaredFactId: row.declaredFactId,
    answerFactId: row.answerFactId,
    documentId: row.documentId,
    chosenBy: row.ruleCode ? `rule:${row.ruleCode}` : `staff:${row.staffId ?? ''}`,
    staffName: row.staffId === null ? null : (names.get(row.staffId) ?? null),
    reasonCode: row.reasonCode,
    occurredOn: row.occurredOn,
  }));
  return {
    caseNo,
    present: outlook(present),
    openLines: lines.filter(({ open }) => open).length,
    lines: lines.map((line) => ({
      ...shown(line),
      adopted: adopted.filter(({ id }) => line.adopted.some((row) => row.id === id)),
    })),
    // Silence is no line: nobody stated anything. It is settled by other proof.
    silent: weighed.asked
      .filter(({ standing, proofAdopted }) => standing === 'unanswered' && !proofAdopted)
      .map(({ requestId, personId, source, covers }) => ({ requestId, personId, source, covers })),
    unused: came.flatMap(({ receivedAt, ...answer }) =>
      answer.verdict === null ? [] : [{ ...answer, receivedAt: rfc3339(receivedAt) }],
    ),
  };
}

const shown = (line: ComparisonLine) => ({
  personId: line.personId,
  category: line.category,
  standing: line.standing,
  open: line.open,
  declared: line.declared.map(fact),
  verified: line.verified.map((each) => ({
    requestId: each.requestId,
    source: each.source,
    standing: each.standing,
    corrected: each.saidOtherwise,
    complete: each.covers.includes(line.category),
    valuedOn: each.valuedOn,
    receivedAt: each.receivedAt === null ? null : rfc3339(each.receivedAt),
    facts: each.facts.map(fact),
  })),
  options: line.options.map((option) => ({
    origin: option.origin,
    source: option.source,
    facts: option.facts.map(fact),
    stands: option.stands,
    preChosen: option.preChosen,
    ...outlook(option.outlook),
    effectFenPerMonth: option.effectFenPerMonth,
    adoptions: option.entries,
  })),
});

const outlook = (found: BenefitOutlook) => ({
  monthlyBenefitFen: 'monthlyBenefitFen' in found ? found.monthlyBenefitFen : null,
  undetermined: 'undetermined' in found ? found.undetermined : null,
});

const fact = ({ id, kind, amountFen, periodFrom, periodTo }: Omit<WeighedFact, 'source'>) => ({
  id,
  kind,
  amountFen,
  periodFrom,
  periodTo,
});

/** Callbacks of a case; those that entered nowhere with what was wrong with them. */
async function answersOf(tx: Tx, caseNo: string) {
  const wrong = await mistaken(tx, caseNo);
  const entered = ['found', 'none', 'corrected_found', 'corrected_none', 'confirmed', 'repeated'] as const;
  const rows = await tx.q
    .select({
      id: rawAnswers.id,
      requestId: departmentRequests.id,
      personId: departmentRequests.personId,
      source: rawAnswers.source,
      receivedAt: rawAnswers.receivedAt,
      verdict: answerReadings.verdict,
    })
    .from(rawAnswers)
    .innerJoin(departmentRequests, eq(departmentRequests.id, rawAnswers.requestId))
    .leftJoin(
      answerReadings,
      and(eq(answerReadings.answerId, rawAnswers.id), notInArray(answerReadings.verdict, [...entered])),
    )
    .where(eq(rawAnswers.caseNo, caseNo))
    .orderBy(rawAnswers.id);
  return rows.map((row) => ({
    ...row,
    differs: row.verdict === 'wrong_person' ? (wrong.get(`${row.source} ${row.personId}`) ?? null) : null,
  }));
}

/** By what somebody saw that an answer was about another person: the number, or the name. */
async function mistaken(tx: Tx, caseNo: string): Promise<ReadonlyMap<string, string | number | undefined>> {
  const told = await tx.q
    .select({ params: tasks.params })
    .from(tasks)
    .where(and(eq(tasks.caseNo, caseNo), eq(tasks.kind, 'answer_unusable')));
  return new Map(
    told.map(({ params }) => [`${params['source'] ?? ''} ${params['personId'] ?? ''}`, params['differs']]),
  );
}

import { and, asc, eq, isNull } from 'drizzle-orm';
import { maskName } from '../../policy/masking.js';
import { adoptedOf, answeredOf, declaredOf, readApplication, requestsOf, visitsOf } from '../evidence.js';
import { whereabouts } from '../assignments.js';
import { clocksOf } from '../clocks.js';
import { readCase, transitionsOf } from '../case-state.js';
import { cooperationsOf } from '../cooperations.js';
import { filingsOf } from '../near-relatives.js';
import {
  decisionOf,
  draftsOf,
  extensionOf,
  latestOpinion,
  openObjection,
  postedNotice,
  warningsOf,
} from '../opinions.js';
import { missingPapers } from '../papers.js';
import { linksOf } from '../person-links.js';
import { openPersons } from '../persons.js';
import { reportsOf } from '../reports.js';
import { guardianshipsOf, proxyOf } from '../representations.js';
import { householdMembers, obligors, tasks } from '../schema/index.js';
import type { Tx } from '../tx.js';
import { latestReport } from '../verification-reports.js';

/** `441625********1234`: enough to tell two people apart at the window, not enough to be one of them. */
const maskNumber = (number: string | null): string | null =>
  number && `${number.slice(0, 6)}********${number.slice(-4)}`;

/**
 * A case as its workers see it: people masked, facts side by side, and what is still open. What does not wait for
 * another answer is asked at once.
 */
export async function casePage(tx: Tx, caseNo: string) {
  const state = await readCase(tx, caseNo);
  const [application, people, members, owing, requests, township, county, decision, notice, objection] =
    await Promise.all([
      readApplication(tx, caseNo),
      openPersons(tx, caseNo),
      membersOf(tx, caseNo),
      obligorsOf(tx, caseNo),
      requestsOf(tx, caseNo),
      latestOpinion(tx, caseNo, 'township'),
      latestOpinion(tx, caseNo, 'county'),
      decisionOf(tx, caseNo),
      postedNotice(tx, caseNo),
      openObjection(tx, caseNo),
    ]);
  const [{ place }, missing, declared, answered, adopted, visits, clocks, waiting, links, beside] =
    await Promise.all([
      whereabouts(tx, caseNo),
      missingPapers(tx, caseNo),
      declaredOf(tx, caseNo),
      answeredOf(tx, caseNo),
      adoptedOf(tx, caseNo),
      visitsOf(tx, caseNo),
      clocksOf(tx, caseNo),
      openTasksOf(tx, caseNo),
      linksOf(tx, caseNo),
      branches(tx, caseNo),
    ]);
  const known = new Map(people.map((person) => [person.id, person]));
  return {
    caseNo,
    procedure: 'application' as const,
    state: state.state,
    turn: state.turn,
    open: state.open,
    outcome: state.outcome,
    version: state.version,
    workingDivisionId: state.workingDivisionId,
    place,
    area: application.dibaoArea,
    appliedOn: application.occurredOn,
    parametersOn: application.parametersOn,
    enteredLate: application.enteredLate,
    applicantId: application.applicantId,
    members: members.map((row) => ({
      id: row.personId,
      name: maskName(known.get(row.personId)?.name ?? ''),
      idNumber: maskNumber(known.get(row.personId)?.idNumber ?? null),
      included: row.included,
      reasonCode: row.reasonCode,
    })),
    obligors: owing.map((row) => ({
      id: row.personId,
      name: maskName(known.get(row.personId)?.name ?? ''),
      idNumber: maskNumber(known.get(row.personId)?.idNumber ?? null),
      owesTo: row.owesTo,
      relation: row.relation,
    })),
    missingPapers: missing,
    declared: declared.map(fact),
    verified: answered.map((row) => ({ ...fact(row), source: row.source })),
    adopted: adopted.map((row) => ({
      ...fact(row),
      declaredFactId: row.declaredFactId,
      answerFactId: row.answerFactId,
      documentId: row.documentId,
      chosenBy: row.ruleCode ? `rule:${row.ruleCode}` : `staff:${row.staffId ?? ''}`,
      reasonCode: row.reasonCode,
    })),
    // Silence is a standing of its own, beside found and none.
    requests: requests.map((row) => ({
      id: row.id,
      personId: row.personId,
      source: row.source,
      requestedOn: row.requestedOn,
      dueOn: row.dueOn,
      standing: row.outcome ?? ('pending' as const),
      proofAdopted: row.proofAdopted,
    })),
    visits: visits.map((row) => ({
      id: row.id,
      method: row.method,
      occurredOn: row.occurredOn,
      propertyWithinLimits: row.propertyWithinLimits,
      forObjection: row.objectionId !== null,
    })),
    opinions: [township, county].flatMap((row) =>
      row
        ? [
            {
              id: row.id,
              level: row.level,
              version: row.version,
              proposes: row.proposes,
              monthlyBenefitFen: row.monthlyBenefitFen,
              reasonCode: row.reasonCode,
              occurredOn: row.occurredOn,
            },
          ]
        : [],
    ),
    notice: notice ? { id: notice.id, postedOn: notice.postedOn, endsOn: notice.endsOn } : null,
    objection: objection
      ? { id: objection.id, groundCode: objection.groundCode, occurredOn: objection.occurredOn }
      : null,
    decision: decision
      ? {
          id: decision.id,
          kind: decision.kind,
          monthlyBenefitFen: decision.monthlyBenefitFen,
          effectiveMonth: decision.effectiveMonth,
          occurredOn: decision.occurredOn,
          parametersOn: decision.parametersOn,
        }
      : null,
    clocks: clocks.map((row) => ({
      code: row.code,
      article: row.article,
      from: row.fromDate,
      due: row.dueOn,
      done: row.doneOn,
      late: row.late,
      provisional: row.provisional,
      turn: row.turn,
    })),
    tasks: waiting.map((row) => ({
      id: row.id,
      kind: row.kind,
      role: row.role,
      params: row.params,
      dueOn: row.dueOn,
      overdue: row.overdue,
    })),
    links,
    ...beside,
  };
}

/** What happened beside the straight path: nothing of it is about who reported. */
async function branches(tx: Tx, caseNo: string) {
  const [report, extension, guardianships, proxy, filings, cooperations, drafts, warnings, reports, steps] =
    await Promise.all([
      latestReport(tx, caseNo),
      extensionOf(tx, caseNo),
      guardianshipsOf(tx, caseNo),
      proxyOf(tx, caseNo),
      filingsOf(tx, caseNo),
      cooperationsOf(tx, caseNo),
      draftsOf(tx, caseNo),
      warningsOf(tx, caseNo),
      reportsOf(tx, caseNo),
      transitionsOf(tx, caseNo),
    ]);
  return {
    representations: [
      ...guardianships.map(({ personId, guardianId }) => ({
        kind: 'guardian' as const,
        personId,
        representativeId: guardianId,
      })),
      ...[proxy].flatMap((row) =>
        row
          ? [{ kind: 'proxy' as const, personId: row.personId, representativeId: row.representativeId }]
          : [],
      ),
    ],
    nearRelatives: filings.map(({ personId, ground, relation }) => ({
      personId,
      ground,
      relation,
    })),
    cooperations: cooperations.map(({ id, divisionId, duty, personId, standing }) => ({
      id,
      divisionId,
      duty,
      personId,
      standing,
    })),
    verificationReport: report
      ? {
          version: report.version,
          documentId: report.documentId,
          madeOn: report.madeOn,
          validTo: report.validTo,
        }
      : null,
    drafts: drafts.map(({ id, proposes, monthlyBenefitFen, occurredOn }) => ({
      id,
      proposes,
      monthlyBenefitFen,
      occurredOn,
    })),
    warnings: warnings.map(({ id, personId, refusal, documentId, occurredOn }) => ({
      id,
      personId,
      refusal,
      documentId,
      occurredOn,
    })),
    extension: extension ? { ground: extension.ground, occurredOn: extension.occurredOn } : null,
    reports: reports.map(({ id, groundCode, finding, occurredOn }) => ({
      id,
      groundCode,
      finding,
      occurredOn,
    })),
    turns: turnsOf(steps),
  };
}

/** Whose turn it was from which day on, oldest first: it runs beside the clocks and stops none of them. */
function turnsOf(steps: Awaited<ReturnType<typeof transitionsOf>>) {
  const turns: { turn: string; from: string }[] = [];
  for (const { turn, occurredOn } of steps.toReversed())
    if (turns.at(-1)?.turn !== turn) turns.push({ turn, from: occurredOn });
  return turns;
}

const membersOf = (tx: Tx, caseNo: string) =>
  tx.q
    .select()
    .from(householdMembers)
    .where(eq(householdMembers.caseNo, caseNo))
    .orderBy(asc(householdMembers.id));

const obligorsOf = (tx: Tx, caseNo: string) =>
  tx.q.select().from(obligors).where(eq(obligors.caseNo, caseNo)).orderBy(asc(obligors.id));

const openTasksOf = (tx: Tx, caseNo: string) =>
  tx.q
    .select()
    .from(tasks)
    .where(and(eq(tasks.caseNo, caseNo), isNull(tasks.doneAt)))
    .orderBy(asc(tasks.id));

interface FactColumns {
  readonly id: string;
  readonly personId: string | null;
  readonly kind: string;
  readonly category: string;
  readonly amountFen: number;
  readonly periodFrom: string;
  readonly periodTo: string;
}
const fact = ({ id, personId, kind, category, amountFen, periodFrom, periodTo }: FactColumns) => ({
  id,
  personId,
  kind,
  category,
  amountFen,
  periodFrom,
  periodTo,
});

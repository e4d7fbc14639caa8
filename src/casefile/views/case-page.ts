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
import { together } from '../together.js';
import type { Tx } from '../tx.js';
import { recognisedOf } from '../recognised-reports.js';
import { contestedOf, latestReport } from '../verification-reports.js';
import { earlierSource } from './earlier-source.js';

/** `441625********1234`: enough to tell two people apart at the window, not enough to be one of them. */
const maskNumber = (number: string | null): string | null =>
  number && `${number.slice(0, 6)}********${number.slice(-4)}`;

/**
 * A case as its workers see it: people masked, facts side by side, and what is still open. What does not wait for
 * another answer is asked at once.
 */
export async function casePage(tx: Tx, caseNo: string) {
  const state = await readCase(tx, caseNo);
  const found = await together({
    application: readApplication(tx, caseNo),
    people: openPersons(tx, caseNo),
    members: membersOf(tx, caseNo),
    owing: obligorsOf(tx, caseNo),
    requests: requestsOf(tx, caseNo),
    township: latestOpinion(tx, caseNo, 'township'),
    county: latestOpinion(tx, caseNo, 'county'),
    decision: decisionOf(tx, caseNo),
    notice: postedNotice(tx, caseNo),
    objection: openObjection(tx, caseNo),
    where: whereabouts(tx, caseNo),
    missingPapers: missingPapers(tx, caseNo),
    declared: declaredOf(tx, caseNo),
    answered: answeredOf(tx, caseNo),
    adopted: adoptedOf(tx, caseNo),
    visits: visitsOf(tx, caseNo),
    clocks: clocksOf(tx, caseNo),
    waiting: openTasksOf(tx, caseNo),
    links: linksOf(tx, caseNo),
    contested: contestedOf(tx, caseNo),
    beside: branches(tx, caseNo),
  });
  const { application, people, decision, notice, objection } = found;
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
    place: found.where.place,
    area: application.dibaoArea,
    appliedOn: application.occurredOn,
    parametersOn: application.parametersOn,
    enteredLate: application.enteredLate,
    applicantId: application.applicantId,
    members: found.members.map((row) => ({
      id: row.personId,
      name: maskName(known.get(row.personId)?.name ?? ''),
      idNumber: maskNumber(known.get(row.personId)?.idNumber ?? null),
      included: row.included,
      reasonCode: row.reasonCode,
    })),
    obligors: found.owing.map((row) => ({
      id: row.personId,
      name: maskName(known.get(row.personId)?.name ?? ''),
      idNumber: maskNumber(known.get(row.personId)?.idNumber ?? null),
      owesTo: row.owesTo,
      relation: row.relation,
    })),
    missingPapers: found.missingPapers,
    declared: found.declared.map(fact),
    verified: found.answered.map((row) => ({ ...fact(row), source: row.source })),
    adopted: found.adopted.map((row) => ({
      ...fact(row),
      declaredFactId: row.declaredFactId,
      answerFactId: row.answerFactId,
      documentId: row.documentId,
      chosenBy: row.ruleCode ? `rule:${row.ruleCode}` : `staff:${row.staffId ?? ''}`,
      reasonCode: row.reasonCode,
    })),
    // What the household says is wrong, and what the recheck came to.
    contested: found.contested.map(({ answerFactId, verdict, documentId }) => ({
      answerFactId,
      verdict,
      documentId,
    })),
    // Silence is a standing of its own, beside found and none.
    requests: found.requests.map((row) => ({
      id: row.id,
      personId: row.personId,
      source: row.source,
      againOf: row.againOf,
      requestedOn: row.requestedOn,
      dueOn: row.dueOn,
      standing: row.outcome ?? ('pending' as const),
      proofAdopted: row.proofAdopted,
      superseded: row.superseded,
      origin: earlierSource(row.origin),
    })),
    visits: found.visits.map((row) => ({
      id: row.id,
      method: row.method,
      occurredOn: row.occurredOn,
      propertyWithinLimits: row.propertyWithinLimits,
      forObjection: row.objectionId !== null,
    })),
    opinions: [found.township, found.county].flatMap((row) =>
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
    clocks: found.clocks.map((row) => ({
      code: row.code,
      article: row.article,
      from: row.fromDate,
      due: row.dueOn,
      done: row.doneOn,
      late: row.late,
      provisional: row.provisional,
      turn: row.turn,
    })),
    tasks: found.waiting.map((row) => ({
      id: row.id,
      kind: row.kind,
      role: row.role,
      params: row.params,
      dueOn: row.dueOn,
      overdue: row.overdue,
    })),
    links: found.links,
    ...found.beside,
  };
}

/** What happened beside the straight path: nothing of it is about who reported. */
async function branches(tx: Tx, caseNo: string) {
  const found = await together({
    report: latestReport(tx, caseNo),
    extension: extensionOf(tx, caseNo),
    guardianships: guardianshipsOf(tx, caseNo),
    proxy: proxyOf(tx, caseNo),
    filings: filingsOf(tx, caseNo),
    cooperations: cooperationsOf(tx, caseNo),
    drafts: draftsOf(tx, caseNo),
    warnings: warningsOf(tx, caseNo),
    reports: reportsOf(tx, caseNo),
    steps: transitionsOf(tx, caseNo),
    recognised: recognisedOf(tx, caseNo),
  });
  const { report, extension } = found;
  return {
    representations: [
      ...found.guardianships.map(({ personId, guardianId }) => ({
        kind: 'guardian' as const,
        personId,
        representativeId: guardianId,
      })),
      ...[found.proxy].flatMap((row) =>
        row
          ? [{ kind: 'proxy' as const, personId: row.personId, representativeId: row.representativeId }]
          : [],
      ),
    ],
    nearRelatives: found.filings.map(({ personId, ground, relation }) => ({
      personId,
      ground,
      relation,
    })),
    cooperations: found.cooperations.map(({ id, divisionId, duty, personId, standing }) => ({
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
          purpose: report.purpose,
          validFrom: report.validFrom,
          validTo: report.validTo,
          contentHash: report.contentHash,
        }
      : null,
    recognisedReports: found.recognised,
    drafts: found.drafts.map(({ id, proposes, monthlyBenefitFen, occurredOn }) => ({
      id,
      proposes,
      monthlyBenefitFen,
      occurredOn,
    })),
    warnings: found.warnings.map(({ id, personId, refusal, documentId, occurredOn }) => ({
      id,
      personId,
      refusal,
      documentId,
      occurredOn,
    })),
    extension: extension ? { ground: extension.ground, occurredOn: extension.occurredOn } : null,
    reports: found.reports.map(({ id, groundCode, finding, occurredOn }) => ({
      id,
      groundCode,
      finding,
      occurredOn,
    })),
    turns: turnsOf(found.steps),
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

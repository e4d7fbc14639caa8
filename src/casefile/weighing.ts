import { whereabouts } from './assignments.js';
import {
  adoptedOf,
  answeredOf,
  declaredOf,
  readApplication,
  standingRequests,
  visitsOf,
} from './evidence.js';
import { includedMembers } from './persons.js';
import { instantOf } from './schema/columns.js';
import type { Tx } from './tx.js';
import type { StandingFact } from '../policy/adoptable.js';
import type { AskedSource } from '../policy/adoption.js';
import type { ComparisonInput } from '../policy/comparison.js';
import type { MeansTestInput } from '../policy/determination.js';
import { divisionCode, type Instant, type PlainDate } from '../terms/index.js';

/** How far the answer to a question about these items reaches; whoever knows the sources says so. */
export type Reach = (items: readonly string[]) => Pick<AskedSource, 'covers' | 'mayState'>;

/** What the means test needs besides the facts. @throws {DomainError} `case_not_found` */
export async function householdToTest(
  tx: Tx,
  caseNo: string,
  lawOn: PlainDate,
): Promise<Omit<MeansTestInput, 'facts'>> {
  const application = await readApplication(tx, caseNo);
  const [visit] = (await visitsOf(tx, caseNo)).filter((row) => row.propertyWithinLimits !== 'not_judged');
  return {
    place: divisionCode((await whereabouts(tx, caseNo)).place),
    area: application.dibaoArea,
    memberCount: (await includedMembers(tx, caseNo)).length,
    appliedOn: application.occurredOn,
    parametersOn: application.parametersOn,
    lawOn,
    propertyFinding: visit ? (visit.propertyWithinLimits === 'yes' ? 'within' : 'over') : null,
  };
}

export const standingFacts = async (tx: Tx, caseNo: string): Promise<StandingFact[]> =>
  (await adoptedOf(tx, caseNo)).map(
    ({ id, personId, kind, category, amountFen, periodFrom, periodTo, ...row }) => ({
      id,
      personId,
      kind,
      category,
      amountFen,
      periodFrom,
      periodTo,
      declaredFactId: row.declaredFactId,
      answerFactId: row.answerFactId,
      documentId: row.documentId,
      by: row.ruleCode === null ? 'person' : 'rule',
      at: instantOf(row.recordedAt),
    }),
  );

/** Declared, verified and adopted facts of a file, and how each question stands. */
export async function weigh(
  tx: Tx,
  caseNo: string,
  reach: Reach,
  received: ReadonlyMap<string, Instant> = new Map(),
): Promise<Omit<ComparisonInput, 'benefitOn'>> {
  const requests = await standingRequests(tx, caseNo);
  return {
    declared: await declaredOf(tx, caseNo),
    answered: await answeredOf(tx, caseNo),
    adopted: await standingFacts(tx, caseNo),
    asked: requests.map(({ id, personId, source, items, outcome, requestedOn, answerId, ...row }) => ({
      requestId: id,
      personId,
      source,
      ...reach(items),
      standing: outcome ?? 'pending',
      correctedAt: row.correctedAt,
      saidOtherwise: row.saidOtherwise,
      valuedOn: requestedOn,
      receivedAt: received.get(answerId ?? '') ?? null,
      proofAdopted: row.proofAdopted,
    })),
  };
}

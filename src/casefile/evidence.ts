import { createHash } from 'node:crypto';
import { and, asc, desc, eq, isNull, notExists, sql, type SQL } from 'drizzle-orm';
import type { StatedFact } from '../policy/adoption.js';
import { DomainError, instant, type Instant, type Source } from '../terms/index.js';
import { canonicalJson } from './crypto/canonical.js';
import type { OriginRow } from './earlier-reports.js';
import {
  adoptedFacts,
  answerFacts,
  answerOrigins,
  answerReadings,
  applications,
  declaredFacts,
  departmentRequests,
  lookupAttempts,
  proofAdoptions,
  rawAnswers,
  requestOutcomes,
  visits,
  type RestsOn,
} from './schema/index.js';
import { once, type Tx } from './tx.js';

export type ApplicationRow = typeof applications.$inferSelect;
export type RequestRow = typeof departmentRequests.$inferSelect;

export async function readApplication(tx: Tx, caseNo: string): Promise<ApplicationRow> {
  const [row] = await once(tx, 'application', caseNo, () =>
    tx.q.select().from(applications).where(eq(applications.caseNo, caseNo)),
  );
  if (!row) throw new DomainError('case_not_found');
  return row;
}

export const declaredOf = (
  tx: Tx,
  caseNo: string,
): Promise<(StatedFact & typeof declaredFacts.$inferSelect)[]> =>
  once(tx, 'declared', caseNo, () =>
    tx.q.select().from(declaredFacts).where(eq(declaredFacts.caseNo, caseNo)).orderBy(asc(declaredFacts.id)),
  );

/** Whether a person wanted a question put anew, or it was. */
const supersededRequest = (requestId: SQL): SQL<boolean> =>
  sql<boolean>`(EXISTS (SELECT 1 FROM fresh_questions f WHERE f.request_id = ${requestId})
    OR EXISTS (SELECT 1 FROM department_requests anew WHERE anew.supersedes = ${requestId}))`;

/**
 * Whether the department has said something else since an answer, has answered the same question once more, or its question
 * is put anew.
 */
const overtaken = (answerId: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM answer_readings mine WHERE mine.answer_id = ${answerId} AND (
    EXISTS (SELECT 1 FROM answer_readings later WHERE later.case_no = mine.case_no AND later.request_id = mine.request_id
      AND later.recorded_at > mine.recorded_at AND later.verdict IN ('corrected_found', 'corrected_none'))
    OR EXISTS (SELECT 1 FROM department_requests again JOIN request_outcomes ended ON ended.request_id = again.id
      AND ended.outcome IN ('found', 'none') WHERE again.again_of = mine.request_id)
    OR ${supersededRequest(sql`mine.request_id`)}))`;

/** Whether a recheck found, on proof, that a department's value is wrong. */
const disproved = (answerFactId: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM contested_values v JOIN value_findings f ON f.contested_id = v.id
    WHERE v.answer_fact_id = ${answerFactId} AND f.verdict = 'corrected')`;

/**
 * What departments state now: what they corrected since, what was disproved, and what nobody rests on any more is not
 * among it.
 */
export const answeredOf = (
  tx: Tx,
  caseNo: string,
): Promise<(StatedFact & typeof answerFacts.$inferSelect)[]> =>
  once(tx, 'answered', caseNo, () =>
    tx.q
      .select()
      .from(answerFacts)
      .where(
        and(
          eq(answerFacts.caseNo, caseNo),
          sql`NOT ${overtaken(sql`"answer_facts"."answer_id"`)}`,
          sql`NOT ${disproved(sql`"answer_facts"."id"`)}`,
        ),
      )
      .orderBy(asc(answerFacts.id)),
  );

/** Adopted facts that no later one corrects, and that rest neither on an answer that was overtaken nor on a disproved value. */
export const adoptedOf = (tx: Tx, caseNo: string): Promise<(typeof adoptedFacts.$inferSelect)[]> =>
  once(tx, 'adopted', caseNo, () =>
    tx.q
      .select()
      .from(adoptedFacts)
      .where(
        and(
          eq(adoptedFacts.caseNo, caseNo),
          sql`NOT EXISTS (SELECT 1 FROM adopted_facts later WHERE later.supersedes = "adopted_facts"."id")`,
          sql`NOT EXISTS (SELECT 1 FROM answer_facts f WHERE f.id = "adopted_facts"."answer_fact_id"
            AND ${overtaken(sql`f.answer_id`)})`,
          sql`NOT ${disproved(sql`"adopted_facts"."answer_fact_id"`)}`,
        ),
      )
      .orderBy(asc(adoptedFacts.id)),
  );

export interface RequestStanding extends RequestRow {
  /** As the department states it now. */
  readonly outcome: 'found' | 'none' | 'unanswered' | null;
  /** The answer that holds; null while there is none. */
  readonly answerId: string | null;
  /** The department corrected what it had answered first. */
  readonly corrected: boolean;
  /** When the correction was read; real time, like `recorded_at`. */
  readonly correctedAt: Instant | null;
  /** The department stated something else as well, whichever of the two was heard first. */
  readonly saidOtherwise: boolean;
  readonly proofAdopted: boolean;
  /** A person wanted it put anew: whatever came of this one counts no more. */
  readonly superseded: boolean;
  /** The report that answered instead of the department; null when the department was asked. */
  readonly origin: OriginRow | null;
}

export async function requestsOf(tx: Tx, caseNo: string): Promise<RequestStanding[]> {
  const rows = await once(tx, 'requests', caseNo, () =>
    tx.q
      .select({
        request: departmentRequests,
        outcome: requestOutcomes.outcome,
        answerId: requestOutcomes.answerId,
        correction: sql<string | null>`(SELECT concat_ws(' ', r.verdict, r.answer_id,
            floor(extract(epoch FROM r.recorded_at) * 1000)::bigint) FROM answer_readings r
          WHERE r.case_no = "department_requests"."case_no" AND r.request_id = "department_requests"."id"
            AND r.verdict IN ('corrected_found', 'corrected_none') ORDER BY r.recorded_at DESC LIMIT 1)`,
        otherwise: sql<boolean>`EXISTS (SELECT 1 FROM answer_readings r
          WHERE r.case_no = "department_requests"."case_no" AND r.request_id = "department_requests"."id"
            AND r.verdict IN ('corrected_found', 'corrected_none', 'outdated'))`,
        proof: proofAdoptions.id,
        origin: answerOrigins,
        superseded: supersededRequest(sql`"department_requests"."id"`),
      })
      .from(departmentRequests)
      .leftJoin(requestOutcomes, eq(requestOutcomes.requestId, departmentRequests.id))
      .leftJoin(proofAdoptions, eq(proofAdoptions.requestId, departmentRequests.id))
      .leftJoin(answerOrigins, eq(answerOrigins.requestId, departmentRequests.id))
      .where(eq(departmentRequests.caseNo, caseNo))
      .orderBy(asc(departmentRequests.id)),
  );
  return rows.map((row) => {
    const [verdict, correction, at] = row.correction?.split(' ') ?? [];
    return {
      ...row.request,
      outcome: verdict === undefined ? row.outcome : verdict === 'corrected_found' ? 'found' : 'none',
      answerId: correction ?? row.answerId,
      corrected: correction !== undefined,
      correctedAt: at === undefined ? null : instant(Number(at)),
      saidOtherwise: row.otherwise,
      proofAdopted: row.proof !== null,
      superseded: row.superseded,
      origin: row.origin,
    };
  });
}

/** Questions on whose answers the case rests today. */
export const standingRequests = async (tx: Tx, caseNo: string): Promise<RequestStanding[]> =>
  (await requestsOf(tx, caseNo)).filter(({ superseded }) => !superseded);

export type UnsentRequest = Pick<RequestRow, 'id' | 'source' | 'personId' | 'via' | 'requestedOn'>;

/**
 * Requests that somebody has to go after: no department has taken them yet, or one that is polled has.
 * @param polled the sources that the house comes to for their answers
 */
export async function unsentRequests(
  tx: Tx,
  caseNo: string,
  polled: readonly Source[] = [],
): Promise<UnsentRequest[]> {
  const taken = tx.q
    .select({ one: sql`1` })
    .from(lookupAttempts)
    .where(
      and(
        eq(lookupAttempts.requestId, departmentRequests.id),
        sql`(${lookupAttempts.phase} = 'refused' OR ${lookupAttempts.phase} = 'accepted'
          AND NOT (${departmentRequests.via} IS NULL AND ${departmentRequests.source} = ANY (${sql.param([...polled])}::text[])))`,
      ),
    );
  return tx.q
    .select({
      id: departmentRequests.id,
      source: departmentRequests.source,
      personId: departmentRequests.personId,
      via: departmentRequests.via,
      requestedOn: departmentRequests.requestedOn,
    })
    .from(departmentRequests)
    .leftJoin(requestOutcomes, eq(requestOutcomes.requestId, departmentRequests.id))
    .where(and(eq(departmentRequests.caseNo, caseNo), isNull(requestOutcomes.requestId), notExists(taken)))
    .orderBy(asc(departmentRequests.id));
}

/** Answers that came and were not read yet, in the order they came. What was set aside waits for an operator. */
export async function unreadAnswers(tx: Tx, caseNo: string): Promise<string[]> {
  const rows = await tx.q
    .select({ id: rawAnswers.id })
    .from(rawAnswers)
    .leftJoin(answerReadings, eq(answerReadings.answerId, rawAnswers.id))
    .where(
      and(
        eq(rawAnswers.caseNo, caseNo),
        isNull(answerReadings.answerId),
        sql`NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_no = ${rawAnswers.caseNo} AND o.topic = 'answer'
          AND o.ref_id = ${rawAnswers.id} AND o.delivered_at IS NULL AND o.parked_at IS NOT NULL)`,
      ),
    )
    .orderBy(asc(rawAnswers.id));
  return rows.map((row) => row.id);
}

export const visitsOf = (tx: Tx, caseNo: string): Promise<(typeof visits.$inferSelect)[]> =>
  once(tx, 'visits', caseNo, () =>
    tx.q.select().from(visits).where(eq(visits.caseNo, caseNo)).orderBy(desc(visits.id)),
  );

/** What a signer has before them, by id: adopted facts, visits, and how each question ended. */
export async function restsOn(tx: Tx, caseNo: string): Promise<RestsOn> {
  const [facts, seen, asked] = await Promise.all([
    adoptedOf(tx, caseNo),
    visitsOf(tx, caseNo),
    requestsOf(tx, caseNo),
  ]);
  return {
    facts: facts.map((row) => row.id),
    seen: seen.map((row) => row.id),
    asked: asked.map((row) =>
      [row.id, row.outcome ?? 'pending', ...(row.corrected ? [row.answerId] : [])].join(':'),
    ),
  };
}

/** The same as one hash. */
export const hashOf = (rests: RestsOn): string =>
  createHash('sha256').update(canonicalJson(rests)).digest('hex');

export const evidenceHash = async (tx: Tx, caseNo: string): Promise<string> =>
  hashOf(await restsOn(tx, caseNo));

import { audit } from '../../casefile/audit-log.js';
import { storeAnswer } from '../../casefile/answers.js';
import { endClocks } from '../../casefile/clocks.js';
import { recordOrigin, reusableAnswers, type ReusableAnswer } from '../../casefile/earlier-reports.js';
import type { RequestRow } from '../../casefile/evidence.js';
import type { KnownPerson } from '../../casefile/persons.js';
import { recognisedAnswers, type RecognisedAnswer } from '../../casefile/recognised-reports.js';
import { checkAnswer } from '../../departments/answer-check.js';
import { parseAnswer } from '../../departments/answer-schema.js';
import type { DepartmentAnswer, Fact } from '../../departments/contract.js';
import { onlyItems } from '../../departments/sources.js';
import { earliest, monthsLater, whyAskedAnew } from '../../policy/earlier-report.js';
import { rfc3339, startOf, type Id, type IdNumber, type PlainDate } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { settle } from './answer-facts.js';
import { ofPlace } from './context.js';

type Asked = Pick<RequestRow, 'id' | 'personId' | 'source' | 'items' | 'purpose'>;

/**
 * Settles a question from a report that has its answer, so that nobody is asked again what is known (LAW-2026 art. 42):
 * one that an officer recognised for this case, or one of this county about the same person.
 * @returns whether it is settled; otherwise the department is asked
 */
export async function answeredEarlier(
  step: StepContext,
  request: Asked,
  person: KnownPerson,
): Promise<boolean> {
  return (await byRecognition(step, request, person)) || (await byReuse(step, request, person));
}

async function byReuse(step: StepContext, request: Asked, person: KnownPerson): Promise<boolean> {
  const { tx, caseNo, today, at } = step;
  const wanted = { purpose: request.purpose, items: request.items, on: today, consented: true };
  for (const earlier of await reusableAnswers(tx, { ...request, caseNo })) {
    if (whyAskedAnew(earlier, wanted) !== null) continue;
    const answer = await answerOf(step, request, person, earlier);
    if (!answer) continue;
    const answerId = await put(step, request, answer);
    await recordOrigin(tx, {
      requestId: request.id,
      caseNo,
      answerId,
      kind: 'reused_report',
      purpose: earlier.purpose,
      valuedOn: earlier.valuedOn,
      validTo: earlier.validTo,
      linkId: earlier.linkId,
      fromCaseNo: earlier.caseNo,
      fromReportId: earlier.reportId,
      fromVersion: earlier.reportVersion,
      fromHash: earlier.reportHash,
      fromRequestId: earlier.requestId,
      fromAnswerId: earlier.answerId,
      fromAnswerHash: earlier.answerHash,
      askedAt: earlier.askedAt,
      at,
    });
    await audit(tx, {
      caseNo,
      at,
      code: 'report_reused',
      article: 'LAW-2026 art. 42',
      params: {
        requestId: request.id,
        source: request.source,
        reportId: earlier.reportId,
        version: earlier.reportVersion,
        reportHash: earlier.reportHash,
        valuedOn: earlier.valuedOn,
        validTo: earlier.validTo,
      },
    });
    return true;
  }
  return false;
}

/** The earlier answer, cut to what this question asks, if the department gave it about this very number and name. */
async function answerOf(
  step: StepContext,
  request: Asked,
  person: KnownPerson,
  earlier: ReusableAnswer,
): Promise<DepartmentAnswer | undefined> {
  const parsed = parseAnswer(await earlier.open());
  if (!parsed.ok) return undefined;
  const answer = onlyItems(parsed.value, request.items);
  const checked = checkAnswer({
    answer,
    request: {
      requestId: earlier.requestId as Id,
      source: request.source,
      items: request.items,
      subject: { idNumber: (person.idNumber ?? '') as IdNumber, name: person.name },
    },
    askedAt: earlier.askedAt,
    now: step.at,
  });
  return checked.ok ? answer : undefined;
}

/** How long a report of another place may be rested on here: as it says, and no longer than one of this place. */
export async function recognisedUntil(
  step: StepContext,
  { madeOn, validTo }: { madeOn: PlainDate; validTo: PlainDate },
): Promise<PlainDate> {
  return earliest([validTo, monthsLater(madeOn, await ofPlace(step, 'verification_validity'))], validTo);
}

/** The newest recognised report of this case that answers the question, and until when it counts. */
export async function recognisedFor(
  step: StepContext,
  request: Pick<Asked, 'personId' | 'source' | 'items' | 'purpose'>,
): Promise<(RecognisedAnswer & { until: PlainDate }) | undefined> {
  const { tx, caseNo, today } = step;
  const wanted = { purpose: request.purpose, items: request.items, on: today, consented: true };
  for (const known of await recognisedAnswers(tx, { ...request, caseNo })) {
    const until = await recognisedUntil(step, known);
    const earlier = { ...known, ...UNDOUBTED, validFrom: known.madeOn, validTo: until };
    if (whyAskedAnew(earlier, wanted) === null) return { ...known, until };
  }
  return undefined;
}

export async function byRecognition(
  step: StepContext,
  request: Asked,
  person: KnownPerson,
): Promise<boolean> {
  const { tx, caseNo, at } = step;
  const known = await recognisedFor(step, request);
  if (!known) return false;
  const answerId = await put(step, request, await wordsOf(request, person, known));
  await recordOrigin(tx, {
    requestId: request.id,
    caseNo,
    answerId,
    kind: 'recognised_report',
    purpose: known.purpose,
    valuedOn: known.madeOn,
    validTo: known.until,
    recognisedId: known.recognisedId,
    at,
  });
  await audit(tx, {
    caseNo,
    at,
    code: 'report_recognised',
    article: 'LAW-2026 art. 42',
    params: {
      requestId: request.id,
      source: request.source,
      recognisedId: known.recognisedId,
      reportHash: known.documentHash,
      valuedOn: known.madeOn,
      validTo: known.until,
    },
  });
  return true;
}

/** What can speak against an answer of this house only; the paper of another place is looked at by whoever enters it. */
const UNDOUBTED = { withdrawnOn: null, toldApart: false, heardSince: false, disputed: false } as const;

/** The answer of another place's report in the words of our wire: stated on the day on which that report was made. */
async function wordsOf(
  request: Asked,
  person: KnownPerson,
  known: RecognisedAnswer,
): Promise<DepartmentAnswer> {
  // As it left the door: checked there against the wire's own schema.
  const facts = (await known.open()) as Fact[];
  return onlyItems(
    {
      answerId: known.id as Id,
      requestId: request.id as Id,
      source: request.source,
      answeredAt: rfc3339(startOf(known.madeOn)),
      subject: { idNumber: (person.idNumber ?? '') as IdNumber, name: person.name },
      outcome: known.outcome,
      facts,
    },
    request.items,
  );
}

/** Puts the answer into this file as if it had come today, and settles the question with it. */
async function put(step: StepContext, request: Asked, answer: DepartmentAnswer): Promise<string> {
  const { tx, caseNo, at, today } = step;
  const { id: answerId } = await storeAnswer(tx, caseNo, {
    source: request.source,
    // Not one that a department could use: theirs are opaque to us, and this file's question has one earlier answer.
    webhookId: `earlier report for ${request.id}`,
    requestId: request.id,
    body: new TextEncoder().encode(JSON.stringify(answer)),
    at,
  });
  await settle(step, { request, answerId, answer });
  await endClocks(tx, caseNo, ['verification_start', 'verification_start_escalated'], today);
  return answerId;
}

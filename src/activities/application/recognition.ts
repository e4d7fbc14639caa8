import { audit } from '../../casefile/audit-log.js';
import { recordOrigin } from '../../casefile/earlier-reports.js';
import type { KnownPerson } from '../../casefile/persons.js';
import { recognisedAnswers, type RecognisedAnswer } from '../../casefile/recognised-reports.js';
import type { DepartmentAnswer, Fact } from '../../departments/contract.js';
import { onlyItems } from '../../departments/sources.js';
import { earliest, monthsLater, whyAskedAnew } from '../../policy/earlier-report.js';
import { rfc3339, startOf, type Id, type IdNumber, type PlainDate } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { carry, type Asked } from './carried-answer.js';
import { ofPlace } from './context.js';

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
  const answerId = await carry(step, request, await wordsOf(request, person, known));
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

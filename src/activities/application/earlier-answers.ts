import { audit } from '../../casefile/audit-log.js';
import { recordOrigin, reusableAnswers, type ReusableAnswer } from '../../casefile/earlier-reports.js';
import type { KnownPerson } from '../../casefile/persons.js';
import { checkAnswer } from '../../departments/answer-check.js';
import { parseAnswer } from '../../departments/answer-schema.js';
import type { DepartmentAnswer } from '../../departments/contract.js';
import { onlyItems } from '../../departments/sources.js';
import { whyAskedAnew } from '../../policy/earlier-report.js';
import type { Id, IdNumber } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';
import { carry, type Asked } from './carried-answer.js';
import { byRecognition } from './recognition.js';

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
    const answerId = await carry(step, request, answer);
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

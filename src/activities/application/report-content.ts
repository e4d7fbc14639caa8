import { createHash } from 'node:crypto';
import { answerHashes } from '../../casefile/answers.js';
import { signaturesOf } from '../../casefile/consents.js';
import { canonicalJson } from '../../casefile/crypto/canonical.js';
import { hashOf, restsOn, standingRequests, type RequestStanding } from '../../casefile/evidence.js';
import { recognisedOf } from '../../casefile/recognised-reports.js';
import type { ReportContent, ReportedQuestion } from '../../casefile/schema/index.js';
import { earliest, monthsLater } from '../../policy/earlier-report.js';
import { PURPOSE_OF } from '../../policy/rule-inputs.js';
import type { StepContext } from '../procedure-desk.js';
import { ofPlace } from './context.js';

/**
 * What the report of this day says, with its hash: who was asked what about whom on which signature, and what came of it.
 * It may be rested on as long as the place says, and no longer than any report that it rests on itself.
 */
export async function reportContent(
  step: StepContext,
  version: number,
): Promise<{ content: ReportContent; contentHash: string }> {
  const { tx, caseNo, today } = step;
  const requests = await standingRequests(tx, caseNo);
  const months = await ofPlace(step, 'verification_validity');
  const origins = requests.flatMap(({ origin }) => origin ?? []);
  const content: ReportContent = {
    format: 1,
    caseNo,
    version,
    purpose: PURPOSE_OF.dibao,
    madeOn: today,
    validFrom: today,
    validTo: earliest(
      [monthsLater(today, months), ...origins.map(({ validTo }) => validTo)],
      monthsLater(today, months),
    ),
    valuedOn: earliest(
      requests.map(({ origin, requestedOn }) => origin?.valuedOn ?? requestedOn),
      today,
    ),
    evidenceHash: hashOf(await restsOn(tx, caseNo)),
    questions: await questions(step, requests),
  };
  return { content, contentHash: createHash('sha256').update(canonicalJson(content)).digest('hex') };
}

async function questions(
  { tx, caseNo }: StepContext,
  requests: readonly RequestStanding[],
): Promise<ReportedQuestion[]> {
  const signed = new Map((await signaturesOf(tx, caseNo)).map((row) => [row.id, row.signatureHash]));
  const hashes = await answerHashes(tx, caseNo);
  const papers = new Map((await recognisedOf(tx, caseNo)).map((row) => [row.id, row.documentHash]));
  return requests.map((row) => ({
    request: row.id,
    person: row.personId,
    source: row.source,
    items: row.items,
    askedOn: row.requestedOn,
    consent: row.consentId ? { id: row.consentId, hash: signed.get(row.consentId) ?? '' } : null,
    ground: row.groundCode,
    outcome: row.outcome ?? 'unanswered',
    answer: row.answerId ? { id: row.answerId, hash: hashes.get(row.answerId) ?? '' } : null,
    origin: row.origin && {
      kind: row.origin.kind,
      valuedOn: row.origin.valuedOn,
      validTo: row.origin.validTo,
      hash: row.origin.fromHash ?? papers.get(row.origin.recognisedId ?? '') ?? '',
    },
  }));
}

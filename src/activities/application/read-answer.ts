import { openAnswer, rawAnswer, recordSection, type RawAnswer } from '../../casefile/answers.js';
import { requestsOf } from '../../casefile/evidence.js';
import { record } from '../../casefile/record.js';
import { answerReadings } from '../../casefile/schema/index.js';
import { isPlatform, speaksFor } from '../../departments/platforms.js';
import { headOf, parseReport } from '../../departments/report-schema.js';
import type { Effect, StepContext } from '../procedure-desk.js';
import { readStatement } from './answer.js';
import { kept } from './answer-facts.js';
import { afterSettling } from './verification-report.js';

/** Reads one stored callback: the answer of a source, or the report of a platform about several. */
export async function readAnswer(answerId: string, step: StepContext): Promise<Effect | null> {
  const raw = await rawAnswer(step.tx, answerId);
  const effect =
    raw && isPlatform(raw.source) ? await readReport(raw, step) : await readStatement(answerId, step);
  if (effect) await afterSettling(step);
  return effect;
}

/**
 * Takes a report apart: every section that answers a question which went by this platform is read as the answer of its
 * source. Others are kept with the report and shown to a person, and spoil nothing.
 */
async function readReport(raw: RawAnswer, step: StepContext): Promise<Effect | null> {
  const { tx, caseNo, at } = step;
  const read = (verdict: 'report' | 'unreadable') =>
    record(tx, answerReadings, { answerId: raw.id, caseNo, verdict, at });
  const report = parseReport(await openAnswer(tx, raw));
  if (!report.ok || report.value.platform !== raw.source) {
    await read('unreadable');
    return kept(step, 'unreadable', raw.source);
  }
  await read('report');
  const asked = (await requestsOf(tx, caseNo)).filter(
    ({ via, source }) => via === raw.source && speaksFor(raw.source, source),
  );
  let counted = 0;
  for (const [section, content] of report.value.sections.entries()) {
    const { requestId, source } = headOf(content);
    const request = asked.find((row) => row.id === requestId && row.source === source);
    if (!request) {
      await kept(step, 'not_asked', source ?? raw.source);
      continue;
    }
    const effect = await readStatement(await recordSection(tx, raw, { section, request }), step);
    if (effect) counted += 1;
  }
  const params = { source: raw.source, sections: report.value.sections.length, counted };
  return counted > 0 ? { refId: raw.id, auditParams: params } : null;
}

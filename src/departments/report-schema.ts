import { z } from 'zod';
import { checkAnswerShape } from './answer-schema.js';
import { checkShape, parseJsonBody } from './json-body.js';
import { PLATFORMS } from './platforms.js';
import { idSchema, sourceSchema, subjectSchema } from './wire.js';
import { dateAt, instant } from '../terms/dates.js';
import type { PlainDate } from '../terms/dates.js';
import type { Id } from '../terms/ids.js';
import type { DepartmentAnswer, Result, Source } from './contract.js';
import type { BodyFault } from './json-body.js';
import type { PlatformReport, ReportSection } from './platform-contract.js';

/** 256 KiB: a dozen sources, each as talkative as a source may be by itself. */
export const MAX_REPORT_BYTES = 262_144;
/** More than there are sources: a report may say two things of one. */
export const MAX_SECTIONS = 40;

/** A report whose sections nobody has looked into: one that cannot be read leaves the others readable. */
export interface ReportEnvelope extends Omit<PlatformReport, 'sections'> {
  sections: readonly unknown[];
}

const envelopeSchema: z.ZodType<ReportEnvelope> = z.strictObject({
  reportId: idSchema,
  platform: z.enum(PLATFORMS),
  answeredAt: z.iso.datetime({ offset: true }),
  subject: subjectSchema,
  sections: z.array(z.unknown()).min(1).max(MAX_SECTIONS),
});

/** Reads what a report says of itself as untrusted input. Its signature is checked before. */
export const parseReport = (body: Uint8Array): Result<ReportEnvelope, BodyFault> =>
  parseJsonBody({ schema: envelopeSchema, body, maxBytes: MAX_REPORT_BYTES });

/** Which question a section means to answer, as far as it says so. */
export function headOf(section: unknown): { requestId: Id | undefined; source: Source | undefined } {
  const of = <T>(field: string, schema: z.ZodType<T>): T | undefined =>
    typeof section === 'object' && section !== null
      ? schema.safeParse(Reflect.get(section, field)).data
      : undefined;
  return { requestId: of('requestId', idSchema), source: of('source', sourceSchema) };
}

/** What a section comes to: the answer of its source, or that there is none yet. */
export type Section =
  { kind: 'answer'; answer: DepartmentAnswer; valuedOn: PlainDate } | { kind: 'not_answered' };

const daySchema = z.iso.date() as z.ZodType<string> as z.ZodType<PlainDate>;

type LooseSection = Omit<ReportSection, 'facts'> & { facts: readonly unknown[] };
const sectionSchema: z.ZodType<LooseSection> = z.strictObject({
  requestId: idSchema,
  source: sourceSchema,
  outcome: z.enum(['found', 'none', 'not_answered']),
  subject: subjectSchema.optional(),
  valuedOn: daySchema.optional(),
  facts: z.array(z.unknown()),
}) as z.ZodType<unknown> as z.ZodType<LooseSection>;

const wrong = (pointer: string, reason: string): { ok: false; error: BodyFault } => ({
  ok: false,
  error: { code: 'schema', pointer, reason },
});

/**
 * Reads one section as the answer that its source would have sent itself: the same limits, categories and months hold. The
 * report’s id and moment are the answer’s.
 */
export function readSection(report: ReportEnvelope, section: unknown): Result<Section, BodyFault> {
  const shape = checkShape(sectionSchema, section);
  if (!shape.ok) return shape;
  const { requestId, source, outcome, valuedOn, facts } = shape.value;
  if (outcome === 'not_answered')
    return facts.length === 0 && valuedOn === undefined
      ? { ok: true, value: { kind: 'not_answered' } }
      : wrong('/outcome', 'contradicts what the section says');
  if (valuedOn === undefined) return wrong('/valuedOn', 'is missing');
  if (valuedOn > dateAt(instant(Date.parse(report.answeredAt))))
    return wrong('/valuedOn', 'lies after the report');
  const answer = checkAnswerShape({
    answerId: report.reportId,
    requestId,
    source,
    answeredAt: report.answeredAt,
    subject: shape.value.subject ?? report.subject,
    outcome,
    facts,
  });
  return answer.ok ? { ok: true, value: { kind: 'answer', answer: answer.value, valuedOn } } : answer;
}

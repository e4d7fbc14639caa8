import { z } from 'zod';
import { factSchema, idSchema, sourceSchema, subjectSchema } from './wire.js';
import { ALL_ITEMS, belongTo } from './sources.js';
import { checkShape, parseJsonBody } from './json-body.js';
import { dateAt, instant, monthOf } from '../terms/dates.js';
import type { BodyFault } from './json-body.js';
import type { DepartmentAnswer, Result } from './contract.js';

/** 64 KiB: the longest real answer is a few kilobytes. */
export const MAX_ANSWER_BYTES = 65_536;
const MAX_FACTS = 200;

const answerSchema: z.ZodType<DepartmentAnswer> = z
  .strictObject({
    answerId: idSchema,
    requestId: idSchema,
    source: sourceSchema,
    answeredAt: z.iso.datetime({ offset: true }),
    subject: subjectSchema,
    outcome: z.enum(['found', 'none']),
    facts: z.array(factSchema(ALL_ITEMS)).max(MAX_FACTS),
  })
  .check((ctx) => {
    const { source, outcome, facts, answeredAt } = ctx.value;
    const wrong = (path: PropertyKey[], message: string): void => {
      ctx.issues.push({ code: 'custom', message, path, input: undefined });
    };
    if ((outcome === 'found') !== facts.length > 0) wrong(['outcome'], 'contradicts the number of facts');
    const month = monthOf(dateAt(instant(Date.parse(answeredAt))));
    facts.forEach((fact, index) => {
      if (!belongTo(source, [fact.item])) wrong(['facts', index, 'item'], 'is not this source’s to answer');
      if (fact.periodFrom !== undefined && fact.periodFrom > month)
        wrong(['facts', index, 'periodFrom'], 'lies after the answer');
    });
  });

/**
 * Reads an answer as untrusted input: size, encoding, shape, array limits, plausible amounts and months.
 * Unknown fields are refused: what an answer says that we cannot read must reach a person.
 * The signature is checked before, the right person after ({@link checkAnswer}).
 */
export const parseAnswer = (body: Uint8Array): Result<DepartmentAnswer, BodyFault> =>
  parseJsonBody({ schema: answerSchema, body, maxBytes: MAX_ANSWER_BYTES });

/** The same for an answer that came in another form than JSON, such as rows of a file. */
export const checkAnswerShape = (value: unknown): Result<DepartmentAnswer, BodyFault> =>
  checkShape(answerSchema, value);

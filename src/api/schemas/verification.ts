import { z } from '@hono/zod-openapi';
import { ALL_ITEMS, belongTo, SOURCES } from '../../departments/sources.js';
import { factSchema } from '../../departments/wire.js';
import { AFRESH_REASONS, VERIFICATION_PURPOSES, type ApplicationBodies } from '../../terms/index.js';
import { BODY_EXAMPLES } from './examples.js';
import { act, amount, code, codeOf, day, isSet, month, personName, uuid } from './fields.js';

/** Bodies about the reports of means verification. */
const fact = z.strictObject({
  item: z.enum(ALL_ITEMS),
  category: code,
  amountFen: amount.optional(),
  periodFrom: month.optional(),
  periodTo: month.optional(),
});

/** Held to the same rules as an answer that a department sends. */
const answer = z
  .strictObject({
    person: uuid,
    source: z.enum(SOURCES),
    items: z.array(z.enum(ALL_ITEMS)).min(1).max(20).refine(isSet, 'names one twice'),
    outcome: z.enum(['found', 'none']),
    facts: z.array(fact).max(50).default([]),
  })
  .superRefine(({ source, items, outcome, facts }, context) => {
    const wrong = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (!belongTo(source, items)) wrong(['items'], 'are not this source’s to answer');
    if ((outcome === 'found') !== facts.length > 0) wrong(['outcome'], 'contradicts the number of facts');
    facts.forEach((each, at) => {
      if (!items.includes(each.item)) wrong(['facts', at, 'item'], 'is not among the items');
      else if (!factSchema([each.item]).safeParse(each).success)
        wrong(['facts', at], 'does not answer its item');
    });
  });

export const recognisedReport = z
  .strictObject({
    ...act,
    place: codeOf(6, '441621').openapi({ description: 'The county, or larger, whose body made it.' }),
    body: personName.openapi({ description: 'The verification body that made it.' }),
    reportNo: personName,
    purpose: z.enum(VERIFICATION_PURPOSES),
    madeOn: day,
    validTo: day,
    documentId: uuid.openapi({ description: 'The report itself, in the file of this case.' }),
    answers: z.array(answer).min(1).max(200),
  })
  .superRefine(({ answers, madeOn, validTo }, context) => {
    if (validTo < madeOn)
      context.addIssue({ code: 'custom', path: ['validTo'], message: 'lies before madeOn' });
    const seen = new Set<string>();
    answers.forEach(({ person, source }, at) => {
      const key = `${person} ${source}`;
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: ['answers', at], message: 'is there twice' });
      seen.add(key);
    });
  })
  .openapi('RecognisedReport', { example: BODY_EXAMPLES.recognisedReport }) satisfies z.ZodType<
  ApplicationBodies['recognise_report']
>;

export const freshQuestions = z
  .strictObject({
    ...act,
    requests: z.array(uuid).min(1).max(200).refine(isSet, 'names one twice'),
    reasonCode: z.enum(AFRESH_REASONS),
  })
  .openapi('FreshQuestions', { example: BODY_EXAMPLES.freshQuestions }) satisfies z.ZodType<
  ApplicationBodies['ask_afresh']
>;

import { z } from '@hono/zod-openapi';
import { parseIdNumber } from '../../policy/resident-id.js';
import {
  DomainError,
  EXCLUSION_REASONS,
  FACT_CATEGORIES,
  FACT_KINDS,
  MEMBER_REASONS,
  PAPERS,
  SOURCES,
  type SubmitBody,
} from '../../terms/index.js';
import { BODY_EXAMPLES } from './examples.js';
import { act, amount, day, division, month, personName, ref } from './fields.js';

const idNumber = z.string().length(18).refine(checks, 'fails its check digit');

const person = {
  ref,
  name: personName,
  idStatus: z.enum(['valid', 'none', 'disputed']),
  idNumber: idNumber.transform((text) => text.toUpperCase()).optional(),
  phone: z
    .string()
    .regex(/^[+\d][\d -]{4,24}$/)
    .optional(),
  bankAccount: z
    .string()
    .regex(/^[\d -]{8,40}$/)
    .optional(),
  provisional: z.boolean().default(false),
  hukouType: z.enum(['urban', 'rural', 'unknown']),
  hukouCode: z
    .string()
    .regex(/^\d{6,12}$/)
    .optional(),
  residenceCode: z
    .string()
    .regex(/^\d{6,12}$/)
    .optional(),
  residencePermit: z.boolean().default(false),
};

const member = z.strictObject({
  ...person,
  included: z.boolean().default(true),
  reasonCode: z.enum([...MEMBER_REASONS, ...EXCLUSION_REASONS]),
});
const obligor = z.strictObject({ ...person, owesTo: ref, relation: z.string().regex(/^[a-z_]{2,40}$/) });

export const consentEntry = z.strictObject({
  person: z.string().min(1).max(40),
  signedBy: z.string().min(1).max(40),
  sources: z.array(z.enum(SOURCES)).min(1).max(SOURCES.length),
  textVersion: z.string().regex(/^[\w.-]{1,20}$/),
  channel: z.enum(['paper', 'digital']),
  validTo: day,
});

/** A household knocks. Members name each other by `ref`, which means something inside this one body only. */
export const submitBody = z
  .strictObject({
    ...act,
    place: division,
    township: division,
    village: division,
    area: z.enum(['urban', 'rural']),
    applicant: ref,
    members: z.array(member).min(1).max(50),
    obligors: z.array(obligor).max(50).default([]),
    declared: z
      .array(
        z.strictObject({
          member: ref.optional(),
          kind: z.enum(FACT_KINDS),
          category: z.enum(FACT_CATEGORIES),
          amountFen: amount,
          periodFrom: month,
          periodTo: month,
        }),
      )
      .max(500)
      .default([]),
    consents: z.array(consentEntry).max(100).default([]),
    papers: z.array(z.enum(PAPERS)).max(PAPERS.length),
    parametersOn: day.optional(),
  })
  .superRefine((body, context) => {
    const members = new Set(body.members.map((each) => each.ref));
    const everyone = new Set([...members, ...body.obligors.map((each) => each.ref)]);
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (everyone.size !== body.members.length + body.obligors.length)
      complain(['members'], 'two persons share a ref');
    if (!members.has(body.applicant)) complain(['applicant'], 'names no member');
    body.members.forEach((each, at) => {
      if ((each.idStatus === 'none') !== (each.idNumber === undefined))
        complain(['members', at, 'idNumber'], 'must be there unless idStatus is none');
    });
    body.obligors.forEach((each, at) => {
      if ((each.idStatus === 'none') !== (each.idNumber === undefined))
        complain(['obligors', at, 'idNumber'], 'must be there unless idStatus is none');
      if (!members.has(each.owesTo)) complain(['obligors', at, 'owesTo'], 'names no member');
    });
    body.declared.forEach((each, at) => {
      if (each.member !== undefined && !members.has(each.member))
        complain(['declared', at, 'member'], 'names no member');
      if (each.periodTo < each.periodFrom) complain(['declared', at, 'periodTo'], 'lies before periodFrom');
    });
    body.consents.forEach((each, at) => {
      if (!everyone.has(each.person)) complain(['consents', at, 'person'], 'names nobody');
      if (!everyone.has(each.signedBy)) complain(['consents', at, 'signedBy'], 'names nobody');
    });
  })
  .openapi('Application', { example: BODY_EXAMPLES.application }) satisfies z.ZodType<SubmitBody>;

function checks(text: string): boolean {
  try {
    parseIdNumber(text);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

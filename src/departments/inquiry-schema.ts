import { z } from 'zod';
import { idSchema } from './wire.js';
import { PLATFORMS, speaksFor } from './platforms.js';
import { requestSchema } from './request-schema.js';
import type { LookupRequest } from './contract.js';
import type { PlatformInquiry } from './platform-contract.js';

const MAX_QUESTIONS = 40;

/** What all its questions have in common; each must be one that could be asked by itself. */
const shell = z.strictObject({
  inquiryId: idSchema,
  platform: z.enum(PLATFORMS),
  purpose: z.unknown(),
  subject: z.unknown(),
  callbackUrl: z.unknown(),
  asOf: z.unknown(),
  dueAt: z.unknown(),
  questions: z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_QUESTIONS),
});

/** An inquiry as a platform receives it. Strict: whatever else a house sent would be more than it may. */
export const inquirySchema: z.ZodType<PlatformInquiry> = shell.transform((inquiry, ctx): PlatformInquiry => {
  const { inquiryId, platform, questions, ...common } = inquiry;
  const asked = questions.flatMap((question, index): LookupRequest[] => {
    const wrong = (path: PropertyKey[], message: string) =>
      void ctx.issues.push({
        code: 'custom',
        message,
        path: ['questions', index, ...path],
        input: undefined,
      });
    const { data, error } = requestSchema.safeParse({ ...question, ...common });
    for (const { path, code, message } of error?.issues ?? [])
      wrong(path, code === 'custom' ? message : code);
    if (data && !speaksFor(platform, data.source)) wrong(['source'], 'is none of this platform’s');
    return data ? [data] : [];
  });
  const [first] = asked;
  if (!first) return z.NEVER;
  const { purpose, subject, callbackUrl, asOf, dueAt } = first;
  return {
    inquiryId,
    platform,
    purpose,
    subject,
    callbackUrl,
    asOf,
    dueAt,
    questions: asked.map(({ requestId, source, items, caseRef, consentHash }) => ({
      requestId,
      source,
      items,
      caseRef,
      consentHash,
    })),
  };
}) as z.ZodType<unknown> as z.ZodType<PlatformInquiry>;

import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './auth.js';

export type Api = OpenAPIHono<ApiEnv>;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    pointer: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    retryable: z.boolean(),
    traceId: z.string(),
  })
  .openapi('Problem', {
    example: {
      type: 'urn:onedoor:problem:not_allowed_now',
      title: 'The procedure does not allow this now',
      status: 409,
      code: 'not_allowed_now',
      retryable: false,
      traceId: '0af7651916cd43dd8448eb211c80319c',
    },
  });

export const problems = {
  default: {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
} as const;

export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const bearer = [{ bearer: [] }];
export const caseParam = z.object({ caseNo: z.string().openapi({ example: 'AP-441625103-2026-00001' }) });
export const commandHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({
      param: { required: true },
      description: 'Made by the client and kept before sending, 8 to 128 visible ASCII characters.',
      example: 'e1b0c442-98fc-1c14-9afb',
    }),
  'if-match': z.string().optional().openapi({
    description: 'The ETag of the case page; required for acts that rest on it.',
    example: '"AP-441625103-2026-00001.7"',
  }),
});

export const commandAnswer = z
  .object({ commandId: z.string(), status: z.enum(['received', 'applied', 'rejected']) })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .openapi('CommandAnswer', {
    example: {
      commandId: '0199a0f2-7c1e-7000-8000-3b6f8f2d1c11',
      status: 'applied',
      caseNo: 'AP-441625103-2026-00001',
      state: 'accepted',
    },
  });

/** One act on a case: `POST /v1/cases/{caseNo}/{path}`. */
export const actRoute = <S extends z.ZodType>(
  path: string,
  body: S,
  act: { permission: readonly string[]; summary: string },
) =>
  createRoute({
    method: 'post',
    path: `/v1/cases/{caseNo}/${path}`,
    tags: ['acts'],
    summary: act.summary,
    security: bearer,
    'x-required-permission': act.permission,
    request: {
      params: caseParam,
      headers: commandHeaders,
      body: { required: true, content: { 'application/json': { schema: body } } },
    },
    responses: {
      200: json(commandAnswer, 'Done'),
      202: json(commandAnswer, 'Stored; its desk has not answered yet'),
      ...problems,
    },
  });

/** For handlers that answer with a problem or a stored outcome: the document describes both, the type cannot. */
export const untyped = (response: Response | Promise<Response>): never => response as never;

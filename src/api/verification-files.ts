import { createRoute, z } from '@hono/zod-openapi';
import { newId } from '../casefile/record.js';
import { openForFile } from '../casefile/verifier-questions.js';
import { MAX_BATCH_BYTES, readAnswersFile, writeQueryFile } from '../departments/batch-file.js';
import { SOURCES } from '../departments/sources.js';
import { DomainError, endOf, rfc3339, type Id, type IdNumber } from '../terms/index.js';
import { asPrincipal, requireRole } from './auth.js';
import { takeRow, type RowReport } from './answer-rows.js';
import type { ApiDeps } from './ports.js';
import { bearer, json, problems, type Api } from './routes.js';
import { VERIFICATION_EXAMPLES } from './schemas/verification-examples.js';
import { answersFile } from './schemas/verifier-answer.js';
import { lookedAt, VERIFIER } from './verification-inbox.js';

/** More open questions than this are fetched when these are answered. */
const MAX_QUESTIONS = 2_000;
const CSV = 'text/csv; charset=utf-8';

const report = z
  .object({
    complete: z.boolean(),
    taken: z.int(),
    known: z.int(),
    refused: z.int(),
    rows: z.array(
      z.object({
        row: z.int(),
        status: z.enum(['taken', 'known', 'refused']),
        column: z.string().nullable(),
        code: z.string().nullable(),
      }),
    ),
  })
  .openapi('AnswersFileReport', { example: VERIFICATION_EXAMPLES.fileReport });

/** 批量核对: open questions as a file, and answers as a file, row by row. */
export function verificationFiles(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/verification/query-file',
      tags: ['verification'],
      summary: 'Open questions to one source as a file',
      security: bearer,
      'x-required-permission': VERIFIER,
      request: { query: z.object({ source: z.enum(SOURCES) }) },
      responses: {
        200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } },
        ...problems,
      },
    }),
    async (c) => {
      const { source } = c.req.valid('query');
      const questions = await asPrincipal(deps, c, (tx, principal) => {
        requireRole(principal, VERIFIER);
        return openForFile(tx, source, MAX_QUESTIONS);
      });
      const principal = c.get('principal');
      const ids = questions.map(({ requestId }) => requestId);
      await lookedAt(deps, principal, 'query_file', ids);
      const head = { fileId: newId() as Id, source, madeAt: rfc3339(principal.at) };
      const file = writeQueryFile(
        head,
        questions.map(({ subject, ...question }) => ({
          requestId: question.requestId as Id,
          source,
          purpose: 'dibao_means_verification',
          caseRef: question.caseRef,
          consentHash: question.consentHash,
          items: question.items,
          subject: { idNumber: subject.idNumber as IdNumber, name: subject.name },
          asOf: question.asOf,
          dueAt: rfc3339(endOf(question.dueOn)),
        })),
      );
      c.header('Content-Disposition', `attachment; filename="query-${source}-${head.fileId}.csv"`);
      return c.body(new Uint8Array(file), 200, { 'content-type': CSV }) as never;
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/verification/answers-files',
      tags: ['verification'],
      summary: 'Hand in a file of answers; good rows are taken, bad ones named, known ones change nothing',
      security: bearer,
      'x-required-permission': VERIFIER,
      request: { body: { required: true, content: { 'application/json': { schema: answersFile } } } },
      responses: { 200: json(report, 'What each row came to'), ...problems },
    }),
    async (c) => {
      const { source, content } = c.req.valid('json');
      const principal = c.get('principal');
      requireRole(principal, VERIFIER);
      const bytes = Buffer.from(content, 'base64');
      if (bytes.length > MAX_BATCH_BYTES) throw new DomainError('body_too_large');
      const read = readAnswersFile(source, bytes);
      if (!read.ok)
        throw new DomainError('body_invalid', { pointer: '/content', params: { reason: read.error } });
      const rows: RowReport[] = [];
      for (const row of read.value.rows) rows.push(await takeRow(deps, c, source, row));
      const count = (status: RowReport['status']): number =>
        rows.filter((each) => each.status === status).length;
      const counts = { taken: count('taken'), known: count('known'), refused: count('refused') };
      return c.json({ complete: read.value.complete, ...counts, rows }, 200);
    },
  );
}

import { createRoute, z } from '@hono/zod-openapi';
import { exportCase } from '../casefile/case-archive.js';
import { packEntries } from '../casefile/case-archive-zip.js';
import { caseNo as asCaseNo } from '../terms/index.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import { bearer, caseParam, problems, untyped, type Api } from './routes.js';

/** 一户一档: the whole case as one ZIP that `onedoor case check-file` verifies without us. Taking it is on record. */
export function caseFile(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/file',
      tags: ['documents'],
      summary: 'The whole case as one file',
      description:
        'A ZIP: contents page, index with salted hashes, history, audit chain, and every document. Each download is an event of the case.',
      security: bearer,
      'x-required-permission': ['any role over the division'],
      request: { params: caseParam },
      responses: {
        200: {
          description: 'The file',
          content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...problems,
      },
    }),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const { entries } = await looking(deps, c, { kind: 'case_file', caseNo }, (tx, principal) =>
        exportCase(tx, caseNo, principal.at),
      );
      // Packed after the transaction: nobody waits for the lock on the case while we compress.
      const zip = packEntries(entries);
      c.header('Content-Disposition', `attachment; filename="${caseNo}.zip"`);
      return untyped(c.body(new Uint8Array(zip), 200, { 'content-type': 'application/zip' }));
    },
  );
}

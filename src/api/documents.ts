import { createRoute, z } from '@hono/zod-openapi';
import { documentsOf, readDocument, storeDocument } from '../casefile/documents.js';
import { readCase } from '../casefile/case-state.js';
import { caseNo as asCaseNo } from '../terms/index.js';
import { actAtDoor } from './door-act.js';
import { looking } from './look.js';
import type { ApiDeps } from './ports.js';
import { bearer, caseParam, commandHeaders, json, problems, untyped, type Api } from './routes.js';
import { BODY_EXAMPLES, ANSWER_EXAMPLES } from './schemas/examples.js';
import { act, uuid } from './schemas/fields.js';

const MAY_ADD = [
  'window_clerk',
  'investigator',
  'village_assistant',
  'township_leader',
  'verification_officer',
  'county_examiner',
] as const;

/** What `storeDocument` takes the bytes for; anything else is not stored. */
const MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'] as const;
const bytes = z.string().openapi({ format: 'binary' });

const upload = z
  .strictObject({
    ...act,
    kind: z.string().regex(/^[a-z_]{2,40}$/),
    personId: uuid.optional(),
    content: z
      .base64()
      .min(4)
      .max(14_000_000)
      .openapi({ description: 'The bytes in base64; at most 10 MiB. What they are is read from the bytes.' }),
  })
  .openapi('DocumentUpload', { example: BODY_EXAMPLES.document });
const stored = z
  .object({ commandId: z.string(), documentId: z.string(), contentHash: z.string(), mediaType: z.string() })
  .loose()
  .openapi('DocumentStored', { example: ANSWER_EXAMPLES.documentStored });
const listed = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          kind: z.string(),
          mediaType: z.string(),
          sizeBytes: z.int(),
          contentHash: z.string(),
        })
        .loose(),
    ),
  })
  .openapi('DocumentList', { example: ANSWER_EXAMPLES.documentList });

/** Papers with their bytes: written at the door, read by whoever may read the case. */
export function documents(api: Api, deps: ApiDeps): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/v1/cases/{caseNo}/documents',
      tags: ['documents'],
      summary: 'Add a paper to the file',
      security: bearer,
      'x-required-permission': MAY_ADD,
      request: {
        params: caseParam,
        headers: commandHeaders,
        body: { required: true, content: { 'application/json': { schema: upload } } },
      },
      responses: { 201: json(stored, 'Stored'), ...problems },
    }),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const { content, ...body } = c.req.valid('json');
      return untyped(
        actAtDoor(deps, c, {
          kind: 'add_document',
          caseNo,
          roles: MAY_ADD,
          body,
          weight: content,
          work: async (tx, { at }) => {
            const saved = await storeDocument(tx, {
              caseNo,
              kind: body.kind,
              personId: body.personId,
              bytes: Buffer.from(content, 'base64'),
              occurredOn: body.occurredOn,
              at,
            });
            return { documentId: saved.id, contentHash: saved.contentHash, mediaType: saved.mediaType };
          },
        }),
      );
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/documents',
      tags: ['documents'],
      summary: 'Papers of the file',
      security: bearer,
      'x-required-permission': ['any role over the division'],
      request: { params: caseParam },
      responses: { 200: json(listed, 'The papers'), ...problems },
    }),
    async (c) => {
      const caseNo = asCaseNo(c.req.valid('param').caseNo);
      const items = await looking(deps, c, { kind: 'documents', caseNo }, async (tx) => {
        await readCase(tx, caseNo);
        return documentsOf(tx, caseNo);
      });
      return c.json({ items }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/v1/cases/{caseNo}/documents/{documentId}',
      tags: ['documents'],
      summary: 'The bytes of a paper',
      security: bearer,
      'x-required-permission': ['any role over the division'],
      request: { params: caseParam.extend({ documentId: uuid }) },
      responses: {
        200: {
          description: 'The bytes',
          content: Object.fromEntries(MEDIA_TYPES.map((type) => [type, { schema: bytes }])),
        },
        ...problems,
      },
    }),
    async (c) => {
      const { documentId, ...of } = c.req.valid('param');
      const caseNo = asCaseNo(of.caseNo);
      const found = await looking(deps, c, { kind: 'document', caseNo }, (tx) =>
        readDocument(tx, caseNo, documentId),
      );
      c.header('Content-Disposition', `attachment; filename="${found.kind}-${documentId}"`);
      return untyped(c.body(new Uint8Array(found.bytes), 200, { 'content-type': found.mediaType }));
    },
  );
}

import { z } from 'zod';

/** The name of this format, in every index. A reader that does not know it must not guess. */
export const CASE_FILE_FORMAT = 'onedoor-case-file/1';

/** Where everything lies inside the ZIP; documents are under {@link DOCUMENTS}. */
export const PATHS = {
  page: 'index.html',
  index: 'index.json',
  timeline: 'timeline.json',
  audit: 'audit.json',
} as const;
export const DOCUMENTS = 'documents/';

/** What a file may hold: the writer keeps to it, and the reader refuses more before it unpacks anything. Bytes. */
export const LIMITS = {
  entries: 5_000,
  entryBytes: 64 * 1024 * 1024,
  totalBytes: 512 * 1024 * 1024,
} as const;

const sha256 = z.string().regex(/^[\da-f]{64}$/);
const part = z.object({ path: z.string(), sha256 });

const documentSchema = z.object({
  path: z.string(),
  kind: z.string(),
  /** The how many-th of its kind in this case, from 1. */
  version: z.int().positive(),
  /** Which wording it was made with; null for what somebody brought. */
  template: z.string().nullable(),
  mediaType: z.string(),
  sizeBytes: z.int().nonnegative(),
  occurredOn: z.string(),
  /** The stage in which the case stood when the document came. */
  stage: z.string(),
  madeBySystem: z.boolean(),
  /** Hex. With it and the bytes anybody can compute `contentHash` (crypto/content-hash.ts). */
  salt: z.string().regex(/^([\da-f]{2})+$/),
  contentHash: sha256,
});

/** index.json: every other entry of the ZIP is named here with its hash. Dates are `YYYY-MM-DD`, instants RFC 3339. */
export const caseFileIndex = z.object({
  format: z.literal(CASE_FILE_FORMAT),
  caseNo: z.string(),
  procedure: z.string(),
  state: z.string(),
  outcome: z.string().nullable(),
  openedOn: z.string(),
  exportedAt: z.string(),
  documents: z.array(documentSchema),
  page: part,
  timeline: part,
  /** `head` is the last event of the case's chain when the file was made. */
  audit: part.extend({ head: z.object({ seq: z.int().positive(), hash: sha256 }) }),
});

export type CaseFileIndex = z.infer<typeof caseFileIndex>;
export type CaseFileDocument = CaseFileIndex['documents'][number];

/** audit.json: the chain of the case as it is stored, first event first. */
export const auditFile = z.object({
  chain: z.string(),
  entries: z.array(
    z.object({
      id: z.string(),
      chain: z.string(),
      seq: z.int(),
      at: z.number(),
      writtenAtMs: z.number(),
      actor: z.string(),
      code: z.string(),
      article: z.string().nullable(),
      params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      rows: z.array(z.object({ table: z.string(), id: z.string(), hash: z.string() })),
      prevHash: z.string(),
      hash: z.string(),
    }),
  ),
});

import { asc, eq } from 'drizzle-orm';
import { DomainError, type Instant, type PlainDate } from '../terms/index.js';
import { audit } from './audit-log.js';
import { lockCase, readCase } from './case-state.js';
import { openPersons } from './persons.js';
import { newId, record } from './record.js';
import { documents } from './schema/index.js';
import { staffOf, type Tx } from './tx.js';
import { openBytes, sealContent } from './vault.js';

export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024;

const SIGNATURES: readonly { mediaType: string; begins: readonly number[] }[] = [
  { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
];

/** What the bytes are, by themselves and not by what the sender says. @throws {DomainError} `media_type_unsupported` */
export function sniff(bytes: Uint8Array): string {
  const known = SIGNATURES.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte));
  if (known) return known.mediaType;
  const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes);
  // eslint-disable-next-line no-control-regex -- control characters are what tells text from anything else
  if (!/[\u0000-\u0008\u000b\u000e-\u001f\ufffd]/.test(text)) return 'text/plain; charset=utf-8';
  throw new DomainError('media_type_unsupported');
}

export interface NewDocument {
  readonly caseNo: string;
  readonly kind: string;
  readonly personId?: string | undefined;
  readonly bytes: Uint8Array;
  readonly occurredOn: PlainDate;
  readonly at: Instant;
}

/** Puts a paper into the file: encrypted under the case's key, hashed with a salt that leaves the house with it. */
export async function storeDocument(
  tx: Tx,
  document: NewDocument,
): Promise<{ id: string; contentHash: string; mediaType: string }> {
  const { bytes, caseNo, at } = document;
  if (bytes.length === 0) throw new DomainError('body_invalid', { pointer: '/content' });
  if (bytes.length > MAX_DOCUMENT_BYTES) throw new DomainError('body_too_large');
  const mediaType = sniff(bytes);
  const state = await lockCase(tx, caseNo);
  if (!state.open) throw new DomainError('case_closed');
  if (document.personId !== undefined && (await openPersons(tx, caseNo, [document.personId])).length === 0)
    throw new DomainError('body_invalid', { pointer: '/personId' });
  const { keyId } = await readCase(tx, caseNo);
  const id = newId();
  const content = await sealContent(tx, keyId, 'documents', id, bytes);
  await record(tx, documents, {
    id,
    caseNo,
    personId: document.personId ?? null,
    kind: document.kind,
    mediaType,
    sizeBytes: bytes.length,
    keyId,
    ...content,
    madeBySystem: false,
    staffId: staffOf(tx),
    occurredOn: document.occurredOn,
    at,
  });
  await audit(tx, {
    caseNo,
    at,
    code: 'document_added',
    params: { documentId: id, kind: document.kind, sizeBytes: bytes.length },
  });
  return { id, contentHash: content.contentHash, mediaType };
}

export const documentsOf = (tx: Tx, caseNo: string) =>
  tx.q
    .select({
      id: documents.id,
      kind: documents.kind,
      mediaType: documents.mediaType,
      sizeBytes: documents.sizeBytes,
      contentHash: documents.contentHash,
      occurredOn: documents.occurredOn,
      madeBySystem: documents.madeBySystem,
      version: documents.version,
    })
    .from(documents)
    .where(eq(documents.caseNo, caseNo))
    .orderBy(asc(documents.id));

export async function readDocument(
  tx: Tx,
  caseNo: string,
  id: string,
): Promise<{ mediaType: string; kind: string; bytes: Uint8Array }> {
  const [row] = await tx.q.select().from(documents).where(eq(documents.id, id));
  if (!row || row.caseNo !== caseNo) throw new DomainError('not_found');
  return {
    mediaType: row.mediaType,
    kind: row.kind,
    bytes: await openBytes(tx, row.keyId, { table: 'documents', column: 'bytes', row: id }, row.bytes),
  };
}

import { and, count, eq } from 'drizzle-orm';
import type { Instant, PlainDate } from '../terms/index.js';
import { newId, record } from './record.js';
import { cases, documents } from './schema/index.js';
import type { Tx } from './tx.js';
import { sealContent } from './vault.js';

export interface OfficialPaper {
  readonly caseNo: string;
  readonly kind: string;
  /** The form and its version, `kind/n`. */
  readonly template: string;
  /** A self-contained document. */
  readonly html: string;
  readonly occurredOn: PlainDate;
  readonly at: Instant;
}

/** A paper that the office itself issues: made from the record once, kept as it was issued. @returns its id */
export async function issuePaper(tx: Tx, paper: OfficialPaper): Promise<string> {
  const { caseNo, kind, template, html, occurredOn, at } = paper;
  const [found] = await tx.q.select({ keyId: cases.keyId }).from(cases).where(eq(cases.caseNo, caseNo));
  if (!found) throw new Error('a paper belongs to a case');
  const [before] = await tx.q
    .select({ n: count() })
    .from(documents)
    .where(and(eq(documents.caseNo, caseNo), eq(documents.kind, kind)));
  const id = newId();
  await record(tx, documents, {
    id,
    caseNo,
    kind,
    mediaType: 'text/html; charset=utf-8',
    sizeBytes: Buffer.byteLength(html),
    keyId: found.keyId,
    ...(await sealContent(tx, found.keyId, 'documents', id, html)),
    madeBySystem: true,
    version: (before?.n ?? 0) + 1,
    template,
    occurredOn,
    at,
  });
  return id;
}

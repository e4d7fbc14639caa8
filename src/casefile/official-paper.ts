import { eq } from 'drizzle-orm';
import type { Instant, PlainDate } from '../terms/index.js';
import { newId, record } from './record.js';
import { cases, documents } from './schema/index.js';
import type { Tx } from './tx.js';
import { sealContent } from './vault.js';

export interface OfficialPaper {
  readonly caseNo: string;
  readonly kind: 'one_time_notification' | 'acceptance_receipt' | 'confirmation_notice' | 'refusal_notice';
  readonly lines: readonly string[];
  readonly occurredOn: PlainDate;
  readonly at: Instant;
}

/** A paper that the office itself issues: made from the record once, kept as it was issued. @returns its id */
export async function issuePaper(tx: Tx, paper: OfficialPaper): Promise<string> {
  const { caseNo, kind, occurredOn, at } = paper;
  const [found] = await tx.q.select({ keyId: cases.keyId }).from(cases).where(eq(cases.caseNo, caseNo));
  if (!found) throw new Error('a paper belongs to a case');
  const text = paper.lines.join('\n');
  const id = newId();
  await record(tx, documents, {
    id,
    caseNo,
    kind,
    mediaType: 'text/plain; charset=utf-8',
    sizeBytes: Buffer.byteLength(text),
    keyId: found.keyId,
    ...(await sealContent(tx, found.keyId, 'documents', id, text)),
    madeBySystem: true,
    occurredOn,
    at,
  });
  return id;
}

import { cases, remarks } from './schema/index.js';
import { eq } from 'drizzle-orm';
import { newId, record } from './record.js';
import type { Tx } from './tx.js';
import { sealField } from './vault.js';

/** Free text about people goes into a row of its own, under the case's key. */
export async function recordRemark(
  tx: Tx,
  caseNo: string,
  remark: { about: string; refId: string; text: string | undefined },
): Promise<void> {
  if (!remark.text) return;
  const [found] = await tx.q.select({ keyId: cases.keyId }).from(cases).where(eq(cases.caseNo, caseNo));
  if (!found) throw new Error('a remark belongs to a case');
  const id = newId();
  await record(tx, remarks, {
    id,
    caseNo,
    about: remark.about,
    refId: remark.refId,
    keyId: found.keyId,
    body: await sealField(tx, found.keyId, { table: 'remarks', column: 'body', row: id }, remark.text),
  });
}

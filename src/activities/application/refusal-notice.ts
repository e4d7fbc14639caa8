import { eq } from 'drizzle-orm';
import { frozenDetermination } from '../../casefile/determination.js';
import { newId, record } from '../../casefile/record.js';
import { determinationById, latestOpinion } from '../../casefile/opinions.js';
import { cases, documents } from '../../casefile/schema/index.js';
import { sealContent } from '../../casefile/vault.js';
import { explain } from '../../policy/explain.js';
import type { StepContext } from '../procedure-desk.js';

/** 不予确认告知书: what was decided, why, on which arithmetic, and how to have it looked at again. Made once, kept as decided. */
export async function refusalNotice(step: StepContext, decision: { decisionId: string; reasonCode: string }): Promise<void> {
  const { tx, caseNo, occurredOn, at } = step;
  const county = await latestOpinion(tx, caseNo, 'county');
  const arithmetic = county && (await determinationById(tx, county.determinationId));
  const steps = arithmetic ? explain(frozenDetermination(arithmetic), 'zh') : [];
  const text = [
    '不予确认告知书',
    `案号：${caseNo}`,
    `日期：${occurredOn}`,
    '经审核，您家庭的最低生活保障申请不予确认。依据：《最低生活保障审核确认办法》第二十一条、《中华人民共和国社会救助法》第四十五条。',
    `理由代码：${decision.reasonCode}`,
    ...steps.map((line, index) => `${index + 1}. ${line}`),
    '如不服本决定，可以自收到本告知书之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。',
  ].join('\n');
  const [found] = await tx.q.select({ keyId: cases.keyId }).from(cases).where(eq(cases.caseNo, caseNo));
  if (!found) throw new Error('a notice belongs to a case');
  const id = newId();
  const content = await sealContent(tx, found.keyId, 'documents', id, text);
  await record(tx, documents, {
    id,
    caseNo,
    kind: 'refusal_notice',
    mediaType: 'text/plain; charset=utf-8',
    sizeBytes: Buffer.byteLength(text),
    keyId: found.keyId,
    ...content,
    madeBySystem: true,
    occurredOn,
    at,
  });
}

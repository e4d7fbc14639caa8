import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { PURPOSE_OF } from '../policy/rule-inputs.js';
import type { ConsentEntry, PlainDate, Source, VerificationPurpose } from '../terms/index.js';
import { canonicalJson } from './crypto/canonical.js';
import { newId, record } from './record.js';
import { consents, consentWithdrawals } from './schema/index.js';
import { staffOf, type Tx } from './tx.js';

/** One signature each, from the one authorisation form (核对授权书). Ids in `entry` are person ids. */
export async function recordConsent(
  tx: Tx,
  caseNo: string,
  entry: ConsentEntry,
  act: { commandId: string; occurredOn: PlainDate; authorisationId?: string },
): Promise<string> {
  const id = newId();
  // The whole of what was agreed to: who, about whom, whom may be asked, for what, from when to when, by which text.
  const signed = {
    person: entry.person,
    signedBy: entry.signedBy,
    sources: [...entry.sources],
    purpose: PURPOSE_OF.dibao,
    textVersion: entry.textVersion,
    channel: entry.channel,
    from: act.occurredOn,
    to: entry.validTo,
  };
  await record(tx, consents, {
    id,
    caseNo,
    personId: entry.person,
    signedById: entry.signedBy,
    textVersion: entry.textVersion,
    purpose: PURPOSE_OF.dibao,
    sources: [...entry.sources],
    channel: entry.channel,
    validFrom: act.occurredOn,
    validTo: entry.validTo,
    signatureHash: createHash('sha256').update(canonicalJson(signed)).digest('hex'),
    staffId: staffOf(tx),
    commandId: act.commandId,
    occurredOn: act.occurredOn,
    authorisationId: act.authorisationId ?? null,
  });
  return id;
}

/**
 * The consent that grounds a lookup on a day: this person, this source, this
 * purpose, in force, not withdrawn; of the newest text.
 */
export async function validConsent(
  tx: Tx,
  query: { caseNo: string; personId: string; source: Source; purpose: VerificationPurpose; on: PlainDate },
): Promise<{ id: string; signatureHash: string; textVersion: string } | undefined> {
  const [row] = await tx.q
    .select({ id: consents.id, signatureHash: consents.signatureHash, textVersion: consents.textVersion })
    .from(consents)
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(
      and(
        eq(consents.caseNo, query.caseNo),
        eq(consents.personId, query.personId),
        eq(consents.purpose, query.purpose),
        sql`${consents.sources} ? ${query.source}`,
        lte(consents.validFrom, query.on),
        gte(consents.validTo, query.on),
        or(isNull(consentWithdrawals.withdrawnOn), gt(consentWithdrawals.withdrawnOn, query.on)),
      ),
    )
    .orderBy(desc(consents.textVersion))
    .limit(1);
  return row;
}

/** Signatures of one person that were not taken back. */
export const consentsInForce = (tx: Tx, caseNo: string, personId: string): Promise<{ id: string }[]> =>
  tx.q
    .select({ id: consents.id })
    .from(consents)
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.consentId, consents.id))
    .where(
      and(eq(consents.caseNo, caseNo), eq(consents.personId, personId), isNull(consentWithdrawals.consentId)),
    )
    .orderBy(asc(consents.id));

/** Whether a signature was taken back by this day. */
export async function wasWithdrawn(tx: Tx, consentId: string, on: PlainDate): Promise<boolean> {
  const [row] = await tx.q
    .select({ on: consentWithdrawals.withdrawnOn })
    .from(consentWithdrawals)
    .where(and(eq(consentWithdrawals.consentId, consentId), lte(consentWithdrawals.withdrawnOn, on)));
  return row !== undefined;
}

/** Every signature on file, oldest first: whose, by whom, until when. */
export const signaturesOf = (tx: Tx, caseNo: string): Promise<(typeof consents.$inferSelect)[]> =>
  tx.q.select().from(consents).where(eq(consents.caseNo, caseNo)).orderBy(asc(consents.id));

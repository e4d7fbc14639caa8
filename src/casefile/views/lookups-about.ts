import { and, asc, eq, inArray } from 'drizzle-orm';
import { DomainError, type Instant, type PlainDate } from '../../terms/index.js';
import { requestsOf } from '../evidence.js';
import { earlierSource, type EarlierSource } from './earlier-source.js';
import { openPersons } from '../persons.js';
import { acceptances, answerReadings, consents, lookupAttempts, questionLooks } from '../schema/index.js';
import { staffNames } from '../staff-names.js';
import type { Tx } from '../tx.js';

/** One question about a person: who was asked what, why and on what ground, when it left, and what came of it. */
export interface LookupAbout {
  readonly requestId: string;
  readonly source: string;
  readonly items: readonly string[];
  readonly purpose: string;
  /** The signature it rests on; null for a statutory ground, which `groundCode` then names. */
  readonly signed: {
    readonly on: PlainDate;
    readonly textVersion: string;
    readonly validTo: PlainDate;
  } | null;
  readonly groundCode: string | null;
  /** The platform that was asked in the source's place; null where the source itself was. */
  readonly via: string | null;
  /** Whose act caused the question; of one that nobody's act caused, whoever accepted the application. */
  readonly askedFor: string | null;
  readonly requestedOn: PlainDate;
  /** Each time it left the house. */
  readonly left: readonly Instant[];
  /** Each day on which it was shown to somebody who answers for the source, and to whom. */
  readonly shown: readonly { readonly at: Instant; readonly to: string | null }[];
  readonly outcome: 'found' | 'none' | 'unanswered' | null;
  /** Each time something came back and was read; that a platform could not reach the source is not something. */
  readonly heard: readonly Instant[];
  /** A person wanted it put anew: what came of it counts no more. */
  readonly superseded: boolean;
  readonly origin: EarlierSource | null;
}

/**
 * Everything that was asked about a person of this case (PIPL art. 44–45; LAW-2026 art. 70 (6)), oldest first.
 * @throws {DomainError} `not_found` when the person is not of this case
 */
export async function lookupsAbout(tx: Tx, caseNo: string, personId: string): Promise<LookupAbout[]> {
  const [person] = await openPersons(tx, caseNo, [personId]);
  if (!person) throw new DomainError('not_found');
  const asked = (await requestsOf(tx, caseNo)).filter((row) => row.personId === personId);
  const [accepted] = await tx.q
    .select({ staffId: acceptances.staffId })
    .from(acceptances)
    .where(eq(acceptances.caseNo, caseNo));
  const signatures = await tx.q
    .select()
    .from(consents)
    .where(and(eq(consents.caseNo, caseNo), eq(consents.personId, personId)));
  const attempts = await tx.q
    .select()
    .from(lookupAttempts)
    .where(and(eq(lookupAttempts.caseNo, caseNo), eq(lookupAttempts.phase, 'leaving')))
    .orderBy(asc(lookupAttempts.at));
  const looks = await tx.q
    .select()
    .from(questionLooks)
    .where(
      inArray(
        questionLooks.requestId,
        asked.map(({ id }) => id),
      ),
    )
    .orderBy(asc(questionLooks.at));
  const readings = await tx.q
    .select()
    .from(answerReadings)
    .where(eq(answerReadings.caseNo, caseNo))
    .orderBy(asc(answerReadings.at));
  const names = await staffNames(tx, [
    ...(accepted ? [accepted.staffId] : []),
    ...asked.flatMap(({ causedBy }) => causedBy ?? []),
    ...looks.map(({ staffId }) => staffId),
  ]);
  return asked.map((row) => {
    const signature = signatures.find(({ id }) => id === row.consentId);
    return {
      requestId: row.id,
      source: row.source,
      items: row.items,
      purpose: row.purpose,
      signed: signature
        ? { on: signature.validFrom, textVersion: signature.textVersion, validTo: signature.validTo }
        : null,
      groundCode: row.groundCode,
      via: row.via,
      askedFor: names.get(row.causedBy ?? accepted?.staffId ?? '') ?? null,
      requestedOn: row.requestedOn,
      left: attempts.filter(({ requestId }) => requestId === row.id).map(({ at }) => at),
      shown: looks
        .filter(({ requestId }) => requestId === row.id)
        .map(({ at, staffId }) => ({ at, to: names.get(staffId) ?? null })),
      outcome: row.outcome,
      heard: readings
        .filter(({ requestId, verdict }) => requestId === row.id && verdict !== 'not_answered')
        .map(({ at }) => at),
      superseded: row.superseded,
      origin: earlierSource(row.origin),
    };
  });
}

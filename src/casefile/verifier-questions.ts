import { sql } from 'drizzle-orm';
import type { Instant, PlainDate, Source } from '../terms/index.js';
import { DomainError, type ErrorCode } from '../terms/index.js';
import { noteAccesses } from './access.js';
import { audit } from './audit-log.js';
import { newId } from './record.js';
import { questionLooks } from './schema/index.js';
import type { Tx } from './tx.js';
import { openField, receiveKey } from './vault.js';

/** A question as its department's verifier may see it. Which case it comes from is not in it. */
export interface VerifierQuestion {
  readonly requestId: string;
  readonly caseRef: string;
  readonly source: Source;
  readonly items: readonly string[];
  readonly purpose: string;
  readonly asOf: PlainDate;
  readonly dueOn: PlainDate;
  readonly open: boolean;
  readonly consentHash: string;
  /** Null for a verifier who is concerned in the case: then nobody is named either. */
  readonly subject: { readonly name: string; readonly idNumber: string } | null;
  readonly barred: Extract<ErrorCode, 'relative_barred' | 'contributor_barred'> | null;
}

interface Row extends Record<string, unknown> {
  request_id: string;
  case_ref: string;
  source: string;
  items: string[];
  purpose: string;
  as_of: PlainDate;
  due_on: PlainDate;
  is_open: boolean;
  consent_hash: string;
  barred: VerifierQuestion['barred'];
  person_id: string | null;
  key_id: string;
  wrapped: Uint8Array | null;
  name: Uint8Array;
  id_number: Uint8Array | null;
}

export interface QuestionPage {
  readonly limit: number;
  /** The last question of the page before. */
  readonly after?: { readonly dueOn: string; readonly id: string } | undefined;
}

/**
 * Open questions to the sources that the acting verifier answers for, within their division, in order of their due days;
 * those of cases in which they are concerned are left out. `last` is set where more may follow.
 */
export async function questionsToMe(
  tx: Tx,
  { limit, after }: QuestionPage,
): Promise<{ page: VerifierQuestion[]; last: { dueOn: string; id: string } | undefined }> {
  const rows = [
    ...(await tx.q.execute<Row>(
      sql`SELECT * FROM onedoor.questions_to_me(NULL, true, ${after?.dueOn ?? null}::date, ${after?.id ?? null}::uuid, ${limit + 1})`,
    )),
  ];
  const listed = rows.slice(0, limit);
  const page: VerifierQuestion[] = [];
  for (const row of listed) if (row.barred === null) page.push(await opened(tx, row));
  const end = rows.length > limit ? listed.at(-1) : undefined;
  return { page, last: end && { dueOn: end.due_on, id: end.request_id } };
}

type Asked = VerifierQuestion & { readonly subject: NonNullable<VerifierQuestion['subject']> };

/** The same for a file: of one source, of named people, the soonest due first, so many at most. */
export async function openForFile(tx: Tx, source: Source, atMost: number): Promise<Asked[]> {
  const found: Asked[] = [];
  let after: QuestionPage['after'];
  do {
    const { page, last } = await questionsToMe(tx, { limit: 500, after });
    for (const { subject, ...question } of page)
      if (question.source === source && subject) found.push({ ...question, subject });
    after = last;
  } while (after && found.length < atMost);
  return found.slice(0, atMost);
}

/**
 * One of these questions, answered or not.
 * @throws {DomainError} `not_found`; `relative_barred` or `contributor_barred` to whoever is concerned in the case
 */
export async function questionToMe(tx: Tx, requestId: string): Promise<Asked> {
  const [row] = await tx.q.execute<Row>(
    sql`SELECT * FROM onedoor.questions_to_me(${requestId}::uuid, false, NULL, NULL, 1)`,
  );
  if (!row) throw new DomainError('not_found');
  const question = await opened(tx, row);
  if (question.barred) throw new DomainError(question.barred);
  const { subject } = question;
  // Nobody without a number is asked about.
  if (!subject) throw new DomainError('not_found');
  return { ...question, subject };
}

async function opened(tx: Tx, row: Row): Promise<VerifierQuestion> {
  const { person_id: personId, key_id: keyId } = row;
  const sealed = (column: string) => ({ table: 'persons', column, row: personId ?? '' });
  if (personId) receiveKey(tx, { keyId, wrapped: row.wrapped });
  return {
    requestId: row.request_id,
    caseRef: row.case_ref,
    source: row.source,
    items: row.items,
    purpose: row.purpose,
    asOf: row.as_of,
    dueOn: row.due_on,
    open: row.is_open,
    consentHash: row.consent_hash,
    barred: row.barred,
    subject:
      personId && row.id_number
        ? {
            name: await openField(tx, keyId, sealed('name'), row.name),
            idNumber: await openField(tx, keyId, sealed('id_number'), row.id_number),
          }
        : null,
  };
}

/** What one person signed, as whoever is asked about them may read it. */
export interface Authorisation {
  readonly textVersion: string;
  readonly channel: string;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
  readonly signedOn: PlainDate;
  readonly signatureHash: string;
  readonly signer: { readonly id: string; readonly name: string };
}

/** @throws {DomainError} `not_found` when the question is not open, or not this verifier's */
export async function authorisationForMe(tx: Tx, requestId: string): Promise<Authorisation> {
  const [row] = await tx.q.execute<{
    text_version: string;
    channel: string;
    valid_from: PlainDate;
    valid_to: PlainDate;
    signed_on: PlainDate;
    signature_hash: string;
    signer_id: string;
    signer_key_id: string;
    signer_wrapped: Uint8Array | null;
    signer_name: Uint8Array;
  }>(sql`SELECT * FROM onedoor.authorisation_for_me(${requestId}::uuid)`);
  if (!row) throw new DomainError('not_found');
  receiveKey(tx, { keyId: row.signer_key_id, wrapped: row.signer_wrapped });
  const purpose = { table: 'persons', column: 'name', row: row.signer_id };
  return {
    textVersion: row.text_version,
    channel: row.channel,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    signedOn: row.signed_on,
    signatureHash: row.signature_hash,
    signer: {
      id: row.signer_id,
      name: await openField(tx, row.signer_key_id, purpose, row.signer_name),
    },
  };
}

export interface Look {
  readonly staffId: string;
  readonly what: (typeof questionLooks.$inferInsert)['what'];
  readonly requestIds: readonly string[];
  readonly at: Instant;
}

/**
 * Writes down who is about to be shown what, before they are. The house writes it, for whoever looks has no chain of
 * their own: one row for each question and day, one event for each look, and for the auditor of whoever looks an access to
 * each file.
 */
export async function noteLook(tx: Tx, { staffId, what, requestIds, at }: Look): Promise<void> {
  const rows = requestIds.map((requestId) => ({
    id: newId(),
    requestId,
    staffId,
    what,
    onDay: tx.acting.on,
    at,
  }));
  const fresh =
    rows.length === 0
      ? []
      : await tx.q
          .insert(questionLooks)
          .values(rows)
          .onConflictDoNothing()
          .returning({ id: questionLooks.id });
  tx.unaudited.push(...fresh.map(({ id }) => ({ table: 'question_looks', id })));
  await audit(tx, {
    at,
    code: 'questions_shown',
    article: 'LAW-2026 art. 41',
    params: { staffId, what, questions: requestIds.length },
  });
  if (requestIds.length === 0) return;
  const about = await tx.q.execute<{ case_no: string; person_id: string }>(
    sql`SELECT * FROM onedoor.asked_about(${sql.param([...requestIds])}::uuid[])`,
  );
  await noteAccesses(
    tx,
    [...about].map(({ case_no: caseNo, person_id: personId }) => ({
      staffId,
      kind: 'verifier_look',
      channel: 'api',
      at,
      caseNo,
      personId,
    })),
  );
}

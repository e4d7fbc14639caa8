import { and, asc, desc, eq } from 'drizzle-orm';
import type {
  PlainDate,
  RecogniseReportBody,
  RecognisedFact,
  Source,
  VerificationPurpose,
} from '../terms/index.js';
import { readCase } from './case-state.js';
import { newId, record } from './record.js';
import { recognisedAnswers as answers, recognisedReports as reports } from './schema/index.js';
import { staffOf, type Tx } from './tx.js';
import { openField, sealField } from './vault.js';

const sealedAs = (table: string, column: string, row: string) => ({ table, column, row });

/** Puts what the paper of a recognised report says on record, whether or not a question waits for it. @returns its id */
export async function recordRecognised(
  tx: Tx,
  caseNo: string,
  entered: RecogniseReportBody,
  act: { readonly commandId: string; readonly documentHash: string },
): Promise<string> {
  const id = newId();
  const { keyId } = await readCase(tx, caseNo);
  const details = JSON.stringify({ body: entered.body, reportNo: entered.reportNo });
  await record(tx, reports, {
    id,
    caseNo,
    placeCode: entered.place,
    keyId,
    details: await sealField(tx, keyId, sealedAs('recognised_reports', 'details', id), details),
    purpose: entered.purpose,
    madeOn: entered.madeOn,
    validTo: entered.validTo,
    documentId: entered.documentId,
    documentHash: act.documentHash,
    staffId: staffOf(tx),
    commandId: act.commandId,
    occurredOn: entered.occurredOn,
  });
  for (const { person, source, items, outcome, facts } of entered.answers) {
    const row = newId();
    await record(tx, answers, {
      id: row,
      caseNo,
      recognisedId: id,
      personId: person,
      source,
      items: [...items],
      outcome,
      keyId,
      facts: await sealField(tx, keyId, sealedAs('recognised_answers', 'facts', row), JSON.stringify(facts)),
    });
  }
  return id;
}

/** What a recognised report says a source answered about one member. */
export interface RecognisedAnswer {
  readonly id: string;
  readonly recognisedId: string;
  readonly purpose: VerificationPurpose;
  readonly madeOn: PlainDate;
  readonly validTo: PlainDate;
  readonly documentHash: string;
  readonly items: readonly string[];
  readonly outcome: 'found' | 'none';
  open(): Promise<RecognisedFact[]>;
}

/** Of several reports the newest first. */
export async function recognisedAnswers(
  tx: Tx,
  asked: { caseNo: string; personId: string; source: Source },
): Promise<RecognisedAnswer[]> {
  const rows = await tx.q
    .select({ answer: answers, report: reports })
    .from(answers)
    .innerJoin(reports, eq(reports.id, answers.recognisedId))
    .where(
      and(
        eq(answers.caseNo, asked.caseNo),
        eq(answers.personId, asked.personId),
        eq(answers.source, asked.source),
      ),
    )
    .orderBy(desc(reports.madeOn), desc(answers.id));
  return rows.map(({ answer, report }) => ({
    id: answer.id,
    recognisedId: report.id,
    purpose: report.purpose,
    madeOn: report.madeOn,
    validTo: report.validTo,
    documentHash: report.documentHash,
    items: answer.items,
    outcome: answer.outcome,
    open: async () =>
      JSON.parse(
        await openField(tx, answer.keyId, sealedAs('recognised_answers', 'facts', answer.id), answer.facts),
      ) as RecognisedFact[],
  }));
}

export interface KnownRecognised {
  readonly id: string;
  readonly placeCode: string;
  readonly body: string;
  readonly reportNo: string;
  readonly madeOn: PlainDate;
  readonly validTo: PlainDate;
  readonly documentId: string;
  readonly documentHash: string;
  readonly occurredOn: PlainDate;
}

/** Reports of other places in the file of a case, oldest first. */
export async function recognisedOf(tx: Tx, caseNo: string): Promise<KnownRecognised[]> {
  const rows = await tx.q.select().from(reports).where(eq(reports.caseNo, caseNo)).orderBy(asc(reports.id));
  return Promise.all(
    rows.map(async ({ id, keyId, details, ...row }) => {
      const text = await openField(tx, keyId, sealedAs('recognised_reports', 'details', id), details);
      const { body, reportNo } = JSON.parse(text) as { body: string; reportNo: string };
      const { placeCode, madeOn, validTo, documentId, documentHash, occurredOn } = row;
      return { id, placeCode, body, reportNo, madeOn, validTo, documentId, documentHash, occurredOn };
    }),
  );
}

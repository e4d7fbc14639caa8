import { and, asc, eq } from 'drizzle-orm';
import { PAPERS_BY_KIND } from '../policy/papers/index.js';
import { DomainError, type AnswerReportBody, type Instant, type Reporter } from '../terms/index.js';
import { audit } from './audit-log.js';
import { lockCase } from './case-state.js';
import { endClocks } from './clocks.js';
import { issuePaper } from './official-paper.js';
import { newId, record } from './record.js';
import { reportAnswers, reporters, reports } from './schema/index.js';
import { closeTasks } from './tasks.js';
import { staffOf, type Tx } from './tx.js';
import { newKey, openField, sealField } from './vault.js';

const purpose = (column: string, row: string) => ({ table: 'reporters', column, row });

/** Who reported, and in which words: under a key of its own that only the supervisor's role can have. */
export async function recordReporter(
  tx: Tx,
  caseNo: string,
  { refId, reporter, words }: { refId: string; reporter: Reporter | undefined; words: string },
): Promise<void> {
  const id = newId();
  const keyId = await newKey(tx, 'reporter', caseNo);
  const sealed = (column: string, text: string | undefined) =>
    text === undefined ? null : sealField(tx, keyId, purpose(column, id), text);
  await record(tx, reporters, {
    id,
    caseNo,
    refId,
    keyId,
    name: await sealed('name', reporter?.name),
    phone: await sealed('phone', reporter?.phone),
    words: await sealField(tx, keyId, purpose('words', id), words),
  });
}

export interface KnownReporter {
  readonly name: string | null;
  readonly phone: string | null;
  readonly words: string;
}

/** @throws {DomainError} `not_found` for whoever may not know, as for what is not there */
export async function openReporter(tx: Tx, caseNo: string, refId: string): Promise<KnownReporter> {
  const [row] = await tx.q
    .select()
    .from(reporters)
    .where(and(eq(reporters.caseNo, caseNo), eq(reporters.refId, refId)));
  if (!row) throw new DomainError('not_found');
  const text = (column: string, value: Uint8Array | null) =>
    value ? openField(tx, row.keyId, purpose(column, row.id), value) : null;
  return {
    name: await text('name', row.name),
    phone: await text('phone', row.phone),
    words: await openField(tx, row.keyId, purpose('words', row.id), row.words),
  };
}

/** Reports about a case, without who made them; `answered` once the answer is on record. */
export async function reportsOf(tx: Tx, caseNo: string) {
  const rows = await tx.q
    .select({ report: reports, finding: reportAnswers.finding })
    .from(reports)
    .leftJoin(reportAnswers, eq(reportAnswers.reportId, reports.id))
    .where(eq(reports.caseNo, caseNo))
    .orderBy(asc(reports.id));
  return rows.map(({ report, finding }) => ({ ...report, finding }));
}

const VERDICTS = {
  confirmed: 'true',
  partly_confirmed: 'partly_true',
  not_confirmed: 'not_true',
} as const;

/**
 * The answer to a report, once, with its letter. The copy in the file does not say to whom it went: that stands with
 * the reporter (DIBAO-2021 art. 37).
 * @throws {DomainError} `not_found`, `not_allowed_now` when it was answered before
 */
export async function answerReport(
  tx: Tx,
  { reportId, caseNo, body, office, complaintPhone, commandId, at }: ReportAnswerAct,
): Promise<{ documentId: string }> {
  const state = await lockCase(tx, caseNo);
  const report = (await reportsOf(tx, caseNo)).find(({ id }) => id === reportId);
  if (!report) throw new DomainError('not_found');
  if (report.finding !== null)
    throw new DomainError('not_allowed_now', { params: { finding: report.finding } });
  if (body.occurredOn < report.occurredOn)
    throw new DomainError('occurred_out_of_order', {
      pointer: '/occurredOn',
      params: { after: report.occurredOn },
    });
  const { template, render } = PAPERS_BY_KIND.report_answer;
  const { occurredOn, finding, how, result } = body;
  const html = render({
    office,
    date: occurredOn,
    reportNo: reportId.slice(-12),
    reporter: report.realName ? '实名举报人（姓名另存）' : '举报人',
    reportedOn: report.occurredOn,
    subject: '最低生活保障申请',
    verdict: VERDICTS[finding],
    checked: body.checked,
    measures: body.measures ?? null,
    complaintPhone,
  });
  const documentId = await issuePaper(tx, { caseNo, kind: 'report_answer', template, html, occurredOn, at });
  await record(tx, reportAnswers, {
    reportId,
    caseNo,
    finding,
    how,
    result,
    documentId,
    staffId: staffOf(tx),
    commandId,
    occurredOn,
  });
  await endClocks(tx, caseNo, ['report_answer', 'report_answer_escalated'], occurredOn, { refId: reportId });
  await closeTasks(tx, caseNo, ['answer_report'], at, { reportId });
  await audit(tx, {
    caseNo,
    at,
    code: 'report_answered',
    article: 'DIBAO-2021 art. 37',
    params: { reportId, finding, how, result, state: state.state },
  });
  return { documentId };
}

export interface ReportAnswerAct {
  readonly caseNo: string;
  readonly reportId: string;
  readonly body: AnswerReportBody;
  readonly office: string;
  readonly complaintPhone: string;
  readonly commandId: string;
  readonly at: Instant;
}

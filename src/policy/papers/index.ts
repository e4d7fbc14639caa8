import { acceptanceReceiptPaper } from './acceptance-receipt.js';
import { appraisalRecordPaper } from './appraisal-record.js';
import { closingNoticePaper } from './closing-notice.js';
import { confirmationNoticePaper } from './confirmation-notice.js';
import { cooperationWarningPaper } from './cooperation-warning.js';
import { deliveryReceiptPaper } from './delivery-receipt.js';
import { dibaoCertificatePaper } from './dibao-certificate.js';
import { handOverLetterPaper } from './hand-over-letter.js';
import { homeVisitFormPaper } from './home-visit-form.js';
import { oneTimeNotificationPaper } from './one-time-notification.js';
import { preliminaryOpinionFormPaper } from './preliminary-opinion-form.js';
import { publicNoticeSheetPaper } from './public-notice-sheet.js';
import { publicationSheetPaper } from './publication-sheet.js';
import { refusalNoticePaper } from './refusal-notice.js';
import { reportAnswerPaper } from './report-answer.js';
import { terminationNoticePaper } from './termination-notice.js';
import { verificationAuthorisationPaper } from './verification-authorisation.js';
import { verificationFindingNoticePaper } from './verification-finding-notice.js';
import { verificationReportPaper } from './verification-report.js';

/** Every paper an office makes in an application, in the order in which a case may come to it. */
export const PAPERS_BY_KIND = {
  acceptance_receipt: acceptanceReceiptPaper,
  one_time_notification: oneTimeNotificationPaper,
  closing_notice: closingNoticePaper,
  verification_authorisation: verificationAuthorisationPaper,
  home_visit_form: homeVisitFormPaper,
  verification_report: verificationReportPaper,
  verification_finding_notice: verificationFindingNoticePaper,
  cooperation_warning: cooperationWarningPaper,
  termination_notice: terminationNoticePaper,
  preliminary_opinion_form: preliminaryOpinionFormPaper,
  public_notice_sheet: publicNoticeSheetPaper,
  appraisal_record: appraisalRecordPaper,
  confirmation_notice: confirmationNoticePaper,
  dibao_certificate: dibaoCertificatePaper,
  refusal_notice: refusalNoticePaper,
  delivery_receipt: deliveryReceiptPaper,
  publication_sheet: publicationSheetPaper,
  report_answer: reportAnswerPaper,
  hand_over_letter: handOverLetterPaper,
} as const;

export type PaperKind = keyof typeof PAPERS_BY_KIND;
/** What a kind of paper is drawn from. */
export type PaperData<K extends PaperKind> = Parameters<(typeof PAPERS_BY_KIND)[K]['render']>[0];

/** The Chinese name of a kind of document, also of one that the office did not make; undefined when we have none. */
export const paperTitle = (kind: string): string | undefined =>
  Object.hasOwn(PAPERS_BY_KIND, kind) ? PAPERS_BY_KIND[kind as PaperKind].title : undefined;

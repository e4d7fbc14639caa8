import { v5 as uuidV5 } from 'uuid';
import type { PlainDate } from '../terms/dates.js';
import type { Id } from '../terms/ids.js';
import type { Fact, LookupRequest, Source, Subject } from './contract.js';

/** One source's part of what a platform is asked: a question of its own, with a pseudonym and a consent of its own. */
export type InquiryQuestion = Pick<
  LookupRequest,
  'requestId' | 'source' | 'items' | 'caseRef' | 'consentHash'
>;

/** All that leaves the house for the questions about one person that a platform passes on. */
export interface PlatformInquiry extends Pick<
  LookupRequest,
  'purpose' | 'subject' | 'callbackUrl' | 'asOf' | 'dueAt'
> {
  /** Made from its questions: the same ones sent again are the same inquiry. */
  inquiryId: Id;
  platform: string;
  questions: readonly InquiryQuestion[];
}

/**
 * What a platform says of one source. `not_answered`: it could not reach the source, or has not heard from it yet; a later
 * report may. That is never `none`.
 */
export interface ReportSection {
  requestId: Id;
  source: Source;
  outcome: 'found' | 'none' | 'not_answered';
  /** Whom the source found, where it is not whom the report is about. Somebody else: not used. */
  subject?: Subject;
  /** The day on which the source's facts stood like that; absent when it was not reached. */
  valuedOn?: PlainDate;
  /** Empty unless the outcome is `found`. */
  facts: readonly Fact[];
}

/** The JSON body that a platform sends to `callbackUrl`. */
export interface PlatformReport {
  reportId: Id;
  platform: string;
  /** RFC 3339, business time. */
  answeredAt: string;
  subject: Subject;
  sections: readonly ReportSection[];
}

const NAMESPACE = uuidV5('one door inquiries', uuidV5.URL);

export const inquiryIdOf = (questions: readonly InquiryQuestion[]): Id =>
  uuidV5(JSON.stringify(questions), NAMESPACE) as Id;

import { v5 as uuidV5 } from 'uuid';
import { dateAt, rfc3339 } from '../../terms/dates.js';
import { chance } from './chance.js';
import { aboutNamesake, opposite } from './distortions.js';
import { actsInReporting } from './faults.js';
import { dueAfter, unknownIdFor, unsent, writeLetters } from './letters.js';
import { plansFor } from './plans.js';
import type { Instant } from '../../terms/dates.js';
import type { Id } from '../../terms/ids.js';
import type { DepartmentAnswer, LookupRequest, Source } from '../contract.js';
import type {
  InquiryQuestion,
  PlatformInquiry,
  PlatformReport,
  ReportSection,
} from '../platform-contract.js';
import type { FaultCode, TakingFault } from './faults.js';
import type { Letter, Order } from './letters.js';
import type { Plan } from './plans.js';
import type { Finding } from './registers.js';

export interface Reporting extends Order<Exclude<FaultCode, TakingFault>> {
  inquiry: PlatformInquiry;
  /** What the register of each source says; `no_register` where the platform cannot reach it. */
  findingOf: (request: LookupRequest) => Finding;
  /** The same source’s question in another inquiry, where there is one. */
  anotherFor: (source: Source) => Id | undefined;
  /** A source of this platform that was not asked. */
  notAsked: Source | undefined;
}

const HOUR_MS = 3_600_000;
const TWO_DAYS_MS = 48 * HOUR_MS;

/** A question as the source itself would have got it. */
const requestOf = (inquiry: PlatformInquiry, question: InquiryQuestion): LookupRequest => ({
  ...question,
  purpose: inquiry.purpose,
  subject: inquiry.subject,
  callbackUrl: new URL(question.source, inquiry.callbackUrl).href,
  asOf: inquiry.asOf,
  dueAt: inquiry.dueAt,
});

/**
 * Writes what a platform will send about one inquiry: one report as a rule, none for silence, two where it says two things.
 * A fault of answering befalls every section, one of reporting the first that was asked for.
 */
export function writeReports(reporting: Reporting): Letter[] {
  const { inquiry, fault, usual, seed, question: key, now } = reporting;
  const own = fault && actsInReporting(fault) ? fault : undefined;
  const answering = fault && !actsInReporting(fault) ? fault : undefined;
  const requests = inquiry.questions.map((question) => requestOf(inquiry, question));
  const [first] = requests;
  if (!first) return [];
  // What it will say is fixed when it takes the inquiry.
  const findings = new Map(requests.map((request) => [request, reporting.findingOf(request)]));
  const plansOf = (request: LookupRequest) =>
    plansFor({
      fault: answering,
      usual,
      items: request.items,
      anotherId: reporting.anotherFor(request.source) ?? unknownIdFor(request.requestId),
      unknownId: unknownIdFor(request.requestId),
      luck: chance(seed, 'order', ...key),
    });
  const envelopes = plansOf(first);
  const report = (index: number, plan: Plan, sections: Sections): Letter => {
    const reportId = uuidV5(`report/${index}/${seed}`, inquiry.inquiryId) as Id;
    const dueAt = dueAfter(now, plan.delayMs);
    return {
      requestId: inquiry.inquiryId,
      source: inquiry.platform,
      fault: fault ?? null,
      callbackUrl: inquiry.callbackUrl,
      dueAt,
      webhookId: `msg_${reportId}`,
      body: () =>
        plan.encode(
          JSON.stringify(reportOf(inquiry, { reportId, at: dueAt, sections: sections(reportId, dueAt) })),
        ),
      // Reports are sent.
      wire: 'callback',
      rows: () => new Uint8Array(),
      ...unsent(plan),
    };
  };
  const sections =
    (says: (request: LookupRequest) => Plan['says'], silentAbout?: Source): Sections =>
    (reportId, at) =>
      requests.map((request) => {
        const finding = findings.get(request);
        if (!finding || finding.kind === 'no_register' || request.source === silentAbout)
          return notReached(request);
        return sectionOf(inquiry, at, says(request)(answerOf(request, finding, { reportId, at })));
      });
  const plainly: Sections = sections(() => (answer) => answer);
  const [plan] = envelopes;
  if (own === undefined || plan === undefined)
    return envelopes.map((each, index) =>
      report(
        index,
        each,
        sections((request) => plansOf(request)[index]?.says ?? each.says),
      ),
    );
  switch (own) {
    case 'section_missing':
      return [report(0, plan, (id, at) => plainly(id, at).slice(1))];
    case 'section_about_another':
      return [
        report(
          0,
          plan,
          sections(
            (request) => (answer) => (request === first ? aboutNamesake(answer, request.items) : answer),
          ),
        ),
      ];
    case 'section_not_asked':
      return [
        report(0, plan, (id, at) => [
          ...plainly(id, at),
          ...(reporting.notAsked === undefined
            ? []
            : [
                { ...notReached({ requestId: unknownIdFor(inquiry.inquiryId), source: reporting.notAsked }) },
              ]),
        ]),
      ];
    case 'section_against_source': {
      const direct = { ...reporting, fault: undefined, request: first, finding: reporting.findingOf(first) };
      const later = { ...plan, delayMs: plan.delayMs + HOUR_MS };
      const contradicting = sections(
        (request) => (answer) => (request === first ? opposite(answer, request.items) : answer),
      );
      return [...writeLetters(direct), report(0, later, contradicting)];
    }
    case 'partial_report':
      return [
        report(
          0,
          plan,
          sections(() => (answer) => answer, first.source),
        ),
        report(1, { ...plan, delayMs: plan.delayMs + TWO_DAYS_MS }, plainly),
      ];
  }
}

type Sections = (reportId: Id, at: Instant) => readonly object[];

const reportOf = (
  { platform, subject }: PlatformInquiry,
  { reportId, at, sections }: { reportId: Id; at: Instant; sections: readonly object[] },
): PlatformReport => ({
  reportId,
  platform,
  answeredAt: rfc3339(at),
  subject,
  sections: sections as PlatformReport['sections'],
});

const answerOf = (
  { requestId, source }: LookupRequest,
  finding: Exclude<Finding, { kind: 'no_register' }>,
  { reportId, at }: { reportId: Id; at: Instant },
): DepartmentAnswer => ({
  answerId: reportId,
  requestId,
  source,
  answeredAt: rfc3339(at),
  subject: finding.subject,
  outcome: finding.kind,
  facts: finding.kind === 'found' ? finding.facts : [],
});

/** What an answer, or something like one, looks like as part of a report. */
function sectionOf(inquiry: PlatformInquiry, at: Instant, said: object): object {
  const { answerId: _, answeredAt: __, subject, ...rest } = said as DepartmentAnswer;
  const { idNumber, name } = inquiry.subject;
  const other = subject.idNumber !== idNumber || subject.name !== name;
  return { ...rest, valuedOn: dateAt(at), ...(other && { subject }) };
}

const notReached = ({ requestId, source }: Pick<ReportSection, 'requestId' | 'source'>): ReportSection => ({
  requestId,
  source,
  outcome: 'not_answered',
  facts: [],
});

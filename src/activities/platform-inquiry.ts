import { inquiryIdOf, type PlatformInquiry } from '../departments/platform-contract.js';
import { endOf, rfc3339, type Id } from '../terms/index.js';
import type { Leaving } from './lookup-gate.js';

/** The questions about one person, of one day, that a platform passes on; there is at least one. */
export function inquiryOf(platform: string, left: readonly Leaving[], callbackUrl: string): PlatformInquiry {
  const [first] = left;
  if (!first) throw new TypeError('an inquiry asks something');
  const questions = left.map(({ row, consentHash }) => ({
    requestId: row.id as Id,
    source: row.source,
    items: row.items,
    caseRef: row.caseRef,
    consentHash,
  }));
  return {
    inquiryId: inquiryIdOf(questions),
    platform,
    purpose: 'dibao_means_verification',
    subject: first.subject,
    callbackUrl: `${callbackUrl}/callbacks/${platform}`,
    asOf: first.row.requestedOn,
    dueAt: rfc3339(endOf(first.row.dueOn)),
    questions,
  };
}

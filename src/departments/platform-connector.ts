import { createHttpAsker, type Asker } from './connector.js';
import type { ExchangeOptions } from './connector-exchange.js';
import type { PlatformInquiry } from './platform-contract.js';

/** How a platform is asked. Only the lookup gate may call it. */
export type PlatformConnector = Asker<PlatformInquiry>;

/** One signed POST for all the questions about a person, to `${baseUrl}/${platform}/requests`. */
export const createPlatformConnector = ({
  platform,
  ...options
}: Omit<ExchangeOptions, 'source'> & { platform: string }): PlatformConnector =>
  createHttpAsker(
    { ...options, source: platform },
    { idOf: ({ inquiryId }) => inquiryId, bodyOf: inquiryOf },
  );

/** Field by field, so that a caller's richer object cannot leave the house unnoticed. */
const inquiryOf = (inquiry: PlatformInquiry): PlatformInquiry => ({
  inquiryId: inquiry.inquiryId,
  platform: inquiry.platform,
  purpose: inquiry.purpose,
  subject: { idNumber: inquiry.subject.idNumber, name: inquiry.subject.name },
  callbackUrl: inquiry.callbackUrl,
  asOf: inquiry.asOf,
  dueAt: inquiry.dueAt,
  questions: inquiry.questions.map(({ requestId, source, items, caseRef, consentHash }) => ({
    requestId,
    source,
    items: [...items],
    caseRef,
    consentHash,
  })),
});

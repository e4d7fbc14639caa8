import { PLATFORM_BOOK } from '../platforms.js';
import { writeReports } from './platform-letters.js';
import { lookUp } from './registers.js';
import type { Instant } from '../../terms/dates.js';
import type { Id } from '../../terms/ids.js';
import type { LookupRequest, Source } from '../contract.js';
import type { PlatformInquiry } from '../platform-contract.js';
import type { PlatformDefinition } from '../platform.js';
import type { Registers } from './files.js';
import type { Arrival, Ledger } from './ledger.js';
import type { Letter } from './letters.js';

type Inquiry = Omit<PlatformInquiry, 'platform'> & { readonly platform: string };

/** A platform that asks the same registers as the departments. */
export interface PlatformDesk {
  arrive(inquiry: Inquiry): Arrival | 'conflict';
  /** Takes an inquiry once. @returns its reports */
  take(arrival: Arrival, inquiry: Inquiry, registers: Registers, now: Instant): Letter[];
}

export const createPlatformDesks = (ledger: Ledger): ReadonlyMap<string, PlatformDesk> =>
  new Map(PLATFORM_BOOK.map((platform) => [platform.code, createPlatformDesk(platform, ledger)]));

function createPlatformDesk(platform: PlatformDefinition, ledger: Ledger): PlatformDesk {
  /** A question that came before, in whichever inquiry, is the same question. */
  const known = new Map<Id, { source: Source; person: string }>();
  return {
    arrive: (inquiry) => ledger.arrive({ ...inquiry, requestId: inquiry.inquiryId, source: platform.code }),
    take(arrival, inquiry, registers, now) {
      const questions = inquiry.questions.filter(({ requestId }) => !known.has(requestId));
      const person = inquiry.subject.idNumber;
      const letters = ledger.take(
        arrival,
        (order) =>
          writeReports({
            ...order,
            inquiry: { ...inquiry, questions },
            findingOf: (request: LookupRequest) =>
              ledger.profileOf(request.source).kind === 'silent'
                ? { kind: 'no_register' }
                : lookUp(registers, request),
            anotherFor: (source) =>
              [...known].find(([, each]) => each.source === source && each.person !== person)?.[0],
            notAsked: platform.sources.find((source) =>
              inquiry.questions.every((question) => question.source !== source),
            ),
          }),
        registers,
        now,
      );
      for (const { requestId, source } of questions) known.set(requestId, { source, person });
      return letters;
    },
  };
}

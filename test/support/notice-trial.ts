import fc from 'fast-check';
import { expect } from 'vitest';
import { maskName } from '../../src/policy/masking.js';
import { PAPERS_BY_KIND } from '../../src/policy/papers/index.js';
import { boardNotice, onlineNotice, publication, type NoticeInput } from '../../src/policy/public-notice.js';
import { DomainError } from '../../src/terms/index.js';
import { givesAway, hostileNotice, POSTED_ON } from './hostile-notices.js';

export interface TrialTally {
  notices: number;
  produced: number;
  /** By what was found. */
  readonly refused: Record<string, number>;
  /** Full names that were posted: the trial would prove little if there were none. */
  inFull: number;
}

/** Every text that can come of one household, as it would hang: null where it was refused. */
const POSTINGS: Readonly<Record<string, (input: NoticeInput) => { name: string; sheet: string }>> = {
  board: (input) => {
    const notice = boardNotice(input);
    return { name: notice.name, sheet: PAPERS_BY_KIND.public_notice_sheet.render(notice) };
  },
  online: (input) => {
    const notice = onlineNotice(input);
    return { name: notice.name, sheet: PAPERS_BY_KIND.public_notice_sheet.render(notice) };
  },
  publication: ({ office, programme, applicant, members, memberCount, monthlyBenefitFen, boardName }) => {
    const posted = publication({
      office,
      programme,
      applicant,
      members,
      memberCount,
      monthlyBenefitFen,
      boardName,
      date: POSTED_ON,
      where: 'board',
    });
    return { name: posted.name, sheet: PAPERS_BY_KIND.publication_sheet.render(posted) };
  },
};

/** Makes that many households' notices, honest and hostile, and looks at each that is produced. Fails at the first leak. */
export function tryNotices(options: { numRuns: number; seed: number }): TrialTally {
  const tally: TrialTally = { notices: 0, produced: 0, refused: {}, inFull: 0 };
  fc.assert(
    fc.property(hostileNotice, ({ input, secret, applicantIsMinor }) => {
      for (const [where, post] of Object.entries(POSTINGS)) {
        tally.notices += 1;
        const may = where !== 'online' && input.boardName === 'full' && !applicantIsMinor;
        let posted;
        try {
          posted = post(input);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          const { guard, found } = error.params;
          expect([error.code, guard]).toEqual(['guard_not_met', 'notice_clean']);
          // An honest notice is never kept from its board, and a refusal never repeats what it refuses.
          expect(secret).not.toBeNull();
          if (secret) expect(givesAway(JSON.stringify(error.params), secret)).toBe(false);
          tally.refused[String(found)] = (tally.refused[String(found)] ?? 0) + 1;
          continue;
        }
        tally.produced += 1;
        if (secret) expect(givesAway(posted.sheet, secret)).toBe(false);
        else expect(posted.name).toBe(may ? input.applicant.name : maskName(input.applicant.name));
        if (applicantIsMinor) expect(posted.sheet).not.toContain(input.applicant.name);
        for (const { name } of input.members.slice(1)) expect(posted.sheet).not.toContain(name);
        if (may) tally.inFull += 1;
      }
    }),
    options,
  );
  return tally;
}

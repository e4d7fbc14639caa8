import { randomUUID } from 'node:crypto';
import { applicationDesk } from '../../src/activities/application/index.js';
import { createDeskActivities } from '../../src/activities/desk.js';
import { storeCallback } from '../../src/casefile/answers.js';
import { requestsOf, type RequestStanding } from '../../src/casefile/evidence.js';
import { openPersons } from '../../src/casefile/persons.js';
import { inCasefile } from '../../src/casefile/tx.js';
import type { Fact, Subject } from '../../src/departments/contract.js';
import { dateAt, instant, rfc3339, type IdNumber, type Instant } from '../../src/terms/index.js';
import type { TestRecord } from './record.js';
import { rulebookWith } from './rulebook.js';

export const PLATFORM = 'provincial_platform';
/** Dongyuan as if it asked bank and social insurance through the platform, and the household register itself. */
export const ASKED_THROUGH = {
  verification_platform: { platform: PLATFORM, sources: ['bank', 'social_insurance'] },
};
export const withPlatform = () => rulebookWith(ASKED_THROUGH);

export interface Report {
  readonly sections: readonly unknown[];
  readonly subject?: Subject;
  readonly answeredAt?: Instant;
  readonly more?: object;
}

/** A platform that reports on the cases of a record, past the door and by the desk. */
export function platformOf({ database: { casefile }, rulebook, walker }: TestRecord) {
  const desk = createDeskActivities({
    casefile,
    rulebook: () => rulebook,
    procedures: { application: applicationDesk },
  });
  const subjectOf = async (caseNo: string, personId: string): Promise<Subject> => {
    const [person] = await walker.inside(caseNo, '2026-03-05', (tx) => openPersons(tx, caseNo, [personId]));
    return { idNumber: person?.idNumber as IdNumber, name: person?.name ?? '' };
  };

  /** Whatever somebody sent under the platform's key, filed under one of the questions. @returns the id of the stored bytes */
  async function hear(caseNo: string, body: unknown, at: Instant): Promise<string> {
    const acting = { actor: 'system:answers', on: dateAt(at), caseNo } as const;
    const id = await inCasefile(casefile, acting, async (tx) => {
      const asked = (await requestsOf(tx, caseNo)).find(({ via }) => via === PLATFORM);
      return storeCallback(tx, caseNo, {
        source: PLATFORM,
        webhookId: randomUUID(),
        requestId: asked?.id ?? null,
        body: Buffer.from(JSON.stringify(body)),
        at,
        realNow: instant(Date.now()),
      });
    });
    if (!id) throw new Error('heard before');
    await desk.readAnswer({ procedure: 'application', record: caseNo, at }, id);
    return id;
  }

  /** A report about the applicant, unless it says otherwise. */
  async function report(caseNo: string, { sections, subject, answeredAt, more }: Report, at: Instant) {
    const asked = await walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo));
    const about = subject ?? (await subjectOf(caseNo, asked[0]?.personId ?? ''));
    const body = {
      reportId: randomUUID(),
      platform: PLATFORM,
      answeredAt: rfc3339(answeredAt ?? at),
      subject: about,
      sections,
      ...more,
    };
    return hear(caseNo, body, at);
  }
  return { hear, report, subjectOf };
}

type Asked = Pick<RequestStanding, 'id' | 'source'>;
export const section = ({ id, source }: Asked, facts: readonly Fact[] = [], more: object = {}): object => ({
  requestId: id,
  source,
  outcome: facts.length > 0 ? 'found' : 'none',
  valuedOn: '2026-03-04',
  facts,
  ...more,
});
export const notReached = ({ id, source }: Asked): object => ({
  requestId: id,
  source,
  outcome: 'not_answered',
  facts: [],
});

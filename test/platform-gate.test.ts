import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { lookupsToSend } from '../src/activities/application/asked-through.js';
import { createLookupActivities } from '../src/activities/lookup.js';
import { requestsOf, type RequestStanding } from '../src/casefile/evidence.js';
import { newId } from '../src/casefile/record.js';
import { auditEvents, lookupAttempts, lookupReleases } from '../src/casefile/schema/index.js';
import { ConnectorFault } from '../src/departments/connector-fault.js';
import type { PlatformInquiry } from '../src/departments/platform-contract.js';
import type { Rulebook } from '../src/policy/rulebook-types.js';
import { plainDate, type CaseNo, type Instant } from '../src/terms/index.js';
import { db09, member } from './support/household.js';
import { ASKED_THROUGH, PLATFORM, withPlatform } from './support/platform.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { rulebookWith } from './support/rulebook.js';
import { applied, on } from './support/walk.js';

/** What leaves the house for a platform: the questions about one person in one message, each through the same gate. */
const world: TestRecord = await openTestRecord(withPlatform());
const { walker, database } = world;
const left: PlatformInquiry[] = [];
let rulebook: Rulebook = withPlatform();
let mood: 'takes' | 'down' | 'left_alone' | 'refuses' = 'takes';
const { askDepartment } = createLookupActivities({
  casefile: database.casefile,
  rulebook: () => rulebook,
  connectors: {},
  platforms: {
    [PLATFORM]: {
      source: PLATFORM,
      ready: () => {
        if (mood === 'left_alone') throw new ConnectorFault({ source: PLATFORM, fault: 'circuit_open' });
      },
      ask: (inquiry) => {
        left.push(inquiry);
        if (mood === 'down')
          return Promise.reject(new ConnectorFault({ source: PLATFORM, fault: 'timeout' }));
        if (mood === 'refuses') return Promise.resolve({ kind: 'refused', status: 403 });
        return Promise.resolve({ kind: 'accepted' });
      },
    },
  },
  callbackUrl: 'http://127.0.0.1:1',
});

let caseNo: CaseNo;
beforeEach(async () => {
  left.length = 0;
  mood = 'takes';
  rulebook = withPlatform();
  const household = db09({ members: [member('m1'), member('m2')] });
  // The first lets the bank be asked until the third of March only.
  const consents = (household.consents ?? []).flatMap((consent) =>
    consent.person === 'm1'
      ? [
          { ...consent, sources: ['household_register', 'social_insurance'] },
          { ...consent, sources: ['bank'], validTo: plainDate('2026-03-03') },
        ]
      : [consent],
  );
  caseNo = await walker.submit({ ...household, declared: [], consents });
  await applied(walker.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03')));
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
});
afterAll(() => database.drop());

const inside = <T>(work: Parameters<typeof walker.inside<T>>[2]) => walker.inside(caseNo, '2026-03-05', work);
const requests = () => inside((tx) => requestsOf(tx, caseNo));
const toSend = () => inside((tx) => lookupsToSend(tx, caseNo));
/** Of the member whose first lookup this is. */
const throughPlatform = async (): Promise<RequestStanding[][]> => {
  const asked = (await requests()).filter(({ via }) => via === PLATFORM);
  const [first] = asked;
  return [
    asked.filter(({ personId }) => personId === first?.personId),
    asked.filter(({ personId }) => personId !== first?.personId),
  ];
};
const ask = (requestId: string | undefined, at: Instant) =>
  askDepartment({ record: caseNo, requestId: requestId ?? '', at });
const phasesOf = async (requestId: string | undefined) =>
  (
    await database.admin.db
      .select({ phase: lookupAttempts.phase, code: lookupAttempts.code })
      .from(lookupAttempts)
      .where(sql`${lookupAttempts.requestId} = ${requestId}`)
      .orderBy(lookupAttempts.id)
  ).map(({ phase, code }) => (code === null ? phase : `${phase} ${code}`));
const eventsOf = async (requestId: string | undefined) =>
  (
    await database.admin.db
      .select({ code: auditEvents.code, params: auditEvents.params })
      .from(auditEvents)
      .where(sql`${auditEvents.params} ->> 'requestId' = ${requestId}`)
      .orderBy(auditEvents.seq)
  ).map(({ code, params }) => `${code} ${(params as Record<string, string>)['via'] ?? ''}`.trim());

const letGo = (requestId = '') =>
  database.admin.db.insert(lookupReleases).values({
    requestId,
    caseNo,
    reasonCode: 'urgent_need',
    staffId: world.town.staff.supervisor,
    commandId: newId(),
    occurredOn: plainDate('2026-03-03'),
  });

const TODAY = on('2026-03-03', 11);
const TOMORROW = on('2026-03-04');

describe('questions that a platform passes on', () => {
  it('wait as one for each person, beside those that a source is asked itself', async () => {
    const waiting = (await toSend()).map((each) => each.slice(0, each.indexOf('/')));
    expect(waiting.toSorted()).toEqual(['household_register', 'household_register', PLATFORM, PLATFORM]);
  });

  it('leave in one message, each with its own pseudonym, items and signature', async () => {
    const [own = []] = await throughPlatform();
    expect(await ask(own[0]?.id, TODAY)).toBe('accepted');
    expect(left).toHaveLength(1);
    const [inquiry] = left;
    expect(inquiry).toMatchObject({
      platform: PLATFORM,
      purpose: 'dibao_means_verification',
      callbackUrl: `http://127.0.0.1:1/callbacks/${PLATFORM}`,
      asOf: '2026-03-03',
    });
    expect(inquiry?.questions.map(({ requestId, source, items }) => [requestId, source, items])).toEqual(
      own.map(({ id, source, items }) => [id, source, items]),
    );
    expect(new Set(inquiry?.questions.map(({ caseRef }) => caseRef)).size).toBe(2);
    // Two signatures, of two forms.
    expect(new Set(inquiry?.questions.map(({ consentHash }) => consentHash)).size).toBe(2);
    expect(JSON.stringify(inquiry)).not.toContain(caseNo);
    for (const { id } of own) {
      expect(await phasesOf(id)).toEqual(['leaving', 'accepted']);
      expect(await eventsOf(id)).toEqual([`lookup_leaving ${PLATFORM}`, 'lookup_accepted']);
    }
    expect(await ask(own[1]?.id, TODAY)).toBe('not_needed');
    expect(left).toHaveLength(1);
  });

  it('leave without the one whose signature is not valid any more', async () => {
    const [own = []] = await throughPlatform();
    expect(await ask(own[0]?.id, TOMORROW)).toBe('accepted');
    expect(left[0]?.questions.map(({ source }) => source)).toEqual(['social_insurance']);
    const bank = own.find(({ source }) => source === 'bank');
    expect(await phasesOf(bank?.id)).toEqual(['refused no_ground']);
    expect(await eventsOf(bank?.id)).toEqual([`lookup_without_ground ${PLATFORM}`]);
  });

  it('do not leave at all where nobody may be asked', async () => {
    const [own = []] = await throughPlatform();
    const withdrawals = [{ person: own[0]?.personId ?? '' }];
    const body = { consents: [], refusals: [], withdrawals };
    await applied(walker.act('clerk', caseNo, 'record_consents', body, TODAY));
    expect(await ask(own[0]?.id, TOMORROW)).toBe('no_ground');
    expect(left).toEqual([]);
  });

  it('are the same inquiry when they are sent again, and another when one has fallen away', async () => {
    const [own = []] = await throughPlatform();
    mood = 'down';
    await expect(ask(own[0]?.id, TODAY)).rejects.toMatchObject({ fault: 'timeout' });
    await expect(ask(own[0]?.id, TODAY)).rejects.toMatchObject({ fault: 'timeout' });
    mood = 'takes';
    expect(await ask(own[0]?.id, TOMORROW)).toBe('accepted');
    const [first, second, third] = left.map(({ inquiryId }) => inquiryId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(await phasesOf(own.find(({ source }) => source === 'bank')?.id)).toEqual([
      'leaving',
      'failed timeout',
      'leaving',
      'failed timeout',
      'refused no_ground',
    ]);
    expect((await toSend()).filter((each) => each.startsWith(PLATFORM))).toHaveLength(1);
  });

  it('leave as far as a quota allows: the others wait, and are asked when somebody lets one of them go', async () => {
    rulebook = rulebookWith({ ...ASKED_THROUGH, lookup_quota_person_month: 1 });
    const [own = []] = await throughPlatform();
    const [sent, waits] = own;
    expect(await ask(sent?.id, TODAY)).toBe('over_quota');
    expect(left.map(({ questions }) => questions.map(({ requestId }) => requestId))).toEqual([[sent?.id]]);
    expect(await phasesOf(sent?.id)).toEqual(['leaving', 'accepted']);
    expect(await phasesOf(waits?.id)).toEqual(['held person_month']);
    expect(await toSend()).toContain(`${PLATFORM}/${waits?.id}`);

    await letGo(waits?.id);
    expect(await toSend()).toContain(`released/${PLATFORM}/${waits?.id}`);
    expect(await ask(waits?.id, TODAY)).toBe('accepted');
  });

  it('have another name as soon as one of them was let go, whichever it is', async () => {
    rulebook = rulebookWith({ ...ASKED_THROUGH, lookup_quota_person_month: 0 });
    const [own = []] = await throughPlatform();
    const [first, second] = own;
    expect(await ask(first?.id, TODAY)).toBe('over_quota');
    expect(left).toEqual([]);
    await letGo(second?.id);
    expect(await toSend()).toContain(`released/${PLATFORM}/${first?.id}`);
    expect(await ask(first?.id, TODAY)).toBe('over_quota');
    expect(left.map(({ questions }) => questions.map(({ requestId }) => requestId))).toEqual([[second?.id]]);
  });

  it('write nothing down while the platform is left alone', async () => {
    const [own = []] = await throughPlatform();
    mood = 'left_alone';
    await expect(ask(own[0]?.id, TODAY)).rejects.toMatchObject({ fault: 'circuit_open' });
    for (const { id } of own) expect(await eventsOf(id)).toEqual([]);
  });

  it('are each an operator’s when the platform will not have them', async () => {
    const [own = []] = await throughPlatform();
    mood = 'refuses';
    expect(await ask(own[0]?.id, TODAY)).toBe('refused');
    for (const { id } of own) expect(await phasesOf(id)).toEqual(['leaving', 'refused http_403']);
  });
});

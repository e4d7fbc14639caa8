import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseReport, readSection } from '../report-schema.js';
import { inquiryOf, LIN, NOW } from '../test-support.js';
import { HOUR, openHouse, openTownship, read } from './test-township.js';
import type { ReportEnvelope, Section } from '../report-schema.js';
import type { FaultCode } from './faults.js';
import type { Callback, House, Opening, Township } from './test-township.js';

let house: House;
let town: Township;
const open = async (fault?: FaultCode, opening: Opening = {}): Promise<void> => {
  town = await openTownship(house, {
    ...opening,
    profiles: {
      ...opening.profiles,
      ...(fault && { provincial_platform: { kind: 'prompt', faults: { [fault]: 1 } } }),
    },
  });
};
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await town.stop();
  await house.stop();
});

function reportIn(callback: Callback | undefined): ReportEnvelope {
  const parsed = parseReport(callback?.body ?? Buffer.alloc(0));
  if (!parsed.ok) throw new Error(`${parsed.error.pointer}: ${parsed.error.reason}`);
  return parsed.value;
}
function sectionsOf(report: ReportEnvelope): readonly Section[] {
  return report.sections.map((section) => {
    const parsed = readSection(report, section);
    if (!parsed.ok) throw new Error(`${parsed.error.pointer}: ${parsed.error.reason}`);
    return parsed.value;
  });
}
/** What a report comes to, source by source. */
const outcomes = (callback: Callback | undefined): string[] => {
  const report = reportIn(callback);
  return sectionsOf(report).map((section, index) => {
    const { source } = report.sections[index] as { source: string };
    return `${source} ${section.kind === 'answer' ? section.answer.outcome : section.kind}`;
  });
};
/** Asks once, and gives what came to the house within a day, or later. */
async function reportsWithin(hours = 24): Promise<readonly Callback[]> {
  expect(await town.inquire()).toEqual({ kind: 'accepted' });
  await town.moveTo(NOW + hours * HOUR);
  return house.callbacks;
}

describe('a platform that does as it should', () => {
  it('answers for every source in one report, signed with its own key', async () => {
    await open();
    const callbacks = await reportsWithin();
    expect(callbacks.map(({ source }) => source)).toEqual(['provincial_platform']);
    const report = reportIn(callbacks[0]);
    expect(report).toMatchObject({ platform: 'provincial_platform', subject: LIN });
    expect(sectionsOf(report)).toMatchObject([
      {
        kind: 'answer',
        valuedOn: '2026-03-02',
        answer: { outcome: 'found', subject: LIN, facts: [{ item: 'deposits', amountFen: 86_400 }] },
      },
      { kind: 'answer', answer: { source: 'social_insurance', outcome: 'none', facts: [] } },
    ]);
  });

  it('says so where it cannot reach a source, and never "none"', async () => {
    await open(undefined, { registers: { bank: [] } });
    expect(outcomes((await reportsWithin())[0])).toEqual(['bank none', 'social_insurance not_answered']);
  });

  it('cannot reach a department that is silent', async () => {
    await open(undefined, { profiles: { bank: { kind: 'silent' } } });
    expect(outcomes((await reportsWithin())[0])).toEqual(['bank not_answered', 'social_insurance none']);
  });

  it('takes a question once, in whichever inquiry it comes', async () => {
    await open();
    await town.inquire();
    await town.inquire();
    const [, second] = inquiryOf().questions;
    await town.inquire({ inquiryId: '0195552e-7a00-5000-8000-0000000000aa', questions: [second] });
    await town.moveTo(NOW + 24 * HOUR);
    expect(house.callbacks).toHaveLength(1);
  });

  it.each([
    ['another message under a known id', { dueAt: '2026-03-13T09:00:00+08:00' }, 422],
    ['another platform', { inquiryId: '0195552e-7a00-5000-8000-0000000000bb', platform: 'bank' }, 422],
    [
      'a source that it does not speak for',
      {
        inquiryId: '0195552e-7a00-5000-8000-0000000000cc',
        questions: [{ ...inquiryOf().questions[0], source: 'payment_institution', items: ['wallet'] }],
      },
      422,
    ],
    ['no question', { inquiryId: '0195552e-7a00-5000-8000-0000000000dd', questions: [] }, 422],
  ] as const)('refuses %s', async (_, changes, status) => {
    await open();
    await town.inquire();
    expect(await town.inquire(changes)).toEqual({ kind: 'refused', status });
  });

  it('has a profile that knows more faults than a department’s', async () => {
    await open();
    const profile = { kind: 'prompt', faults: { partial_report: 1 } };
    expect((await town.put('/departments/provincial_platform/profile', profile)).status).toBe(200);
    expect((await town.put('/departments/bank/profile', profile)).status).toBe(422);
  });
});

describe('a platform that goes wrong as any department may', () => {
  it('is refused and asked again', async () => {
    await open('unavailable');
    await expect(town.inquire()).rejects.toMatchObject({ fault: 'server_error' });
    for (let tries = 0; tries < 3; tries += 1) await town.inquire().catch(() => undefined);
    await town.moveTo(NOW + 24 * HOUR);
    expect(house.callbacks).toHaveLength(1);
  });

  it('speaks of somebody else in every section', async () => {
    await open('namesake');
    const report = reportIn((await reportsWithin())[0]);
    for (const section of sectionsOf(report))
      expect(section).not.toMatchObject({ answer: { subject: { idNumber: LIN.idNumber } } });
  });

  it('signs with the key of a department, and is not believed', async () => {
    await open('another_departments_key');
    expect(await reportsWithin()).toEqual([]);
    expect(house.knocks.map(({ status }) => status)).toEqual([401]);
  });
});

describe('a platform that goes wrong in reporting', () => {
  it('section_missing: not a word of the first source', async () => {
    await open('section_missing');
    expect(outcomes((await reportsWithin())[0])).toEqual(['social_insurance none']);
  });

  it('section_about_another: the first source has somebody else of the same name', async () => {
    await open('section_about_another');
    const report = reportIn((await reportsWithin())[0]);
    expect(report.subject).toEqual(LIN);
    const [bank, insurance] = sectionsOf(report);
    expect(bank).toMatchObject({ answer: { subject: { name: LIN.name } } });
    expect(bank).not.toMatchObject({ answer: { subject: { idNumber: LIN.idNumber } } });
    expect(insurance).toMatchObject({ answer: { subject: LIN } });
  });

  it('section_not_asked: one source more than was asked', async () => {
    await open('section_not_asked');
    expect(outcomes((await reportsWithin())[0])).toEqual([
      'bank found',
      'social_insurance none',
      'civil_affairs not_answered',
    ]);
  });

  it('section_against_source: the bank has answered itself, and the report says the opposite', async () => {
    await open('section_against_source');
    const [direct, report] = await reportsWithin();
    expect(direct?.source).toBe('bank');
    expect(read(direct)).toMatchObject({ source: 'bank', outcome: 'found' });
    expect(outcomes(report)).toEqual(['bank none', 'social_insurance none']);
  });

  it('partial_report: the first source has not answered yet, and two days later it has', async () => {
    await open('partial_report');
    const [first] = await reportsWithin();
    expect(outcomes(first)).toEqual(['bank not_answered', 'social_insurance none']);
    expect(house.callbacks).toHaveLength(1);
    await town.moveTo(NOW + 72 * HOUR);
    expect(house.callbacks).toHaveLength(2);
    expect(outcomes(house.callbacks[1])).toEqual(['bank found', 'social_insurance none']);
    expect(reportIn(house.callbacks[1]).reportId).not.toBe(reportIn(first).reportId);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationDesk } from '../src/activities/application/index.js';
import { createDeskActivities } from '../src/activities/desk.js';
import { parity } from '../src/stack/parity.js';
import type { CaseNo } from '../src/terms/index.js';
import { atCounter, type Counter } from './support/counter.js';
import { openHouse, type TestHouse } from './support/house.js';
import { twoPeople } from './support/journeys.js';
import { until } from './support/until.js';

/**
 * A worker dies after a step was committed and before the history knew of the command at all: the record has moved on, the
 * desk stands where it stood, and Temporal has nothing to try again.
 */
let house: TestHouse;
let counter: Counter;
beforeAll(async () => {
  house = await openHouse();
  counter = atCounter(house);
});
afterAll(() => house.close());

/** Accepts a case as such a worker did; the sweep rests, and so nobody has told the desk. @returns the case */
async function acceptedByTheDead(): Promise<CaseNo> {
  const caseNo = await counter.submit(twoPeople(await house.today()));
  await house.quiet();
  await house.stopSweep();
  house.wire.cut();
  const sent = await counter.send('clerk', caseNo, 'acceptance', { nearRelatives: [] });
  expect(sent.status).toBe(202);
  const dead = createDeskActivities({
    casefile: house.database.casefile,
    rulebook: () => house.rulebook,
    procedures: { application: applicationDesk },
  });
  const on = { procedure: 'application', record: caseNo, at: await house.time.now() } as const;
  const { view, receipt } = await dead.applyCommand(on, String(sent.json['commandId']));
  expect(receipt).toMatchObject({ status: 'applied', state: 'accepted' });
  for (const { id } of view.clocks) await dead.fireClock(on, id);
  expect((await counter.page(caseNo)).state).toBe('investigating');
  house.wire.mend();
  await until('the desk to be behind', async () => (await disagreeing(caseNo)).length > 0);
  return caseNo;
}

const disagreeing = async (caseNo: CaseNo) =>
  (await parity(house.database.reader, house.temporal)).findings.filter(({ record }) => record === caseNo);

describe('a desk that has not heard of a step', () => {
  it('is told to read the record again, without a day going by, and asks what is to be asked', async () => {
    const caseNo = await acceptedByTheDead();
    house.startSweep();
    await until('the departments to be asked', async () => {
      const { requests } = await counter.page(caseNo);
      const taken = await house.database.reader.sql`
        SELECT 1 FROM lookup_attempts WHERE case_no = ${caseNo} AND phase = 'accepted'`;
      return requests.length > 0 && taken.length === requests.length;
    });
    expect(await disagreeing(caseNo)).toEqual([]);
  });

  it('does so also when it refuses what the record admits', async () => {
    const caseNo = await acceptedByTheDead();
    // As a version before this one left it: nobody is going to tell.
    await house.database.admin
      .sql`UPDATE outbox SET delivered_at = now() WHERE case_no = ${caseNo} AND topic = 'command'`;
    house.startSweep();
    const { applicantId } = await counter.page(caseNo);
    const sent = await counter.send('investigator', caseNo, 'visits', {
      method: 'home_visit',
      investigators: [house.town.staff.investigator, house.town.staff.secondInvestigator],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '砖木结构平房三间。',
    });
    expect([200, 202]).toContain(sent.status);
    const { commandId } = sent.json;
    await until(
      'the visit',
      async () =>
        (await house.get('investigator', `/v1/commands/${String(commandId)}`)).json['status'] === 'applied',
      30_000,
    );
    await house.quiet();
    expect(await disagreeing(caseNo)).toEqual([]);
  });
});

describe('a desk that answers', () => {
  it('is told nothing twice', async () => {
    const caseNo = await counter.submit(twoPeople(await house.today()));
    await counter.doDuty(caseNo, 'accept');
    const open = await house.database.admin
      .sql`SELECT 1 FROM outbox WHERE case_no = ${caseNo} AND topic = 'command' AND delivered_at IS NULL`;
    expect(open).toHaveLength(0);
  });
});

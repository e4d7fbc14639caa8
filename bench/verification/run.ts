import { randomUUID } from 'node:crypto';
import { RULE_INPUTS } from '../../src/policy/rule-inputs.js';
import { itemsFor, sourceOf, SOURCES } from '../../src/departments/sources.js';
import type { CaseNo, SubmitBody } from '../../src/terms/index.js';
import { atCounter, type Counter } from '../../test/support/counter.js';
import { AT_ONCE } from '../../test/support/faulty-bank.js';
import { openHouse, type TestHouse } from '../../test/support/house.js';
import { inParallel } from '../../test/support/in-parallel.js';
import { rulebookWith } from '../../test/support/rulebook.js';
import { until } from '../../test/support/until.js';
import { openBareAsker, type BareQuestion } from '../bare/ask-departments.js';
import { household } from '../decision/cases.js';
import { interleave, ROUNDS } from '../interleave.js';
import { measureOf, roundOf } from '../measure.js';
import type { Findings } from '../result.js';
import { progress, withServers } from '../servers.js';

const A_ROUND = 20;
const WARM = 5;
const IN_FLIGHT = 10;
const WITHIN_MS = 300_000;
/** The bare side hears callbacks. One department is polled and one exchanges files: they are asked on neither side. */
const CALLING = SOURCES.filter((source) => sourceOf(source).wire === 'callback');

/** From acceptance to the last answer read, against the questions and answers alone. */
export const verification = (): Promise<Findings> =>
  withServers(async () => {
    const house = await openHouse({
      profiles: Object.fromEntries(SOURCES.map((source) => [source, AT_ONCE])),
      limits: () => ({ perMinute: 60_000, atOnce: 100 }),
      rulebook: rulebookWith({ lookup_quota_clerk_day: 1_000_000 }),
    });
    const { departmentsUrl } = house.clock;
    if (departmentsUrl === null) throw new Error('there are no departments');
    const asker = await openBareAsker(departmentsUrl, (source) => {
      const key = house.webhookKeys[source]?.[0];
      if (!key) throw new Error(`no key of ${source}`);
      return key;
    });
    try {
      const counter = atCounter(house);
      progress(`submitting ${ROUNDS * A_ROUND + WARM} households of one`);
      const ready = await submitted(counter, ROUNDS * A_ROUND + WARM);
      await house.quiet();
      await verified(house, counter, ready.splice(0, WARM));
      await asker.ask(questionsOf(WARM, asker.url));
      const pairs = await interleave({
        ours: async () => {
          const rate = await rateOf(A_ROUND, () => verified(house, counter, ready.splice(0, A_ROUND)));
          await house.quiet();
          return rate;
        },
        bare: () => {
          const questions = questionsOf(A_ROUND, asker.url);
          return rateOf(A_ROUND, () => asker.ask(questions));
        },
      });
      return {
        chief: measureOf(
          `cases verified by ${CALLING.length} prompt departments, against the HTTP calls alone`,
          'cases/s',
          pairs.map(({ first, ours, bare }) => roundOf(first, ours, bare)),
        ),
        notes: [
          `${A_ROUND} cases of one person a round, ${A_ROUND * CALLING.length} questions and as many callbacks on each side, all under way at once`,
          `departments answer at the next whole second, on both sides: a round of the bare side is mostly that wait`,
          'ours takes acceptances over HTTP and ends with the last answer read: per question a gate with an audited row, an activity, the question, its mark, the callback stored encrypted, a Signal and a reading in one transaction',
          'what departments can bear (src/departments/sources) is lifted on both sides, and so is how much one clerk may ask on a day: they would be measured instead',
        ],
        details: { cases: A_ROUND, sources: CALLING.length },
      };
    } finally {
      await asker.close();
      await house.close();
    }
  });

const rateOf = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  const rate = count / ((performance.now() - began) / 1000);
  progress(`${rate.toFixed(2)} cases/s`);
  return rate;
};

async function submitted(counter: Counter, count: number): Promise<CaseNo[]> {
  const cases: CaseNo[] = [];
  await inParallel(
    Array.from({ length: count }, (_, nth) => nth),
    IN_FLIGHT,
    async (nth) => {
      cases.push(await counter.submit(alone(household(nth)), []));
    },
  );
  return cases;
}

/** The first of a household by themselves, whom every department that calls may be asked about. */
function alone({ members, declared, consents }: SubmitBody): Partial<SubmitBody> {
  const first = members.slice(0, 1);
  const mine = consents.slice(0, 1).map((consent) => ({ ...consent, sources: [...CALLING] }));
  return { members: first, declared, consents: mine };
}

async function verified(house: TestHouse, { page }: Counter, cases: readonly CaseNo[]): Promise<void> {
  const occurredOn = await house.today();
  await inParallel(cases, IN_FLIGHT, async (caseNo) => {
    const ifMatch = (await page(caseNo)).tag;
    const { status, json } = await house.post(
      'clerk',
      `/v1/cases/${caseNo}/acceptance`,
      { occurredOn, nearRelatives: [] },
      { ifMatch },
    );
    if (status !== 200 && status !== 202) throw new Error(`${status} ${JSON.stringify(json)}`);
  });
  await until(
    'the last answer to be read',
    async () => {
      const [row] = await house.database.reader.sql<{ n: number }[]>`
        SELECT count(*)::int AS n FROM request_outcomes WHERE case_no = ANY (${[...cases]})`;
      return row?.n === cases.length * CALLING.length;
    },
    WITHIN_MS,
  );
}

let asked = 0;
/** As many questions as that many cases have, about as many people, each with an id of its own. */
function questionsOf(cases: number, callbackUrl: string): BareQuestion[] {
  return Array.from({ length: cases }, () => {
    // Far from the households that ours asks about.
    asked += 1;
    const [person] = household(50_000 + asked).members;
    return CALLING.map((source): BareQuestion => {
      const requestId = randomUUID();
      const question = {
        requestId,
        source,
        purpose: 'dibao_means_verification',
        caseRef: randomUUID(),
        consentHash: '0'.repeat(64),
        items: itemsFor(source, RULE_INPUTS.dibao),
        subject: { idNumber: person?.idNumber, name: person?.name },
        callbackUrl: `${callbackUrl}/callbacks/${source}`,
        asOf: '2026-03-02',
        dueAt: '2026-03-09T23:59:59+08:00',
      };
      return { requestId, source, json: JSON.stringify(question) };
    });
  }).flat();
}

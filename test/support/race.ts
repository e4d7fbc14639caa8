import { randomUUID } from 'node:crypto';
import { startCase } from '../../src/stack/dispatch.js';
import { runVerify, type Report } from '../../src/stack/verify.js';
import { instant, plainDate, type CaseNo, type SubmitBody } from '../../src/terms/index.js';
import { atCounter } from './counter.js';
import { db09, member } from './household.js';
import { openHouse, type Answer, type TestHouse } from './house.js';
import type { Person } from './town.js';
import { createWalker, on } from './walk.js';

/** What two people want at once. Whoever loses has to learn from whom, and what was done. */
export interface Contestant {
  readonly who: Person;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The step on record, if they win. */
  readonly step: string;
  /** Where the case is then, at once or by itself a moment later. */
  readonly leadsTo: readonly string[];
}

export interface Race {
  readonly caseNo: CaseNo;
  readonly contestants: readonly [Contestant, Contestant];
  readonly answers: readonly [Answer, Answer];
}

const decision = (who: Person, kind: string, step: string, leadsTo: readonly string[]): Contestant => ({
  who,
  path: 'decisions',
  body: { kind, reasonCode: 'agreed' },
  step,
  leadsTo,
});
const confirm = (who: Person) => decision(who, 'confirm', 'confirm', ['confirmed', 'granted']);

type Pairing = (withdrawal: Contestant) => readonly [Contestant, Contestant];
/** The pairs of T15, taken in turn; the second is sent first in every other round. */
const PAIRINGS: readonly Pairing[] = [
  () => [confirm('confirmer'), confirm('secondConfirmer')],
  () => [confirm('confirmer'), decision('secondConfirmer', 'return', 'return_file', ['returned'])],
  (withdrawal) => [confirm('confirmer'), withdrawal],
];

const DAY = plainDate('2026-03-20');

/** Somebody who lives alone, has nothing and signed for no register: nobody has to be asked before the race. */
const alone = (changes: Partial<SubmitBody> = {}): SubmitBody => ({
  ...db09({ members: [member('m1', { name: '李长河' })] }),
  declared: [],
  consents: [],
  ...changes,
});

export interface RaceTrack {
  readonly house: TestHouse;
  /** One submission clicked twice: the same body under the same key, on two connections at once. */
  doubleClick(): Promise<{ answers: readonly [Answer, Answer]; again: Answer }>;
  /** The n-th race, from county review to the answers. */
  race(n: number): Promise<Race>;
  caseCount(): Promise<number>;
  /** What the file holds about how a case was decided: kinds of row, each as often as it is there. */
  decided(caseNo: string): Promise<string[]>;
  state(caseNo: string): Promise<string>;
  /** `onedoor verify` on the day, over record and Temporal. */
  verify(): Promise<Report>;
  staffOf(who: Person): string;
}

/** A whole house on the day on which the county decides. */
export async function openRaceTrack(): Promise<RaceTrack> {
  const house = await openHouse({ at: on(DAY) });
  const { database, town, rulebook } = house;
  const walker = createWalker({ casefile: database.casefile, rulebook, town });
  const counter = atCounter(house);

  async function withdrawalOf(caseNo: string): Promise<Contestant> {
    const content = Buffer.from('撤回申请书，申请人签字。').toString('base64');
    const paper = { occurredOn: DAY, kind: 'withdrawal_request', content };
    const { status, json } = await house.post('clerk', `/v1/cases/${caseNo}/documents`, paper);
    if (status !== 201) throw new Error(`no withdrawal request: ${status} ${JSON.stringify(json)}`);
    const { applicantId } = await counter.page(caseNo);
    const body = { documentId: json['documentId'], signedBy: applicantId };
    return { who: 'clerk', path: 'withdrawal', body, step: 'withdraw', leadsTo: ['closed'] };
  }

  return {
    house,
    staffOf: (who) => `staff:${town.staff[who]}`,
    async doubleClick() {
      const body = alone({ occurredOn: DAY });
      const key = randomUUID();
      const click = () => house.post('clerk', '/v1/applications', body, { key });
      const answers = await Promise.all([click(), click()] as const);
      return { answers, again: await click() };
    },
    async race(n) {
      const caseNo = await walker.walkTo('county_reviewed', alone());
      await startCase(house.temporal.client, caseNo, await house.time.offsetSeconds());
      const pair = PAIRINGS[n % PAIRINGS.length] ?? PAIRINGS[0];
      const contestants = pair!(await withdrawalOf(caseNo));
      const { tag } = await counter.page(caseNo, 'confirmer');
      const run = ({ who, path, body }: Contestant) =>
        house.post(
          who,
          `/v1/cases/${caseNo}/${path}`,
          { occurredOn: DAY, ...body },
          // A withdrawal rests on nothing that the window saw.
          path === 'withdrawal' ? {} : { ifMatch: tag },
        );
      const [first, second] = contestants;
      if (n % 2 === 0) return { caseNo, contestants, answers: await Promise.all([run(first), run(second)]) };
      const [theirs, ours] = await Promise.all([run(second), run(first)]);
      return { caseNo, contestants, answers: [ours, theirs] };
    },
    async caseCount() {
      const [row] = await database.reader.sql<{ n: number }[]>`SELECT count(*)::int AS n FROM cases`;
      return row?.n ?? 0;
    },
    async decided(caseNo) {
      const rows = await database.reader.sql<{ what: string }[]>`
        SELECT kind::text AS what FROM decisions WHERE case_no = ${caseNo}
        UNION ALL SELECT 'return_file' FROM file_returns WHERE case_no = ${caseNo}
        UNION ALL SELECT 'withdraw' FROM endings WHERE case_no = ${caseNo} AND kind = 'withdrawn'`;
      return rows.map(({ what }) => what);
    },
    async state(caseNo) {
      const [row] = await database.reader.sql<
        { state: string }[]
      >`SELECT state FROM case_state WHERE case_no = ${caseNo}`;
      return row?.state ?? 'none';
    },
    async verify() {
      await house.quiet();
      return runVerify({
        reader: database.reader,
        temporal: house.temporal,
        rulebook,
        logFiles: [],
        now: await house.time.now(),
        realNow: instant(Date.now()),
      });
    },
  };
}

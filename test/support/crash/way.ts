import { setTimeout as sleep } from 'node:timers/promises';
import { fenFromYuan, plainDate, type Month, type SubmitBody } from '../../../src/terms/index.js';
import { DUTIES, type Duty, type Page } from '../counter.js';
import { db09, idNumber, member } from '../household.js';
import { until } from '../until.js';
import { Refused, type Client } from './client.js';

/** Steps of a household's way in the order in which they are on record, from the window to the notice in the village. */
export const WAY = [
  'submit',
  'accept',
  'begin_investigation',
  'record_visit',
  'form_opinion',
  'post_notice',
] as const;
/** Two people, three sources. */
export const QUESTIONS = 6;
/** What the bank knows about the applicant of each case. */
export const DEPOSIT_FEN = fenFromYuan('1200');

const STAFF: Readonly<Record<string, string>> = { investigator: 'investigator-1', leader: 'leader-1' };
/** For as long as the run lasts, like the client. */
const ANSWERED_WITHIN_MS = Infinity;

/** The nth invented household: nobody is in two of them. */
export function household(nth: number, day: string): SubmitBody {
  const person = (ref: string, index: number) => {
    const serial = nth * 2 + index;
    const birth = `19${50 + (serial % 40)}${String(1 + (Math.floor(serial / 1000) % 12)).padStart(2, '0')}05`;
    return member(ref, { name: `张${ref}`, idNumber: idNumber('441625', birth, serial % 1000) });
  };
  const body = db09({ occurredOn: plainDate(day), members: [person('m1', 0), person('m2', 1)] });
  return {
    ...body,
    declared: [
      {
        member: 'm1',
        kind: 'income',
        category: 'business_net',
        amountFen: fenFromYuan('1200'),
        periodFrom: '2025-03' as Month,
        periodTo: '2026-02' as Month,
      },
      {
        member: 'm1',
        kind: 'property',
        category: 'deposit',
        amountFen: DEPOSIT_FEN,
        periodFrom: '2026-03' as Month,
        periodTo: '2026-03' as Month,
      },
    ],
  };
}

export interface Walking {
  readonly client: Client;
  readonly departmentsUrl: string;
  readonly day: string;
  /** Ids of the two who visit. */
  readonly investigators: readonly string[];
}

/** Takes one household from the window to its notice. @returns its case number */
export async function walk(
  { client, departmentsUrl, day, investigators }: Walking,
  nth: number,
): Promise<string> {
  // In turn: the questions of one clerk's day have an end, and the run is one day.
  const clerk = `clerk-${1 + (nth % 2)}`;
  const staffOf = (who: string): string => (who === 'clerk' ? clerk : (STAFF[who] ?? who));
  const body = household(nth, day);
  await registerDeposit(departmentsUrl, body);
  const submitted = await client.send(clerk, '/v1/applications', body);
  const caseNo = String(submitted['caseNo']);
  const path = `/v1/cases/${caseNo}`;
  const page = async (): Promise<Page> => {
    const { body: read, tag } = await client.get<Page>(clerk, path);
    return { ...read, tag };
  };
  const untilPage = (what: string, so: (page: Page) => boolean): Promise<Page> =>
    until(
      `${caseNo}: ${what}`,
      async () => {
        const now = await page();
        return so(now) ? now : sleep(700, null);
      },
      ANSWERED_WITHIN_MS,
    );
  /** On what is read now: whoever is told that the file has changed reads again, and that is another command. */
  const act = async (who: string, to: string, more: object): Promise<void> => {
    for (;;) {
      const { tag } = await page();
      try {
        await client.send(staffOf(who), `${path}/${to}`, { occurredOn: day, ...more }, tag);
        return;
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'evidence_changed') throw error;
      }
    }
  };
  const duty = (name: Duty): Promise<void> => act(DUTIES[name].who, DUTIES[name].path, DUTIES[name].body);

  await duty('accept');
  const { applicantId } = await untilPage('the investigation', ({ state }) => state === 'investigating');
  await act('investigator', 'visits', {
    method: 'home_visit',
    investigators,
    householdSignatory: applicantId,
    propertyWithinLimits: 'yes',
    findings: '砖木结构平房三间。',
  });
  await untilPage(
    'the answers of all departments',
    ({ requests }) =>
      requests.length === QUESTIONS && requests.every(({ standing }) => standing !== 'pending'),
  );
  await duty('form_opinion');
  await duty('post_notice');
  return caseNo;
}

/** The bank knows of the deposit that was declared. */
async function registerDeposit(departmentsUrl: string, { members: [applicant] }: SubmitBody): Promise<void> {
  if (!applicant?.idNumber) throw new Error('nobody applies');
  const { idNumber: id, name } = applicant;
  const facts = [{ item: 'deposits', category: 'deposit', amountFen: DEPOSIT_FEN }];
  await until(
    'the register of the bank',
    () =>
      fetch(`${departmentsUrl}/registers?mode=merge`, {
        method: 'POST',
        body: JSON.stringify({ registers: { bank: [{ idNumber: id, name, facts }] } }),
      }).then(
        ({ ok }) => ok,
        () => sleep(150, false),
      ),
    60_000,
  );
}

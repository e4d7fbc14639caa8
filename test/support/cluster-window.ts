import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLine, type Line } from '../../demo/http.js';
import type { SubmitBody } from '../../src/terms/index.js';
import type { Cluster } from './cluster.js';
import { DUTIES, type Duty, type Page } from './counter.js';

/** Seeded staff who are sent for, by what the tests call their work. */
const PEOPLE = {
  clerk: 'clerk-1',
  investigator: 'investigator-1',
  secondInvestigator: 'investigator-2',
  leader: 'leader-1',
  examiner: 'examiner-1',
  confirmer: 'confirmer-1',
} as const;
type Someone = keyof typeof PEOPLE;

const ANSWERED_WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 400;

/** What people do at two doors of one house: whoever reads at one of them writes at the other. */
export async function openWindow({ apis, ask }: Pick<Cluster, 'apis' | 'ask'>) {
  const never = new AbortController().signal;
  // Every request listens to it.
  setMaxListeners(0, never);
  const known = Object.fromEntries(
    await Promise.all(
      Object.entries(PEOPLE).map(async ([who, subject]) => {
        const { token, staffId } = await ask<{ token: string; staffId: string }>([
          'token',
          '--staff',
          subject,
        ]);
        return [who, { token, staffId, lines: apis.map((api) => openLine(api, token, never)) }] as const;
      }),
    ),
  ) as Record<Someone, { token: string; staffId: string; lines: Line[] }>;

  let turn = 0;
  const lineOf = (who: Someone): Line => {
    turn += 1;
    const line = known[who].lines[turn % apis.length];
    if (!line) throw new Error('there is no door');
    return line;
  };

  async function page(caseNo: string, who: Someone = 'clerk'): Promise<Page> {
    const { body, etag } = await lineOf(who).get<Page>(`/v1/cases/${caseNo}`);
    return { ...body, tag: etag ?? '' };
  }

  /**
   * One submission clicked twice: the same body under the same key at both doors at once, until both tell its number.
   * @returns the numbers, which must be one
   */
  async function submitTwice(body: SubmitBody): Promise<string[]> {
    const key = randomUUID();
    return Promise.all(apis.map((api) => submitAt(api, body, key)));
  }

  async function submitAt(api: string, body: SubmitBody, key: string): Promise<string> {
    for (let tries = 0; tries < 50; tries += 1) {
      const response = await fetch(`${api}/v1/applications`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${known.clerk.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { caseNo?: string; code?: string };
      if (answer.caseNo !== undefined) return answer.caseNo;
      // The other door is at it.
      if (answer.code !== 'idempotency_in_progress') throw new Error(`submission: ${JSON.stringify(answer)}`);
      await sleep(100);
    }
    throw new Error('the submission stayed in progress');
  }

  /** One act of the straight path, on what is read now; waits until it is carried out. @throws {Refused} */
  async function doDuty(caseNo: string, duty: Duty, occurredOn: string): Promise<void> {
    const { who, path, body } = DUTIES[duty];
    const someone = who as Someone;
    const { tag } = await page(caseNo, someone);
    await lineOf(someone).post(`/v1/cases/${caseNo}/${path}`, { occurredOn, ...body }, { ifMatch: tag });
  }

  async function visit(caseNo: string, occurredOn: string): Promise<void> {
    const { applicantId } = await page(caseNo);
    await lineOf('investigator').post(`/v1/cases/${caseNo}/visits`, {
      occurredOn,
      method: 'home_visit',
      investigators: [known.investigator.staffId, known.secondInvestigator.staffId],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '砖木结构平房三间。',
    });
  }

  /** Waits until the case is as wanted. @throws with where it stands when it is not so within three minutes */
  async function untilCase(caseNo: string, what: string, so: (page: Page) => boolean): Promise<Page> {
    const end = performance.now() + ANSWERED_WITHIN_MS;
    for (;;) {
      const now = await page(caseNo);
      if (so(now)) return now;
      if (performance.now() > end)
        throw new Error(`${caseNo}, ${now.state}, waited in vain: ${what}; ${pending(now)}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  const pending = ({ requests, tasks }: Page): string =>
    `open: ${[...requests.filter(({ standing }) => standing === 'pending').map(({ source }) => source), ...tasks.map(({ kind }) => kind)].join(', ')}`;

  return { page, submitTwice, doDuty, visit, untilCase };
}
export type Window = Awaited<ReturnType<typeof openWindow>>;

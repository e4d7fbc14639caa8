import { randomUUID } from 'node:crypto';
import type { Fact } from '../../src/departments/contract.js';
import {
  dateAt,
  fenFromYuan,
  instant,
  startOf,
  type CaseNo,
  type IdNumber,
  type PlainDate,
  type SubmitBody,
} from '../../src/terms/index.js';
import { db09 } from './household.js';
import type { Answer, Post, TestHouse } from './house.js';
import type { Person } from './town.js';
import { until } from './until.js';

/** The case page as far as these tests read it. */
export interface Page {
  readonly state: string;
  readonly turn: string;
  readonly open: boolean;
  readonly outcome: string | null;
  readonly version: number;
  readonly applicantId: string;
  readonly missingPapers: readonly string[];
  readonly members: readonly { readonly id: string }[];
  readonly requests: readonly {
    readonly id: string;
    readonly personId: string;
    readonly source: string;
    readonly standing: string;
    readonly againOf: string | null;
    readonly proofAdopted: boolean;
  }[];
  readonly declared: readonly {
    readonly id: string;
    readonly personId: string | null;
    readonly kind: string;
    readonly category: string;
    readonly amountFen: number;
    readonly periodFrom: string;
    readonly periodTo: string;
  }[];
  readonly decision: {
    readonly kind: string;
    readonly monthlyBenefitFen: number;
    readonly effectiveMonth: string | null;
  } | null;
  readonly notice: { readonly endsOn: string } | null;
  readonly objection: { readonly id: string } | null;
  readonly clocks: readonly {
    readonly code: string;
    readonly from: string;
    readonly due: string;
    readonly done: string | null;
    readonly late: boolean;
    readonly provisional: boolean;
  }[];
  readonly tasks: readonly {
    readonly id: string;
    readonly kind: string;
    readonly role: string;
    readonly overdue: boolean;
    readonly params: Readonly<Record<string, string | number>>;
  }[];
  readonly appliedOn: string;
  readonly workingDivisionId: string;
  readonly place: string;
  readonly obligors: readonly { readonly id: string }[];
  readonly verified: readonly {
    readonly id: string;
    readonly personId: string | null;
    readonly kind: string;
    readonly category: string;
    readonly amountFen: number;
    readonly periodFrom: string;
    readonly periodTo: string;
  }[];
  readonly adopted: readonly { readonly id: string; readonly category: string }[];
  readonly representations: readonly {
    readonly kind: string;
    readonly personId: string;
    readonly representativeId: string;
  }[];
  readonly nearRelatives: readonly { readonly ground: string; readonly relation: string }[];
  readonly cooperations: readonly { readonly id: string; readonly standing: string }[];
  readonly verificationReport: { readonly version: number } | null;
  readonly warnings: readonly { readonly id: string; readonly documentId: string }[];
  readonly reports: readonly { readonly id: string; readonly finding: string | null }[];
  readonly extension: { readonly ground: string } | null;
  readonly turns: readonly { readonly turn: string; readonly from: string }[];
  readonly tag: string;
}

type Body = Readonly<Record<string, unknown>>;

/** The straight path's acts over HTTP, each by whoever's duty it is. */
export const DUTIES = {
  accept: { who: 'clerk', path: 'acceptance', body: { nearRelatives: [] } },
  form_opinion: {
    who: 'leader',
    path: 'opinions',
    body: { proposes: 'grant', reasonCode: 'below_standard', remarks: '情况属实。' },
  },
  post_notice: { who: 'clerk', path: 'notices', body: { kind: 'public' } },
  object: {
    who: 'clerk',
    path: 'objections',
    body: {
      groundCode: 'income_understated',
      realName: true,
      reporter: { name: '钱进', phone: '13700137007' },
      text: '反映该户有未申报的收入。',
    },
  },
  county_opine: {
    who: 'examiner',
    path: 'county-opinions',
    body: { proposes: 'grant', reasonCode: 'agreed' },
  },
  confirm: { who: 'confirmer', path: 'decisions', body: { kind: 'confirm', reasonCode: 'agreed' } },
  give_confirmation_notice: {
    who: 'clerk',
    path: 'notices',
    body: { kind: 'confirmation', how: 'in_person', result: 'delivered' },
  },
  publish: { who: 'clerk', path: 'publications', body: {} },
  refuse: { who: 'confirmer', path: 'decisions', body: { kind: 'refuse', reasonCode: 'not_below_standard' } },
  give_refusal_notice: {
    who: 'clerk',
    path: 'notices',
    body: { kind: 'refusal', how: 'in_person', result: 'delivered' },
  },
} as const satisfies Record<string, { who: Person; path: string; body: Body }>;
export type Duty = keyof typeof DUTIES;

export const morningOf = (day: string) => instant(startOf(day as PlainDate) + 9 * 3_600_000);

/** What people do at the counter of a house: acts through its API, and days that pass between them. */
export function atCounter(house: TestHouse) {
  async function page(caseNo: string, who: Person = 'clerk'): Promise<Page> {
    const answer = await house.get(who, `/v1/cases/${caseNo}`);
    if (answer.status !== 200) throw new Error(`${caseNo}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return { ...(answer.json as unknown as Page), tag: answer.headers.get('etag') ?? '' };
  }

  /** Hands in DB09 as of today; the bank knows of the deposit that was declared. */
  async function submit(
    changes: Partial<SubmitBody> = {},
    facts: readonly Fact[] = [{ item: 'deposits', category: 'deposit', amountFen: fenFromYuan('1200') }],
  ): Promise<CaseNo> {
    const occurredOn = await house.today();
    const body = { ...db09({ occurredOn }), ...changes };
    const applicant = body.members.find(({ ref }) => ref === body.applicant);
    if (applicant?.idNumber && facts.length > 0)
      await house.register({
        bank: [{ idNumber: applicant.idNumber as IdNumber, name: applicant.name, facts }],
      });
    const answer = await house.post('clerk', '/v1/applications', body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.json));
    return String(answer.json['caseNo']) as CaseNo;
  }

  /** One act with the tag of the page as it is now. */
  async function send(
    who: Person,
    caseNo: string,
    path: string,
    body: Body,
    how: Post = {},
  ): Promise<Answer> {
    const ifMatch = how.ifMatch ?? (await page(caseNo)).tag;
    return house.post(
      who,
      `/v1/cases/${caseNo}/${path}`,
      { occurredOn: await house.today(), ...body },
      { ...how, ifMatch },
    );
  }

  /** Says it again under the same key for as long as the desk is too busy to answer, as a client does after 202. */
  function insist(who: Person, caseNo: string, path: string, body: Body): Promise<Answer> {
    const key = randomUUID();
    return until(
      `${path} of ${caseNo}`,
      async () => {
        const answer = await send(who, caseNo, path, body, { key });
        return answer.status !== 202 && answer;
      },
      60_000,
    );
  }

  /** An act that must succeed. */
  async function act(who: Person, caseNo: string, path: string, body: Body): Promise<Answer> {
    const answer = await insist(who, caseNo, path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return answer;
  }

  const doDuty = (caseNo: string, duty: Duty, more: Body = {}): Promise<Answer> =>
    act(DUTIES[duty].who, caseNo, DUTIES[duty].path, { ...DUTIES[duty].body, ...more });

  async function visit(
    caseNo: string,
    findings = '砖木结构平房三间，邻居李某某称其长子在外务工。',
    by: readonly [Person, Person] = ['investigator', 'secondInvestigator'],
  ): Promise<void> {
    const { applicantId } = await page(caseNo);
    await act(by[0], caseNo, 'visits', {
      method: 'home_visit',
      investigators: by.map((who) => house.town.staff[who]),
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings,
    });
  }

  const advance = (day: string) => house.advance(morningOf(day));
  /** Lets the business clock pass a day's end by an hour. */
  const pass = (day: string) => house.advance(instant(startOf(day as PlainDate) + 25 * 3_600_000));
  const dayAfter = async (days: number) => dateAt(instant((await house.time.now()) + days * 86_400_000));
  const running = async (caseNo: string, code: string) => {
    const clock = (await page(caseNo)).clocks.findLast((each) => each.code === code && each.done === null);
    if (!clock) throw new Error(`${caseNo} has no running clock ${code}`);
    return clock;
  };

  /** From submission to an opinion that can be formed: accepted, asked, answered, visited. */
  async function investigate(caseNo: string): Promise<void> {
    await doDuty(caseNo, 'accept');
    await visit(caseNo);
    await advance(await dayAfter(1));
  }

  /** From a posted notice to the end of its days. */
  async function outlastNotice(caseNo: string): Promise<void> {
    await pass((await running(caseNo, 'public_notice')).due);
  }

  return {
    page,
    submit,
    send,
    insist,
    act,
    doDuty,
    visit,
    advance,
    pass,
    dayAfter,
    running,
    investigate,
    outlastNotice,
  };
}
export type Counter = ReturnType<typeof atCounter>;

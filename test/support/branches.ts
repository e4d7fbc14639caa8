import type { Fact } from '../../src/departments/contract.js';
import {
  fenFromYuan,
  plainDate,
  PAPERS,
  type CaseNo,
  type IdNumber,
  type SubmitBody,
} from '../../src/terms/index.js';
import type { Answer, TestHouse } from './house.js';
import { ASKED, db09, member } from './household.js';
import { yearBefore } from './journeys.js';
import type { Counter, Page } from './counter.js';
import type { Person } from './town.js';

type Body = Readonly<Record<string, unknown>>;
const HANDED = { how: 'in_person', result: 'delivered' } as const;

/** What the branches of the statute need besides the straight path; each act is one HTTP request. */
export function atBranches(house: TestHouse, counter: Counter) {
  const { act, page, send, submit, doDuty, visit, advance, pass, running, dayAfter } = counter;
  const today = () => house.today();
  const refused = async (answer: Promise<Answer>): Promise<readonly unknown[]> => {
    const { status, json } = await answer;
    const params = (json['params'] ?? {}) as Record<string, unknown>;
    return [status, json['code'], params['guard'] ?? json['pointer']].filter((each) => each !== undefined);
  };

  /** One person asks three departments and not eighteen; what the bank and the insurance know may be more than declared. */
  async function single(
    changes: Partial<SubmitBody> = {},
    found: { bank?: readonly Fact[]; social_insurance?: readonly Fact[] } = {},
  ): Promise<CaseNo> {
    const on = await today();
    const one = member('m1', { name: '周行远' });
    const base = db09({ occurredOn: on, members: [one], yearlyYuan: '600' });
    const registers = Object.fromEntries(
      Object.entries(found).map(([source, facts]) => [
        source,
        [{ idNumber: one.idNumber as IdNumber, name: one.name, facts }],
      ]),
    );
    if (Object.keys(registers).length > 0) await house.register(registers);
    return submit(
      {
        ...base,
        declared: [
          {
            member: 'm1',
            kind: 'income',
            category: 'business_net',
            amountFen: fenFromYuan('600'),
            ...yearBefore(on),
          },
        ],
        consents: base.consents.map((consent) => ({ ...consent, validTo: plainDate('2027-12-31') })),
        parametersOn: plainDate('2009-07-15'),
        ...changes,
      },
      [],
    );
  }

  /** A signature that somebody gives for himself or herself, later. */
  const signatureOf = (person: string, sources: readonly string[]) => ({
    person,
    signedBy: person,
    sources,
    textVersion: '2026-01',
    channel: 'paper',
    validTo: '2027-12-31',
  });

  /** A paper in the file. @returns its id */
  async function paper(caseNo: string, text: string, who: Person = 'clerk'): Promise<string> {
    const answer = await house.post(who, `/v1/cases/${caseNo}/documents`, {
      occurredOn: await today(),
      kind: 'proof',
      content: Buffer.from(text).toString('base64'),
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.json));
    return String(answer.json['documentId']);
  }

  /** From submission to an opinion that can be formed, one person. */
  async function lookInto(caseNo: string): Promise<void> {
    await doDuty(caseNo, 'accept');
    await visit(caseNo);
    await advance(await dayAfter(1));
  }

  /** To an opinion that hangs on the board. */
  async function toNotice(caseNo: string): Promise<void> {
    await lookInto(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
  }

  const expire = async (caseNo: string, code: string): Promise<void> => {
    await pass((await running(caseNo, code)).due);
    await house.quiet();
  };

  /** Lets a clock run out, and then the one that calls the county. */
  async function breach(caseNo: string, code: string): Promise<void> {
    await expire(caseNo, code);
    await expire(caseNo, `${code}_escalated`);
  }

  async function conclude(caseNo: string): Promise<void> {
    await house.quiet();
    await doDuty(caseNo, 'give_confirmation_notice');
    await doDuty(caseNo, 'publish');
    await house.quiet();
  }

  async function refuseInWriting(caseNo: string): Promise<void> {
    await doDuty(caseNo, 'give_refusal_notice');
    await house.quiet();
  }

  async function countyVisit(caseNo: string): Promise<void> {
    const { applicantId } = await page(caseNo);
    const { examiner, verifier } = house.town.staff;
    await act('examiner', caseNo, 'county-visits', {
      method: 'home_visit',
      investigators: [examiner, verifier],
      householdSignatory: applicantId,
      propertyWithinLimits: 'yes',
      findings: '县级入户核查，情况与乡镇调查一致。',
    });
  }

  /** The insurance knows of a wage that was not declared, and a person adopts it. */
  async function adoptWage(caseNo: string): Promise<void> {
    const { verified } = await page(caseNo);
    const wage = verified.find(({ category }) => category === 'wage');
    if (!wage) throw new Error(`${caseNo}: nobody answered about a wage`);
    const { id, personId, kind, category, amountFen, periodFrom, periodTo } = wage;
    await act('verifier', caseNo, 'adoptions', {
      adoptions: [
        {
          fact: { person: personId, kind, category, amountFen, periodFrom, periodTo },
          answerFactId: id,
          reasonCode: 'register_is_right',
        },
      ],
    });
  }

  /** Corrects an adopted fact by a document. */
  async function correct(caseNo: string, yuan: string, category = 'business_net'): Promise<void> {
    const { adopted, members, appliedOn } = await page(caseNo);
    const before = adopted.find((fact) => fact.category === category);
    await act('verifier', caseNo, 'adoptions', {
      adoptions: [
        {
          fact: {
            person: members[0]?.id,
            kind: 'income',
            category,
            amountFen: fenFromYuan(yuan),
            ...yearBefore(appliedOn),
          },
          documentId: await paper(caseNo, `更正：${yuan}元`),
          supersedes: before?.id,
          reasonCode: 'corrected_by_receipt',
        },
      ],
    });
  }

  const wage = async (yuan: string): Promise<Fact[]> => [
    {
      item: 'contributions',
      category: 'wage',
      amountFen: fenFromYuan(yuan),
      ...yearBefore(await today()),
    },
  ];

  const income = async (yuan: string): Promise<SubmitBody['declared']> => [
    {
      member: 'm1',
      kind: 'income',
      category: 'business_net',
      amountFen: fenFromYuan(yuan),
      ...yearBefore(await today()),
    },
  ];

  /** The newest paper of a kind, as its bytes. */
  async function documentText(caseNo: string, kind: string): Promise<string> {
    const { json } = await house.get('clerk', `/v1/cases/${caseNo}/documents`);
    const found = (json['items'] as { id: string; kind: string }[]).findLast((each) => each.kind === kind);
    if (!found) throw new Error(`${caseNo} has no ${kind}`);
    const answer = await fetch(`${house.apiUrl}/v1/cases/${caseNo}/documents/${found.id}`, {
      headers: { authorization: `Bearer ${await house.token('clerk')}` },
    });
    return answer.text();
  }

  async function answerTo(caseNo: string): Promise<Answer> {
    const reportId = (await page(caseNo)).reports.at(-1)?.id;
    return house.post('countySupervisor', `/v1/cases/${caseNo}/reports/${reportId}/answer`, {
      occurredOn: await today(),
      finding: 'not_confirmed',
      how: 'post',
      result: 'delivered',
      checked: '县民政局入户核查，该户常住本村。',
    });
  }
  async function answerReport(caseNo: string): Promise<void> {
    const answer = await answerTo(caseNo);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.json));
  }

  return {
    ...counter,
    income,
    documentText,
    answerReport,
    tryAnswer: (caseNo: string) => refused(answerTo(caseNo)),
    HANDED,
    today,
    refused,
    single,
    signatureOf,
    paper,
    lookInto,
    toNotice,
    expire,
    breach,
    conclude,
    refuseInWriting,
    countyVisit,
    adoptWage,
    correct,
    wage,
    everyPaper: [...PAPERS],
    everySource: [...ASKED],
    tryTo: (who: Person, caseNo: string, path: string, body: Body) => refused(send(who, caseNo, path, body)),
  };
}
export type Branches = ReturnType<typeof atBranches>;
export type { Page };

import { fenFromYuan, plainDate, type CaseNo, type Month, type SubmitBody } from '../../src/terms/index.js';
import type { Counter, Page } from './counter.js';
import { deliverCommand, type Delivery } from '../../src/stack/dispatch.js';
import { redrive } from '../../src/stack/redrive.js';
import { member } from './household.js';
import type { TestHouse } from './house.js';

/** Two people are enough where the arithmetic is not the point: fewer departments' letters to wait for. */
export function twoPeople(today: string, yearlyYuan = '1200'): Partial<SubmitBody> {
  const members = [
    member('m1', { name: '李长河', phone: '13900139007', bankAccount: '6222020200007654321' }),
    member('m2'),
  ];
  return {
    members,
    declared: [
      {
        member: 'm1',
        kind: 'income',
        category: 'business_net',
        amountFen: fenFromYuan(yearlyYuan),
        ...yearBefore(today),
      },
      {
        member: 'm1',
        kind: 'property',
        category: 'deposit',
        amountFen: fenFromYuan('1200'),
        periodFrom: today.slice(0, 7) as Month,
        periodTo: today.slice(0, 7) as Month,
      },
    ],
    consents: members.map(({ ref }) => ({
      person: ref,
      signedBy: ref,
      sources: ['household_register', 'social_insurance', 'bank'],
      textVersion: '2026-01',
      channel: 'paper',
      validTo: plainDate(`${Number(today.slice(0, 4)) + 1}-12-31`),
    })),
  };
}

/** The twelve months before the month of a day. */
export function yearBefore(today: string): { periodFrom: Month; periodTo: Month } {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const at = (months: number): Month =>
    new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7) as Month;
  return { periodFrom: at(-12), periodTo: at(-1) };
}

/** The ways of one household through a house, each a whole way; used by the tests and to record histories. */
export function journeys(house: TestHouse, counter: Counter) {
  const { page, submit, doDuty, visit, investigate, outlastNotice, act, send, running, pass } = counter;
  const submitTwo = async (yearlyYuan?: string) => submit(twoPeople(await house.today(), yearlyYuan));

  async function decide(caseNo: string): Promise<void> {
    await doDuty(caseNo, 'county_opine');
    await doDuty(caseNo, 'confirm');
    await house.quiet();
    await doDuty(caseNo, 'give_confirmation_notice');
    await doDuty(caseNo, 'publish');
    await house.quiet();
  }

  /** From everything that is known to the first day of the benefit. */
  async function intoBenefit(caseNo: CaseNo): Promise<void> {
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await outlastNotice(caseNo);
    await decide(caseNo);
  }

  async function straight(body?: Partial<SubmitBody>): Promise<CaseNo> {
    const caseNo = await submit(body);
    await investigate(caseNo);
    await intoBenefit(caseNo);
    return caseNo;
  }

  /** Income above the standard: a named person refuses, and the paper reaches the household. */
  async function refusal(): Promise<CaseNo> {
    const caseNo = await submitTwo('96000');
    await investigate(caseNo);
    await doDuty(caseNo, 'form_opinion', { proposes: 'refuse', reasonCode: 'not_below_standard' });
    await doDuty(caseNo, 'county_opine', { proposes: 'refuse', reasonCode: 'not_below_standard' });
    await doDuty(caseNo, 'refuse');
    await doDuty(caseNo, 'give_refusal_notice');
    await house.quiet();
    return caseNo;
  }

  /** Objected to during the notice, looked into again, and then to the county without a second notice. */
  async function objection(): Promise<CaseNo> {
    const caseNo = await submitTwo();
    await investigate(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await doDuty(caseNo, 'object');
    await visit(caseNo, '复查：所反映的收入不属实。');
    await doDuty(caseNo, 'form_opinion', { objectionFinding: 'not_upheld' });
    await decide(caseNo);
    return caseNo;
  }

  /** Papers missing; the household lets its time run out, and is served all the same when it comes. */
  async function supplement(meanwhile: (atExpiry: Page) => void = () => {}): Promise<CaseNo> {
    const caseNo = await submit({
      ...twoPeople(await house.today()),
      papers: ['application_form', 'verification_authorisation'],
    });
    const { missingPapers } = await page(caseNo);
    await act('clerk', caseNo, 'supplement-requests', { items: missingPapers });
    await pass((await running(caseNo, 'supplement')).due);
    meanwhile(await page(caseNo));
    await act('clerk', caseNo, 'supplements', { items: missingPapers });
    await investigate(caseNo);
    await intoBenefit(caseNo);
    return caseNo;
  }

  /**
   * Withdrawn while nobody is at the desk: the new run finds the command in the record and as an Update, both before it
   * has read anything.
   */
  async function withdrawnAtOpening(
    delivered: (delivery: Delivery, commandId: string) => void = () => {},
  ): Promise<CaseNo> {
    const caseNo = await submitTwo();
    await house.quiet();
    await house.stopWorker();
    const { applicantId } = await page(caseNo);
    const occurredOn = await house.today();
    const content = Buffer.from('撤回申请').toString('base64');
    const paper = { occurredOn, kind: 'withdrawal_request', content };
    const { json } = await house.post('clerk', `/v1/cases/${caseNo}/documents`, paper);
    const body = { occurredOn, documentId: json['documentId'], signedBy: applicantId };
    const stored = await house.post('clerk', `/v1/cases/${caseNo}/withdrawal`, body);
    if (stored.status !== 202) throw new Error(`not stored: ${stored.status} ${JSON.stringify(stored.json)}`);
    await redrive({ casefile: house.database.casefile, time: house.time }, house.temporal, caseNo);
    const id = String(stored.json['commandId']);
    const delivery = deliverCommand(house.temporal.client, caseNo, { id, kind: 'withdraw' }, 30_000);
    // The server says nothing of an Update that no worker has taken yet: it is given time to get there.
    await new Promise((done) => setTimeout(done, 500));
    await house.startWorker();
    delivered(await delivery, id);
    return caseNo;
  }

  /** The household register never answers: silence is written down as silence, and a person adopts other proof. */
  async function silence(meanwhile: (atExpiry: Page) => Promise<void> | void = () => {}): Promise<CaseNo> {
    await house.register({ social_insurance: [], bank: [] }, 'replace');
    const caseNo = await submitTwo();
    await investigate(caseNo);
    await pass((await running(caseNo, 'verification_answer')).due);
    const told = await page(caseNo);
    await meanwhile(told);
    const content = Buffer.from('户口簿复印件，与原件核对一致。').toString('base64');
    const { json } = await house.post('clerk', `/v1/cases/${caseNo}/documents`, {
      occurredOn: await house.today(),
      kind: 'proof',
      content,
    });
    const silent = told.requests.filter(({ standing }) => standing === 'unanswered');
    await act('verifier', caseNo, 'adoptions', {
      adoptions: silent.map(({ id }) => ({
        requestId: id,
        documentId: json['documentId'],
        reasonCode: 'source_silent',
      })),
    });
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await outlastNotice(caseNo);
    await decide(caseNo);
    await house.register({ household_register: [] });
    return caseNo;
  }

  return {
    intoBenefit,
    straight,
    refusal,
    objection,
    supplement,
    withdrawnAtOpening,
    silence,
    submitTwo,
    send,
  };
}

import type { CaseNo } from '../../src/terms/index.js';
import type { Branches } from '../support/branches.js';
import type { TestHouse } from '../support/house.js';
import { yearBefore } from '../support/journeys.js';

type Look = (caseNo: CaseNo) => Promise<void>;
const nothing: Look = async () => {};

/** Ways on which a department knows more than the household said. */
export function verificationWays(house: TestHouse, at: Branches) {
  const { act, page, doDuty, expire, breach, paper, HANDED, correct } = at;
  const REFUSE = { proposes: 'refuse', reasonCode: 'above_standard' } as const;

  /** A wage that was not declared, adopted, and told to the household. */
  async function against(): Promise<CaseNo> {
    const caseNo = await at.single({}, { social_insurance: await at.wage('60000') });
    await at.lookInto(caseNo);
    await at.adoptWage(caseNo);
    return caseNo;
  }
  const tell = (caseNo: string) => act('clerk', caseNo, 'verification-findings', { delivery: HANDED });

  /** The bank is asked once more, over HTTP like the first time, and has answered. */
  async function lookAgain(caseNo: string): Promise<void> {
    const bank = async () => (await page(caseNo)).requests.filter(({ source }) => source === 'bank');
    const [first] = await bank();
    await act('verifier', caseNo, 'source-rechecks', { requestId: first?.id, reasonCode: 'balance_doubted' });
    await house.quiet();
    await at.advance(await at.dayAfter(1));
    const [, second] = await bank();
    if (second?.againOf !== first?.id || second?.standing !== 'none')
      throw new Error(`the bank, asked again, is ${second?.standing ?? 'not asked'}`);
  }

  /** Objected to with evidence and rechecked; later a fact is corrected twice, and each time the opinion is stale. */
  async function disputed(
    looks: {
      beforeTold?: Look;
      whileObjected?: Look;
      afterRecheck?: Look;
      staleBeforePosting?: Look;
      staleAtConfirmation?: Look;
    } = {},
  ): Promise<CaseNo> {
    const caseNo = await against();
    await (looks.beforeTold ?? nothing)(caseNo);
    await tell(caseNo);
    await act('assistant', caseNo, 'verification-objections', {
      groundCode: 'job_ended',
      documentId: await paper(caseNo, '解除劳动合同证明'),
    });
    await (looks.whileObjected ?? nothing)(caseNo);
    const { applicantId } = await page(caseNo);
    await act('assistant', caseNo, 'signatures', {
      consents: [at.signatureOf(applicantId, ['bank'])],
      refusals: [],
    });
    await breach(caseNo, 'recheck');
    const { adopted, members, appliedOn } = await page(caseNo);
    await act('verifier', caseNo, 'rechecks', {
      finding: 'upheld',
      reasonCode: 'job_ended',
      adoptions: [
        {
          fact: {
            person: members[0]?.id,
            kind: 'income',
            category: 'wage',
            amountFen: 0,
            ...yearBefore(appliedOn),
          },
          documentId: await paper(caseNo, '解除劳动合同证明'),
          supersedes: adopted.find(({ category }) => category === 'wage')?.id,
          reasonCode: 'job_ended',
        },
      ],
    });
    await (looks.afterRecheck ?? nothing)(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await correct(caseNo, '480');
    await (looks.staleBeforePosting ?? nothing)(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await doDuty(caseNo, 'post_notice');
    await at.outlastNotice(caseNo);
    await doDuty(caseNo, 'county_opine');
    await correct(caseNo, '360');
    await (looks.staleAtConfirmation ?? nothing)(caseNo);
    await act('confirmer', caseNo, 'decisions', { kind: 'return', reasonCode: 'facts_corrected' });
    await act('leader', caseNo, 'resumptions', { reasonCode: 'facts_corrected' });
    await lookAgain(caseNo);
    await doDuty(caseNo, 'form_opinion');
    await house.quiet();
    await doDuty(caseNo, 'county_opine');
    await doDuty(caseNo, 'confirm');
    await at.conclude(caseNo);
    return caseNo;
  }

  /** Told, not objected to; the refusal is brought late, and the county hears of it. */
  async function undisputed(tooEarly: Look = nothing): Promise<CaseNo> {
    const caseNo = await against();
    await tell(caseNo);
    await tooEarly(caseNo);
    await expire(caseNo, 'verification_objection');
    await act('leader', caseNo, 'opinions', REFUSE);
    await house.quiet();
    await doDuty(caseNo, 'county_opine', REFUSE);
    await doDuty(caseNo, 'refuse');
    await breach(caseNo, 'refusal_notice');
    await at.refuseInWriting(caseNo);
    return caseNo;
  }

  /** Posted refusal, returned by the county before its opinion, refused again, posted again. */
  async function postedRefusal(): Promise<CaseNo> {
    const caseNo = await against();
    await tell(caseNo);
    await expire(caseNo, 'verification_objection');
    await act('leader', caseNo, 'opinions', REFUSE);
    await doDuty(caseNo, 'post_notice');
    await at.outlastNotice(caseNo);
    await act('examiner', caseNo, 'decisions', { kind: 'return', reasonCode: 'visit_incomplete' });
    await act('leader', caseNo, 'resumptions', { reasonCode: 'visit_again' });
    await at.visit(caseNo);
    await act('leader', caseNo, 'opinions', REFUSE);
    await doDuty(caseNo, 'post_notice');
    await expire(caseNo, 'second_notice');
    await doDuty(caseNo, 'county_opine', REFUSE);
    await doDuty(caseNo, 'refuse');
    await at.refuseInWriting(caseNo);
    return caseNo;
  }

  return { disputed, undisputed, postedRefusal };
}

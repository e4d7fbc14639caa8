import type { CaseNo, IdNumber } from '../../src/terms/index.js';
import type { Branches } from '../support/branches.js';
import type { TestHouse } from '../support/house.js';
import { db09, member } from '../support/household.js';
import { yearBefore } from '../support/journeys.js';

type Look = (caseNo: CaseNo) => Promise<void>;

/**
 * 核对前置: the departments are asked while a paper is still missing, the wife signs a day later, the insurance knows of a
 * wage, the bank stays silent, and only then is the file accepted.
 */
export async function verifiedFirst(
  house: TestHouse,
  at: Branches,
  looks: { whileAsked: Look; beforeAcceptance: Look; accepted: Look },
): Promise<CaseNo> {
  const on = await house.today();
  const members = [
    member('m1', { name: '周行远' }),
    member('m2', { name: '吴桂兰', reasonCode: 'spouse' }),
  ] as const;
  const people = members.map(({ idNumber, name }) => ({ idNumber: idNumber as IdNumber, name }));
  await house.register(
    {
      household_register: [],
      social_insurance: people.map((person, n) => ({
        ...person,
        facts:
          n === 0
            ? [{ item: 'contributions', category: 'wage', amountFen: 1_200_00, ...yearBefore(on) }]
            : [],
      })) as never,
    },
    'replace',
  );
  const signed = db09({ occurredOn: on, members: [members[0]] }).consents;
  const caseNo = await at.single({
    members: [...members],
    consents: signed.map((consent) => ({ ...consent, validTo: '2027-12-31' as never })),
    papers: ['application_form'],
  });
  await house.quiet();
  const { missingPapers, members: known } = await at.page(caseNo);
  await at.act('clerk', caseNo, 'supplement-requests', { items: missingPapers, delivery: at.HANDED });
  await at.advance(await at.dayAfter(1));
  await at.act('assistant', caseNo, 'signatures', {
    consents: [at.signatureOf(known[1]?.id ?? '', ['bank', 'social_insurance'])],
    refusals: [],
  });
  await house.quiet();
  await at.act('clerk', caseNo, 'supplements', { items: missingPapers, consents: [] });
  await at.advance(await at.dayAfter(1));
  await looks.whileAsked(caseNo);
  await at.expire(caseNo, 'first_answer');
  await looks.beforeAcceptance(caseNo);
  await at.doDuty(caseNo, 'accept');
  await house.quiet();
  await looks.accepted(caseNo);
  await house.register({ social_insurance: [], household_register: [], bank: [] }, 'replace');
  return caseNo;
}

import { runningClocks } from '../../src/casefile/clocks.js';
import { storeDocument } from '../../src/casefile/documents.js';
import { answeredOf, requestsOf } from '../../src/casefile/evidence.js';
import { openPersons } from '../../src/casefile/persons.js';
import type { Fact } from '../../src/departments/contract.js';
import { dateAt, fenFromYuan, PAPERS, type CaseNo, type Month } from '../../src/terms/index.js';
import { ELSEWHERE, TODAY, type Site } from '../support/contract-site.js';
import { applied, on, type Landmark, type Walker } from '../support/walk.js';

/** Where a walk stops by itself; `public_notice` is left out because a notice of the walk has run out by today. */
const LANDMARKS = [
  'submitted',
  'accepted',
  'investigating',
  'answered',
  'investigated',
  'preliminary_opinion',
  'forwarded',
  'county_reviewed',
  'confirmed',
  'granted',
  'in_benefit',
] as const satisfies readonly Landmark[];

type Way = (walker: Walker, site: Site) => Promise<CaseNo>;

const HANDED = { how: 'in_person', result: 'delivered' } as const;
const MISSING = PAPERS.filter((paper) => paper !== 'application_form');

/** Submitted, with papers missing. */
const incomplete: Way = (walker, site) => walker.submit(site.household({ papers: ['application_form'] }));
/** Submitted, for what is not about the procedure: no act of it moves this one on. */
const untouched: Way = (walker, site) => walker.submit(site.household());
/** Told what is missing on a day from which its time has run out by today. */
const awaitingSupplement: Way = async (walker, site) => {
  const caseNo = await incomplete(walker, site);
  const told = { items: MISSING, delivery: HANDED };
  await applied(walker.act('clerk', caseNo, 'request_supplement', told, on('2026-03-03')));
  return caseNo;
};
const unsupplied: Way = async (walker, site) => {
  const caseNo = await awaitingSupplement(walker, site);
  const because = { reasonCode: 'supplement_not_brought' };
  await applied(walker.act('leader', caseNo, 'close_unsupplied', because, on('2026-03-20')));
  return caseNo;
};
/** Looked into by the other township of the county, which may ask this one to help. */
const elsewhere: Way = async (walker, site) => {
  const caseNo = await walker.submit(site.household({ township: ELSEWHERE }));
  await applied(walker.act('otherClerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-03')));
  await walker.due(caseNo, 'begin_investigation', on('2026-03-03', 10));
  await walker.ask(caseNo, on('2026-03-04'));
  return caseNo;
};
/** A member was warned, and the days to answer are over. */
const warned: Way = async (walker, site) => {
  const caseNo = await walker.walkTo('investigating', site.household());
  const [member] = await walker.inside(caseNo, '2026-03-05', (tx) => openPersons(tx, caseNo));
  const warning = { person: member?.id ?? '', refusal: 'refuses_home_visit', delivery: HANDED } as const;
  await applied(walker.act('investigator', caseNo, 'warn', warning, on('2026-03-05')));
  return caseNo;
};
/** Questions that wait because the clerk's are used up for the day. */
const held: Way = async (_, site) => {
  const caseNo = await site.stinting.submit(site.household());
  await applied(site.stinting.act('clerk', caseNo, 'accept', { nearRelatives: [] }, on('2026-03-20')));
  await site.stinting.due(caseNo, 'begin_investigation', on('2026-03-20', 10));
  await site.stinting.ask(caseNo, on('2026-03-20', 11));
  return caseNo;
};
/** A wage that was not declared, known to the insurance and adopted. */
const contradicted: Way = async (walker, site) => {
  const caseNo = await walker.walkTo('investigating', site.household());
  await answerWithWage(walker, caseNo);
  return caseNo;
};
const findingsTold: Way = async (walker, site) => {
  const caseNo = await contradicted(walker, site);
  const told = { delivery: HANDED };
  await applied(walker.act('clerk', caseNo, 'inform_findings', told, on('2026-03-18')));
  return caseNo;
};
const recheck: Way = async (walker, site) => {
  const caseNo = await findingsTold(walker, site);
  const documentId = await evidence(walker, caseNo);
  const objection = { groundCode: 'job_ended', documentId };
  await applied(walker.act('assistant', caseNo, 'object_to_verification', objection, on('2026-03-20')));
  return caseNo;
};
const publicNotice: Way = async (walker, site) => {
  const caseNo = await walker.walkTo('preliminary_opinion', site.household());
  await applied(walker.act('clerk', caseNo, 'post_notice', {}, on('2026-03-20')));
  return caseNo;
};
const reinvestigate: Way = async (walker, site) => {
  const caseNo = await publicNotice(walker, site);
  const objection = { groundCode: 'income_hidden', realName: false, text: '该户有未申报的收入。' };
  await applied(walker.act('clerk', caseNo, 'object', objection, on('2026-03-20', 10)));
  return caseNo;
};
const returned: Way = async (walker, site) => {
  const caseNo = await walker.walkTo('forwarded', site.household());
  const because = { reasonCode: 'visit_incomplete' };
  await applied(walker.act('examiner', caseNo, 'return_file', because, on('2026-03-19')));
  return caseNo;
};
/** Where the province lets the township confirm: the notice ends there, not at the county. */
const townshipConfirm: Way = (_, site) => site.delegating.walkTo('forwarded', site.household());
/** Confirmed by a township: what the county draws its sample from. */
const delegatedGrant: Way = async (walker, site) => {
  const caseNo = await townshipConfirm(walker, site);
  const agreed = { reasonCode: 'agreed' };
  await applied(site.delegating.act('secondLeader', caseNo, 'confirm_delegated', agreed, on('2026-03-20')));
  return caseNo;
};
const refused: Way = async (walker, site) => {
  const caseNo = await walker.walkTo('county_reviewed', site.household());
  await applied(
    walker.act('confirmer', caseNo, 'refuse', { reasonCode: 'not_below_standard' }, on('2026-03-20')),
  );
  return caseNo;
};
/** Granted, and the household has it in writing. */
const noticeGiven: Way = async (walker, site) => {
  const caseNo = await walker.walkTo('granted', site.household());
  await applied(walker.act('clerk', caseNo, 'give_confirmation_notice', HANDED, on('2026-03-20', 11)));
  return caseNo;
};

/**
 * The places beside the straight walk. Each is a walk to a landmark and what leads on from there, on a day between
 * the landmark's (walk.ts) and the test's today.
 */
const BESIDE = {
  incomplete,
  untouched,
  awaiting_supplement: awaitingSupplement,
  unsupplied,
  elsewhere,
  warned,
  held,
  contradicted,
  findings_told: findingsTold,
  recheck,
  public_notice: publicNotice,
  reinvestigate,
  returned,
  township_confirm: townshipConfirm,
  delegated_grant: delegatedGrant,
  refused,
  notice_given: noticeGiven,
} as const satisfies Record<string, Way>;

export type Place = (typeof LANDMARKS)[number] | keyof typeof BESIDE;

const isBeside = (place: Place): place is keyof typeof BESIDE => place in BESIDE;

/** A case of its own that stands at a place, with a desk that takes commands. */
export async function caseAt(site: Site, place: Place): Promise<CaseNo> {
  const { walker } = site;
  const caseNo = isBeside(place)
    ? await BESIDE[place](walker, site)
    : await walker.walkTo(place, site.household());
  await runOut(walker, caseNo);
  // A desk would ask again, where the quotas are not so small.
  return place === 'held' ? caseNo : site.open(caseNo);
}

/** Clocks that have run out by today are heard here: the desk would hear them between a tag and the act it is for. */
async function runOut(walker: Walker, caseNo: CaseNo): Promise<void> {
  const now = on(TODAY);
  const running = await walker.inside(caseNo, TODAY, (tx) => runningClocks(tx, caseNo));
  const [first] = running.filter(({ dueAt }) => dueAt <= now);
  if (!first) return;
  await walker.due(caseNo, first.code, now);
  await runOut(walker, caseNo);
}

/** A paper that the household brought, by way of the record. @returns its id */
const evidence = (walker: Walker, caseNo: CaseNo): Promise<string> =>
  walker.as('assistant', '2026-03-19', async (tx) => {
    const bytes = Buffer.from('解除劳动合同证明');
    const at = on('2026-03-19');
    const occurredOn = dateAt(at);
    return (await storeDocument(tx, { caseNo, kind: 'income_proof', bytes, occurredOn, at })).id;
  });

const YEAR = { periodFrom: '2025-03' as Month, periodTo: '2026-02' as Month };

/** Every department answers; the insurance knows of a wage, and a person adopts it. */
async function answerWithWage(walker: Walker, caseNo: CaseNo): Promise<void> {
  const wage: Fact = {
    item: 'contributions',
    category: 'wage',
    amountFen: fenFromYuan('60000'),
    ...YEAR,
  };
  for (const request of await walker.inside(caseNo, '2026-03-05', (tx) => requestsOf(tx, caseNo)))
    await walker.answer(
      caseNo,
      request,
      request.source === 'social_insurance' ? [wage] : [],
      on('2026-03-05'),
    );
  const known = await walker.inside(caseNo, '2026-03-06', (tx) => answeredOf(tx, caseNo));
  const adoptions = known.map(({ id, personId, kind, category, amountFen, periodFrom, periodTo }) => ({
    fact: { person: personId ?? undefined, kind, category, amountFen, periodFrom, periodTo },
    answerFactId: id,
    reasonCode: 'register_is_right',
  }));
  await applied(walker.act('verifier', caseNo, 'adopt', { adoptions }, on('2026-03-06')));
}

import { PAPERS, type CaseNo } from '../../src/terms/index.js';
import type { Site } from '../support/contract-site.js';
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
  'in_benefit',
] as const satisfies readonly Landmark[];

type Way = (walker: Walker, site: Site) => Promise<CaseNo>;

/**
 * The places beside the straight walk. Each is a walk to a landmark and what leads on from there, on a day between
 * the landmark's (walk.ts) and the test's today.
 */
const BESIDE = {
  /** Submitted, with papers missing. */
  incomplete: (walker, site) => walker.submit(site.household({ papers: ['application_form'] })),
  /** Submitted, for what is not about the procedure: no act of it moves this one on. */
  untouched: (walker, site) => walker.submit(site.household()),
  awaiting_supplement: async (walker, site) => {
    const caseNo = await walker.submit(site.household({ papers: ['application_form'] }));
    const items = PAPERS.filter((paper) => paper !== 'application_form');
    await applied(walker.act('clerk', caseNo, 'request_supplement', { items }, on('2026-03-03')));
    return caseNo;
  },
  public_notice: async (walker, site) => {
    const caseNo = await walker.walkTo('preliminary_opinion', site.household());
    await applied(walker.act('clerk', caseNo, 'post_notice', {}, on('2026-03-20')));
    return caseNo;
  },
  refused: async (walker, site) => {
    const caseNo = await walker.walkTo('county_reviewed', site.household());
    await applied(
      walker.act('confirmer', caseNo, 'refuse', { reasonCode: 'not_below_standard' }, on('2026-03-20')),
    );
    return caseNo;
  },
} as const satisfies Record<string, Way>;

export type Place = (typeof LANDMARKS)[number] | keyof typeof BESIDE;

const isBeside = (place: Place): place is keyof typeof BESIDE => place in BESIDE;

/** A case of its own that stands at a place, with a desk that takes commands. */
export async function caseAt(site: Site, place: Place): Promise<CaseNo> {
  const { walker } = site;
  return site.open(
    isBeside(place) ? await BESIDE[place](walker, site) : await walker.walkTo(place, site.household()),
  );
}

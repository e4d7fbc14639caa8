import type { CaseView, LineView, OptionView, RequestView } from '../../demo/case-view.js';

/** An application that has just been handed in, with nothing to complain about. */
export const view = (part: Partial<CaseView> = {}): CaseView => ({
  caseNo: 'AP-441625103-2026-00001',
  state: 'submitted',
  open: true,
  outcome: null,
  missingPapers: [],
  members: [{ id: 'p1' }, { id: 'p2' }],
  requests: [],
  visits: [],
  opinions: [],
  notice: null,
  objection: null,
  decision: null,
  clocks: [],
  tasks: [],
  actions: [],
  persons: { m1: 'p1', m2: 'p2' },
  comparison: { lines: [], unused: [] },
  proposed: { township: null, county: null },
  etag: '"1"',
  ...part,
});

export const request = (standing: RequestView['standing'], proofAdopted = false): RequestView => ({
  id: `r-${standing}`,
  personId: 'p1',
  source: 'bank',
  standing,
  proofAdopted,
});

export const option = (origin: OptionView['origin'], part: Partial<OptionView> = {}): OptionView => ({
  origin,
  preChosen: null,
  stands: false,
  monthlyBenefitFen: 6_000,
  effectFenPerMonth: 0,
  adoptions: [{ entry: origin }],
  ...part,
});

/** An open line about one person's deposits. */
export const line = (part: Partial<LineView> = {}): LineView => ({
  personId: 'p1',
  category: 'deposit',
  standing: 'contradiction',
  open: true,
  declared: [],
  verified: [],
  adopted: [],
  options: [],
  ...part,
});
export const comparing = (...lines: LineView[]): CaseView['comparison'] => ({ lines, unused: [] });

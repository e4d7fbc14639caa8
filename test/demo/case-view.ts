import type { CaseView, FactView, RequestView } from '../../demo/case-view.js';

/** An application that has just been handed in, with nothing to complain about. */
export const view = (part: Partial<CaseView> = {}): CaseView => ({
  caseNo: 'AP-441625103-2026-00001',
  state: 'submitted',
  open: true,
  outcome: null,
  missingPapers: [],
  members: [{ id: 'p1' }, { id: 'p2' }],
  requests: [],
  declared: [],
  verified: [],
  adopted: [],
  visits: [],
  opinions: [],
  notice: null,
  objection: null,
  decision: null,
  clocks: [],
  tasks: [],
  actions: [],
  persons: { m1: 'p1', m2: 'p2' },
  questions: [],
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

export const fact = (part: Partial<FactView> = {}): FactView => ({
  id: 'f1',
  personId: 'p1',
  kind: 'property',
  category: 'deposit',
  amountFen: 86_000,
  periodFrom: '2026-03',
  periodTo: '2026-03',
  ...part,
});

import type { CaseView } from './case-view.js';
import { daysBetween } from './days.js';
import type { CaseReport, Deadline } from './deadlines.js';
import type { Verification } from './verification.js';

/** The one object that `onedoor demo --json` prints. Fen as integers, business dates. */
export interface DemoResult {
  readonly caseNo: string;
  readonly outcome: string | null;
  /** 0 unless confirmed. */
  readonly monthlyBenefitFen: number;
  readonly simulatedDays: number;
  /** Every department that was asked about somebody of the household. */
  readonly departments: readonly string[];
  readonly deadlines: readonly Deadline[];
  readonly history: CaseReport['history'];
  /** Findings by invariant; null where the check could not run. */
  readonly verify: Verification;
}

export interface Findings {
  readonly caseNo: string;
  readonly from: string;
  readonly to: string;
  readonly view: Pick<CaseView, 'outcome' | 'decision' | 'requests'>;
  readonly report: CaseReport;
  readonly verification: Verification;
}

export const demoResult = ({ caseNo, from, to, view, report, verification }: Findings): DemoResult => ({
  caseNo,
  outcome: view.outcome,
  monthlyBenefitFen: view.outcome === 'confirmed' ? (view.decision?.monthlyBenefitFen ?? 0) : 0,
  simulatedDays: daysBetween(from, to),
  departments: [...new Set(view.requests.map(({ source }) => source))].toSorted(),
  deadlines: report.clocks.map(({ code, article, from: began, due, done, late }) => ({
    code,
    article,
    from: began,
    due,
    done,
    late,
  })),
  history: { events: report.history.events, bytes: report.history.bytes },
  verify: verification,
});

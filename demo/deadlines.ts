/** A statutory clock of a case, as `onedoor case show --json` gives it. Business dates. */
export interface Deadline {
  readonly code: string;
  readonly article: string;
  readonly from: string;
  readonly due: string;
  /** Null while it runs. */
  readonly done: string | null;
  readonly late: boolean;
}

/** What the operator's view of a case says: its clocks, and how long its history is over all runs. */
export interface CaseReport {
  readonly clocks: readonly Deadline[];
  readonly history: { readonly events: number; readonly bytes: number };
}

import type { Household } from './household.js';
import type { Line } from './http.js';

/** The case page (`GET /v1/cases/{caseNo}`), as far as the demo reads it. */
export interface CasePage {
  readonly caseNo: string;
  readonly state: string;
  readonly open: boolean;
  readonly outcome: string | null;
  readonly missingPapers: readonly string[];
  readonly members: readonly { readonly id: string }[];
  readonly requests: readonly RequestView[];
  readonly visits: readonly {
    readonly method: string;
    readonly forObjection: boolean;
    readonly occurredOn: string;
  }[];
  readonly opinions: readonly { readonly level: string; readonly proposes: 'grant' | 'refuse' }[];
  readonly notice: { readonly id: string } | null;
  /** An objection that no opinion has dealt with. */
  readonly objection: { readonly occurredOn: string } | null;
  readonly decision: { readonly monthlyBenefitFen: number } | null;
  readonly clocks: readonly { readonly due: string; readonly done: string | null }[];
  readonly tasks: readonly {
    readonly kind: string;
    readonly params: Readonly<Record<string, string | number>>;
  }[];
  readonly actions: readonly { readonly command: string }[];
}

export interface RequestView {
  readonly id: string;
  readonly personId: string;
  readonly source: string;
  readonly standing: 'pending' | 'found' | 'none' | 'unanswered';
  readonly proofAdopted: boolean;
}
/** `GET /v1/cases/{caseNo}/comparison`, as far as the demo reads it. */
export interface Comparison {
  readonly lines: readonly LineView[];
  /** Answers that were kept and entered nowhere. */
  readonly unused: readonly {
    readonly personId: string;
    readonly source: string;
    readonly verdict: string;
    /** Of an answer about somebody else. */
    readonly differs: string | null;
  }[];
}
/** What was declared, found and adopted of a person (null: the household) and a category. */
export interface LineView {
  readonly personId: string | null;
  readonly category: string;
  readonly standing: 'clean' | 'pending' | 'contradiction' | 'unanswered' | 'corrected';
  /** Only a person can settle it. */
  readonly open: boolean;
  readonly declared: readonly Amount[];
  readonly verified: readonly {
    readonly source: string;
    readonly standing: string;
    readonly corrected: boolean;
    readonly facts: readonly Amount[];
  }[];
  readonly adopted: readonly (Amount & { readonly staffName: string | null })[];
  readonly options: readonly OptionView[];
}
export interface OptionView {
  readonly origin: 'declared' | 'source' | 'none';
  readonly preChosen: string | null;
  readonly stands: boolean;
  readonly monthlyBenefitFen: number | null;
  readonly effectFenPerMonth: number | null;
  /** What adopts it, but for the reason. */
  readonly adoptions: readonly Readonly<Record<string, unknown>>[];
}
interface Amount {
  readonly amountFen: number;
}

/** The case page with what can be concluded from it. */
export interface CaseView extends CasePage {
  /** Ids of the API by the ref of the household file. */
  readonly persons: Readonly<Record<string, string>>;
  readonly comparison: Comparison;
  readonly proposed: {
    readonly township: 'grant' | 'refuse' | null;
    readonly county: 'grant' | 'refuse' | null;
  };
  readonly etag: string | null;
}

/** Reads a case as somebody: the page, and the tag that person's signature will rest on. */
export async function readCase(line: Line, caseNo: string, household: Household): Promise<CaseView> {
  const { body, etag } = await line.get<CasePage>(`/v1/cases/${caseNo}`);
  const { body: comparison } = await line.get<Comparison>(`/v1/cases/${caseNo}/comparison`);
  return caseView(body, household, { etag, comparison });
}

/** Members come back in the order in which the file names them. */
export function caseView(
  page: CasePage,
  { members }: Pick<Household, 'members'>,
  beside: { readonly etag: string | null; readonly comparison: Comparison },
): CaseView {
  const ids = page.members.map(({ id }, index): [string, string] => [members[index]?.ref ?? id, id]);
  const proposal = (level: string) => page.opinions.find((each) => each.level === level)?.proposes ?? null;
  return {
    ...page,
    persons: Object.fromEntries(ids),
    proposed: { township: proposal('township'), county: proposal('county') },
    ...beside,
  };
}

/** Lines on which a person still has to choose. */
export const openLines = ({ comparison }: Pick<CaseView, 'comparison'>): LineView[] =>
  comparison.lines.filter(({ open }) => open);

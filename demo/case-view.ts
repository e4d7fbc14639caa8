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
  readonly declared: readonly FactView[];
  readonly verified: readonly FactView[];
  readonly adopted: readonly FactView[];
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
export interface FactView {
  readonly id: string;
  readonly personId: string | null;
  readonly kind: string;
  readonly category: string;
  /** The whole amount of the period. */
  readonly amountFen: number;
  readonly periodFrom: string;
  readonly periodTo: string;
}
/** What only a person can settle: for this person (null: the household) and category. */
export interface Question {
  readonly personId: string | null;
  readonly category: string;
  readonly why: 'contradiction' | 'unanswered';
}

/** The case page with what can be concluded from it. */
export interface CaseView extends CasePage {
  /** Ids of the API by the ref of the household file. */
  readonly persons: Readonly<Record<string, string>>;
  readonly questions: readonly Question[];
  readonly proposed: {
    readonly township: 'grant' | 'refuse' | null;
    readonly county: 'grant' | 'refuse' | null;
  };
  readonly etag: string | null;
}

/** Reads a case as somebody: the page, and the tag that person's signature will rest on. */
export async function readCase(line: Line, caseNo: string, household: Household): Promise<CaseView> {
  const { body, etag } = await line.get<CasePage>(`/v1/cases/${caseNo}`);
  return caseView(body, household, etag);
}

/** Members come back in the order in which the file names them. */
export function caseView(
  page: CasePage,
  { members }: Pick<Household, 'members'>,
  etag: string | null,
): CaseView {
  const ids = page.members.map(({ id }, index): [string, string] => [members[index]?.ref ?? id, id]);
  const proposal = (level: string) => page.opinions.find((each) => each.level === level)?.proposes ?? null;
  return {
    ...page,
    persons: Object.fromEntries(ids),
    questions: questionsOf(page),
    proposed: { township: proposal('township'), county: proposal('county') },
    etag,
  };
}

/** A question is a task until somebody has adopted a fact for it. */
function questionsOf({ tasks, adopted }: CasePage): Question[] {
  const found = tasks.flatMap(({ kind, params }): Question[] => {
    const { personId, category } = params;
    if ((kind !== 'contradiction' && kind !== 'unanswered') || typeof category !== 'string') return [];
    return [{ personId: personId === 'household' ? null : String(personId), category, why: kind }];
  });
  return found.filter(
    ({ personId, category }) =>
      !adopted.some((fact) => fact.personId === personId && fact.category === category),
  );
}

import type {
  DibaoArea,
  ExclusionReason,
  FactCategory,
  FactKind,
  MemberReason,
  Paper,
  Source,
} from './codes.js';
import type { Month, PlainDate } from './dates.js';
import type { Fen } from './fen.js';
import type { DivisionCode } from './ids.js';

/** Every act says on which day it happened (the date on the signed paper) and, if it is entered late, why. */
export interface HumanAct {
  readonly occurredOn: PlainDate;
  readonly lateReasonCode?: string | undefined;
}

/** A person as the window writes them down. `ref` is the caller's name for them inside this one body. */
export interface PersonEntry {
  readonly ref: string;
  readonly name: string;
  readonly idStatus: 'valid' | 'none' | 'disputed';
  readonly idNumber?: string | undefined;
  readonly phone?: string | undefined;
  readonly bankAccount?: string | undefined;
  readonly provisional: boolean;
  readonly hukouType: 'urban' | 'rural' | 'unknown';
  readonly hukouCode?: string | undefined;
  readonly residenceCode?: string | undefined;
  readonly residencePermit: boolean;
}

export interface MemberEntry extends PersonEntry {
  readonly included: boolean;
  readonly reasonCode: MemberReason | ExclusionReason;
}

/** A person outside the household who owes support (赡养、抚养、扶养), and to whom. */
export interface ObligorEntry extends PersonEntry {
  readonly owesTo: string;
  readonly relation: string;
}

export interface FactEntry {
  /** `ref` of a member; absent for what belongs to the household. */
  readonly member?: string | undefined;
  readonly kind: FactKind;
  readonly category: FactCategory;
  readonly amountFen: Fen;
  readonly periodFrom: Month;
  readonly periodTo: Month;
}

/** One signature on the verification authorisation (核对授权书). A guardian signs for whoever cannot. */
export interface ConsentEntry {
  readonly person: string;
  readonly signedBy: string;
  readonly sources: readonly Source[];
  readonly textVersion: string;
  readonly channel: 'paper' | 'digital';
  readonly validTo: PlainDate;
}

export interface SubmitBody extends HumanAct {
  readonly place: DivisionCode;
  readonly township: DivisionCode;
  readonly village: DivisionCode;
  readonly area: DibaoArea;
  readonly applicant: string;
  readonly members: readonly MemberEntry[];
  readonly obligors: readonly ObligorEntry[];
  readonly declared: readonly FactEntry[];
  readonly consents: readonly ConsentEntry[];
  readonly papers: readonly Paper[];
  /** Simulated mode only: the day whose published parameters are used. */
  readonly parametersOn?: PlainDate | undefined;
}

export interface RequestSupplementBody extends HumanAct {
  readonly items: readonly Paper[];
}

/** People are named by the ids that `GET /v1/cases/{caseNo}` shows. */
export interface SupplyBody extends HumanAct {
  readonly items: readonly Paper[];
  readonly consents: readonly ConsentEntry[];
}

export interface AcceptBody extends HumanAct {
  readonly nearRelative: boolean;
}

export interface VisitBody extends HumanAct {
  readonly method: 'home_visit' | 'neighbour_inquiry' | 'letter_inquiry';
  /** Staff ids; two at least for a home visit. */
  readonly investigators: readonly string[];
  readonly householdSignatory?: string | undefined;
  readonly propertyWithinLimits: 'yes' | 'no' | 'not_judged';
  readonly findings: string;
}

/** A person chooses what the decision shall rest on, and says what it rests on itself. */
export interface AdoptionEntry {
  readonly fact?: (Omit<FactEntry, 'member'> & { readonly person?: string | undefined }) | undefined;
  /** Whether the person of a link is the same one in both files. */
  readonly link?: { readonly id: string; readonly verdict: 'same_person' | 'different_persons' } | undefined;
  /** Stands in for a source that did not answer. */
  readonly requestId?: string | undefined;
  readonly declaredFactId?: string | undefined;
  readonly answerFactId?: string | undefined;
  readonly documentId?: string | undefined;
  readonly supersedes?: string | undefined;
  readonly reasonCode: string;
}

export interface AdoptBody extends HumanAct {
  readonly adoptions: readonly AdoptionEntry[];
}

export interface OpinionBody extends HumanAct {
  readonly proposes: 'grant' | 'refuse';
  readonly reasonCode: string;
  readonly remarks?: string | undefined;
  /** Required when an objection was investigated. */
  readonly objectionFinding?: 'upheld' | 'partly_upheld' | 'not_upheld' | undefined;
}

export type PostNoticeBody = HumanAct;

export interface RefusalNoticeBody extends HumanAct {
  readonly how: 'in_person' | 'post' | 'left_with_adult' | 'village_committee';
  readonly result: 'delivered' | 'refused' | 'undeliverable';
}

export interface ObjectBody extends HumanAct {
  readonly groundCode: string;
  readonly realName: boolean;
  readonly text: string;
}

export interface CountyOpinionBody extends HumanAct {
  readonly proposes: 'grant' | 'refuse';
  readonly reasonCode: string;
  readonly remarks?: string | undefined;
}

export interface DecisionBody extends HumanAct {
  readonly reasonCode: string;
  readonly remarks?: string | undefined;
}

/** What each command of the application carries. */
export interface ApplicationBodies {
  submit: SubmitBody;
  request_supplement: RequestSupplementBody;
  supply: SupplyBody;
  accept: AcceptBody;
  record_visit: VisitBody;
  adopt: AdoptBody;
  form_opinion: OpinionBody;
  post_notice: PostNoticeBody;
  give_refusal_notice: RefusalNoticeBody;
  object: ObjectBody;
  county_opine: CountyOpinionBody;
  confirm: DecisionBody;
  refuse: DecisionBody;
}

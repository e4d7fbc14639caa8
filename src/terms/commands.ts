import type {
  AfreshReason,
  Capacity,
  DeliveryResult,
  DeliveryWay,
  DibaoArea,
  ExclusionReason,
  ExtensionGround,
  FactCategory,
  FactKind,
  MemberReason,
  NearRelation,
  Paper,
  RefusalToCooperate,
  Source,
  VerifiablePaper,
  VerificationPurpose,
  VisitMethod,
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
  /** Absent: full capacity, or by age. */
  readonly capacity?: Capacity | undefined;
  /** `ref` of a member or proxy who signs for them. */
  readonly guardian?: string | undefined;
}

/** Whoever applies for the household with a written mandate (委托书), DIBAO-2021 art. 6. */
export interface ProxyEntry extends PersonEntry {
  readonly capacityIn: 'village_committee' | 'relative' | 'social_worker' | 'other';
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

/**
 * 核对授权书: one form for the household, one signature per adult. Each signature stands for the signer and for
 * everybody whose guardian the signer is; every consent row is made from it.
 */
export interface AuthorisationEntry {
  readonly textVersion: string;
  readonly channel: 'paper' | 'digital';
  readonly validTo: PlainDate;
  readonly sources: readonly Source[];
  readonly signatures: readonly { readonly by: string }[];
}

/** 承诺书, or 告知承诺: a statement in place of the papers it covers. */
export interface CommitmentEntry {
  readonly by: string;
  readonly kind: 'truthfulness' | 'notice_and_commitment';
  readonly textVersion: string;
  readonly covers: readonly Paper[];
}

/** Somebody would not sign. Of a member it may lead to a warning; of an obligor to nothing (art. 29). */
export interface ConsentRefusalEntry {
  readonly person: string;
  readonly sources: readonly Source[];
  readonly reasonCode: string;
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
  readonly authorisation?: AuthorisationEntry | undefined;
  readonly commitments?: readonly CommitmentEntry[] | undefined;
  readonly proxy?: ProxyEntry | undefined;
  readonly papers: readonly Paper[];
  /** Simulated mode only: the day whose published parameters are used. */
  readonly parametersOn?: PlainDate | undefined;
}

/** That a paper reached somebody, said in the same breath as the act that made it. */
export interface HandOver {
  readonly how: DeliveryWay;
  readonly result: DeliveryResult;
}

export interface RequestSupplementBody extends HumanAct {
  /** What verification supplies is named here only to be refused (LAW-2026 art. 62). */
  readonly items: readonly (Paper | VerifiablePaper)[];
  readonly delivery?: HandOver | undefined;
}

/** People are named by the ids that `GET /v1/cases/{caseNo}` shows. */
export interface SupplyBody extends HumanAct {
  readonly items: readonly Paper[];
  readonly consents: readonly ConsentEntry[];
}

/** A member who says to be a near relative of whoever handles cases, or of the village committee. */
export interface DeclaredRelative {
  readonly person: string;
  readonly relation: NearRelation;
  /** The handler, when it is one of the staff. */
  readonly handlerId?: string | undefined;
}

export interface AcceptBody extends HumanAct {
  readonly nearRelatives: readonly DeclaredRelative[];
  readonly delivery?: HandOver | undefined;
}

/** Somebody takes back every signature of theirs in this file: from then on nobody is asked about them (PIPL art. 15). */
export interface ConsentWithdrawalEntry {
  readonly person: string;
}

export interface RecordConsentsBody extends HumanAct {
  readonly consents: readonly ConsentEntry[];
  readonly refusals: readonly ConsentRefusalEntry[];
  readonly withdrawals?: readonly ConsentWithdrawalEntry[] | undefined;
}

export interface RequestCooperationBody extends HumanAct {
  readonly division: DivisionCode;
  readonly duty: 'home_visit' | 'neighbour_inquiry';
  readonly person: string;
}

export interface CancelCooperationBody extends HumanAct {
  readonly cooperationId: string;
  readonly reasonCode: string;
}

export interface ReportCooperationBody extends HumanAct {
  readonly cooperationId: string;
  readonly method: VisitMethod;
  readonly investigators: readonly string[];
  readonly householdSignatory?: string | undefined;
  readonly propertyWithinLimits: 'yes' | 'no' | 'not_judged';
  readonly findings: string;
}

export interface HandOverFileBody extends HumanAct {
  /** The township, and the village in it, where the household lives now. */
  readonly township: DivisionCode;
  readonly village: DivisionCode;
  readonly reasonCode: 'household_moved' | 'hukou_moved';
  /** The household's request. */
  readonly documentId: string;
}

export interface VisitBody extends HumanAct {
  readonly method: VisitMethod;
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

/** A fact as another place's report states it: in the words of the source, not of the rule. */
export interface RecognisedFact {
  readonly item: string;
  readonly category: string;
  readonly amountFen?: Fen | undefined;
  readonly periodFrom?: Month | undefined;
  readonly periodTo?: Month | undefined;
}

/** 核对报告互认: what a report says that another place made, as entered from its paper in the file (LAW-2026 art. 42). */
export interface RecogniseReportBody extends HumanAct {
  /** The county, or larger, whose body made it. */
  readonly place: DivisionCode;
  readonly body: string;
  readonly reportNo: string;
  readonly purpose: VerificationPurpose;
  readonly madeOn: PlainDate;
  readonly validTo: PlainDate;
  readonly documentId: string;
  readonly answers: readonly {
    readonly person: string;
    readonly source: Source;
    readonly items: readonly string[];
    readonly outcome: 'found' | 'none';
    readonly facts: readonly RecognisedFact[];
  }[];
}

/** Somebody wants a department itself asked, although an earlier report answers. */
export interface AskAfreshBody extends HumanAct {
  readonly requests: readonly string[];
  readonly reasonCode: AfreshReason;
}

export interface InformFindingsBody extends HumanAct {
  readonly delivery: HandOver;
}

export interface VerificationObjectionBody extends HumanAct {
  readonly groundCode: string;
  /** The evidence the household brought. */
  readonly documentId: string;
  /** Values of departments that it says are wrong, by the ids of their answers' facts. */
  readonly values?: readonly string[] | undefined;
}

/** What the recheck came to for one contested value: it stands, or the proof is right and it is compared no more. */
export interface ValueFindingEntry {
  readonly answerFactId: string;
  readonly verdict: 'confirmed' | 'corrected';
  /** The proof; required for a correction. */
  readonly documentId?: string | undefined;
  readonly reasonCode: string;
}

/** The same source is asked to look again at what it answered. */
export interface LookAgainBody extends HumanAct {
  readonly requestId: string;
  readonly reasonCode: string;
}

export interface RecheckBody extends HumanAct {
  readonly finding: 'upheld' | 'partly_upheld' | 'not_upheld';
  readonly adoptions: readonly AdoptionEntry[];
  /** One for each contested value. */
  readonly values?: readonly ValueFindingEntry[] | undefined;
  readonly reasonCode: string;
}

export interface DraftOpinionBody extends HumanAct {
  readonly proposes: 'grant' | 'refuse';
  readonly reasonCode: string;
  readonly remarks?: string | undefined;
}

export interface OpinionBody extends HumanAct {
  /** The draft that is signed, when somebody else wrote it. */
  readonly draftId?: string | undefined;
  readonly proposes: 'grant' | 'refuse';
  readonly reasonCode: string;
  readonly remarks?: string | undefined;
  /** Required when an objection was investigated. */
  readonly objectionFinding?: 'upheld' | 'partly_upheld' | 'not_upheld' | undefined;
}

export interface PostNoticeBody extends HumanAct {
  /** Photographs of the board, as documents of the file. */
  readonly photos?: readonly string[] | undefined;
}

/** 送达: the paper, how it was brought, and what became of it. */
export interface DeliveryBody extends HumanAct {
  readonly documentId: string;
  readonly person?: string | undefined;
  readonly how: DeliveryWay;
  readonly result: DeliveryResult;
}

export interface NoticeGivenBody extends HumanAct {
  readonly how: DeliveryWay;
  readonly result: DeliveryResult;
}

/** Who reports or objects by name. Kept apart from the file; the case's readers never see it. */
export interface Reporter {
  readonly name: string;
  readonly phone?: string | undefined;
}

export interface ObjectBody extends HumanAct {
  readonly groundCode: string;
  readonly realName: boolean;
  readonly reporter?: Reporter | undefined;
  readonly text: string;
}

export interface ReportBody extends HumanAct {
  readonly groundCode: string;
  readonly channel: 'window' | 'hotline' | 'letter' | 'online';
  readonly realName: boolean;
  readonly reporter?: Reporter | undefined;
  readonly text: string;
}

/** What was checked, and what was done about it: words for the reporter, kept in the answer alone. */
export interface AnswerReportBody extends HumanAct {
  readonly finding: 'confirmed' | 'partly_confirmed' | 'not_confirmed';
  readonly how: DeliveryWay;
  readonly result: DeliveryResult;
  readonly checked: string;
  readonly measures?: string | undefined;
}

/** Groups at an appraisal; the last two are the representatives whose share a place fixes. */
export const APPRAISAL_GROUPS = [
  'township_staff',
  'committee_members',
  'party_representatives',
  'villager_representatives',
] as const;
export type AppraisalGroup = (typeof APPRAISAL_GROUPS)[number];

/** 民主评议, after the template of DIBAO-2012: who came, what was done in five steps, how they voted. All sign. */
export interface AppraisalBody extends HumanAct {
  readonly calledOn: PlainDate;
  readonly venue: string;
  readonly chair: string;
  readonly recorder: string;
  readonly participants: readonly { readonly group: AppraisalGroup; readonly name: string }[];
  readonly votes: { readonly truthful: number; readonly untruthful: number; readonly abstained: number };
  readonly steps: readonly string[];
}

export interface ReasonedBody extends HumanAct {
  readonly reasonCode: string;
  readonly remarks?: string | undefined;
}

export interface WithdrawBody extends HumanAct {
  /** The signed request. */
  readonly documentId: string;
  readonly signedBy: string;
}

export interface ExtendBody extends HumanAct {
  readonly ground: ExtensionGround;
}

export interface WarnBody extends HumanAct {
  readonly person: string;
  readonly refusal: RefusalToCooperate;
  readonly delivery?: HandOver | undefined;
}

export interface TerminateBody extends HumanAct {
  readonly warningId: string;
  readonly reasonCode: RefusalToCooperate;
  readonly remarks?: string | undefined;
}

export type CountyOpinionBody = Omit<OpinionBody, 'draftId' | 'objectionFinding'>;
export type DecisionBody = ReasonedBody;

/** What each command of the application carries. */
export interface ApplicationBodies {
  submit: SubmitBody;
  request_supplement: RequestSupplementBody;
  supply: SupplyBody;
  close_unsupplied: ReasonedBody;
  accept: AcceptBody;
  record_consents: RecordConsentsBody;
  request_cooperation: RequestCooperationBody;
  cancel_cooperation: CancelCooperationBody;
  report_cooperation: ReportCooperationBody;
  hand_over: HandOverFileBody;
  record_visit: VisitBody;
  recognise_report: RecogniseReportBody;
  ask_afresh: AskAfreshBody;
  adopt: AdoptBody;
  inform_findings: InformFindingsBody;
  object_to_verification: VerificationObjectionBody;
  recheck: RecheckBody;
  look_again: LookAgainBody;
  draft_opinion: DraftOpinionBody;
  form_opinion: OpinionBody;
  post_notice: PostNoticeBody;
  object: ObjectBody;
  hold_appraisal: AppraisalBody;
  county_opine: CountyOpinionBody;
  record_county_visit: VisitBody;
  report: ReportBody;
  confirm: DecisionBody;
  refuse: DecisionBody;
  return_file: ReasonedBody;
  resume_returned: ReasonedBody;
  confirm_delegated: DecisionBody;
  refuse_delegated: DecisionBody;
  take_back: ReasonedBody;
  give_confirmation_notice: NoticeGivenBody;
  publish: HumanAct;
  give_refusal_notice: NoticeGivenBody;
  give_closing_notice: NoticeGivenBody;
  withdraw: WithdrawBody;
  extend: ExtendBody;
  warn: WarnBody;
  terminate: TerminateBody;
  record_delivery: DeliveryBody;
}

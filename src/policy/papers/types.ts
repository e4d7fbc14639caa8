import type {
  DeliveryResult,
  DeliveryWay,
  Paper,
  VerificationPurpose,
  VisitMethod,
} from '../../terms/codes.js';
import type { Month, PlainDate } from '../../terms/dates.js';
import type { Fen } from '../../terms/fen.js';
import type { Citation } from '../law.js';
import type { MaskedId } from './masked-id.js';

/** A kind of paper: what it is called, which wording it has, and how it is drawn from data. Pure. */
export interface PaperTemplate<Kind extends string, Data> {
  readonly kind: Kind;
  /** Moves when the wording does; stored with each paper, so that an old one can be told from a new one. */
  readonly template: `${Kind}/${number}`;
  readonly title: string;
  /** One self-contained HTML document in UTF-8. */
  readonly render: (data: Data) => string;
}

/** What every paper of a case has. `office` is whose seal it carries, by its full name. */
export interface PaperHead {
  readonly caseNo: string;
  readonly date: PlainDate;
  readonly office: string;
}

/** A code of ours with the sentence it stands for. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

/** Where to turn against a decision, where the place has said so. */
export interface RemedyBodies {
  readonly reviewBody: string;
  readonly court: string;
}

export interface AcceptanceReceiptData extends PaperHead {
  readonly applicant: string;
  /** Working days from acceptance within which the case is decided, and at most in special cases (art. 22). */
  readonly limitWorkingDays: number;
  readonly extendedWorkingDays: number;
  readonly dueOn: PlainDate;
}

export interface OneTimeNotificationData extends PaperHead {
  readonly applicant: string;
  readonly missing: readonly Paper[];
  /** What verification finds out by itself (户籍信息, 银行存款): named so that nobody fetches it. */
  readonly notAsked: readonly string[];
  readonly bringBy: PlainDate;
}

export interface AuthorisationSigner {
  readonly name: string;
  readonly maskedId: MaskedId | null;
  /** The person for whom a guardian signs; null for an adult who signs for themselves. */
  readonly guardianOf: string | null;
}

export interface VerificationAuthorisationData extends PaperHead {
  readonly signers: readonly AuthorisationSigner[];
  readonly departments: readonly string[];
  readonly purpose: string;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate;
  readonly textVersion: string;
}

export interface HomeVisitFormData extends PaperHead {
  readonly applicant: string;
  readonly method: VisitMethod;
  readonly visitedOn: PlainDate;
  readonly investigators: readonly string[];
  /** The member of the household who was there and signs; null where the method has none. */
  readonly householdSignatory: string | null;
  readonly findings: string;
  readonly propertyWithinLimits: 'yes' | 'no' | 'not_judged';
}

/** Silence is a value of its own, never "nothing found". */
export type SourceAnswer = 'found' | 'none' | 'unanswered';

/** One thing seen from three sides. Null: nothing was declared, verified or adopted, which is not zero. */
export interface ComparedFact {
  /** Null: of the household. */
  readonly person: string | null;
  readonly item: string;
  readonly from: Month;
  readonly to: Month;
  /** Who stated what was verified; null when nobody did. */
  readonly source: string | null;
  readonly declaredFen: Fen | null;
  readonly verifiedFen: Fen | null;
  readonly adoptedFen: Fen | null;
  /** Whether a rule adopted it or a person; null while neither has. */
  readonly chosenBy: 'rule' | 'person' | null;
}

/** The report that answered a question instead of the department, by its days; `version` of one of this county. */
export interface EarlierReport {
  readonly kind: 'reused_report' | 'recognised_report';
  readonly version: number | null;
  readonly valuedOn: PlainDate;
  readonly validUntil: PlainDate;
}

export interface VerificationReportData extends PaperHead {
  readonly version: number;
  readonly purpose: VerificationPurpose;
  /** The day whose balances and values were asked for. */
  readonly valuedOn: PlainDate;
  readonly validUntil: PlainDate;
  /** `earlier`: null where the department itself was asked. */
  readonly answers: readonly {
    person: string;
    source: string;
    answer: SourceAnswer;
    earlier: EarlierReport | null;
  }[];
  readonly facts: readonly ComparedFact[];
  /** SHA-256 in hex over the frozen content of the report. */
  readonly hash: string;
}

export interface VerificationFindingNoticeData extends PaperHead {
  readonly applicant: string;
  readonly findings: readonly {
    source: string;
    person: string | null;
    item: string;
    declaredFen: Fen | null;
    verifiedFen: Fen | null;
  }[];
  readonly objectBy: PlainDate;
}

/** For whom aid is reckoned: the whole household, or one person who applies alone (art. 8). Fen per month. */
export interface AidUnit {
  readonly name: string;
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
}

export type OpinionProposal =
  | { readonly kind: 'grant'; readonly category: string; readonly units: readonly AidUnit[] }
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly articles: readonly Citation[] };

export interface PreliminaryOpinionFormData extends PaperHead {
  readonly applicant: string;
  readonly memberCount: number;
  readonly proposal: OpinionProposal;
  /** Sentences of the arithmetic, as `explain` writes them. */
  readonly arithmetic: readonly string[];
  readonly remarks: string | null;
  readonly handledBy: string;
  readonly leader: string;
}

/** What hangs in the village, and nothing else (art. 19). */
export interface PublicNoticeSheetData {
  readonly office: string;
  readonly programme: string;
  readonly name: string;
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly complaintPhone: string;
}

export interface AppraisalRecordData extends PaperHead {
  readonly applicant: string;
  readonly calledOn: PlainDate;
  readonly heldOn: PlainDate;
  readonly venue: string;
  readonly chair: string;
  readonly recorder: string;
  /** `representatives`: villagers' and party members' representatives, who are to be two thirds at least. */
  readonly groups: readonly { name: string; representatives: boolean; people: readonly string[] }[];
  readonly votes: { readonly agree: number; readonly disagree: number; readonly abstain: number };
  /** What happened in each of the five steps, in their order. */
  readonly steps: readonly [string, string, string, string, string];
}

export interface ConfirmationNoticeData extends PaperHead {
  readonly applicant: string;
  readonly category: string;
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
  readonly fromMonth: Month;
  readonly arithmetic: readonly string[];
  readonly remedies: RemedyBodies | null;
}

export interface DibaoCertificateData extends PaperHead {
  readonly certificateNo: string;
  readonly holder: string;
  readonly holderMaskedId: MaskedId | null;
  readonly category: string;
  readonly members: readonly { name: string; relation: string; maskedId: MaskedId | null }[];
  readonly monthlyBenefitFen: Fen;
  readonly fromMonth: Month;
}

export interface RefusalNoticeData extends PaperHead {
  readonly applicant: string;
  readonly reason: Reason;
  /** What the refusal rests on, beside the article that asks for this notice. */
  readonly articles: readonly Citation[];
  readonly arithmetic: readonly string[];
  readonly remedies: RemedyBodies | null;
}

export interface DeliveryReceiptData extends PaperHead {
  /** The paper that was delivered. */
  readonly paperTitle: string;
  readonly paperDate: PlainDate;
  readonly recipient: string;
  readonly how: DeliveryWay;
  readonly result: DeliveryResult;
  /** Who took it, where it was not the recipient. */
  readonly takenBy: string | null;
  readonly deliveredOn: PlainDate;
  readonly deliveredBy: readonly string[];
  readonly witness: string | null;
}

export interface CooperationWarningData extends PaperHead {
  readonly applicant: string;
  readonly reason: Reason;
  readonly asked: readonly string[];
  readonly until: PlainDate;
}

export interface TerminationNoticeData extends PaperHead {
  readonly applicant: string;
  readonly reason: Reason;
  readonly warnedOn: PlainDate;
  readonly remedies: RemedyBodies | null;
}

export interface ClosingNoticeData extends PaperHead {
  readonly applicant: string;
  readonly notifiedOn: PlainDate;
  readonly bringBy: PlainDate;
  readonly missing: readonly Paper[];
  readonly remedies: RemedyBodies | null;
}

/** 公布 after confirmation: name, family size, amount (art. 24). */
export interface PublicationSheetData {
  readonly office: string;
  readonly programme: string;
  readonly name: string;
  readonly memberCount: number;
  readonly monthlyBenefitFen: Fen;
  readonly date: PlainDate;
}

export interface ReportAnswerData {
  readonly office: string;
  readonly date: PlainDate;
  /** Number of the report, not of the case: the two need not know of each other. */
  readonly reportNo: string;
  readonly reporter: string;
  readonly reportedOn: PlainDate;
  readonly subject: string;
  readonly verdict: 'true' | 'partly_true' | 'not_true' | 'cannot_be_verified';
  readonly checked: string;
  readonly measures: string | null;
  readonly complaintPhone: string;
}

export interface HandOverLetterData extends PaperHead {
  readonly toOffice: string;
  readonly applicant: string;
  readonly reason: Reason;
  readonly articles: readonly Citation[];
  readonly documents: readonly { title: string; version: number; date: PlainDate; contentHash: string }[];
  /** Limits that are running when the file leaves. */
  readonly openLimits: readonly { name: string; dueOn: PlainDate }[];
  readonly contact: string;
}

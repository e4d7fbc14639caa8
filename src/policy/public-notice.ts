import type { PlainDate } from '../terms/dates.js';
import { DomainError } from '../terms/errors.js';
import type { Fen } from '../terms/fen.js';
import { maskName } from './masking.js';
import type { PublicationSheetData, PublicNoticeSheetData } from './papers/types.js';
import { personalDetail } from './personal-detail.js';

/** A person as the file has them. A day of birth that nobody knows is treated as a minor's. */
export interface NoticePerson {
  readonly name: string;
  readonly birthDate: PlainDate | null;
}

interface Posting {
  readonly office: string;
  readonly programme: string;
  readonly applicant: NoticePerson;
  /** Everybody of the household, the applicant too. Their names are read in order not to be posted. */
  readonly members: readonly NoticePerson[];
  /** Counted, not taken from `members`: who is left out of the family (art. 7) is among them. */
  readonly memberCount: number;
  /** Fen per month. */
  readonly monthlyBenefitFen: Fen;
  /** What the place lets its village boards say. */
  readonly boardName: 'full' | 'masked';
}

export interface NoticeInput extends Posting {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly complaintPhone: string;
}

export interface PublicationInput extends Posting {
  readonly date: PlainDate;
  readonly where: 'board' | 'online';
}

/**
 * 公示 on the village board (DIBAO-2021 art. 19). An adult's name is given in full where the place says so.
 * @throws {DomainError} `guard_not_met` with `guard: 'notice_clean'` and `found`, what kind of thing but never the thing
 */
export const boardNotice = (input: NoticeInput): PublicNoticeSheetData => notice(input, input.boardName);

/** The same for a page that anybody can read from anywhere: the name is always masked. @throws {DomainError} as above */
export const onlineNotice = (input: NoticeInput): PublicNoticeSheetData => notice(input, 'masked');

/** 公布 after confirmation: name, family size, amount (art. 24). @throws {DomainError} as above */
export function publication(input: PublicationInput): PublicationSheetData {
  const { office, programme, memberCount, monthlyBenefitFen, date } = input;
  const name = postedName(input, input.where === 'online' ? 'masked' : input.boardName, date);
  refuseUnclean(input, date, { texts: [name, office, programme], ownPhones: [] });
  return { office, programme, name, memberCount, monthlyBenefitFen, date };
}

function notice(input: NoticeInput, asked: 'full' | 'masked'): PublicNoticeSheetData {
  const { office, programme, memberCount, monthlyBenefitFen, from, to, complaintPhone } = input;
  const name = postedName(input, asked, from);
  refuseUnclean(input, from, { texts: [name, office, programme], ownPhones: [complaintPhone] });
  if (!TELEPHONE.test(complaintPhone)) throw unclean('phone');
  return { office, programme, name, memberCount, monthlyBenefitFen, from, to, complaintPhone };
}

/** Short enough to be no card and no ID number; `12345` and an extension are telephones too. */
const TELEPHONE = /^(?=(?:[^\d]*\d){3,14}[^\d]*$)[\d+() -]{3,24}$/;

/** On one line and nothing invisible in it; a minor's is masked wherever it hangs. */
function postedName({ applicant }: Posting, asked: 'full' | 'masked', on: PlainDate): string {
  const name = applicant.name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return asked === 'full' && name !== '' && !isMinor(applicant, on) ? name : maskName(name);
}

/** Under eighteen on that day; whoever is born on 29 February comes of age on 1 March. */
export const isMinor = ({ birthDate }: NoticePerson, on: PlainDate): boolean =>
  birthDate === null || `${Number(birthDate.slice(0, 4)) + 18}${birthDate.slice(4)}` > on;

function refuseUnclean(
  { members, applicant }: Posting,
  on: PlainDate,
  { texts, ownPhones }: { texts: readonly string[]; ownPhones: readonly string[] },
): void {
  const minors = [applicant, ...members].filter((person) => isMinor(person, on)).map(({ name }) => name);
  for (const text of texts) {
    const [found] = personalDetail(text, { ownPhones, minors });
    if (found) throw unclean(found);
  }
}

const unclean = (found: string): DomainError =>
  new DomainError('guard_not_met', { params: { guard: 'notice_clean', found } });

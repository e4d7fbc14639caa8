import { readFile } from 'node:fs/promises';

/** A household file as `onedoor demo` has checked it (`docs/household-file.md`). Amounts in fen. */
export interface Household {
  readonly place: string;
  readonly appliedOn: string;
  readonly parametersOn?: string;
  readonly members: readonly Member[];
  readonly obligors: readonly Obligor[];
  readonly declared: readonly DeclaredFact[];
  readonly registers: Readonly<Record<string, readonly object[]>>;
  readonly events?: readonly ScriptedAct[];
}

interface Person {
  readonly ref: string;
  readonly name: string;
  readonly idNumber: string | null;
  readonly idStatus?: 'valid' | 'none' | 'disputed';
  readonly provisional?: boolean;
  readonly hukouType?: 'urban' | 'rural' | 'unknown';
  readonly hukouCode?: string;
  readonly residenceCode?: string;
  readonly residencePermit?: boolean;
  readonly phone?: string;
  readonly bankAccount?: string;
}
export interface Member extends Person {
  readonly reasonCode: string;
  readonly included?: boolean;
}
export interface Obligor extends Person {
  readonly owesTo: string;
  readonly relation: string;
}
export interface DeclaredFact {
  readonly member?: string;
  readonly kind: string;
  readonly category: string;
  readonly amountFen: number;
  readonly periodFrom: string;
  readonly periodTo: string;
}

/** An act of the file: who does what on which day. */
export interface ScriptedAct {
  readonly on: string;
  /** A staff subject or a role. */
  readonly as: string;
  readonly do: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export const readHousehold = async (path: string): Promise<Household> =>
  JSON.parse(await readFile(path, 'utf8')) as Household;

export const PAPERS = ['application_form', 'commitment', 'verification_authorisation', 'income_declaration'];
export const SOURCES = [
  'household_register',
  'social_insurance',
  'tax',
  'real_estate',
  'market_supervision',
  'housing_fund',
  'bank',
  'insurance',
  'securities',
  'payment_institution',
  'civil_affairs',
  'disabled_federation',
];

const TOWNSHIPS: Readonly<Record<string, { township: string; staff: string }>> = {
  '441625': { township: '441625103', staff: '' },
  '231025': { township: '231025105', staff: 'linkou-' },
};

/** Where the household applies, and how the seeded staff of that county are named. */
export interface Place {
  readonly county: string;
  readonly township: string;
  readonly village: string;
  /** What staff subjects begin with. */
  readonly staff: string;
}

export function placeOf({ place }: Household): Place {
  const county = place.slice(0, 6);
  const seeded = TOWNSHIPS[county];
  if (!seeded) throw new Error(`no township is seeded in ${county}`);
  const township = place.length >= 9 ? place.slice(0, 9) : seeded.township;
  return { county, township, village: place.length === 12 ? place : `${township}201`, staff: seeded.staff };
}

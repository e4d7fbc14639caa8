import {
  PAPERS,
  SOURCES,
  placeOf,
  type Household,
  type Member,
  type Obligor,
  type Place,
} from './household.js';

const OUTSIDE = [
  'clergy_apart_three_years',
  'imprisoned',
  'compulsory_rehabilitation',
  'declared_missing',
  'provincial',
];
const CONSENT_TEXT = '2026-02';
const ADULT_AT = 18;

export interface Consent {
  readonly person: string;
  readonly signedBy: string;
  readonly sources: readonly string[];
  readonly textVersion: string;
  readonly channel: 'paper';
  readonly validTo: string;
}

/** The body of `POST /v1/applications`: the whole file as the window types it in, with every paper and signature. */
export function submission(
  household: Household,
  papers: readonly string[] = PAPERS,
): Record<string, unknown> {
  const { members, obligors, declared, appliedOn, parametersOn } = household;
  const place = placeOf(household);
  const applicant = applicantOf(household);
  return {
    occurredOn: appliedOn,
    place: place.county,
    township: place.township,
    village: place.village,
    area: applicant.hukouType ?? 'rural',
    applicant: applicant.ref,
    members: members.map((member) => ({
      ...entry(member, place),
      included: member.included ?? !OUTSIDE.includes(member.reasonCode),
      reasonCode: member.reasonCode,
    })),
    obligors: obligors.map((obligor) => ({
      ...entry(obligor, place),
      owesTo: obligor.owesTo,
      relation: obligor.relation,
    })),
    declared,
    // Without the authorisation form nobody has signed anything.
    consents: papers.includes('verification_authorisation') ? consents(household) : [],
    papers,
    ...(parametersOn !== undefined && { parametersOn }),
  };
}

export function applicantOf({ members }: Household): Member {
  const found = members.find((member) => member.reasonCode === 'applicant');
  if (!found) throw new Error('the household has no applicant');
  return found;
}

/** Every adult signs for themselves; the applicant signs for the children. One form for the whole household. */
export function consents(household: Household): Consent[] {
  const applicant = applicantOf(household).ref;
  const people = household.members.filter(({ idNumber }) => idNumber !== null);
  return people.map(({ ref, idNumber }) => ({
    person: ref,
    signedBy: ageOn(idNumber, household.appliedOn) < ADULT_AT ? applicant : ref,
    sources: SOURCES,
    textVersion: CONSENT_TEXT,
    channel: 'paper',
    validTo: `${Number(household.appliedOn.slice(0, 4)) + 1}-12-31`,
  }));
}

function ageOn(idNumber: string | null, day: string): number {
  if (idNumber === null) return ADULT_AT;
  const years = Number(day.slice(0, 4)) - Number(idNumber.slice(6, 10));
  return day.slice(5).replace('-', '') < idNumber.slice(10, 14) ? years - 1 : years;
}

function entry(person: Member | Obligor, place: Place): Record<string, unknown> {
  const { ref, name, idNumber, idStatus, phone, bankAccount, hukouCode, residenceCode } = person;
  return {
    ref,
    name,
    idStatus: idStatus ?? (idNumber === null ? 'none' : 'valid'),
    ...(idNumber !== null && { idNumber: idNumber.toUpperCase() }),
    ...(phone !== undefined && { phone }),
    ...(bankAccount !== undefined && { bankAccount }),
    provisional: person.provisional ?? false,
    hukouType: person.hukouType ?? 'unknown',
    ...('owesTo' in person
      ? { ...(hukouCode && { hukouCode }), ...(residenceCode && { residenceCode }) }
      : { hukouCode: hukouCode ?? place.village, residenceCode: residenceCode ?? place.village }),
    residencePermit: person.residencePermit ?? false,
  };
}

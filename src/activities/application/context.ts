import { lastAssignment, whereabouts } from '../../casefile/assignments.js';
import { divisionAbove, divisionById } from '../../casefile/divisions.js';
import { readApplication } from '../../casefile/evidence.js';
import { openPersons } from '../../casefile/persons.js';
import { staffNames } from '../../casefile/staff-names.js';
import type { Tx } from '../../casefile/tx.js';
import { parameter } from '../../policy/rulebook.js';
import { placeFlag } from '../../policy/place-flag.js';
import type { PlaceValues } from '../../policy/rulebook-types.js';
import { divisionCode, type DivisionCode } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';

/** The county whose published parameters apply: where the file is now. */
export const placeOf = async (tx: Tx, caseNo: string): Promise<DivisionCode> =>
  divisionCode((await whereabouts(tx, caseNo)).place);

export const villageOf = async (tx: Tx, caseNo: string): Promise<string> =>
  (await whereabouts(tx, caseNo)).village;

/** A place's value on the day of the act. @throws {DomainError} `parameter_missing` */
export async function ofPlace<K extends keyof PlaceValues>(
  step: StepContext,
  key: K,
): Promise<PlaceValues[K]> {
  const place = await placeOf(step.tx, step.caseNo);
  return parameter(step.rulebook, { place, key, on: step.occurredOn }).value;
}

/** A switch of the place on the day of the act. @throws {DomainError} `parameter_missing` */
export const switchedOn = async (step: StepContext, name: string): Promise<boolean> =>
  placeFlag(step.rulebook, { place: await placeOf(step.tx, step.caseNo), name, on: step.occurredOn });

/** Whose seal a paper carries: the township government, or the county's civil-affairs bureau. */
export async function officeOf(step: StepContext, level: 'township' | 'county'): Promise<string> {
  const { tx, state } = step;
  const county = await divisionAbove(tx, state.workingDivisionId, 'county');
  if (level === 'county') return `${county.name}民政局`;
  const township = await divisionById(tx, state.workingDivisionId);
  return `${county.name}${township.name}人民政府`;
}

/** The applicant by full name, for papers that go to the household or hang where the place says so. */
export async function applicantOf({ tx, caseNo }: StepContext): Promise<{
  id: string;
  name: string;
  idNumber: string | null;
}> {
  const { applicantId } = await readApplication(tx, caseNo);
  const [applicant] = await openPersons(tx, caseNo, [applicantId]);
  return { id: applicantId, name: applicant?.name ?? '', idNumber: applicant?.idNumber ?? null };
}

export async function namesOf(step: StepContext): Promise<(id: string | null) => string | null> {
  const known = new Map((await openPersons(step.tx, step.caseNo)).map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (known.get(id) ?? null));
}

export async function staffNamesOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const names = await staffNames(tx, ids);
  return ids.map((id) => names.get(id) ?? '');
}

/** Nothing that was done before the file came here counts as done here. Ids are in the order of time. */
export const sinceHere = async ({ tx, caseNo }: StepContext): Promise<(id: string) => boolean> => {
  const moved = await lastAssignment(tx, caseNo);
  const byHousehold = moved && moved.reasonCode !== 'division_succeeded' ? moved : undefined;
  return (id) => byHousehold === undefined || id > byHousehold.id;
};

import { birthDate } from '../../policy/resident-id.js';
import {
  CATEGORIES_OF,
  EXCLUSION_REASONS,
  type IdNumber,
  type MemberEntry,
  type PlainDate,
  type SubmitBody,
} from '../../terms/index.js';

/** Where a body contradicts itself, and how. Holds no value of the body. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const OUTSIDE: readonly string[] = EXCLUSION_REASONS;

/** What no schema of one entry can say: references, repetitions, and entries that contradict each other. */
export function contradictions(body: SubmitBody): Contradiction[] {
  return [...people(body), ...membership(body), ...statements(body), ...signing(body)];
}

const at = (...path: (string | number)[]) => path;

function people({ members, obligors }: SubmitBody): Contradiction[] {
  const found: Contradiction[] = [];
  const refs = new Set<string>();
  const numbers = new Set<string>();
  const everyone = [
    ...members.map((person, index) => ({ person, path: at('members', index) })),
    ...obligors.map((person, index) => ({ person, path: at('obligors', index) })),
  ];
  for (const { person, path } of everyone) {
    const { ref, idStatus, idNumber, provisional } = person;
    if (refs.has(ref)) found.push({ path: [...path, 'ref'], message: 'is the ref of somebody else' });
    refs.add(ref);
    if ((idStatus === 'none') !== (idNumber === undefined))
      found.push({ path: [...path, 'idNumber'], message: 'must be there unless idStatus is none' });
    // A number in dispute, or of somebody not yet made out, may well be somebody else's.
    if (idNumber === undefined || idStatus !== 'valid' || provisional) continue;
    if (numbers.has(idNumber))
      found.push({ path: [...path, 'idNumber'], message: 'is the number of somebody else' });
    numbers.add(idNumber);
  }
  return found;
}

/** DIBAO-2021 art. 7: the reason says whether somebody counts. */
function membership({ applicant, members }: SubmitBody): Contradiction[] {
  const found: Contradiction[] = [];
  if (!members.some(({ ref }) => ref === applicant))
    found.push({ path: ['applicant'], message: 'names no member' });
  members.forEach(({ included, ref, reasonCode }, index) => {
    const path = at('members', index, 'reasonCode');
    if (included === OUTSIDE.includes(reasonCode)) found.push({ path, message: 'contradicts included' });
    if ((reasonCode === 'applicant') !== (ref === applicant))
      found.push({ path, message: 'contradicts applicant' });
  });
  return found;
}

function statements({ members, obligors, declared, consents, occurredOn }: SubmitBody): Contradiction[] {
  const found: Contradiction[] = [];
  const inside = new Set(members.map(({ ref }) => ref));
  const known = new Set([...inside, ...obligors.map(({ ref }) => ref)]);
  obligors.forEach(({ owesTo }, index) => {
    if (!inside.has(owesTo))
      found.push({ path: at('obligors', index, 'owesTo'), message: 'names no member' });
  });
  declared.forEach(({ member, kind, category, periodFrom, periodTo }, index) => {
    if (!CATEGORIES_OF[kind].includes(category))
      found.push({ path: at('declared', index, 'category'), message: 'is none of its kind' });
    if (member !== undefined && !inside.has(member))
      found.push({ path: at('declared', index, 'member'), message: 'names no member' });
    if (periodTo < periodFrom)
      found.push({ path: at('declared', index, 'periodTo'), message: 'lies before periodFrom' });
  });
  consents.forEach(({ person, signedBy, validTo }, index) => {
    for (const [name, ref] of Object.entries({ person, signedBy }))
      if (!known.has(ref)) found.push({ path: at('consents', index, name), message: 'names nobody' });
    if (validTo < occurredOn)
      found.push({ path: at('consents', index, 'validTo'), message: 'lies before occurredOn' });
  });
  return found;
}

/** Of full age on a day, as far as the number tells; whoever has none is taken at their word. */
function isMinor({ idNumber, idStatus }: MemberEntry, on: PlainDate): boolean {
  if (idNumber === undefined || idStatus === 'none') return false;
  const born = birthDate(idNumber as IdNumber);
  const adultFrom = `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`;
  return on < adultFrom;
}

const signsAlone = (member: MemberEntry, on: PlainDate): boolean =>
  (member.capacity ?? 'full') === 'full' && !isMinor(member, on);

/** Everybody of full capacity signs for themselves; a guardian signs for whoever has none (Civil Code art. 17–24). */
function signing(body: SubmitBody): Contradiction[] {
  const { members, obligors, proxy, consents, authorisation, commitments = [], occurredOn } = body;
  const found: Contradiction[] = [];
  const byRef = new Map(members.map((member) => [member.ref, member]));
  const outside = new Set(obligors.map(({ ref }) => ref));
  members.forEach((member, index) => {
    const { capacity, guardian, ref } = member;
    const of = guardian === undefined ? undefined : byRef.get(guardian);
    const path = at('members', index, 'guardian');
    if (guardian === ref || (of && !signsAlone(of, occurredOn)))
      found.push({ path, message: 'cannot sign for anybody' });
    else if (guardian !== undefined && !of && !outside.has(guardian))
      found.push({ path, message: 'names nobody' });
    else if (guardian !== undefined && signsAlone(member, occurredOn))
      found.push({ path, message: 'is given to somebody who signs alone' });
    if (guardian === undefined && capacity !== undefined && capacity !== 'full')
      found.push({ path, message: 'is missing: somebody has to sign' });
  });
  consents.forEach(({ person, signedBy }, index) => {
    const member = byRef.get(person);
    const due = member && !signsAlone(member, occurredOn) ? member.guardian : person;
    if (due !== undefined && signedBy !== due)
      found.push({ path: at('consents', index, 'signedBy'), message: 'is not who has to sign' });
  });
  const signed = new Set<string>();
  authorisation?.signatures.forEach(({ by }, index) => {
    const member = byRef.get(by);
    const path = at('authorisation', 'signatures', index, 'by');
    const guards = members.some(({ guardian }) => guardian === by);
    if (signed.has(by)) found.push({ path, message: 'has signed already' });
    else if (!member && !(outside.has(by) && guards)) found.push({ path, message: 'names no member' });
    else if (member && !signsAlone(member, occurredOn)) found.push({ path, message: 'cannot sign alone' });
    signed.add(by);
  });
  if (authorisation && authorisation.validTo < occurredOn)
    found.push({ path: at('authorisation', 'validTo'), message: 'lies before occurredOn' });
  commitments.forEach(({ by }, index) => {
    const member = byRef.get(by);
    if (!member || !signsAlone(member, occurredOn))
      found.push({ path: at('commitments', index, 'by'), message: 'cannot commit alone' });
  });
  if (proxy && (byRef.has(proxy.ref) || outside.has(proxy.ref)))
    found.push({ path: at('proxy', 'ref'), message: 'is the ref of somebody else' });
  return found;
}

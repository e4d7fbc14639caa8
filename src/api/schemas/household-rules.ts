import { CATEGORIES_OF, EXCLUSION_REASONS, type SubmitBody } from '../../terms/index.js';

/** Where a body contradicts itself, and how. Holds no value of the body. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const OUTSIDE: readonly string[] = EXCLUSION_REASONS;

/** What no schema of one entry can say: references, repetitions, and entries that contradict each other. */
export function contradictions(body: SubmitBody): Contradiction[] {
  return [...people(body), ...membership(body), ...statements(body)];
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

import { CATEGORIES_OF, EXCLUSION_REASONS } from '../terms/index.js';
import type { HouseholdFile } from './household-schema.js';

/** What is wrong, and where: `members.2.idNumber`. Holds no value of the file. */
export interface HouseholdIssue {
  readonly path: string;
  readonly reason: string;
}

/** Townships where everybody whom an application needs is seeded in simulated mode. */
const SEEDED = ['441625103', '231025105'];
const EXCLUDED: readonly string[] = EXCLUSION_REASONS;

/** What no schema of one entry can say: references, repetitions, and entries that contradict each other. */
export function householdIssues(file: HouseholdFile): HouseholdIssue[] {
  return [
    ...placeIssues(file),
    ...memberIssues(file),
    ...repetitions(file),
    ...obligorIssues(file),
    ...declaredIssues(file),
    ...registerIssues(file),
    ...eventIssues(file),
  ];
}

const issue = (path: string, reason: string): HouseholdIssue => ({ path, reason });

function placeIssues({ place }: HouseholdFile): HouseholdIssue[] {
  return SEEDED.some((township) => township.startsWith(place) || place.startsWith(township))
    ? []
    : [issue('place', `must lie in a seeded township: ${SEEDED.join(' or ')}`)];
}

function memberIssues({ members }: HouseholdFile): HouseholdIssue[] {
  const found: HouseholdIssue[] = [];
  const applicants = members.filter((member) => member.reasonCode === 'applicant').length;
  if (applicants !== 1)
    found.push(issue('members', 'must hold exactly one person with reasonCode applicant'));
  members.forEach(({ idNumber, idStatus, included, reasonCode, hukouType }, index) => {
    const at = `members.${index}`;
    const outside = EXCLUDED.includes(reasonCode);
    if (included === outside)
      found.push(issue(`${at}.included`, `contradicts reasonCode ${reasonCode} (DIBAO-2021 art. 7)`));
    if (reasonCode === 'applicant' && hukouType === 'unknown')
      found.push(
        issue(`${at}.hukouType`, 'decides which standard applies: the applicant’s must be urban or rural'),
      );
    if (idStatus !== undefined && (idStatus === 'none') !== (idNumber === null))
      found.push(issue(`${at}.idStatus`, 'contradicts idNumber'));
  });
  return found;
}

function repetitions({ members, obligors }: HouseholdFile): HouseholdIssue[] {
  const found: HouseholdIssue[] = [];
  const seen = new Set<string>();
  const once = (path: string, value: string | null, reason: string): void => {
    if (value === null) return;
    if (seen.has(value)) found.push(issue(path, reason));
    seen.add(value);
  };
  const people = [
    ...members.map((each, index) => ({ at: `members.${index}`, ...each })),
    ...obligors.map((each, index) => ({ at: `obligors.${index}`, ...each })),
  ];
  for (const { at, ref, idNumber } of people) {
    once(`${at}.ref`, `ref ${ref}`, 'names somebody else in this file already');
    once(
      `${at}.idNumber`,
      idNumber && `id ${idNumber.toUpperCase()}`,
      'is the ID number of somebody else in this file',
    );
  }
  return found;
}

function obligorIssues({ members, obligors }: HouseholdFile): HouseholdIssue[] {
  const refs = new Set(members.map((member) => member.ref));
  return obligors.flatMap(({ owesTo }, index) =>
    refs.has(owesTo) ? [] : [issue(`obligors.${index}.owesTo`, 'is not the ref of a member')],
  );
}

function declaredIssues({ members, declared }: HouseholdFile): HouseholdIssue[] {
  const refs = new Set(members.map((member) => member.ref));
  return declared.flatMap(({ member, kind, category, periodFrom, periodTo }, index) => {
    const at = `declared.${index}`;
    const found: HouseholdIssue[] = [];
    if (member !== undefined && !refs.has(member))
      found.push(issue(`${at}.member`, 'is not the ref of a member'));
    if (!CATEGORIES_OF[kind].includes(category))
      found.push(issue(`${at}.category`, `is none of ${kind}: ${CATEGORIES_OF[kind].join(', ')}`));
    if (periodTo < periodFrom) found.push(issue(`${at}.periodTo`, 'lies before periodFrom'));
    return found;
  });
}

function registerIssues({ registers }: HouseholdFile): HouseholdIssue[] {
  return Object.entries(registers).flatMap(([source, entries]) => {
    const seen = new Set<string>();
    return (entries ?? []).flatMap(({ idNumber }, index) => {
      const again = seen.has(idNumber);
      seen.add(idNumber);
      return again
        ? [issue(`registers.${source}.${index}.idNumber`, 'is listed twice: put all facts into one entry')]
        : [];
    });
  });
}

function eventIssues({ events, appliedOn }: HouseholdFile): HouseholdIssue[] {
  const found: HouseholdIssue[] = [];
  let before = appliedOn;
  (events ?? []).forEach((event, index) => {
    const at = `events.${index}`;
    if (event.on < before)
      found.push(issue(`${at}.on`, index === 0 ? 'lies before appliedOn' : 'lies before the event above it'));
    else before = event.on;
    if (event.do === 'submit' && event.on !== appliedOn)
      found.push(issue(`${at}.on`, 'must be appliedOn: this is the day of the application'));
    if (event.do === 'submit' && index > 0)
      found.push(issue(`${at}.do`, 'must come first: there is no case before it'));
  });
  return found;
}

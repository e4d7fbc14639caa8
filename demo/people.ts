import { openLine, type Line } from './http.js';
import type { Stack } from './stack.js';

/** A seeded member of staff with a token of their own. */
export interface Person {
  readonly subject: string;
  readonly staffId: string;
  readonly name: string;
  readonly line: Line;
}

/** Whoever the demo has sent for. Nobody acts with somebody else's token. */
export interface People {
  /** By subject (`clerk-1`) or by role (`window_clerk`, `second_investigator`). */
  find(subjectOrRole: string): Promise<Person>;
  subjectFor(subjectOrRole: string): string;
}

const FIRST_OF: Readonly<Record<string, string>> = {
  window_clerk: 'clerk-1',
  investigator: 'investigator-1',
  village_assistant: 'assistant-1',
  township_leader: 'leader-1',
  county_examiner: 'examiner-1',
  county_confirmer: 'confirmer-1',
  verification_officer: 'verifier-1',
  supervisor: 'supervisor-1',
  auditor: 'auditor-1',
  operator: 'operator-1',
};

/** @param prefix what the subjects of this county begin with, e.g. `linkou-` */
export function gatherPeople(stack: Stack, prefix: string): People {
  const known = new Map<string, Promise<Person>>();
  const usual = [...Object.values(FIRST_OF), 'investigator-2', 'examiner-2'].map((each) => prefix + each);

  /** With whoever is sent for first comes everybody who usually is: a program is started once for all of them. */
  function fetchPersons(subjects: readonly string[]): void {
    const found = stack.lines<{ token: string; staffId: string; name: string }>([
      'token',
      '--staff',
      ...subjects,
    ]);
    for (const [nth, subject] of subjects.entries()) {
      const person = found.then((persons): Person => {
        const sent = persons[nth];
        if (!sent) throw new Error(`no token came for ${subject}`);
        const line = openLine(stack.apiUrl, sent.token, stack.signal);
        return { subject, staffId: sent.staffId, name: sent.name, line };
      });
      // Whoever sends for them hears of it.
      person.catch(() => undefined);
      known.set(subject, person);
    }
  }

  const subjectFor = (subjectOrRole: string): string => subjectOf(subjectOrRole, prefix);
  return {
    subjectFor,
    find(subjectOrRole) {
      const subject = subjectFor(subjectOrRole);
      if (!known.has(subject)) fetchPersons(usual.includes(subject) ? usual : [subject]);
      return known.get(subject) ?? Promise.reject(new Error(`nobody is called ${subject}`));
    },
  };
}

/** A role stands for the first of the county who holds it, `second_<role>` for the next; a subject for itself. */
export function subjectOf(subjectOrRole: string, prefix: string): string {
  const second = subjectOrRole.startsWith('second_');
  const first = FIRST_OF[second ? subjectOrRole.slice('second_'.length) : subjectOrRole];
  if (first === undefined) return subjectOrRole;
  return prefix + (second ? first.replace('-1', '-2') : first);
}

import { ACTS } from './acts.js';
import { needsProof } from './adoptions.js';
import { readCase, type CaseView } from './case-view.js';

import type { Household } from './household.js';
import { Refused } from './http.js';
import { withIds } from './naming.js';
import type { People, Person } from './people.js';
import type { Stack } from './stack.js';
import { submission } from './submission.js';

type Body = Readonly<Record<string, unknown>>;

/** One household at the window: acts through the API, and the calendar that is turned between them. */
/** Acts that come with a paper of the household. */
const WITH_PAPER: readonly string[] = ['withdraw', 'object_to_verification'];

export interface Session {
  readonly caseNo: string;
  /** The simulated day. */
  today(): string;
  read(as: string): Promise<CaseView>;
  /** Whether two names mean one member of staff. */
  isSame(one: string, other: string): boolean;
  /** Carries out a command as somebody. @throws {Refused} */
  perform(act: { do: string; as: string; body?: Body | undefined }): Promise<void>;
  /** Turns the calendar to the morning of a day. Never back. */
  advanceTo(day: string): Promise<void>;
}

interface Opening {
  readonly stack: Stack;
  readonly people: People;
  readonly household: Household;
  readonly say: (line: string) => void;
  readonly submit: { readonly as: string; readonly body?: Body | undefined };
}

/** Hands in the application. @throws {Refused} when the file cannot be accepted as it is */
export async function openSession({ stack, people, household, say, submit }: Opening): Promise<Session> {
  let today = household.appliedOn;
  const report = (person: Person, what: string): void => say(`${today}  ${person.subject}  ${what}`);

  const clerk = await people.find(submit.as);
  const papers = submit.body?.['papers'];
  const whole = submission(household, Array.isArray(papers) ? papers.map(String) : undefined);
  const { caseNo } = (await clerk.line.post('/v1/applications', { ...whole, ...submit.body })) as {
    caseNo: string;
  };
  report(clerk, `submit  ${caseNo}`);
  const path = `/v1/cases/${caseNo}`;

  const read: Session['read'] = async (as) => readCase((await people.find(as)).line, caseNo, household);

  async function proof(person: Person): Promise<string> {
    const text = '户口簿、存折流水等书面材料复印件，与原件核对一致。';
    const body = {
      occurredOn: today,
      kind: 'proof',
      content: Buffer.from(text, 'utf8').toString('base64'),
    };
    const { documentId } = (await person.line.post(`${path}/documents`, body)) as { documentId: string };
    report(person, 'document');
    return documentId;
  }

  const perform: Session['perform'] = async ({ do: name, as, body }) => {
    const act = ACTS[name];
    if (!act) throw new Refused({ status: 409, code: 'stage_not_available', title: name }, path);
    const person = await people.find(as);
    const before = await readCase(person.line, caseNo, household);
    const paper = WITH_PAPER.includes(name) || (name === 'adopt' && needsProof(before));
    const documentId = paper ? await proof(person) : null;
    const view = documentId === null ? before : await readCase(person.line, caseNo, household);
    const given = { occurredOn: today, ...act.body({ household, view, documentId }), ...body };
    const named = await withIds(given, { persons: view.persons, people });
    await person.line.post(`${path}/${act.path}`, named, act.signed ? { ifMatch: view.etag } : {});
    report(person, name);
  };

  return {
    caseNo,
    today: () => today,
    read,
    isSame: (one, other) => people.subjectFor(one) === people.subjectFor(other),
    perform,
    async advanceTo(day) {
      if (day <= today) return;
      await stack.advanceTo(day);
      today = day;
    },
  };
}

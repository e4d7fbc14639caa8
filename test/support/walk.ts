import { createHash, randomUUID } from 'node:crypto';
import { applicationDesk } from '../../src/activities/application/index.js';
import { createDeskActivities, type OnCase } from '../../src/activities/desk.js';
import { createLookupActivities } from '../../src/activities/lookup.js';
import { audit } from '../../src/casefile/audit-log.js';
import { clocksOf, type ClockRow } from '../../src/casefile/clocks.js';
import { readCommand, storeCommand, type CommandRow } from '../../src/casefile/commands.js';
import { requestsOf, unsentRequests, type RequestStanding } from '../../src/casefile/evidence.js';
import { receiveApplication } from '../../src/casefile/intake.js';
import { keepPromise } from '../../src/casefile/outbox.js';
import { openPersons } from '../../src/casefile/persons.js';
import { newId, record } from '../../src/casefile/record.js';
import { cases, rawAnswers } from '../../src/casefile/schema/index.js';
import { inCasefile, type Casefile, type Tx } from '../../src/casefile/tx.js';
import { sealContent } from '../../src/casefile/vault.js';
import { eq } from 'drizzle-orm';
import type { Asker } from '../../src/departments/connector.js';
import type { DepartmentAnswer, Fact } from '../../src/departments/contract.js';
import { PLATFORMS } from '../../src/departments/platforms.js';
import { SOURCES } from '../../src/departments/sources.js';
import type { Rulebook } from '../../src/policy/rulebook-types.js';
import {
  dateAt,
  fenFromYuan,
  instant,
  plainDate,
  rfc3339,
  startOf,
  type ApplicationBodies,
  type CaseNo,
  type Id,
  type IdNumber,
  type Instant,
  type SubmitBody,
} from '../../src/terms/index.js';
import { db09 } from './household.js';
import type { Person, Town } from './town.js';

/** Where a walk may stop; each is the state of the case there, or a landmark inside one. */
export type Landmark =
  | 'submitted'
  | 'accepted'
  | 'investigating'
  | 'answered'
  | 'investigated'
  | 'preliminary_opinion'
  | 'public_notice'
  | 'forwarded'
  | 'county_reviewed'
  | 'confirmed'
  | 'granted'
  | 'in_benefit';
const WAY: readonly Landmark[] = [
  'submitted',
  'accepted',
  'investigating',
  'answered',
  'investigated',
  'preliminary_opinion',
  'public_notice',
  'forwarded',
  'county_reviewed',
  'confirmed',
  'granted',
  'in_benefit',
];

export interface Walker {
  readonly casefile: Casefile;
  readonly town: Town;
  submit(body?: SubmitBody, at?: Instant): Promise<CaseNo>;
  /** Stores a command and carries it out as the desk would. @returns the command as it stands afterwards */
  act<K extends Exclude<keyof ApplicationBodies, 'submit'>>(
    who: Person,
    caseNo: string,
    kind: K,
    body: Omit<ApplicationBodies[K], 'occurredOn'>,
    at: Instant,
    ifMatch?: string,
  ): Promise<CommandRow>;
  /** Lets a running clock run out. */
  due(caseNo: string, code: string, at?: Instant): Promise<void>;
  ask(caseNo: string, at: Instant): Promise<void>;
  /** An answer that is read at an instant, and was given then or at `answeredAt`. */
  answer(
    caseNo: string,
    request: RequestStanding,
    facts: readonly Fact[],
    at: Instant,
    answeredAt?: Instant,
  ): Promise<void>;
  walkTo(landmark: Landmark, body?: SubmitBody): Promise<CaseNo>;
  as<T>(actor: Person, on: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  inside<T>(caseNo: string, on: string, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** An hour of a simulated day, e.g. `on('2026-03-02', 9)`. */
export const on = (day: string, hour = 9): Instant => instant(startOf(plainDate(day)) + hour * 3_600_000);

/** @throws when a command did not do what it was given for */
export async function applied(command: Promise<CommandRow>): Promise<void> {
  const { status, kind, outcome } = await command;
  if (status !== 'applied') throw new Error(`${kind} was refused: ${JSON.stringify(outcome)}`);
}

/** Walks a household through the record exactly as the desk does, without a Temporal server. */
export function createWalker({
  casefile,
  rulebook,
  town,
}: {
  casefile: Casefile;
  rulebook: Rulebook;
  town: Town;
}): Walker {
  const desk = createDeskActivities({
    casefile,
    rulebook: () => rulebook,
    procedures: { application: applicationDesk },
  });
  const accepting = (source: string): Asker<unknown> => ({
    source,
    ask: () => Promise.resolve({ kind: 'accepted' }),
  });
  const lookups = createLookupActivities({
    casefile,
    rulebook: () => rulebook,
    connectors: Object.fromEntries(SOURCES.map((source) => [source, accepting(source)])),
    platforms: Object.fromEntries(PLATFORMS.map((platform) => [platform, accepting(platform)])),
    callbackUrl: 'http://127.0.0.1:1',
  });
  const onCase = (caseNo: string, at: Instant): OnCase => ({ procedure: 'application', record: caseNo, at });
  const realNow = (): Instant => instant(Date.now());
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

  const as: Walker['as'] = (who, day, work) =>
    inCasefile(casefile, { actor: `staff:${town.staff[who]}`, on: plainDate(day) }, work);
  const inside: Walker['inside'] = (caseNo, day, work) =>
    inCasefile(casefile, { actor: 'system:sweep', on: plainDate(day), caseNo }, work);

  async function submit(body = db09(), at = on(body.occurredOn)): Promise<CaseNo> {
    const who: Person = body.township === '441625104' ? 'otherClerk' : 'clerk';
    const bodyText = JSON.stringify(body);
    const { caseNo } = await as(who, dateAt(at), async (tx) => {
      const received = await receiveApplication(tx, {
        body,
        bodyText,
        fingerprint: sha(bodyText),
        method: 'POST',
        path: '/v1/applications',
        idempotencyKey: randomUUID(),
        enteredLate: false,
        at,
        today: dateAt(at),
        realNow: realNow(),
        atOnce: [],
        step: { to: 'submitted', article: 'DIBAO-2021 art. 4, 9', turn: 'township' },
      });
      // In the same transaction: a sweep that looked in between would start a desk beside this walk.
      await keepPromise(tx, received.commandId, 'start');
      return received;
    });
    return caseNo;
  }

  const act: Walker['act'] = async (who, caseNo, kind, body, at, ifMatch) => {
    const occurredOn = dateAt(at);
    const text = JSON.stringify({ occurredOn, ...body });
    const id = await as(who, occurredOn, (tx) =>
      storeCommand(tx, {
        caseNo,
        method: 'POST',
        path: `/v1/cases/${caseNo}/${kind}`,
        idempotencyKey: randomUUID(),
        fingerprint: sha(text),
        kind,
        body: text,
        ifMatch,
        occurredOn,
        receivedAt: at,
        realNow: realNow(),
      }),
    );
    await desk.applyCommand(onCase(caseNo, at), id);
    return inside(caseNo, occurredOn, (tx) => readCommand(tx, id));
  };

  async function clock(caseNo: string, code: string): Promise<ClockRow> {
    const rows = await inside(caseNo, '2026-03-02', (tx) => clocksOf(tx, caseNo));
    const running = rows.filter((each) => each.code === code && each.doneOn === null);
    // Of several of a kind, as of two reports, the one that has not run out yet.
    const row = running.find(({ expiredAt }) => expiredAt === null) ?? running[0];
    if (!row) throw new Error(`${caseNo} has no running clock ${code}`);
    return row;
  }

  const due: Walker['due'] = async (caseNo, code, at) => {
    const row = await clock(caseNo, code);
    await desk.fireClock(onCase(caseNo, at ?? instant(row.dueAt + 3_600_000)), row.id);
  };

  const ask: Walker['ask'] = async (caseNo, at) => {
    const ids = await inside(caseNo, dateAt(at), (tx) => unsentRequests(tx, caseNo));
    for (const { id: requestId } of ids) await lookups.askDepartment({ record: caseNo, requestId, at });
  };

  const answer: Walker['answer'] = async (caseNo, request, facts, at, answeredAt = at) => {
    const answerId = newId();
    await inCasefile(casefile, { actor: 'system:answers', on: dateAt(at), caseNo }, async (tx) => {
      const [person] = await openPersons(tx, caseNo, [request.personId]);
      const [file] = await tx.q.select({ keyId: cases.keyId }).from(cases).where(eq(cases.caseNo, caseNo));
      if (!person?.idNumber || !file) throw new Error('nobody to answer about');
      const body: DepartmentAnswer = {
        answerId: answerId as Id,
        requestId: request.id as Id,
        source: request.source,
        answeredAt: rfc3339(answeredAt),
        subject: { idNumber: person.idNumber as IdNumber, name: person.name },
        outcome: facts.length > 0 ? 'found' : 'none',
        facts,
      };
      const { bytes, ...content } = await sealContent(
        tx,
        file.keyId,
        'raw_answers',
        answerId,
        JSON.stringify(body),
      );
      await record(tx, rawAnswers, {
        id: answerId,
        source: request.source,
        webhookId: answerId,
        caseNo,
        requestId: request.id,
        keyId: file.keyId,
        body: bytes,
        ...content,
        receivedAt: at,
      });
      await audit(tx, { caseNo, at, code: 'answer_received', params: { source: request.source, answerId } });
    });
    await desk.readAnswer(onCase(caseNo, at), answerId);
  };

  async function answerAll(caseNo: string, at: Instant): Promise<void> {
    const requests = await inside(caseNo, dateAt(at), (tx) => requestsOf(tx, caseNo));
    const applicant = requests[0]?.personId;
    for (const request of requests) {
      const rich: Fact[] = [{ item: 'deposits', category: 'deposit', amountFen: fenFromYuan('1200') }];
      await answer(
        caseNo,
        request,
        request.source === 'bank' && request.personId === applicant ? rich : [],
        at,
      );
    }
  }

  async function signatory(caseNo: string): Promise<string> {
    const [person] = await inside(caseNo, '2026-03-06', (tx) => openPersons(tx, caseNo));
    return person?.id ?? '';
  }

  const STEPS: Readonly<Record<Exclude<Landmark, 'submitted'>, (caseNo: string) => Promise<void>>> = {
    accepted: (no) => applied(act('clerk', no, 'accept', { nearRelatives: [] }, on('2026-03-03'))),
    investigating: async (no) => {
      await due(no, 'begin_investigation', on('2026-03-03', 10));
      await ask(no, on('2026-03-04'));
    },
    answered: (no) => answerAll(no, on('2026-03-05')),
    investigated: async (no) =>
      applied(
        act(
          'investigator',
          no,
          'record_visit',
          {
            method: 'home_visit',
            investigators: [town.staff.investigator, town.staff.secondInvestigator],
            householdSignatory: await signatory(no),
            propertyWithinLimits: 'yes',
            findings: '砖木结构平房三间，邻居李某某称其长子在外务工。',
          },
          on('2026-03-06'),
        ),
      ),
    preliminary_opinion: (no) =>
      applied(
        act(
          'leader',
          no,
          'form_opinion',
          { proposes: 'grant', reasonCode: 'below_standard', remarks: '情况属实。' },
          on('2026-03-09'),
        ),
      ),
    public_notice: (no) => applied(act('clerk', no, 'post_notice', {}, on('2026-03-10'))),
    forwarded: (no) => due(no, 'public_notice'),
    county_reviewed: (no) =>
      applied(
        act('examiner', no, 'county_opine', { proposes: 'grant', reasonCode: 'agreed' }, on('2026-03-19')),
      ),
    confirmed: (no) => applied(act('confirmer', no, 'confirm', { reasonCode: 'agreed' }, on('2026-03-20'))),
    granted: (no) => due(no, 'recognise', on('2026-03-20', 10)),
    in_benefit: async (no) => {
      const handed = { how: 'in_person', result: 'delivered' } as const;
      await applied(act('clerk', no, 'give_confirmation_notice', handed, on('2026-03-20', 11)));
      await applied(act('clerk', no, 'publish', {}, on('2026-03-20', 12)));
    },
  };

  async function walkTo(landmark: Landmark, body?: SubmitBody): Promise<CaseNo> {
    const caseNo = await submit(body);
    for (const next of WAY.slice(1, WAY.indexOf(landmark) + 1))
      if (next !== 'submitted') await STEPS[next](caseNo);
    return caseNo;
  }

  return { casefile, town, submit, act, due, ask, answer, walkTo, as, inside };
}

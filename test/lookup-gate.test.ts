import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLookupActivities } from '../src/activities/lookup.js';
import { storeDocument } from '../src/casefile/documents.js';
import { attemptsOf } from '../src/casefile/lookups.js';
import { includedMembers, openPersons } from '../src/casefile/persons.js';
import { newId } from '../src/casefile/record.js';
import {
  auditEvents,
  consents,
  consentWithdrawals,
  departmentRequests,
  requestOutcomes,
} from '../src/casefile/schema/index.js';
import { ConnectorFault } from '../src/departments/connector-fault.js';
import type { LookupRequest } from '../src/departments/contract.js';
import { plainDate, type CaseNo, type Id, type MemberEntry } from '../src/terms/index.js';
import { sql } from 'drizzle-orm';
import { db09, member } from './support/household.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { applied, on } from './support/walk.js';

/**
 * The gate before the departments, over the whole product of its conditions: a question leaves exactly when every one of
 * them holds. Each row is a member of a household and a question about them that was opened a day earlier.
 */
const CONSENTS = [
  'valid',
  'over',
  'not yet valid',
  'withdrawn today',
  'of another person',
  'for another source',
  'of a text that does not name the item',
] as const;
const FLAGS = [true, false] as const;
const ROWS = CONSENTS.flatMap((consent) =>
  FLAGS.flatMap((hasId) =>
    FLAGS.flatMap((unanswered) =>
      FLAGS.flatMap((counted) => FLAGS.map((inScope) => ({ consent, hasId, unanswered, counted, inScope }))),
    ),
  ),
);
type Row = (typeof ROWS)[number];
interface Question {
  readonly caseNo: CaseNo;
  readonly requestId: string;
  readonly row: Row;
  readonly open: boolean;
}
const [YESTERDAY, TODAY] = [plainDate('2026-03-04'), plainDate('2026-03-05')];

let world: TestRecord;
const questions: Question[] = [];
const left: LookupRequest[] = [];
/** The department is left alone. */
let away = false;
/** It does not take what comes. */
let failing = false;
let ask: ReturnType<typeof createLookupActivities>['askDepartment'];

beforeAll(async () => {
  world = await openTestRecord();
  ({ askDepartment: ask } = createLookupActivities({
    casefile: world.database.casefile,
    rulebook: () => world.rulebook,
    connectors: {
      household_register: {
        source: 'household_register',
        ready: () => {
          if (away) throw new ConnectorFault({ source: 'household_register', fault: 'circuit_open' });
        },
        ask: (request) => {
          if (failing)
            return Promise.reject(new ConnectorFault({ source: 'household_register', fault: 'timeout' }));
          left.push(request);
          return Promise.resolve({ kind: 'accepted' });
        },
      },
    },
    callbackUrl: 'http://127.0.0.1:1',
  }));
  for (const open of FLAGS) questions.push(...(await household(open)));
});
afterAll(() => world.database.drop());

/** One household with a member for each row. */
async function household(open: boolean): Promise<Question[]> {
  const { walker, database, town } = world;
  const members = ROWS.map(({ hasId }, index): MemberEntry => {
    const { idNumber, ...nobody } = member(`m${index + 1}`);
    return hasId ? { ...nobody, idNumber } : { ...nobody, idStatus: 'none' };
  });
  const caseNo = await walker.submit({ ...db09({ members }), declared: [], consents: [] });
  const persons = await walker.inside(caseNo, TODAY, (tx) => includedMembers(tx, caseNo));
  const db = database.admin.db;
  const others = ROWS.flatMap(({ counted }, index) => (counted ? [] : (persons[index]?.personId ?? [])));
  await database.admin.sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`UPDATE household_members SET included = false WHERE person_id = ANY (${others})`;
  });
  const act = { staffId: town.staff.clerk, commandId: newId(), occurredOn: YESTERDAY };
  const made = await Promise.all(
    ROWS.map(async (row, index): Promise<Question> => {
      const personId = persons[index]?.personId ?? '';
      const other = persons[(index + 1) % persons.length]?.personId ?? '';
      const sign = async (part: Partial<typeof consents.$inferInsert> = {}): Promise<string> => {
        const id = newId();
        await db.insert(consents).values({
          id,
          caseNo,
          personId,
          signedById: personId,
          textVersion: '2026-02',
          purpose: 'dibao_means_verification',
          sources: ['household_register'],
          channel: 'paper',
          validFrom: YESTERDAY,
          validTo: plainDate('2026-12-31'),
          signatureHash: 'ab'.repeat(32),
          ...act,
          ...part,
        });
        return id;
      };
      // Good on the day on which the question was opened, and on no other.
      const consentId = await sign({ validTo: YESTERDAY });
      if (row.consent === 'valid') await sign();
      if (row.consent === 'not yet valid') await sign({ validFrom: plainDate('2026-03-06') });
      if (row.consent === 'of another person')
        await sign({ signedById: other, personId: other, sources: ['tax'] });
      if (row.consent === 'for another source') await sign({ sources: ['tax', 'insurance'] });
      if (row.consent === 'of a text that does not name the item') await sign({ textVersion: '2026-01' });
      if (row.consent === 'withdrawn today')
        await db
          .insert(consentWithdrawals)
          .values({ consentId: await sign(), caseNo, withdrawnOn: TODAY, ...act });
      const requestId = newId();
      await db.insert(departmentRequests).values({
        id: requestId,
        caseNo,
        personId,
        source: 'household_register',
        items: ['vehicles'],
        purpose: 'dibao_means_verification',
        caseRef: newId(),
        consentId,
        causedBy: row.inScope ? town.staff.clerk : town.staff.strangeClerk,
        requestedOn: YESTERDAY,
        dueOn: plainDate('2026-03-20'),
      });
      if (!row.unanswered)
        await db.insert(requestOutcomes).values({ requestId, caseNo, outcome: 'none', at: on(YESTERDAY) });
      return { caseNo, requestId, row, open };
    }),
  );
  if (!open) {
    const [applicant] = await walker.inside(caseNo, TODAY, (tx) => openPersons(tx, caseNo));
    const paper = await walker.as('clerk', TODAY, (tx) =>
      storeDocument(tx, {
        caseNo,
        kind: 'withdrawal',
        bytes: Buffer.from('撤回申请'),
        occurredOn: TODAY,
        at: on(TODAY, 8),
      }),
    );
    const signed = { documentId: paper.id, signedBy: applicant?.id ?? '' };
    await applied(walker.act('clerk', caseNo, 'withdraw', signed, on(TODAY, 8)));
  }
  return made;
}

const may = ({ row: { consent, hasId, unanswered, counted, inScope }, open }: Question): boolean =>
  open && hasId && unanswered && counted && inScope && consent === 'valid';
const named = ({ row, open }: Question): string =>
  `${row.consent}, ${row.hasId ? 'with' : 'without'} ID, ${row.unanswered ? 'not answered' : 'answered'}, ${row.counted ? 'counted' : 'not counted'}, asked for by ${row.inScope ? 'the clerk' : 'a stranger'}, case ${open ? 'open' : 'closed'}`;
const asking = ({ requestId }: Question, caseNo: string) => ask({ record: caseNo, requestId, at: on(TODAY) });
const eventsAbout = async (requestId: string): Promise<string[]> =>
  (
    await world.database.admin.db
      .select({ code: auditEvents.code })
      .from(auditEvents)
      .where(sql`${auditEvents.params} ->> 'requestId' = ${requestId}`)
      .orderBy(auditEvents.seq)
  ).map(({ code }) => code);

describe('the gate', () => {
  it('has a row for every combination, and one that may pass', () => {
    expect(questions).toHaveLength(2 * CONSENTS.length * 16);
    expect(questions.filter(may)).toHaveLength(1);
  });

  it('lets nothing out, and leaves nothing behind, when the audit cannot be written', async () => {
    const { sql: raw } = world.database.admin;
    await raw`REVOKE INSERT ON audit_events FROM onedoor_app`;
    try {
      for (const question of questions.filter(may))
        await expect(asking(question, question.caseNo)).rejects.toThrow();
    } finally {
      await raw`GRANT INSERT ON audit_events TO onedoor_app`;
    }
    expect(left).toEqual([]);
    for (const { caseNo, requestId } of questions.filter(may)) {
      expect(await world.walker.inside(caseNo, TODAY, (tx) => attemptsOf(tx, requestId))).toBe(0);
      expect(await eventsAbout(requestId)).toEqual([]);
    }
  });

  it('writes nothing down while the department is left alone: what is not sent has not left', async () => {
    away = true;
    try {
      for (const question of questions.filter(may))
        await expect(asking(question, question.caseNo)).rejects.toMatchObject({ fault: 'circuit_open' });
    } finally {
      away = false;
    }
    expect(left).toEqual([]);
    for (const { requestId } of questions.filter(may)) expect(await eventsAbout(requestId)).toEqual([]);
  });

  it('counts by the record how often a department failed, so that dead workers and a lost Postgres do not count', async () => {
    const [question] = questions.filter(may);
    if (!question) throw new Error('one may pass');
    failing = true;
    try {
      for (const nth of [1, 2])
        await expect(asking(question, question.caseNo)).rejects.toMatchObject({ fault: 'timeout', nth });
      away = true;
      // Nothing is sent to a department that is left alone, and nothing is counted against it.
      for (const _ of FLAGS)
        await expect(asking(question, question.caseNo)).rejects.toMatchObject({
          fault: 'circuit_open',
          nth: 3,
        });
    } finally {
      [away, failing] = [false, false];
    }
    expect(await eventsAbout(question.requestId)).toEqual([
      'lookup_leaving',
      'lookup_failed',
      'lookup_leaving',
      'lookup_failed',
    ]);
  });

  it('knows no question of another case', async () => {
    const [mine] = questions.filter(may);
    const other = questions.find(({ caseNo }) => caseNo !== mine?.caseNo);
    if (!mine || !other) throw new Error('two cases');
    await expect(asking(mine, other.caseNo)).rejects.toMatchObject({ code: 'not_found' });
    expect(left).toEqual([]);
  });

  it('lets a question out exactly when every condition holds, audited first', async () => {
    for (const question of questions) {
      const before = left.length;
      const came = await asking(question, question.caseNo);
      expect(left.length - before, named(question)).toBe(may(question) ? 1 : 0);
      const refused = question.open && question.row.unanswered ? 'no_ground' : 'not_needed';
      expect(came, named(question)).toBe(may(question) ? 'accepted' : refused);
      // Of the one that may pass only this last attempt: it was tried in vain before.
      const events = (await eventsAbout(question.requestId)).slice(-2);
      expect(events, named(question)).toEqual(
        may(question)
          ? ['lookup_leaving', 'lookup_accepted']
          : refused === 'no_ground'
            ? ['lookup_without_ground']
            : [],
      );
    }
  });

  it('lets no question out a second time once its department is known to have taken it', async () => {
    const [question] = questions.filter(may);
    if (!question) throw new Error('one may pass');
    const before = await eventsAbout(question.requestId);
    expect(await asking(question, question.caseNo)).toBe('accepted');
    expect(left).toHaveLength(1);
    expect(await eventsAbout(question.requestId)).toEqual(before);
  });

  it('lets out a purpose and pseudonyms, and what was asked for', () => {
    const [request] = left;
    expect(Object.keys(request ?? {}).toSorted()).toEqual(
      [
        'asOf',
        'callbackUrl',
        'caseRef',
        'consentHash',
        'dueAt',
        'items',
        'purpose',
        'requestId',
        'source',
        'subject',
      ].toSorted(),
    );
    const sent = questions.find(({ requestId }) => requestId === request?.requestId);
    expect(JSON.stringify(request)).not.toContain(sent?.caseNo);
    expect(request?.requestId satisfies Id | undefined).toBe(sent?.requestId);
  });
});

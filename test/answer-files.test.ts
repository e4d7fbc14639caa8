import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnswerFiles } from '../src/activities/answer-files.js';
import { storeAnswerFile } from '../src/casefile/answer-files.js';
import { requestsOf } from '../src/casefile/evidence.js';
import { openPersons } from '../src/casefile/persons.js';
import { inCasefile, type Casefile } from '../src/casefile/tx.js';
import { writeAnswersFile, type FileAnswer } from '../src/departments/batch-file.js';
import { ConnectorFault } from '../src/departments/connector-fault.js';
import type { AnswerFileDoor } from '../src/departments/connector.js';
import { instant, plainDate, type CaseNo, type Id, type IdNumber } from '../src/terms/index.js';
import { openTestRecord, type TestRecord } from './support/record.js';
import { on } from './support/walk.js';

/** Files of answers as a house takes them that dies while it does, at every point there is. */
const SOURCE = 'bank';
const AT = on('2026-03-10');
class Died extends Error {}

let world: TestRecord;
let caseNo: CaseNo;
let known: FileAnswer;
beforeAll(async () => {
  world = await openTestRecord();
  caseNo = await world.walker.walkTo('county_reviewed');
  const [request] = (await world.walker.inside(caseNo, '2026-03-10', (tx) => requestsOf(tx, caseNo))).filter(
    ({ source }) => source === SOURCE,
  );
  const [person] = await world.walker.inside(caseNo, '2026-03-10', (tx) =>
    openPersons(tx, caseNo, [request?.personId ?? '']),
  );
  known = answer({
    requestId: request?.id as Id,
    subject: { idNumber: person?.idNumber as IdNumber, name: person?.name ?? '' },
  });
});
afterAll(() => world.database.drop());

const answer = (changes: Partial<FileAnswer> = {}): FileAnswer => ({
  requestId: randomUUID() as Id,
  answerId: randomUUID() as Id,
  answeredAt: '2026-03-09T09:00:00+08:00',
  subject: { idNumber: '44162519700101001X' as IdNumber, name: '林桂香' },
  outcome: 'none',
  facts: [],
  ...changes,
});

/** Counts transactions, and dies before or after one of them. */
function mortal(casefile: Casefile, diesAt: number, when: 'before' | 'after'): Casefile {
  let n = 0;
  const transaction: typeof casefile.database.db.transaction = async (work, config) => {
    n += 1;
    if (n === diesAt && when === 'before') throw new Died();
    const result = await casefile.database.db.transaction(work, config);
    if (n === diesAt && when === 'after') throw new Died();
    return result;
  };
  const db = new Proxy(casefile.database.db, {
    get: (target, key) => (key === 'transaction' ? transaction : Reflect.get(target, key)),
  });
  return { ...casefile, database: { ...casefile.database, db } };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const offering = (fileId: Id, bytes: () => Uint8Array): AnswerFileDoor => ({
  list: () => Promise.resolve([{ fileId, sha256: sha256(bytes()) }]),
  fetch: () => Promise.resolve({ kind: 'signed', webhookId: randomUUID(), body: bytes() }),
});
const told: string[] = [];
const visitor = (casefile: Casefile, files: AnswerFileDoor) =>
  createAnswerFiles({
    casefile,
    connectors: { [SOURCE]: { source: SOURCE, ask: () => Promise.reject(new Error('nobody asks')), files } },
    time: { now: () => Promise.resolve(AT), real: () => instant(Date.now()) },
    tell: (_, answerId) => Promise.resolve(told.push(answerId)),
    forged: (source) => void told.push(`forged ${source}`),
  });

const fileOf = (fileId: Id, answers: readonly FileAnswer[]): Buffer =>
  Buffer.from(writeAnswersFile({ fileId, source: SOURCE, madeAt: '2026-03-10T09:00:00+08:00' }, answers));
async function readingsOf(fileId: Id) {
  return world.database.reader.sql<Record<string, unknown>[]>`
    SELECT r.complete, r.fault, r.taken, r.unmatched, r.repeated, r.unable, r.refused
    FROM answer_file_readings r JOIN answer_files f ON f.id = r.answer_file_id
    WHERE f.file_id = ${fileId} ORDER BY f.id`;
}
const answersOf = async (fileId: Id) =>
  world.database.reader.sql<{ case_no: string | null }[]>`
    SELECT a.case_no FROM raw_answers a JOIN answer_files f ON f.id = a.answer_file_id
    WHERE f.file_id = ${fileId} ORDER BY a.id`;

describe('a file of answers', () => {
  it('comes to the same, wherever whoever took it died', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom('before', 'after'),
        async (at, when) => {
          const fileId = randomUUID() as Id;
          const mine = { ...known, answerId: randomUUID() as Id };
          const stranger = answer();
          const bad = answer({ subject: { idNumber: '1' as IdNumber, name: 'x' } });
          const bytes = fileOf(fileId, [
            mine,
            stranger,
            stranger,
            answer(),
            bad,
            answer({ outcome: 'unable' }),
          ]);
          const files = offering(fileId, () => bytes);
          await visitor(mortal(world.database.casefile, at, when), files)
            .visit(SOURCE)
            .catch((error: unknown) => {
              if (!(error instanceof Died)) throw error;
            });
          expect(await visitor(world.database.casefile, files).visit(SOURCE)).toBe(0);
          expect(await readingsOf(fileId)).toEqual([
            {
              complete: true,
              fault: null,
              taken: 3,
              unmatched: 2,
              repeated: 1,
              unable: 1,
              refused: [{ row: 7, column: 'id_number', code: 'value' }],
            },
          ]);
          expect((await answersOf(fileId)).map((each) => each.case_no)).toEqual([caseNo, null, null]);
        },
      ),
      { numRuns: 16 },
    );
  }, 60_000);

  it('that is half-written counts as far as it goes, is fetched until it is whole, and then adds the rest', async () => {
    const fileId = randomUUID() as Id;
    const whole = fileOf(fileId, [answer(), answer(), answer()]);
    let bytes: Uint8Array = whole.subarray(0, whole.length - 150);
    const { visit } = visitor(
      world.database.casefile,
      offering(fileId, () => bytes),
    );
    expect(await visit(SOURCE)).toBe(1);
    expect(await visit(SOURCE)).toBe(1);
    expect(await readingsOf(fileId)).toMatchObject([{ complete: false, fault: null, taken: 2 }]);
    bytes = whole;
    expect(await visit(SOURCE)).toBe(0);
    expect(await visit(SOURCE)).toBe(0);
    expect(await readingsOf(fileId)).toMatchObject([{}, { complete: true, taken: 1, repeated: 2 }]);
    expect(await answersOf(fileId)).toHaveLength(3);
  });

  it('that is damaged is kept, read no further, and fetched again', async () => {
    const fileId = randomUUID() as Id;
    const bytes = Buffer.from(fileOf(fileId, [answer()]).toString().replace('none', 'nine'));
    const { visit } = visitor(
      world.database.casefile,
      offering(fileId, () => bytes),
    );
    expect(await visit(SOURCE)).toBe(1);
    expect(await readingsOf(fileId)).toMatchObject([{ complete: false, fault: 'damaged', taken: 0 }]);
  });

  it('that another source’s question is answered in belongs to no case', async () => {
    const fileId = randomUUID() as Id;
    const requests = await world.walker.inside(caseNo, '2026-03-10', (tx) => requestsOf(tx, caseNo));
    const others = requests.find(({ source }) => source !== SOURCE);
    const bytes = fileOf(fileId, [answer({ requestId: others?.id as Id })]);
    await visitor(
      world.database.casefile,
      offering(fileId, () => bytes),
    ).visit(SOURCE);
    expect((await answersOf(fileId)).map((each) => each.case_no)).toEqual([null]);
  });

  it('that is nobody’s is told, and keeps no other away', async () => {
    const fileId = randomUUID() as Id;
    const forged = randomUUID() as Id;
    const bytes = fileOf(fileId, [answer()]);
    const door: AnswerFileDoor = {
      list: () => Promise.resolve([forged, fileId].map((each) => ({ fileId: each, sha256: sha256(bytes) }))),
      fetch: (id) =>
        id === forged
          ? Promise.reject(new ConnectorFault({ source: SOURCE, fault: 'signature_invalid' }))
          : offering(fileId, () => bytes).fetch(id),
    };
    expect(await visitor(world.database.casefile, door).visit(SOURCE)).toBe(1);
    expect(told).toContain('forged bank');
    expect(
      await world.database.reader
        .sql`SELECT source, reason, sum(count)::int AS count FROM refused_callbacks GROUP BY 1, 2`,
    ).toEqual([{ source: SOURCE, reason: 'signature_invalid', count: 1 }]);
    expect(await readingsOf(fileId)).toMatchObject([{ complete: true, taken: 1 }]);
  });

  it('that cannot be opened any more is an operator’s, keeps no other away, and is read once it is mended', async () => {
    const { casefile, admin, reader } = world.database;
    const [broken, fileId] = [randomUUID() as Id, randomUUID() as Id];
    const body = fileOf(broken, [answer()]);
    await inCasefile(casefile, { actor: 'system:answers', on: plainDate('2026-03-10') }, (tx) =>
      storeAnswerFile(tx, { source: SOURCE, fileId: broken, body, at: AT }),
    );
    const flip = () =>
      admin.sql.begin(async (sql) => {
        await sql`SET LOCAL session_replication_role = replica`;
        await sql`UPDATE answer_files SET body = set_byte(body, length(body) - 1, get_byte(body, length(body) - 1) # 1)
          WHERE file_id = ${broken}`;
      });
    const open = () =>
      reader.sql`SELECT 1 FROM tasks WHERE kind = 'answer_file_unreadable' AND done_at IS NULL`;
    await flip();
    const bytes = fileOf(fileId, [answer()]);
    const { visit } = visitor(
      casefile,
      offering(fileId, () => bytes),
    );
    expect(await visit(SOURCE)).toBe(0);
    expect(await visit(SOURCE)).toBe(0);
    expect(await readingsOf(fileId)).toMatchObject([{ complete: true, taken: 1 }]);
    expect(await readingsOf(broken)).toEqual([]);
    expect(await open()).toHaveLength(1);
    await flip();
    await visit(SOURCE);
    expect(await readingsOf(broken)).toMatchObject([{ complete: true, taken: 1 }]);
    expect(await open()).toHaveLength(0);
  });

  it('is shown to an operator and to nobody else', async () => {
    const seen = (who: 'operator' | 'clerk') =>
      world.walker.as(who as 'clerk', '2026-03-10', async (tx) => {
        const rows = await tx.q.execute('SELECT 1 FROM answer_files');
        return rows.length > 0;
      });
    expect(await seen('clerk')).toBe(false);
    expect(await seen('operator')).toBe(true);
  });
});

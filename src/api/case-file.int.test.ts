import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';
import { onedoor } from '../../test/support/program.js';
import { on } from '../../test/support/walk.js';
import { readArchive } from '../casefile/case-archive.js';
import { checkArchive } from '../casefile/case-archive-check.js';
import type { CaseFileIndex } from '../casefile/case-archive-format.js';
import { packEntries } from '../casefile/case-archive-zip.js';
import { inCasefile } from '../casefile/tx.js';
import { auditCheck } from '../stack/audit-report.js';

let api: TestApi;
let caseNo: string;
let path: string;
const canary = `零工收入证明 ${randomUUID()}`;

beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo('submitted');
  path = `/v1/cases/${caseNo}/file`;
  for (const [kind, content, occurredOn] of [
    ['income_proof', canary, '2026-03-02'],
    ['income_proof', '更正后的证明', '2026-03-01'],
    ['commitment', '承诺', '2026-03-02'],
  ] as const) {
    const answer = await api.call('clerk', 'POST', `/v1/cases/${caseNo}/documents`, {
      body: { occurredOn, kind, content: Buffer.from(content).toString('base64') },
    });
    expect(answer.status).toBe(201);
  }
});
afterAll(() => api.close());

const json = <T>(bytes: Uint8Array | undefined): T => JSON.parse(strFromU8(bytes ?? new Uint8Array())) as T;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const exports = () =>
  api.record.database.admin.sql<{ actor: string; params: Record<string, unknown>; seq: number }[]>`
    SELECT actor, params, seq FROM audit_events WHERE chain = ${caseNo} AND code = 'file_exported' ORDER BY seq`;

describe('the file of a case', () => {
  it('is a download that nobody keeps, whole by its own word', async () => {
    const { status, headers, bytes } = await api.bytes('clerk', path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${caseNo}.zip"`);
    expect(headers.get('cache-control')).toBe('no-store');
    const check = checkArchive(bytes);
    expect(check).toMatchObject({ caseNo, documents: 3, problems: [] });

    const files = unzipSync(bytes);
    const index = json<CaseFileIndex>(files['index.json']);
    expect(index.documents.map((paper) => [paper.path, paper.version, paper.stage])).toEqual([
      ['documents/001-2026-03-01-income_proof.txt', 2, 'accepting'],
      ['documents/002-2026-03-02-income_proof.txt', 1, 'accepting'],
      ['documents/003-2026-03-02-承诺书.txt', 1, 'accepting'],
    ]);
    expect(strFromU8(files['documents/002-2026-03-02-income_proof.txt'] ?? new Uint8Array())).toBe(canary);
    expect(strFromU8(files['index.html'] ?? new Uint8Array())).toContain('社会救助家庭档案目录');
  });

  it('is on record with who took it and the hash of its index', async () => {
    const before = await exports();
    const { bytes } = await api.bytes('auditor', path);
    const after = await exports();
    expect(after.length).toBe(before.length + 1);
    expect(after.at(-1)).toMatchObject({
      actor: `staff:${api.record.town.staff.auditor}`,
      params: { sha256: checkArchive(bytes).indexSha256, documents: 3 },
    });
    // The next file tells of this one, and ends where the chain ended before it.
    const next = await api.bytes('clerk', path);
    const { audit } = json<CaseFileIndex>(unzipSync(next.bytes)['index.json']);
    expect(audit.head.seq).toBe(after.at(-1)?.seq);
    expect((await auditCheck(api.record.database.reader, undefined, on('2000-01-01'))).findings).toEqual([]);
  });

  it('is the same bytes as long as the record is the same', async () => {
    const read = () =>
      inCasefile(
        api.record.database.casefile,
        { actor: `staff:${api.record.town.staff.clerk}`, on: '2026-03-02' as never },
        async (tx) => packEntries((await readArchive(tx, caseNo, api.now)).entries),
      );
    expect(sha256(await read())).toBe(sha256(await read()));
  });

  it('is found out when one letter of a document differs', async () => {
    const { bytes } = await api.bytes('clerk', path);
    const files = unzipSync(bytes);
    const name = 'documents/002-2026-03-02-income_proof.txt';
    const forged = (files[name] ?? new Uint8Array()).map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    const entries = Object.entries({ ...files, [name]: forged });
    expect(
      checkArchive(packEntries(entries.map(([at, content]) => ({ path: at, bytes: content })))).problems,
    ).toEqual([{ path: name, problem: 'hash_wrong' }]);
  });

  it('holds every paper of a case that is over, and its whole chain', async () => {
    const done = await api.record.walker.walkTo('in_benefit');
    const { bytes } = await api.bytes('confirmer', `/v1/cases/${done}/file`);
    const listed = await api.call('confirmer', 'GET', `/v1/cases/${done}/documents`);
    const check = checkArchive(bytes);
    expect(check.problems).toEqual([]);
    expect(check.documents).toBe((listed.json['items'] as unknown[]).length);
    expect(check.events).toBeGreaterThan(10);
    const index = json<CaseFileIndex>(unzipSync(bytes)['index.json']);
    expect(index.documents.map(({ kind, stage }) => `${stage} ${kind}`)).toEqual([
      'accepting acceptance_receipt',
      'accepting verification_authorisation',
      'investigating verification_report',
      'investigating home_visit_form',
      'investigating preliminary_opinion_form',
      'opining public_notice_sheet',
      'concluding confirmation_notice',
      'concluding delivery_receipt',
      'concluding publication_sheet',
    ]);
  });

  it.each(['otherClerk', 'strangeClerk'])('does not exist for %s, who leaves no trace in it', async (who) => {
    const before = await exports();
    const answer = await api.call(who, 'GET', path);
    expect([answer.status, answer.json['code']]).toEqual([404, 'case_not_found']);
    expect(await exports()).toEqual(before);
  });

  it('does not exist for a case that is none', async () => {
    const answer = await api.call('clerk', 'GET', '/v1/cases/AP-441625103-2026-99999/file');
    expect([answer.status, answer.json['code']]).toEqual([404, 'case_not_found']);
    expect((await api.call(null, 'GET', path)).status).toBe(401);
  });
});

it('is refused when it would be larger than a file may be, before anything is opened', async () => {
  const large = await api.record.walker.walkTo('submitted');
  // Rows that only say that they are large: their bytes would not open.
  await api.record.database.admin.sql`
    INSERT INTO documents (id, case_no, kind, media_type, size_bytes, key_id, content_hash, salt, bytes, made_by_system, occurred_on, at)
    SELECT gen_random_uuid(), case_no, 'scan', 'application/pdf', 10485760, key_id, '', '', '', false, '2026-03-02', now()
    FROM cases, generate_series(1, 26) WHERE case_no = ${large}`;
  const answer = await api.call('clerk', 'GET', `/v1/cases/${large}/file`);
  expect([answer.status, answer.json['code']]).toEqual([413, 'body_too_large']);
});

describe('onedoor case check-file', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'onedoor-case-file-'))));
  afterAll(() => rm(folder, { recursive: true }));
  /** Nothing to reach: no database, no server, no state. */
  async function check(bytes: Uint8Array, ...args: string[]) {
    const file = join(folder, `${randomUUID()}.zip`);
    await writeFile(file, bytes);
    return onedoor(['case', 'check-file', file, ...args], { ONEDOOR_STATE_DIR: join(folder, 'none') });
  }

  it('says in one line that a file is whole', async () => {
    const { bytes } = await api.bytes('clerk', path);
    const { events } = checkArchive(bytes);
    expect(await check(bytes)).toEqual({
      exit: 0,
      stdout: `3 documents, chain of ${events} events, all hashes right\n`,
      stderr: '',
    });
  });

  it('ends with 1 and a sentence for each problem, or with one object', async () => {
    const { bytes } = await api.bytes('clerk', path);
    const { 'index.html': _, ...files } = unzipSync(bytes);
    const less = packEntries(Object.entries(files).map(([at, content]) => ({ path: at, bytes: content })));
    expect(await check(less)).toEqual({ exit: 1, stdout: 'index.html: is missing\n', stderr: '' });
    const machine = await check(less, '--json');
    expect([machine.exit, JSON.parse(machine.stdout)]).toEqual([1, checkArchive(less)]);
  });

  it('ends with 2 for what is no ZIP', async () => {
    expect(await check(Buffer.from('no zip'))).toEqual({
      exit: 2,
      stdout: '',
      stderr: 'onedoor: FILE is not a case file (no ZIP)\n',
    });
  });
});

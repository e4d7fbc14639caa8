import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../../test/support/api.js';

let api: TestApi;
let path: string;
let caseNo: string;

beforeAll(async () => {
  api = await openTestApi();
  caseNo = await api.record.walker.walkTo('submitted');
  path = `/v1/cases/${caseNo}/documents`;
});
afterAll(() => api.close());

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(500)]);
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(200)]);
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200)]);
const upload = (bytes: Uint8Array) => ({
  occurredOn: '2026-03-02',
  kind: 'income_proof',
  content: Buffer.from(bytes).toString('base64'),
});
describe('a paper', () => {
  it.each([
    ['application/pdf', PDF],
    ['image/png', PNG],
    ['image/jpeg', JPEG],
    ['text/plain; charset=utf-8', Buffer.from('收入证明：月薪 540 元\n')],
  ])('%s is known by its bytes, and comes back as it was', async (mediaType, bytes) => {
    const stored = await api.call('clerk', 'POST', path, { body: upload(bytes) });
    expect([stored.status, stored.json['mediaType']]).toEqual([201, mediaType]);
    const listed = (await api.call('clerk', 'GET', path)).json['items'] as {
      id: string;
      sizeBytes: number;
      contentHash: string;
    }[];
    const row = listed.find(({ id }) => id === stored.json['documentId']);
    expect(row).toMatchObject({
      sizeBytes: bytes.length,
      contentHash: stored.json['contentHash'],
      mediaType,
    });
    const read = await api.bytes('clerk', `${path}/${String(stored.json['documentId'])}`);
    expect(read.status).toBe(200);
    expect(read.headers.get('content-type')).toBe(mediaType);
    expect(read.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+"$/);
    expect(read.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(read.bytes).equals(bytes)).toBe(true);
  });

  it('is not in the database as it is', async () => {
    const canary = `canary-${randomUUID()}`;
    const stored = await api.call('clerk', 'POST', path, { body: upload(Buffer.from(canary)) });
    const { sql } = api.record.database.admin;
    const [row] = await sql<
      { bytes: Uint8Array; content_hash: string }[]
    >`SELECT bytes, content_hash FROM documents WHERE id = ${String(stored.json['documentId'])}`;
    expect(Buffer.from(row?.bytes ?? []).includes(canary)).toBe(false);
    expect(row?.content_hash).not.toBe(createHash('sha256').update(canary).digest('hex'));
  });

  it.each<[string, Uint8Array, number, string]>([
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 415, 'media_type_unsupported'],
    ['an archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 415, 'media_type_unsupported'],
    ['bytes that are no text', Buffer.from([0xc3, 0x28, 0xa0, 0xa1]), 415, 'media_type_unsupported'],
    ['nothing', new Uint8Array(), 422, 'body_invalid'],
  ])('%s is refused', async (_, bytes, status, code) => {
    const answer = await api.call('clerk', 'POST', path, { body: upload(bytes) });
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });

  it('may have 10 MiB, and not a byte more', async () => {
    const most = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024 - PDF.length, 0x20)]);
    expect((await api.call('clerk', 'POST', path, { body: upload(most) })).status).toBe(201);
    const answer = await api.call('clerk', 'POST', path, {
      body: upload(Buffer.concat([most, Buffer.from(' ')])),
    });
    expect([answer.status, answer.json['code']]).toEqual([413, 'body_too_large']);
  });

  it('sent twice is one paper', async () => {
    const key = randomUUID();
    const body = upload(Buffer.from('一张收据'));
    const first = await api.call('clerk', 'POST', path, { body, key });
    const again = await api.call('clerk', 'POST', path, { body, key });
    expect([again.status, again.json, again.headers.get('idempotent-replayed')]).toEqual([
      201,
      first.json,
      'true',
    ]);
    const other = await api.call('clerk', 'POST', path, { body: upload(Buffer.from('另一张')), key });
    expect(other.json['code']).toBe('idempotency_key_reused');
  });

  it('about somebody of another file is refused', async () => {
    const elsewhere = await api.record.walker.walkTo('submitted');
    const { sql } = api.record.database.admin;
    const [stranger] = await sql<
      { id: string }[]
    >`SELECT id FROM persons WHERE case_no = ${elsewhere} LIMIT 1`;
    const answer = await api.call('clerk', 'POST', path, {
      body: { ...upload(PDF), personId: stranger?.id },
    });
    expect([answer.status, answer.json['code'], answer.json['pointer']]).toEqual([
      422,
      'body_invalid',
      '/personId',
    ]);
  });

  it('is not read through another case, nor from outside the division', async () => {
    const stored = await api.call('clerk', 'POST', path, { body: upload(PDF) });
    const id = String(stored.json['documentId']);
    const elsewhere = await api.record.walker.walkTo('submitted');
    expect((await api.call('clerk', 'GET', `/v1/cases/${elsewhere}/documents/${id}`)).status).toBe(404);
    expect((await api.call('otherClerk', 'GET', `${path}/${id}`)).status).toBe(404);
    expect((await api.call('clerk', 'GET', `${path}/${randomUUID()}`)).status).toBe(404);
  });

  it('is not added to a closed file', async () => {
    const closed = await api.record.walker.walkTo('in_benefit');
    const answer = await api.call('clerk', 'POST', `/v1/cases/${closed}/documents`, { body: upload(PDF) });
    expect([answer.status, answer.json['code']]).toEqual([409, 'case_closed']);
  });
});

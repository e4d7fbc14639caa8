import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { instant, plainDate } from '../terms/index.js';
import { linkNext, type AuditEntry } from './audit/chain.js';
import { checkArchive } from './case-archive-check.js';
import { CASE_FILE_FORMAT, LIMITS, PATHS, type CaseFileIndex } from './case-archive-format.js';
import { NotAnArchive } from './case-archive-open.js';
import { contentsPage } from './case-archive-page.js';
import { packEntries, type ArchiveEntry } from './case-archive-zip.js';
import { contentHash } from './crypto/content-hash.js';

const CASE = 'AP-441625103-2026-00001';
const FORM = 'documents/001-2026-03-02-申请书.txt';
const RECEIPT = 'documents/002-2026-03-02-受理通知书.html';
const SCAN = 'documents/003-2026-03-05-income_proof.pdf';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8');

const chainOf = (length: number): AuditEntry[] =>
  Array.from({ length }).reduce<AuditEntry[]>(
    (chain, _, n) => [
      ...chain,
      linkNext(chain.at(-1) ?? null, {
        id: `0195-${n}`,
        chain: CASE,
        at: instant(1_772_413_200_000 + n),
        writtenAtMs: 1_772_413_200_000 + n,
        actor: 'staff:0195-a',
        code: 'document_added',
        article: null,
        params: { n },
        rows: [],
      }),
    ],
    [],
  );

interface Parts {
  documents: Map<string, Uint8Array>;
  entries: AuditEntry[];
  index: CaseFileIndex;
  files: Map<string, Uint8Array>;
}

/** A whole case file by its own rules, in pieces that a test may spoil. */
function parts(): Parts {
  const documents = new Map<string, Uint8Array>([
    [FORM, bytesOf('申请人：陈秀兰')],
    [RECEIPT, bytesOf('<!doctype html><p>受理</p>')],
    [SCAN, bytesOf('%PDF-1.7 scanned')],
  ]);
  const entries = chainOf(5);
  const listed = [...documents].map(([path, bytes], n) => {
    const salt = new Uint8Array(16).fill(n + 1);
    return {
      path,
      kind: 'income_proof',
      version: 1,
      template: null,
      mediaType: 'text/plain',
      sizeBytes: bytes.length,
      occurredOn: '2026-03-02',
      stage: 'accepting',
      madeBySystem: false,
      salt: Buffer.from(salt).toString('hex'),
      contentHash: contentHash(bytes, salt),
    };
  });
  const page = bytesOf(
    contentsPage({
      caseNo: CASE,
      openedOn: plainDate('2026-03-02'),
      exportedAt: instant(1_772_413_200_000),
      documents: listed,
    }),
  );
  const timeline = bytesOf({ caseNo: CASE, entries: [] });
  const audit = bytesOf({ chain: CASE, entries });
  const last = entries.at(-1) as AuditEntry;
  const index: CaseFileIndex = {
    format: CASE_FILE_FORMAT,
    caseNo: CASE,
    procedure: 'application',
    state: 'accepted',
    outcome: null,
    openedOn: '2026-03-02',
    exportedAt: '2026-03-05T09:00:00+08:00',
    documents: listed,
    page: { path: PATHS.page, sha256: sha256(page) },
    timeline: { path: PATHS.timeline, sha256: sha256(timeline) },
    audit: { path: PATHS.audit, sha256: sha256(audit), head: { seq: last.seq, hash: last.hash } },
  };
  const files = new Map<string, Uint8Array>([
    [PATHS.page, page],
    [PATHS.index, bytesOf(index)],
    [PATHS.timeline, timeline],
    [PATHS.audit, audit],
    ...documents,
  ]);
  return { documents, entries, index, files };
}
const pack = (files: ReadonlyMap<string, Uint8Array>) =>
  packEntries([...files].map(([path, bytes]): ArchiveEntry => ({ path, bytes })));
/** A case file with something done to it. */
function spoilt(spoil: (parts: Parts) => void) {
  const made = parts();
  spoil(made);
  return checkArchive(pack(made.files));
}
const brief = ({ problems }: ReturnType<typeof checkArchive>) =>
  problems.map(({ path, problem, detail }) => [path, problem, ...(detail ? [detail] : [])].join(' '));
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, n) => (n === at ? byte ^ 1 : byte));
/** Rewrites the index and, with it, nothing else. */
const reindex = (made: Parts, change: (index: CaseFileIndex) => unknown) =>
  made.files.set(PATHS.index, bytesOf(change(made.index)));
/** An index that vouches for another chain, as a forger would write it. */
const withChain = (made: Parts, entries: readonly AuditEntry[]) => {
  const audit = bytesOf({ chain: CASE, entries });
  made.files.set(PATHS.audit, audit);
  reindex(made, (index) => ({ ...index, audit: { ...index.audit, sha256: sha256(audit) } }));
};

afterEach(() => void vi.unstubAllEnvs());

describe('a whole file', () => {
  it('has no problem, and says what was checked', () => {
    const made = parts();
    expect(checkArchive(pack(made.files))).toEqual({
      caseNo: CASE,
      documents: 3,
      events: 5,
      indexSha256: sha256(bytesOf(made.index)),
      problems: [],
    });
  });

  it('is the same bytes for the same record, wherever it is packed', () => {
    const first = pack(parts().files);
    vi.stubEnv('TZ', 'America/St_Johns');
    const again = pack(parts().files);
    expect(sha256(again)).toBe(sha256(first));
  });
});

describe('content', () => {
  it.each([FORM, RECEIPT, SCAN, PATHS.page, PATHS.timeline])('one byte of %s changed', (path) => {
    const size = parts().files.get(path)?.length ?? 0;
    for (const at of [0, Math.floor(size / 2), size - 1])
      expect(
        brief(spoilt(({ files }) => files.set(path, flipped(files.get(path) ?? new Uint8Array(), at)))),
      ).toEqual([`${path} hash_wrong`]);
  });

  it('one byte of the chain changed: the file and the event are named', () => {
    const check = spoilt(({ files }) => {
      const text = new TextDecoder().decode(files.get(PATHS.audit));
      files.set(PATHS.audit, bytesOf(text.replace('"n":2', '"n":7')));
    });
    expect(brief(check)).toEqual([
      'audit.json hash_wrong',
      `audit.json chain_broken audit ${CASE}#3: changed`,
    ]);
  });

  it('a document dropped', () => {
    expect(brief(spoilt(({ files }) => files.delete(RECEIPT)))).toEqual([`${RECEIPT} missing`]);
  });

  it('a document added', () => {
    const path = 'documents/004-2026-03-06-forged.txt';
    expect(brief(spoilt(({ files }) => files.set(path, bytesOf('x'))))).toEqual([`${path} not_in_index`]);
  });

  it('two documents swapped', () => {
    const check = spoilt(({ files, documents }) => {
      // Of one length, so that only the hash can tell.
      const form = documents.get(FORM) ?? new Uint8Array();
      files.set(FORM, form.toReversed());
      files.set(RECEIPT, documents.get(SCAN) ?? new Uint8Array());
      files.set(SCAN, documents.get(RECEIPT) ?? new Uint8Array());
    });
    expect(brief(check)).toEqual([`${FORM} hash_wrong`, `${RECEIPT} size_wrong`, `${SCAN} size_wrong`]);
  });

  it.each(Object.values(PATHS))('%s dropped', (path) => {
    expect(brief(spoilt(({ files }) => files.delete(path)))).toContain(`${path} missing`);
  });
});

describe('the chain', () => {
  it('cut at its end, although the index vouches for what is left', () => {
    expect(brief(spoilt((made) => withChain(made, made.entries.slice(0, 3))))).toEqual([
      `audit.json chain_broken audit ${CASE}#4: tail_cut up to #5`,
    ]);
  });
  it('with a gap', () => {
    expect(
      brief(
        spoilt((made) =>
          withChain(
            made,
            made.entries.filter(({ seq }) => seq !== 2),
          ),
        ),
      ),
    ).toEqual([`audit.json chain_broken audit ${CASE}#2: deleted up to #2`]);
  });
  it('of another case', () => {
    const check = spoilt((made) =>
      reindex(made, (index) => ({ ...index, caseNo: 'AP-441625103-2026-00002' })),
    );
    expect(brief(check).filter((line) => line.includes('chain_broken')).length).toBeGreaterThan(0);
  });
  it('that goes on after the head', () => {
    expect(brief(spoilt((made) => withChain(made, chainOf(6))))).toEqual(['audit.json head_wrong']);
  });
  it('empty', () => {
    expect(brief(spoilt((made) => withChain(made, [])))).toEqual([
      `audit.json chain_broken audit ${CASE}#1: tail_cut up to #5`,
    ]);
  });
});

describe('the index', () => {
  it.each<[string, (index: CaseFileIndex) => unknown, string]>([
    [
      'of another format',
      (index) => ({ ...index, format: 'onedoor-case-file/2' }),
      'index.json not_understood',
    ],
    ['that is no object', () => 'index', 'index.json not_understood'],
    [
      'that lists a document twice',
      (index) => ({ ...index, documents: [...index.documents, ...index.documents.slice(0, 1)] }),
      `${FORM} listed_twice`,
    ],
    [
      'that passes a document off as the history',
      (index) => ({ ...index, timeline: { ...index.timeline, path: FORM } }),
      `${FORM} out_of_place`,
    ],
  ])('%s', (_, change, line) => {
    expect(brief(spoilt((made) => reindex(made, change)))).toContain(line);
  });
});

describe('names and sizes', () => {
  it.each([
    '../outside.txt',
    'documents/../../outside.txt',
    '/etc/cron.d/x',
    'C:\\x.txt',
    'documents\\x.txt',
    'documents//x.txt',
    './x.txt',
    'documents/.hidden',
    'documents/a\u202etxt.exe',
    'documents/',
  ])('%j is not opened', (path) => {
    expect(brief(spoilt(({ files }) => files.set(path, bytesOf('x'))))).toEqual([`${path} unsafe_path`]);
  });

  /** Of the same length in UTF-8, so the archive stays well-formed. */
  function renamed(from: string, to: string) {
    const made = parts();
    made.files.set(from, bytesOf('forged'));
    const zip = Buffer.from(pack(made.files));
    for (let at = zip.indexOf(from); at !== -1; at = zip.indexOf(from)) zip.write(to, at, 'utf8');
    return checkArchive(zip);
  }
  it('a name twice: neither is taken', () => {
    expect(brief(renamed('documents/001-2026-03-02-申请表.txt', FORM))).toEqual([`${FORM} duplicate`]);
  });
  it('a name that an object cannot hold', () => {
    expect(brief(renamed('a_proto_z', '__proto__'))).toEqual(['__proto__ unsafe_path']);
  });

  it('an entry that unpacks to more than it announced gets no more memory than that', () => {
    const made = parts();
    const zip = Buffer.from(pack(made.files));
    const central = zip.lastIndexOf(FORM) - 46;
    expect(zip.readUInt32LE(central)).toBe(0x02014b50);
    zip.writeUInt32LE(4, central + 24);
    expect(brief(checkArchive(zip))).toEqual([`${FORM} size_wrong`]);
  });

  it('an entry that announces more than a file may hold is not unpacked', () => {
    const zip = Buffer.from(pack(parts().files));
    zip.writeUInt32LE(LIMITS.entryBytes + 1, zip.lastIndexOf(FORM) - 46 + 24);
    expect(brief(checkArchive(zip))).toEqual([`${FORM} too_large`]);
  });

  it('more entries than a file may hold', () => {
    const many = new Map(
      Array.from({ length: LIMITS.entries + 1 }, (_, n) => [`documents/${n}`, new Uint8Array()] as const),
    );
    expect(brief(checkArchive(pack(many)))).toEqual([' too_many_entries']);
  });

  it('an entry whose packed bytes are damaged', () => {
    const zip = Buffer.from(pack(parts().files));
    const local = zip.indexOf(PATHS.page);
    zip.fill(0xff, local + PATHS.page.length, local + PATHS.page.length + 40);
    expect(brief(checkArchive(zip))).toEqual(['index.html unreadable']);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a text', bytesOf('not a zip')],
    ['a beginning only', pack(parts().files).subarray(0, 200)],
  ])('%s is no archive', (_, bytes) => {
    expect(() => checkArchive(bytes)).toThrow(NotAnArchive);
  });
});

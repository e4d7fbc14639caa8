import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../terms/dates.js';
import type { AuditDraft, AuditEntry } from './chain.js';
import { checkChain, hashEntry, linkNext } from './chain.js';
import type { ChainFinding, ChainHead } from './findings.js';
import { GENESIS } from './links.js';

const CHAIN = 'AP-441625103-2026-00001';
const SIX = 6;

const draft = (n: number, over: Partial<AuditDraft> = {}): AuditDraft => ({
  id: `0195-${n}`,
  chain: CHAIN,
  at: instant(1_772_413_200_000 + n * 60_000),
  writtenAtMs: 1_772_413_200_500 + n * 60_000,
  actor: 'staff:0195-a',
  code: 'application_accepted',
  article: 'DIBAO-2021 art. 13',
  params: { on: '2026-03-02', n },
  rows: [{ table: 'acceptances', id: `0195-r${n}`, hash: 'ab'.repeat(32) }],
  ...over,
});

const grow = (drafts: readonly AuditDraft[]): AuditEntry[] =>
  drafts.reduce<AuditEntry[]>((chain, each) => [...chain, linkNext(chain.at(-1) ?? null, each)], []);
const chainOf = (length: number): AuditEntry[] => grow(Array.from({ length }, (_, i) => draft(i + 1)));
const headOf = (entries: readonly AuditEntry[]): ChainHead => entry(entries, entries.length);
const entry = (entries: readonly AuditEntry[], seq: number): AuditEntry => {
  const found = entries[seq - 1];
  if (!found) throw new RangeError(`no entry ${seq}`);
  return found;
};
const edit = (entries: readonly AuditEntry[], seq: number, over: Partial<AuditEntry>): AuditEntry[] =>
  entries.map((each, i) => (i === seq - 1 ? { ...each, ...over } : each));
const rehash = (one: AuditEntry): AuditEntry => ({ ...one, hash: hashEntry(one) });

const check = (entries: readonly AuditEntry[], head?: ChainHead) =>
  checkChain({ chain: CHAIN, entries, head });
const brief = (findings: readonly ChainFinding[]) =>
  findings.map(
    (each) => `${each.kind} ${each.record.slice(CHAIN.length)}${'to' in each ? `-${each.to}` : ''}`,
  );

const sound = chainOf(SIX);
const head = headOf(sound);

describe('a sound chain', () => {
  it('starts at genesis, counts from 1 and carries the hash before', () => {
    expect(sound.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(sound.map(({ prevHash }) => prevHash)).toEqual([
      GENESIS,
      ...sound.slice(0, -1).map(({ hash }) => hash),
    ]);
  });

  it('has no findings, with and without a head, also an earlier one', () => {
    expect(check(sound)).toEqual([]);
    expect(check(sound, head)).toEqual([]);
    expect(check(sound, entry(sound, 3))).toEqual([]);
    expect(check([])).toEqual([]);
  });

  it('survives a database that reorders keys and adds columns', () => {
    const read = sound.map((each) => ({
      extra: 1,
      ...each,
      params: Object.fromEntries(Object.entries(each.params).toReversed()),
      rows: each.rows.map(({ table, id, hash }) => ({ hash, id, table })),
    }));
    expect(check(read, head)).toEqual([]);
  });

  it('is fixed for ever: an exported head must verify in ten years', () => {
    expect(entry(sound, 1).hash).toMatchInlineSnapshot(
      `"13c05eb6ff7eee6c1e0f5ffe253538cc16640ff9063054912df7ac1c6a8e452e"`,
    );
  });
});

describe('every field is in the hash', () => {
  it.each([
    ['id', { id: '0195-x' }],
    ['chain', { chain: 'AP-441625103-2026-00002' }],
    ['at', { at: instant(0) }],
    ['writtenAtMs', { writtenAtMs: 0 }],
    ['actor', { actor: 'system:clock' }],
    ['code', { code: 'application_refused' }],
    ['article', { article: null }],
    ['params', { params: {} }],
    ['a row hash', { rows: [{ table: 'acceptances', id: '0195-r3', hash: 'cd'.repeat(32) }] }],
    ['rows', { rows: [] }],
    ['prevHash', { prevHash: GENESIS }],
    ['hash', { hash: 'ef'.repeat(32) }],
  ] as const)('%s', (_, over) => {
    for (let seq = 1; seq <= SIX; seq += 1)
      expect(
        brief(check(edit(sound, seq, over), head)).filter((each) => each === `changed #${seq}`),
      ).toHaveLength('prevHash' in over && seq === 1 ? 0 : 1);
  });
});

describe('changed', () => {
  it('names the record and no other', () => {
    expect(brief(check(edit(sound, 3, { code: 'x' }), head))).toEqual(['changed #3']);
  });

  it('names a record that was hashed again, because its successor saw another', () => {
    const forged = rehash({ ...entry(sound, 3), code: 'x' });
    expect(brief(check(edit(sound, 3, forged), head))).toEqual(['changed #3']);
    const reattached = rehash({ ...entry(sound, 3), prevHash: 'ab'.repeat(32) });
    expect(brief(check(edit(sound, 3, reattached), head))).toEqual(['changed #3']);
  });

  it('names the last record that was hashed again, against the head only', () => {
    const forged = edit(sound, SIX, rehash({ ...entry(sound, SIX), code: 'x' }));
    expect(brief(check(forged, head))).toEqual(['rewritten #6']);
    expect(check(forged)).toEqual([]);
  });

  it('goes on past content that nobody could have written', () => {
    const broken = edit(edit(sound, 2, { params: { share: 0.5 } }), 5, { params: { text: '\ud842' } });
    expect(brief(check(broken, head))).toEqual(['changed #2', 'changed #5']);
  });
});

describe('deleted', () => {
  it.each([
    ['the first', [1], ['deleted #1-1']],
    ['one in the middle', [3], ['deleted #3-3']],
    ['two neighbours', [3, 4], ['deleted #3-4']],
    ['two apart', [2, 4], ['deleted #2-2', 'deleted #4-4']],
  ])('%s', (_, gone, expected) => {
    const rest = sound.filter(({ seq }) => !gone.includes(seq));
    expect(brief(check(rest, head))).toEqual(expected);
    expect(brief(check(rest))).toEqual(expected);
  });

  it('is seen although the followers were renumbered', () => {
    const closedUp = sound.filter(({ seq }) => seq !== 4).map((each, i) => ({ ...each, seq: i + 1 }));
    expect(brief(check(closedUp, head))).toEqual(['reordered #4', 'deleted #4-4', 'reordered #5']);
  });
});

describe('inserted', () => {
  const planted = (seq: number): AuditEntry =>
    linkNext(seq === 1 ? null : entry(sound, seq - 1), draft(99, { code: 'planted' }));

  it.each([1, 2, 4, 6])('beside record %i, with a hash of its own', (seq) => {
    const findings = check(
      [...sound, planted(seq)].toSorted((a, b) => a.seq - b.seq),
      head,
    );
    expect(brief(findings)).toEqual([`inserted #${seq}`]);
  });

  it('with the followers renumbered', () => {
    const moved = [
      ...sound.slice(0, 3),
      planted(4),
      ...sound.slice(3).map((each) => ({ ...each, seq: each.seq + 1 })),
    ];
    expect(brief(check(moved, head))).toEqual([
      'inserted #4',
      'reordered #5',
      'reordered #6',
      'reordered #7',
    ]);
  });

  it('a record of another case, or with an impossible number', () => {
    const foreign = linkNext(entry(sound, 3), draft(4, { chain: 'AP-441625103-2026-00009' }));
    expect(brief(check([...sound.slice(0, 4), foreign, ...sound.slice(4)], head))).toEqual(['inserted #4']);
    expect(brief(check([{ ...entry(sound, 1), seq: 0 }, ...sound], head))).toEqual(['inserted #0']);
    expect(brief(check([rehash({ ...entry(sound, 1), seq: -3 }), ...sound], head))).toEqual(['inserted #-3']);
  });
});

describe('reordered', () => {
  it('two records that changed numbers', () => {
    const swapped = edit(edit(sound, 2, { ...entry(sound, 5), seq: 2 }), 5, { ...entry(sound, 2), seq: 5 });
    expect(check(swapped, head)).toEqual([
      { kind: 'reordered', chain: CHAIN, record: `${CHAIN}#2`, seq: 2, was: 5 },
      { kind: 'reordered', chain: CHAIN, record: `${CHAIN}#5`, seq: 5, was: 2 },
    ]);
  });

  it('two lines of a file', () => {
    const swapped = edit(edit(sound, 2, entry(sound, 3)), 3, entry(sound, 2));
    expect(brief(check(swapped, head))).toEqual(['reordered #2']);
  });
});

describe('a cut tail and a rewritten chain', () => {
  it('are found against a known head only', () => {
    expect(brief(check(sound.slice(0, 4), head))).toEqual(['tail_cut #5-6']);
    expect(brief(check([], head))).toEqual(['tail_cut #1-6']);
    expect(check(sound.slice(0, 4))).toEqual([]);
  });

  it.each([1, 3, 6])('rewritten from record %i on', (from) => {
    const forged = grow(
      Array.from({ length: SIX + 2 }, (_, i) => draft(i + 1, i + 1 >= from ? { code: 'forged' } : {})),
    );
    expect(check(forged)).toEqual([]);
    expect(brief(check(forged, head))).toEqual(['rewritten #6']);
  });
});

/** Any one tampering, with the numbers that at least one finding has to name. */
const tampering = fc
  .record({ length: fc.integer({ min: 2, max: 12 }), a: fc.nat(), b: fc.nat(), field: fc.nat() })
  .chain(({ length, a, b, field }) => {
    const entries = chainOf(length);
    const i = 1 + (a % length);
    const j = 1 + ((i + (b % (length - 1))) % length);
    const one = entry(entries, i);
    const changes: Partial<AuditEntry>[] = [
      { code: 'x' },
      { at: instant(1) },
      { params: { n: -1 } },
      { rows: [] },
      { id: '0195-x' },
      { actor: 'system:sweep' },
      { prevHash: 'ab'.repeat(32) },
      { hash: 'cd'.repeat(32) },
    ];
    const change = changes[field % changes.length] ?? {};
    const planted = linkNext(i === 1 ? null : entry(entries, i - 1), draft(99));
    const cases: { what: string; entries: AuditEntry[]; names: number[]; needsHead?: boolean }[] = [
      { what: 'changed', entries: edit(entries, i, change), names: [i] },
      {
        what: 'changed and hashed',
        entries: edit(entries, i, rehash({ ...one, code: 'x' })),
        names: [i],
        needsHead: i === length,
      },
      {
        what: 'deleted',
        entries: entries.filter(({ seq }) => seq !== i),
        names: [i],
        needsHead: i === length,
      },
      { what: 'inserted', entries: [...entries.slice(0, i), planted, ...entries.slice(i)], names: [i] },
      { what: 'renumbered', entries: edit(edit(entries, i, { seq: j }), j, { seq: i }), names: [i, j] },
      { what: 'swapped', entries: edit(edit(entries, i, entry(entries, j)), j, one), names: [i, j] },
      { what: 'cut', entries: entries.slice(0, i - 1), names: [i], needsHead: true },
    ];
    return fc.constantFrom(...cases.map((each) => ({ ...each, head: headOf(entries) })));
  });

describe('any single tampering', () => {
  it('is found and the record is named', () => {
    fc.assert(
      fc.property(tampering, ({ entries, names, head: known, needsHead }) => {
        expect(check(entries, known).some(({ seq }) => names.includes(seq))).toBe(true);
        if (!needsHead) expect(check(entries)).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('speed', () => {
  it('stays usable when every record is broken', () => {
    const long = Array.from({ length: 3000 }, (_, i) => ({ ...entry(sound, 1), seq: i + 1, code: 'x' }));
    expect(check(long)).toHaveLength(3000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainFinding, ChainHead } from './findings.js';
import type { SealDraft, SealEntry } from './seals.js';
import { checkSeals, hashSeal, linkSeal, sealedHeads } from './seals.js';

const hashOf = (chain: string, seq: number): string =>
  Buffer.from(`${chain}${seq}`).toString('hex').padEnd(64, '0');
const seal = (chain: string, chainSeq: number): SealDraft => ({
  chain,
  chainSeq,
  chainHash: hashOf(chain, chainSeq),
  sealedAtMs: 1_772_413_200_000 + chainSeq,
});
const grow = (drafts: readonly SealDraft[]): SealEntry[] =>
  drafts.reduce<SealEntry[]>((seals, each) => [...seals, linkSeal(seals.at(-1) ?? null, each)], []);
const head = (chain: string, seq: number): [string, ChainHead] => [chain, { seq, hash: hashOf(chain, seq) }];
const brief = (findings: readonly ChainFinding[]) =>
  findings.map((each) => `${each.kind} ${each.record}${'to' in each ? `-${each.to}` : ''}`);
const at = (seals: readonly SealEntry[], seq: number): SealEntry => {
  const found = seals[seq - 1];
  if (!found) throw new RangeError(`no seal ${seq}`);
  return found;
};
const rehash = (one: SealEntry): SealEntry => ({ ...one, hash: hashSeal(one) });

const seals = grow([seal('A', 2), seal('B', 1), seal('A', 5), seal('system', 1), seal('B', 3)]);
const heads = new Map([head('A', 5), head('B', 3), head('system', 1)]);
const exported = at(seals, 5);

describe('sound seals', () => {
  it('have no findings, also against an earlier exported head', () => {
    expect(checkSeals({ seals, heads })).toEqual([]);
    expect(checkSeals({ seals, heads, exported })).toEqual([]);
    expect(checkSeals({ seals, heads, exported: at(seals, 2) })).toEqual([]);
    expect(checkSeals({ seals: [], heads: new Map() })).toEqual([]);
  });

  it('know how far each chain is sealed', () => {
    expect([...sealedHeads(seals)]).toEqual([...heads]);
  });

  it('are fixed for ever: an exported head must verify in ten years', () => {
    expect(exported.hash).toMatchInlineSnapshot(
      `"278233f48e90af74cb073cc71aec48c820902ea33ab7d0934378295ea0c6151f"`,
    );
  });
});

describe('the chains below', () => {
  it.each([
    ['a case that was never sealed', head('C', 2), 'unsealed C#1-2'],
    ['events after the last seal', head('A', 7), 'unsealed A#6-7'],
    ['a cut tail', head('A', 3), 'tail_cut A#4-5'],
    ['a rewritten case', ['A', { seq: 5, hash: 'f'.repeat(64) }], 'rewritten A#5'],
  ] as const)('%s', (_, changed, expected) => {
    expect(brief(checkSeals({ seals, heads: new Map([...heads, changed]), exported }))).toEqual([expected]);
  });

  it('a case that is gone altogether', () => {
    const rest = new Map([...heads].filter(([chain]) => chain !== 'B'));
    expect(brief(checkSeals({ seals, heads: rest, exported }))).toEqual(['tail_cut B#1-3']);
  });
});

describe('the chain of seals', () => {
  const tampered: [string, SealEntry[], string[]][] = [
    [
      'a changed seal',
      seals.map((each) => (each.seq === 2 ? { ...each, sealedAtMs: 0 } : each)),
      ['changed seals#2'],
    ],
    [
      'a seal changed and hashed again',
      seals.map((each) => (each.seq === 2 ? rehash({ ...each, sealedAtMs: 0 }) : each)),
      ['changed seals#2'],
    ],
    ['a deleted seal', seals.filter(({ seq }) => seq !== 2), ['deleted seals#2-2']],
    [
      'an inserted seal',
      [...seals.slice(0, 2), linkSeal(at(seals, 1), seal('A', 3)), ...seals.slice(2)],
      ['inserted seals#2'],
    ],
    [
      'seals that changed numbers',
      seals.map((each) =>
        each.seq === 1 ? { ...at(seals, 2), seq: 1 } : each.seq === 2 ? { ...at(seals, 1), seq: 2 } : each,
      ),
      ['reordered seals#1', 'reordered seals#2'],
    ],
    ['a cut tail', seals.slice(0, 4), ['tail_cut seals#5-5', 'unsealed B#2-3']],
    [
      'everything written anew',
      grow(seals.map((each) => ({ ...each, sealedAtMs: each.sealedAtMs + 1 }))),
      ['rewritten seals#5'],
    ],
    [
      'everything written anew and continued',
      grow([...seals.map((each) => ({ ...each, sealedAtMs: 1 })), seal('A', 5)]),
      ['rewritten seals#5'],
    ],
  ];

  it.each(tampered)('%s', (_, forged, expected) => {
    expect(brief(checkSeals({ seals: forged, heads, exported }))).toEqual(expected);
  });

  it('a chain written anew looks sound to whoever kept no head', () => {
    const forged = grow(seals.map((each) => ({ ...each, sealedAtMs: 1 })));
    expect(checkSeals({ seals: forged, heads })).toEqual([]);
  });

  it('any rewriting from any seal on is found against the exported head', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), (from, more) => {
        const extra = Array.from({ length: more }, () => seal('system', 1));
        const forged = grow([
          ...seals.map((each) => (each.seq < from ? each : { ...each, sealedAtMs: 7 })),
          ...extra,
        ]);
        expect(brief(checkSeals({ seals: forged, heads, exported }))).toEqual(['rewritten seals#5']);
      }),
    );
  });
});

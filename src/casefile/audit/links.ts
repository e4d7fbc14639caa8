import { DomainError } from '../../terms/errors.js';
import type { ChainFinding, ChainHead } from './findings.js';
import { recordName } from './findings.js';

/** What every link of a hash chain carries. `seq` counts from 1 without gaps. */
export interface Link {
  readonly seq: number;
  /** {@link GENESIS} for the first. */
  readonly prevHash: string;
  /** SHA-256 in hex over everything else in the link. */
  readonly hash: string;
}

export const GENESIS = '0'.repeat(64);

/** Hashes spent on finding out which number a link had; beyond it every such link is just called changed. */
const SEARCH_LIMIT = 100_000;

export interface LinkCheck<T extends Link> {
  readonly chain: string;
  /** As read; a file may be out of order, a query is ordered by `seq`. */
  readonly links: readonly T[];
  /** May throw a TypeError or a DomainError on a link that nobody could have written. */
  readonly hashOf: (link: T) => string;
  readonly head?: ChainHead | undefined;
}

/** A link with the number it was hashed under; `intact` is false when it fits no number at all. */
interface Placed<T> {
  readonly link: T;
  readonly slot: number;
  readonly intact: boolean;
}

/** The checks that the chain of a case and the chain of seals share. Linear for a sound chain. */
export function checkLinks<T extends Link>({ chain, links, hashOf, head }: LinkCheck<T>): ChainFinding[] {
  const found: ChainFinding[] = [];
  const at = (seq: number) => ({ chain, seq, record: recordName(chain, seq) });
  const placed = place(links, hashOf);
  const { kept, inserted } = keepOnePerSlot(placed, head);

  for (const { link } of inserted) found.push({ kind: 'inserted', ...at(link.seq) });
  for (const { link, slot, intact } of kept) {
    if (!intact) found.push({ kind: 'changed', ...at(link.seq) });
    else if (slot !== link.seq) found.push({ kind: 'reordered', ...at(link.seq), was: slot });
  }
  const inPlace = new Set(kept.filter(({ link, slot }) => slot === link.seq).map(({ link }) => link));
  for (const link of outOfOrder(links.filter((link) => inPlace.has(link))))
    found.push({ kind: 'reordered', ...at(link.seq), was: link.seq });
  found.push(...gaps(kept).map(([seq, to]) => ({ kind: 'deleted' as const, ...at(seq), to })));
  const broken = brokenLinks(kept, head);
  found.push(...broken.map((seq) => ({ kind: 'changed' as const, ...at(seq) })));
  if (head) {
    const last = kept.at(-1)?.slot ?? 0;
    if (last < head.seq) found.push({ kind: 'tail_cut', ...at(last + 1), to: head.seq });
    const named = kept.find(({ slot }) => slot === head.seq);
    if (named?.intact && named.link.hash !== head.hash && !broken.includes(head.seq))
      found.push({ kind: 'rewritten', ...at(head.seq) });
  }
  return found.toSorted((a, b) => a.seq - b.seq);
}

/**
 * Finds the number each link was written under. A link that does not hash to itself under the number it states
 * may be an untouched one that was renumbered, so the other numbers are tried as well.
 */
function place<T extends Link>(links: readonly T[], hashOf: (link: T) => string): Placed<T>[] {
  const fits = (link: T): boolean => hashesToItself(link, hashOf);
  const sound = links.map(fits);
  const doubtful = sound.filter((is) => !is).length;
  if (doubtful === 0) return links.map((link) => ({ link, slot: link.seq, intact: true }));
  const size = links.length + 1;
  const numbers = doubtful * size <= SEARCH_LIMIT ? Array.from({ length: size }, (_, i) => i + 1) : [];
  return links.map((link, i) => {
    if (sound[i]) return { link, slot: link.seq, intact: true };
    const was = numbers.find((seq) => fits({ ...link, seq }));
    return { link, slot: was ?? link.seq, intact: was !== undefined };
  });
}

function hashesToItself<T extends Link>(link: T, hashOf: (link: T) => string): boolean {
  try {
    return hashOf(link) === link.hash;
  } catch (error) {
    // Tampered content need not have a canonical form, and must not stop the check of the others.
    if (error instanceof TypeError || error instanceof DomainError) return false;
    throw error;
  }
}

/** Where two links claim one place, the one that its neighbours know stays; the others were put in. */
function keepOnePerSlot<T extends Link>(placed: readonly Placed<T>[], head: ChainHead | undefined) {
  const seen = new Set(placed.map(({ link, slot }) => `${slot + 1}:${link.hash}`)).add(`1:${GENESIS}`);
  const wanted = new Set(placed.map(({ link, slot }) => `${slot - 1}:${link.prevHash}`));
  if (head) wanted.add(`${head.seq}:${head.hash}`);
  const weight = ({ link, slot, intact }: Placed<T>): number =>
    (wanted.has(`${slot}:${link.hash}`) ? 8 : 0) +
    (intact ? 4 : 0) +
    (seen.has(`${slot}:${link.prevHash}`) ? 2 : 0) +
    (slot === link.seq ? 1 : 0);

  const best = new Map<number, Placed<T>>();
  const inserted: Placed<T>[] = [];
  for (const each of placed) {
    const rival = best.get(each.slot);
    const loser = rival === undefined ? undefined : weight(each) > weight(rival) ? rival : each;
    const possible = Number.isSafeInteger(each.slot) && each.slot >= 1;
    if (!possible || loser === each) inserted.push(each);
    else {
      if (loser) inserted.push(loser);
      best.set(each.slot, each);
    }
  }
  return { kept: [...best.values()].toSorted((a, b) => a.slot - b.slot), inserted };
}

function outOfOrder<T extends Link>(links: readonly T[]): T[] {
  let highest = 0;
  return links.filter(({ seq }) => {
    const below = seq < highest;
    highest = Math.max(highest, seq);
    return below;
  });
}

function gaps<T>(kept: readonly Placed<T>[]): [from: number, to: number][] {
  let expected = 1;
  return kept.flatMap(({ slot }) => {
    const gap: [number, number][] = slot > expected ? [[expected, slot - 1]] : [];
    expected = slot + 1;
    return gap;
  });
}

/**
 * Numbers of links that hash to themselves but not to their neighbours. A break names the earlier link (its
 * content is not what the later one saw), unless the later one disagrees with both of its neighbours.
 */
function brokenLinks<T extends Link>(kept: readonly Placed<T>[], head: ChainHead | undefined): number[] {
  const breaks = new Set<number>();
  let before: Placed<T> | undefined;
  for (const each of kept) {
    const expected =
      each.slot === 1 ? GENESIS : before?.slot === each.slot - 1 ? before.link.hash : undefined;
    const trusted = each.intact && (before?.intact ?? true);
    if (expected !== undefined && trusted && expected !== each.link.prevHash) breaks.add(each.slot - 1);
    if (head && each.slot === head.seq && each.intact && each.link.hash !== head.hash) breaks.add(each.slot);
    before = each;
  }
  const blamed: number[] = [];
  for (const after of [...breaks].toSorted((a, b) => a - b)) {
    if (!breaks.has(after)) continue;
    const later = breaks.has(after + 1) || after === 0;
    if (later) breaks.delete(after + 1);
    // A head that alone disagrees is no broken link: the caller calls that chain rewritten.
    else if (head?.seq === after) continue;
    blamed.push(later ? after + 1 : after);
  }
  return blamed;
}

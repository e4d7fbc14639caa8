/** Where a chain ended when somebody wrote it down: in a seal, or on paper outside the house. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

interface Found {
  /** `{chain}#{seq}`, e.g. `AP-441625103-2026-00001#7` or `seals#12`: the record an auditor has to look at. */
  readonly record: string;
  readonly chain: string;
}

/**
 * What is wrong with a chain:
 * - `changed`: the record no longer has the content that it was hashed with, or that its successor saw.
 * - `deleted`: records `seq`…`to` are missing before the end.
 * - `inserted`: a record that the chain around it does not know.
 * - `reordered`: the record was written as number `was` and now says `seq`, or is listed out of order.
 * - `tail_cut`: records `seq`…`to` are missing at the end, against a known head.
 * - `rewritten`: the record is not the one that the known head names, though the chain is consistent in itself.
 * - `unsealed`: records `seq`…`to` of a case are in no seal yet.
 */
export type ChainFinding =
  | (Found & { readonly kind: 'changed' | 'inserted' | 'rewritten'; readonly seq: number })
  | (Found & { readonly kind: 'reordered'; readonly seq: number; readonly was: number })
  | (Found & {
      readonly kind: 'deleted' | 'tail_cut' | 'unsealed';
      readonly seq: number;
      readonly to: number;
    });

export const recordName = (chain: string, seq: number): string => `${chain}#${seq}`;

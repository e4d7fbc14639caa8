import type { PlainDate } from '../../terms/index.js';
import type { OriginRow } from '../earlier-reports.js';

/** The report that answered a question instead of the department: which, by its hash, and how long it may be rested on. */
export interface EarlierSource {
  readonly kind: OriginRow['kind'];
  readonly purpose: string;
  readonly valuedOn: PlainDate;
  readonly validTo: PlainDate;
  /** Of a report of this county. */
  readonly version: number | null;
  readonly hash: string | null;
  /** Of a report of another place: under which id it was recognised here. */
  readonly recognisedId: string | null;
}

export const earlierSource = (origin: OriginRow | null): EarlierSource | null =>
  origin && {
    kind: origin.kind,
    purpose: origin.purpose,
    valuedOn: origin.valuedOn,
    validTo: origin.validTo,
    version: origin.fromVersion,
    hash: origin.fromHash,
    recognisedId: origin.recognisedId,
  };

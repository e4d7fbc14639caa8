import type { Source } from '../terms/codes.js';
import type { Name } from './source.js';

/** A platform above the departments, in full: one file of `platforms/` each. It asks several sources and reports once. */
export interface PlatformDefinition {
  /** How records, addresses and places name it; no source has the same. */
  readonly code: string;
  readonly name: Name;
  /** The ground on which it may be asked in place of the departments. */
  readonly article: string;
  /** What it can bear: questions about a person a minute, and under way at once. */
  readonly limits: { readonly perMinute: number; readonly atOnce: number };
  /** Whom it speaks for; what it says of anybody else is not read. */
  readonly sources: readonly Source[];
}

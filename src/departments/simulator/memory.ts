import { appendFileSync, chmodSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DomainError } from '../../terms/errors.js';
import type { Instant } from '../../terms/dates.js';
import type { LookupRequest, Source } from '../contract.js';
import type { PlatformInquiry } from '../platform-contract.js';
import type { Profiles, Registers } from './files.js';
import type { Profile } from './profile.js';

/** What happened to the departments, in order. From these everything they know follows. */
export type Happening =
  /** A life begins with other files than the one before. */
  | {
      readonly kind: 'begun';
      readonly seed: number;
      readonly profiles: Profiles;
      readonly registers: Registers;
    }
  | { readonly kind: 'registers'; readonly mode: 'replace' | 'merge'; readonly registers: Registers }
  | { readonly kind: 'profile'; readonly source: Source; readonly profile: Profile }
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** An attempt at a question came, whatever became of it. */
  | { readonly kind: 'asked'; readonly request: LookupRequest }
  | { readonly kind: 'inquired'; readonly inquiry: PlatformInquiry }
  | { readonly kind: 'taken'; readonly requestId: string; readonly at: Instant }
  /** A copy of a letter was taken by somebody, or the letter was given up. */
  | { readonly kind: 'sent'; readonly webhookId: string; readonly copiesLeft: number };

/** Where departments write down what happens to them, so that a life after `kill -9` goes on from there. */
export interface Memory {
  /** Of the lives before. */
  readonly past: readonly Happening[];
  /** Returns once it would outlive this process. */
  keep(happening: Happening): void;
}

/** Departments that forget everything when they end. */
export const NO_MEMORY: Memory = { past: [], keep() {} };

/**
 * A file with one line of JSON for each happening, for its owner only: the questions name people.
 * @throws {DomainError} `body_invalid` with `params.file` when a line is no happening
 */
export function fileMemory(path: string): Memory {
  if (!existsSync(path)) writeFileSync(path, '', { mode: 0o600 });
  chmodSync(path, 0o600);
  const text = readFileSync(path, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  // A last line without an end was being written when the process died: nobody was told of it.
  if (end < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, end)));
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  return {
    past: lines.map((line, index) => happeningIn(line, path, index + 1)),
    keep: (happening) => appendFileSync(path, `${JSON.stringify(happening)}\n`),
  };
}

function happeningIn(line: string, file: string, nth: number): Happening {
  try {
    return JSON.parse(line) as Happening;
  } catch {
    throw new DomainError('body_invalid', { params: { file, reason: `line ${nth} is not JSON` } });
  }
}

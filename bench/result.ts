import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Goal, Measure } from './measure.js';

const FOLDER = fileURLToPath(new URL('results/', import.meta.url));

/** What a bench hands over: its chief measure, those beside it, and what a reader needs to judge them. */
export interface Findings {
  readonly chief: Measure;
  readonly beside?: readonly Measure[];
  /** Demands that are not ratios: plans without a sequential scan, bytes in all. */
  readonly demands?: readonly Demand[];
  /** How it was measured, and why a goal was missed. */
  readonly notes: readonly string[];
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Demand {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: Goal;
  readonly met: boolean;
}

/** A result as it is kept. `met` speaks for the whole bench: every measure and every demand with a goal. */
export interface Result extends Measure {
  readonly name: string;
  readonly met: boolean;
  readonly commit: string;
  /** True when the checkout differed from the commit, results apart. */
  readonly changed: boolean;
  readonly at: string;
  readonly machine: string;
  readonly node: string;
  readonly chiefMet: boolean | null;
  readonly beside: readonly Measure[];
  readonly demands: readonly Demand[];
  readonly notes: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

export function resultOf(
  name: string,
  { chief, beside = [], demands = [], notes, details = {} }: Findings,
  circumstances: { commit: string; changed: boolean; at: string } = {
    ...checkout(),
    at: new Date().toISOString(),
  },
): Result {
  const verdicts = [chief, ...beside, ...demands].map((each) => each.met);
  return {
    name,
    ...chief,
    met: verdicts.every((met) => met !== false),
    ...circumstances,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}`,
    node: process.version,
    chiefMet: chief.met,
    beside,
    demands,
    notes,
    details,
  };
}

/** @returns the path of the file */
export function keepResult(result: Result): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = `${FOLDER}${result.name}.json`;
  writeFileSync(path, `${JSON.stringify(result, rounded, 2)}\n`);
  return path;
}

/** Five digits say all that a measurement knows. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;

function checkout(): { commit: string; changed: boolean } {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: FOLDER, encoding: 'utf8' }).trim();
  try {
    return {
      commit: git('rev-parse', 'HEAD'),
      changed: git('status', '--porcelain', '--', ':/', ':(exclude,top)bench/results') !== '',
    };
  } catch {
    // A copy without its history still measures.
    return { commit: 'unknown', changed: true };
  }
}

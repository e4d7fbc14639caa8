import type { ChainHead } from '../casefile/audit/findings.js';
import type { Database } from '../casefile/db.js';
import { together, type Check, type Invariant, type Read } from '../casefile/invariants/check.js';
import { applicationsOnce } from '../casefile/invariants/i01-applications.js';
import { decisionsStand } from '../casefile/invariants/i06-decisions.js';
import { lookupsGrounded } from '../casefile/invariants/i07-lookups.js';
import { reportsSound } from '../casefile/invariants/i07-reports.js';
import { auditSound } from '../casefile/invariants/i08-audit.js';
import { effectsOnce } from '../casefile/invariants/i10-effects.js';
import { noPersonalColumns } from '../casefile/invariants/i11-personal-text.js';
import { clocksRecomputed } from '../casefile/invariants/i12-clocks.js';
import { nextStepKnown } from '../casefile/invariants/i13-next-step.js';
import { noticesInOrder } from '../casefile/invariants/i14-notices.js';
import { APPLICATION } from '../policy/application.js';
import type { Rulebook } from '../policy/rulebook-types.js';
import { instant, type Instant } from '../terms/index.js';
import { personalScan } from './personal-scan.js';
import type { TemporalAccess } from './temporal-client.js';
import { clockRules, decisionRules, movingClocks, noticeRules } from './verify-rules.js';
import { verifyLogs } from './verify-logs.js';
import { orUnknown, reasonOf } from './verify-unknown.js';
import { askWorkflows, listWorkflows, type Listed } from './verify-temporal.js';

export const INVARIANTS: readonly Invariant[] = [
  'I1',
  'I2',
  'I6',
  'I7',
  'I8',
  'I10',
  'I11',
  'I12',
  'I13',
  'I14',
];

export interface VerifyOptions {
  /** A role that may only read; null when there is none to be had. */
  readonly reader: Database | null;
  readonly temporal: TemporalAccess | null;
  readonly rulebook: Rulebook;
  readonly logFiles: readonly string[];
  /** A head of the audit chain that was kept outside the house. */
  readonly exportedHead?: ChainHead | undefined;
  /** Texts that were planted and must appear nowhere. */
  readonly planted?: readonly string[] | undefined;
  /** Business time. */
  readonly now: Instant;
  readonly realNow: Instant;
  /** Real time that a promise may wait (default 2 minutes) and an event may stay unsealed (default 1 minute), in ms. */
  readonly patience?: { readonly undeliveredMs?: number; readonly unsealedMs?: number };
}

export interface Report {
  readonly checks: readonly Check[];
  /** 0 clean, 1 findings, 3 something could not be looked at. */
  readonly exitCode: 0 | 1 | 3;
}

/** A timer is heard within this much business time, or it is stuck. */
const TIMER_GRACE_MS = 3_600_000;

/** Runs every invariant over one snapshot of the case file, over Temporal and over the logs. Reads only. */
export async function runVerify(options: VerifyOptions): Promise<Report> {
  const { reader, temporal } = options;
  const scan = personalScan(options.planted);
  const checks: Check[] = [await verifyLogs(options.logFiles, scan)];
  if (!reader) return reportOf([...checks, ...nothingKnown('there is no reader of the case file')]);
  const { record, listed } = await inSnapshot(reader, async (read) => ({
    record: await verifyRecord(read, options),
    listed: await listWorkflows(read, temporal),
  }));
  checks.push(...record, ...listed.checks);
  if (temporal && listed.runs)
    checks.push(...(await askWorkflows({ reader, temporal, runs: listed.runs, scan })));
  return reportOf(checks);
}

/** One check for each invariant, in order, and what the process shall exit with. */
export function reportOf(parts: readonly Check[]): Report {
  const checks = INVARIANTS.map((invariant) => {
    const own = parts.filter((part) => part.invariant === invariant);
    const [first = { invariant, checked: 0, findings: [], unknown: 'was not looked at' }, ...rest] = own;
    return together(first, ...rest);
  });
  return { checks, exitCode: exitCodeOf(checks) };
}

/** What was found outranks what could not be looked at. */
export const exitCodeOf = (checks: readonly Pick<Check, 'findings' | 'unknown'>[]): 0 | 1 | 3 =>
  checks.some(({ findings }) => findings.length > 0)
    ? 1
    : checks.some(({ unknown }) => unknown !== undefined)
      ? 3
      : 0;

async function verifyRecord(
  read: Read,
  { rulebook, exportedHead, now, realNow, patience = {}, planted }: VerifyOptions,
): Promise<Check[]> {
  const waitedSince = instant(realNow - (patience.undeliveredMs ?? 120_000));
  const sealedBefore = instant(realNow - (patience.unsealedMs ?? 60_000));
  const closed = APPLICATION.closed;
  const looks: Readonly<Partial<Record<Invariant, (read: Read) => Promise<Check>>>> = {
    I1: applicationsOnce,
    I6: (q) => decisionsStand(q, decisionRules(rulebook)),
    I7: async (q) => together(await lookupsGrounded(q, closed), await reportsSound(q)),
    I8: (q) => auditSound(q, { exported: exportedHead, sealedBefore }),
    I10: (q) => effectsOnce(q, waitedSince),
    I11: (q) => noPersonalColumns(q, personalScan(planted)),
    I12: (q) => clocksRecomputed(q, clockRules(rulebook)),
    I13: (q) => nextStepKnown(q, { moving: movingClocks(), dueBefore: instant(now - TIMER_GRACE_MS) }),
    I14: (q) => noticesInOrder(q, noticeRules(rulebook, now)),
  };
  const checks: Check[] = [];
  for (const [invariant, look] of Object.entries(looks) as [Invariant, (read: Read) => Promise<Check>][])
    // A savepoint each: a check that fails says so and leaves the others their snapshot.
    checks.push(await orUnknown(invariant, () => read.savepoint((inner) => look(inner))));
  return checks;
}

interface Looked {
  readonly record: readonly Check[];
  readonly listed: Listed;
}

/** Without a case file nothing is known about anything that rests on it. */
async function inSnapshot(reader: Database, work: (read: Read) => Promise<Looked>): Promise<Looked> {
  try {
    const looked = await reader.sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (read) => [
      await work(read),
    ]);
    const [first] = looked;
    if (first) return first;
    throw new RangeError('the snapshot came to nothing');
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return {
      record: nothingKnown(`the case file does not answer (${reasonOf(error)})`),
      listed: { checks: [], runs: null },
    };
  }
}

const nothingKnown = (unknown: string): Check[] =>
  INVARIANTS.map((invariant) => ({ invariant, checked: 0, findings: [], unknown }));

/** No connection, no login, or a server that is going down or coming up: by the codes of Node, postgres.js and Postgres. */
const isUnavailable = (error: unknown): boolean =>
  /^(E[A-Z]+|CONNECT_TIMEOUT|CONNECTION_\w+|08\w{3}|28\w{3}|3D000|53\w{3}|57P\w{2})$/.test(reasonOf(error));

import type { Invariant } from '../casefile/invariants/check.js';
import type { Report } from './verify.js';

const TITLES: Readonly<Record<Invariant, string>> = {
  I1: 'every acknowledged application exists once, with one workflow',
  I2: 'parity of case row and workflow',
  I6: 'one decision per stage, by different people, on evidence that stands',
  I7: 'every lookup had a ground, a purpose, an open case, a requester',
  I8: 'audit chains are whole, rows are as written, everything is sealed',
  I10: 'what was promised is delivered, and has its effect once',
  I11: 'nothing personal in logs, payloads, ids, failure texts, codes',
  I12: 'clocks recomputed from the record equal the stored ones',
  I13: 'every open case has a next step',
  I14: 'notices are masked, hang for their days, come down on time',
};

/** Findings printed for one invariant; `--json` has them all. */
const MOST_LINES = 20;

/** The report as a person reads it: one line for each invariant, what was found under it. */
export function renderReport(report: Report): string {
  const lines = report.checks.flatMap(({ invariant, checked, findings, unknown }) => {
    const verdict =
      findings.length > 0 ? `${findings.length} found` : unknown === undefined ? 'ok' : 'unknown';
    const more = findings.length - MOST_LINES;
    return [
      `${invariant.padEnd(4)}${verdict.padEnd(12)}${String(checked).padStart(8)} checked  ${TITLES[invariant]}`,
      ...(unknown === undefined ? [] : [`      unknown: ${unknown}`]),
      ...findings.slice(0, MOST_LINES).map(({ record, problem }) => `      ${record}: ${problem}`),
      ...(more > 0 ? [`      and ${more} more`] : []),
    ];
  });
  const found = report.checks.reduce((sum, { findings }) => sum + findings.length, 0);
  const unknown = report.checks.filter((check) => check.unknown !== undefined).length;
  return [...lines, `${found} findings, ${unknown} unknown`].join('\n');
}

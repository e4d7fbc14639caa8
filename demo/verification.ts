import { table } from './columns.js';
import type { Lang } from './labels.js';

/** For each invariant how many records break it; null where it could not be checked. */
export type Verification = Readonly<Record<string, number | null>>;

/** What `onedoor verify --json` prints, as far as it is read here. */
export interface VerifyReport {
  readonly checks: readonly {
    readonly invariant: string;
    readonly findings: readonly { readonly record: string; readonly problem: string }[];
    readonly unknown?: string;
  }[];
}

export const verificationOf = ({ checks }: VerifyReport): Verification =>
  Object.fromEntries(
    checks.map(({ invariant, findings, unknown }) => [
      invariant,
      findings.length === 0 && unknown !== undefined ? null : findings.length,
    ]),
  );

/** What was found, and what could not be looked at, by invariant and record. */
export const problemsOf = ({ checks }: VerifyReport): string[] =>
  checks.flatMap(({ invariant, findings, unknown }) => [
    ...findings.map(({ record, problem }) => `${invariant}  ${record}: ${problem}`),
    ...(unknown === undefined ? [] : [`${invariant}  unknown: ${unknown}`]),
  ]);

const HEADS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['校验', '问题', '结论'],
  en: ['invariant', 'findings', 'verdict'],
};

/** `verify`'s table: one line for each invariant. */
export function renderVerification(verification: Verification, lang: Lang): string[] {
  const verdict = (count: number | null): string => {
    if (count === null) return lang === 'zh' ? '未能检查' : 'unknown';
    if (count === 0) return lang === 'zh' ? '通过' : 'holds';
    return lang === 'zh' ? '不通过' : 'BROKEN';
  };
  const rows = Object.entries(verification).map(([code, count]) => [
    code,
    count === null ? '?' : String(count),
    verdict(count),
  ]);
  return table([HEADS[lang], ...rows]);
}

/** 0 all hold, 1 something is broken, 3 something could not be checked. What was found outranks what was not seen. */
export function exitOf(verification: Verification): 0 | 1 | 3 {
  const counts = Object.values(verification);
  if (counts.some((count) => count !== null && count > 0)) return 1;
  return counts.includes(null) ? 3 : 0;
}

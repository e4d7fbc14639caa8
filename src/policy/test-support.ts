import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { plainDate, type Month } from '../terms/dates.js';
import { fenFromYuan } from '../terms/fen.js';
import { divisionCode } from '../terms/ids.js';
import type { MeansTestInput } from './determination.js';
import type { AdoptedFact } from './income.js';
import { parseRulebook } from './rulebook.js';
import type { Rulebook } from './rulebook-types.js';

/** What the tests of this room share. Nothing else imports it. */

const root = new URL('../../policy/', import.meta.url);
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The texts of `policy/` as they stand in the repository. */
export function rulebookTexts(): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(new URL(path, root), 'utf8')]));
}

export const realRulebook = (): Rulebook => parseRulebook(rulebookTexts(), sha256);

/** A place that exists only in a test: a standard, a window, a rounding, and a limit on property. */
export function inventedPlace(values: {
  standardYuan: number;
  windowMonths: number;
  rounding: string;
  propertyLimit?: string;
}): Rulebook {
  const entry = (value: string | number, unit: string) =>
    `[{ value: ${value}, unit: ${unit}, from: 2009-01-01, to: null, published: null, known: null,
        document: null, url: null, confidence: assumed_for_demonstration }]`;
  const text = `
place: '990001'
name: { zh: 测试县, en: Test county }
parameters:
  dibao_standard: ${entry(values.standardYuan, 'yuan_per_person_month')}
  income_window: ${entry(values.windowMonths, 'months')}
  benefit_method: ${entry('gap', 'rule')}
  benefit_rounding: ${entry(values.rounding, 'rule')}
  property_limit: ${entry(values.propertyLimit ?? '{ rule: person_finds }', 'rule')}
`;
  return parseRulebook({ ...rulebookTexts(), 'places/test.yaml': text }, sha256);
}

let serial = 0;
export function fact(
  part: Partial<Omit<AdoptedFact, 'amountFen'>> & { yuan: string; from: string; to?: string },
): AdoptedFact {
  const { yuan, from, to, ...rest } = part;
  serial += 1;
  return {
    id: `fact-${String(serial).padStart(4, '0')}`,
    memberRef: null,
    kind: 'income',
    category: 'wage',
    ...rest,
    amountFen: fenFromYuan(yuan),
    periodFrom: from as Month,
    periodTo: (to ?? from) as Month,
  };
}

/** A rural household that applied on 2026-03-02; its window is 2025-03 to 2026-02, or 2026-02 alone. */
export const household = (part: Partial<MeansTestInput> = {}): MeansTestInput => ({
  place: divisionCode('990001'),
  area: 'rural',
  memberCount: 3,
  appliedOn: plainDate('2026-03-02'),
  parametersOn: plainDate('2026-03-02'),
  lawOn: plainDate('2026-03-20'),
  facts: [],
  propertyFinding: 'within',
  ...part,
});

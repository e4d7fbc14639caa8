import type { DibaoArea, FactCategory } from '../terms/codes.js';
import type { Month, PlainDate } from '../terms/dates.js';
import { fen, type Fen } from '../terms/fen.js';
import type { DivisionCode } from '../terms/ids.js';
import type { AdoptedFact } from './income.js';
import type { Citation } from './law.js';
import type { Ratio } from './ratio.js';
import type { Confidence, Parameter, PropertyLimit, Rounding } from './rulebook-types.js';

/** What a person states about the property of a household where the place has no limit in figures. */
export type PropertyFinding = 'within' | 'over';

/** Everything a means test depends on besides the rulebook. */
export interface MeansTestInput {
  /** The accepting division, at or below a county. */
  readonly place: DivisionCode;
  /** Which of the place's standards applies. */
  readonly area: DibaoArea;
  /** Members living together (art. 7), at least one. */
  readonly memberCount: number;
  /** Sets the income window. */
  readonly appliedOn: PlainDate;
  /** The day whose parameters apply. */
  readonly parametersOn: PlainDate;
  /** The day whose law applies: that of the opinion. */
  readonly lawOn: PlainDate;
  readonly facts: readonly AdoptedFact[];
  /** Null when nobody has stated one yet. */
  readonly propertyFinding: PropertyFinding | null;
}

/** An exact amount in fen that need not be whole. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** Where a step's number comes from. */
export interface ParameterCitation {
  readonly key: string;
  readonly place: string;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
  readonly document: string | null;
  readonly url: string | null;
  readonly confidence: Confidence;
  readonly path: string;
  readonly version: string;
}

interface StepOf<Code extends string, Inputs, Result> {
  readonly code: Code;
  readonly inputs: Inputs;
  readonly result: Result;
  readonly article: Citation;
  readonly parameter?: ParameterCitation;
}

/** One line of the arithmetic: a code with its numbers, rendered per language by `explain`. Amounts in fen. */
export type Step =
  | StepOf<'income_window', { appliedOn: PlainDate; months: number }, { from: Month; to: Month }>
  | StepOf<
      'income_counted',
      { byCategory: Readonly<Partial<Record<FactCategory, Fen>>>; outsideFen: Fen },
      Fen
    >
  | StepOf<'income_exempt', Record<never, never>, Fen>
  | StepOf<'income_deducted', { countedFen: Fen; deductedFen: Fen }, Fen>
  | StepOf<'monthly_income', { countableFen: Fen; months: number }, Fraction>
  | StepOf<'per_capita_income', { countableFen: Fen; months: number; memberCount: number }, Fraction>
  | StepOf<
      'income_test',
      { perCapita: Fraction; standardFen: Fen; area: DibaoArea; comparison: 'strictly_below' },
      'below' | 'not_below'
    >
  | StepOf<
      'property_test',
      { rule: PropertyLimit['rule']; depositsFen: Fen; limitFen: Fen | null },
      PropertyFinding
    >
  | StepOf<'standard_total', { standardFen: Fen; memberCount: number }, Fen>
  | StepOf<'benefit_gap', { standardTotalFen: Fen; monthlyIncome: Fraction }, Fraction>
  | StepOf<'benefit_rounded', { exact: Fraction; rounding: Rounding; memberCount: number }, Fen>;

/** The frozen outcome of a means test. Running the test again on `inputs` and the same versions gives it again. */
export interface Determination {
  readonly format: 1;
  readonly eligible: boolean;
  readonly category: 'dibao' | 'none';
  /** Per month for the household; 0 when not eligible. */
  readonly monthlyBenefitFen: Fen;
  /** Per person and month, in fen, reduced. */
  readonly perCapita: Fraction;
  readonly steps: readonly Step[];
  /** Version by path of the rulebook files that were used. */
  readonly parameterVersions: Readonly<Record<string, string>>;
  /** The inputs, facts in the order of their ids. */
  readonly inputs: MeansTestInput;
}

/** A ratio in numbers that JSON can hold. */
export const fraction = ({ numerator, denominator }: Ratio): Fraction => ({
  numerator: fen(Number(numerator)),
  denominator: Number(denominator),
});

export function citeParameter(found: Parameter<string, unknown>): ParameterCitation {
  const { key, place, from, to, document, url, confidence, path, version } = found;
  return { key, place, from, to, document, url, confidence, path, version };
}

/** The inputs as one text, the same for equal inputs: what is hashed when a determination is frozen. */
export const inputsText = (inputs: MeansTestInput): string => canonical(inOrder(inputs));

/** Facts by id: the order in which they were adopted must not matter. */
export const inOrder = (inputs: MeansTestInput): MeansTestInput => ({
  ...inputs,
  facts: [...inputs.facts].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}

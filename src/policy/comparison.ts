import { fen, type FactCategory, type Fen, type Instant, type PlainDate } from '../terms/index.js';
import { adoptables, afterwards, type StandingFact, type WeighedFact } from './adoptable.js';
import {
  adoptions,
  isAbout,
  matchUp,
  topics,
  unsettled,
  type AskedSource,
  type OpenQuestion,
  type Topic,
} from './adoption.js';
import type { BenefitOn, BenefitOutlook } from './benefit-on.js';
import { preChoice, type PreChoiceRule, type Weighed } from './pre-choice.js';

/** A question to a source, with what is known about its answer. */
export interface ComparedSource extends AskedSource {
  readonly requestId: string;
  /** The day whose balances and incomes were asked for. */
  readonly valuedOn: PlainDate;
  readonly receivedAt: Instant | null;
  readonly proofAdopted: boolean;
}

/** `corrected`: a source took back what it had answered, and what it says now has to be looked at. */
export type LineStanding = 'clean' | 'pending' | 'contradiction' | 'unanswered' | 'corrected';

export interface LineOption extends Weighed {
  readonly preChosen: PreChoiceRule | null;
  /** The benefit with it less the benefit as it stands; null while either is undetermined. */
  readonly effectFenPerMonth: Fen | null;
}

/** 申报、核对、采信 of one person and category, side by side. */
export interface ComparisonLine {
  readonly personId: string | null;
  readonly category: FactCategory;
  readonly standing: LineStanding;
  /** A person has to choose. What was settled keeps its standing and is open no more. */
  readonly open: boolean;
  readonly declared: readonly WeighedFact[];
  readonly verified: readonly (ComparedSource & { readonly facts: readonly WeighedFact[] })[];
  readonly adopted: readonly StandingFact[];
  /** Empty while an answer may still come. */
  readonly options: readonly LineOption[];
}

export interface Comparison {
  /** On what is adopted now. While lines are open it is not what the household will get. */
  readonly present: BenefitOutlook;
  readonly lines: readonly ComparisonLine[];
}

export interface ComparisonInput {
  readonly declared: readonly WeighedFact[];
  readonly answered: readonly WeighedFact[];
  readonly adopted: readonly StandingFact[];
  readonly asked: readonly ComparedSource[];
  readonly benefitOn: BenefitOn;
}

/** Open questions of a file as they stand. */
export const questionsOf = ({
  declared,
  answered,
  adopted,
  asked,
}: Omit<ComparisonInput, 'benefitOn'>): OpenQuestion[] =>
  unsettled(adoptions({ declared, answered, asked }).open, adopted, asked);

/** Declared, verified and adopted, line by line, with what each choice would do to the benefit (DIBAO-2021 art. 13–17). */
export function compare(input: ComparisonInput): Comparison {
  const { declared, answered, adopted, asked, benefitOn } = input;
  const present = benefitOn(afterwards(adopted, []));
  const { open: questions } = adoptions({ declared, answered, asked });
  const unanswered = questionsOf(input);
  const lines = topics(declared, answered, adopted).map((topic): ComparisonLine => {
    const about = <F extends { personId: string | null; category: FactCategory }>(facts: readonly F[]): F[] =>
      facts.filter((fact) => isAbout(topic, fact));
    const stated = about(answered);
    const verified = asked
      .filter(({ personId, mayState }) => personId === topic.personId && mayState.includes(topic.category))
      .map((each) => ({ ...each, facts: stated.filter(({ source }) => source === each.source) }))
      .filter(({ facts, covers }) => facts.length > 0 || covers.includes(topic.category));
    const question = questions.find((each) => isAbout(topic, each));
    const awaited = asked.some(
      (each) =>
        each.personId === topic.personId &&
        each.standing === 'pending' &&
        each.mayState.includes(topic.category),
    );
    const open = unanswered.some((each) => isAbout(topic, each));
    const options = awaited
      ? []
      : optionsOf({
          topic,
          // Whatever stands in for silence is a person's to find.
          choosable: open && question?.why === 'contradiction',
          sides: { declared: about(declared), verified },
          adopted,
          present,
          benefitOn,
        });
    return {
      ...topic,
      standing: awaited ? 'pending' : standingOf(question, asked),
      open,
      declared: about(declared),
      verified,
      adopted: about(adopted),
      options,
    };
  });
  return { present, lines };
}

function standingOf(question: OpenQuestion | undefined, asked: readonly AskedSource[]): LineStanding {
  if (!question) return 'clean';
  if (question.why === 'unanswered') return 'unanswered';
  const said = asked.some(
    (each) =>
      each.personId === question.personId && each.mayState.includes(question.category) && each.saidOtherwise,
  );
  return said ? 'corrected' : 'contradiction';
}

function optionsOf({
  topic,
  choosable,
  sides: { declared, verified },
  adopted,
  present,
  benefitOn,
}: {
  topic: Topic;
  choosable: boolean;
  sides: Pick<ComparisonLine, 'declared' | 'verified'>;
  adopted: readonly StandingFact[];
  present: BenefitOutlook;
  benefitOn: BenefitOn;
}): LineOption[] {
  const standing = adopted.filter((fact) => isAbout(topic, fact));
  const held = standing.filter(({ amountFen }) => amountFen > 0);
  const stated = new Map(verified.map(({ source, facts }) => [source, facts]));
  const options = adoptables({ declared, stated, standing }).map((each): Weighed => ({
    ...each,
    outlook: benefitOn(afterwards(adopted, each.entries)),
    stands: standing.length > 0 && matchUp(held, each.facts, topic.category) !== undefined,
  }));
  const complete = verified.flatMap(({ source, covers, standing: answer }) =>
    answer === 'found' && covers.includes(topic.category) ? [source] : [],
  );
  const chosen = choosable ? preChoice(topic.category, options, complete) : null;
  return options.map((option) => ({
    ...option,
    preChosen: option === chosen?.option ? chosen.rule : null,
    effectFenPerMonth: effect(option.outlook, present),
  }));
}

function effect(then: BenefitOutlook, now: BenefitOutlook): Fen | null {
  if (!('monthlyBenefitFen' in then) || !('monthlyBenefitFen' in now)) return null;
  return fen(then.monthlyBenefitFen - now.monthlyBenefitFen);
}

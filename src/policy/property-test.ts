import { DomainError } from '../terms/errors.js';
import { fen, sumFen, type Fen } from '../terms/fen.js';
import type { MeansTestInput, PropertyFinding, Step } from './determination.js';
import { isBelow, ratio } from './ratio.js';
import type { PropertyLimit } from './rulebook-types.js';

type PropertyStep = Extract<Step, { code: 'property_test' }>;

/**
 * The property of a household against the place's limit (DIBAO-2021 art. 14). Figures are exceeded only strictly (超过).
 * @param standardFen the place's monthly standard per person, in which limits in figures are expressed
 * @throws {DomainError} `guard_not_met` with `guard: 'property_finding'` when a person has to state it and has not
 */
export function propertyTest(limit: PropertyLimit, standardFen: Fen, inputs: MeansTestInput): PropertyStep {
  const deposits = inputs.facts.filter(({ kind, category }) => kind === 'property' && category === 'deposit');
  const depositsFen = sumFen(deposits.map((fact) => fact.amountFen));
  const step = (limitFen: Fen | null, result: PropertyFinding): PropertyStep => ({
    code: 'property_test',
    inputs: { rule: limit.rule, depositsFen, limitFen },
    result,
    article: { law: 'DIBAO-2021', article: 14 },
  });
  switch (limit.rule) {
    case 'person_finds':
      if (!inputs.propertyFinding) {
        throw new DomainError('guard_not_met', { params: { guard: 'property_finding' } });
      }
      return step(null, inputs.propertyFinding);
    case 'deposits_per_person': {
      const limitFen = fen(standardFen * limit.monthsOfStandard * inputs.memberCount);
      return step(limitFen, isBelow(ratio(limitFen), ratio(depositsFen)) ? 'over' : 'within');
    }
  }
}

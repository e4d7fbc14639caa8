import { adoptedOf, answeredOf, declaredOf } from '../../casefile/evidence.js';
import type { Fen } from '../../terms/index.js';
import type { StepContext } from '../procedure-desk.js';

/** What a person adopted from a department's answer although the household had said otherwise. */
export async function findingsAgainst({ tx, caseNo }: StepContext) {
  const answered = new Map((await answeredOf(tx, caseNo)).map((fact) => [fact.id, fact]));
  const declared = await declaredOf(tx, caseNo);
  return (await adoptedOf(tx, caseNo)).flatMap((fact) => {
    const answer = fact.ruleCode === null ? answered.get(fact.answerFactId ?? '') : undefined;
    if (!answer) return [];
    const said = declared.find((each) => each.personId === fact.personId && each.category === fact.category);
    // That there is nothing, where nothing was declared, stands against nobody.
    return (said?.amountFen ?? 0) === fact.amountFen
      ? []
      : [{ answer, declaredFen: (said?.amountFen ?? null) as Fen | null }];
  });
}

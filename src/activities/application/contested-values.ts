import { newId, record } from '../../casefile/record.js';
import { contestedValues, valueFindings } from '../../casefile/schema/index.js';
import { contestedOf } from '../../casefile/verification-reports.js';
import { DomainError, type ValueFindingEntry } from '../../terms/index.js';
import type { CommandContext } from '../procedure-desk.js';
import { adoptByRule } from './adoption.js';
import { findingsAgainst } from './findings-against.js';

/**
 * The values of departments that an objection is about: of those that the household was told of.
 * @throws {DomainError} `guard_not_met` (`value_told`)
 */
export async function contest(
  step: CommandContext,
  objectionId: string,
  answerFactIds: readonly string[],
): Promise<void> {
  const told = new Set((await findingsAgainst(step)).map(({ answer }) => answer.id));
  for (const answerFactId of answerFactIds) {
    if (!told.has(answerFactId)) throw new DomainError('guard_not_met', { params: { guard: 'value_told' } });
    await record(step.tx, contestedValues, { id: newId(), caseNo: step.caseNo, objectionId, answerFactId });
  }
}

/**
 * Each contested value is confirmed or corrected, the latter on proof. What rests on a corrected one is adopted no more,
 * and its line is compared anew.
 * @throws {DomainError} `guard_not_met`: one was left out (`values_looked_into`), or nobody contested it (`value_contested`)
 */
export async function settleValues(
  step: CommandContext,
  objectionId: string,
  findings: readonly ValueFindingEntry[],
): Promise<void> {
  const { tx, caseNo, staffId, commandId, occurredOn } = step;
  const contested = (await contestedOf(tx, caseNo)).filter((each) => each.objectionId === objectionId);
  if (contested.some(({ answerFactId }) => !findings.some((each) => each.answerFactId === answerFactId)))
    throw new DomainError('guard_not_met', { params: { guard: 'values_looked_into' } });
  for (const { answerFactId, verdict, documentId = null, reasonCode } of findings) {
    const value = contested.find((each) => each.answerFactId === answerFactId);
    if (!value) throw new DomainError('guard_not_met', { params: { guard: 'value_contested' } });
    await record(tx, valueFindings, {
      contestedId: value.id,
      caseNo,
      verdict,
      documentId,
      reasonCode,
      staffId,
      commandId,
      occurredOn,
    });
  }
  if (findings.some(({ verdict }) => verdict === 'corrected')) await adoptByRule(step);
}

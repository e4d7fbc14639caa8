import { lastTransition } from '../casefile/case-state.js';
import { DomainError } from '../terms/index.js';
import type { CommandContext } from './procedure-desk.js';

/**
 * Paper comes first, but not before the paper it follows: an act is dated between the step before and today.
 * @throws {DomainError} `occurred_in_future`, `occurred_out_of_order`
 */
export async function inOrder(step: CommandContext): Promise<void> {
  if (step.occurredOn > step.today) throw new DomainError('occurred_in_future', { pointer: '/occurredOn' });
  const last = await lastTransition(step.tx, step.caseNo);
  if (
    last &&
    last.onKind === 'command' &&
    last.fromState !== last.toState &&
    step.occurredOn < last.occurredOn
  )
    throw new DomainError('occurred_out_of_order', {
      pointer: '/occurredOn',
      params: { after: last.occurredOn },
    });
}

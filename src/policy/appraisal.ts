import type { AppraisalGroup } from '../terms/index.js';
import type { AppraisalRule } from './rulebook-types.js';

/**
 * Whether an appraisal (民主评议) had the people that the place asks for. The share of representatives is compared in
 * whole people, so that nothing is rounded.
 * @returns what was short, by its name and numbers; null when nothing was
 */
export function quorumOf(
  rule: AppraisalRule,
  present: Readonly<Record<AppraisalGroup, number>>,
): Readonly<Record<string, string | number>> | null {
  const all = Object.values(present).reduce((sum, n) => sum + n, 0);
  if (all < rule.minPresent) return { short: 'present', needed: rule.minPresent, came: all };
  const representatives = present.party_representatives + present.villager_representatives;
  const { atLeast, of } = rule.representatives;
  return representatives * of < all * atLeast
    ? { short: 'representatives', needed: Math.ceil((all * atLeast) / of), came: representatives }
    : null;
}
